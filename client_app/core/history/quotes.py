"""What messages answer: the original of each as it is now, however far up it stands, had in one request for a page."""

from collections import defaultdict
from collections.abc import Callable, Collection, Sequence

from client_app.core.network.asks import Asker, ask_patiently
from client_app.core.store import Messages
from client_app.core.timeline.quote import QuoteState
from shared.entities import Message
from shared.limits import MAX_PAGE
from shared.requests import FetchMessages, Originals
from shared.types import ChannelId, Seq


class Quotes:
    """The originals that are not in the page that is shown. All of it belongs to the thread that drains the core."""

    def __init__(
        self,
        asker: Asker,
        messages: Messages,
        loaded: Callable[[ChannelId, Seq], Message | None],
        keep: Callable[[ChannelId, Sequence[Message]], None],
        redraw: Callable[[ChannelId, Collection[Seq]], None],
    ) -> None:
        """`loaded` is a message of a timeline; `keep` keeps originals that came; `redraw` shows them where they
        are quoted.
        """
        self._asker = asker
        self._messages = messages
        self._loaded = loaded
        self._keep = keep
        self._redraw = redraw
        self._known: defaultdict[ChannelId, dict[Seq, Message]] = defaultdict(dict)
        self._missing: defaultdict[ChannelId, set[Seq]] = defaultdict(set)
        self._wanted: defaultdict[ChannelId, set[Seq]] = defaultdict(set)
        self._under_way: dict[ChannelId, FetchMessages] = {}
        self._is_online = False

    def of(self, channel_id: ChannelId, seq: Seq) -> Message | QuoteState:
        """An original, or what is known of it. It must have been asked for by `prepare`."""
        known = self._known[channel_id].get(seq)
        if known is not None:
            return known
        return QuoteState.MISSING if seq in self._missing[channel_id] else QuoteState.LOADING

    def prepare(self, messages: Sequence[Message]) -> None:
        """These messages of one channel are about to be shown: have what they answer."""
        seqs = {message.reply_to for message in messages if message.reply_to is not None}
        if seqs:
            self.want(messages[0].channel_id, seqs - {message.seq for message in messages})

    def want(self, channel_id: ChannelId, seqs: Collection[Seq]) -> None:
        """Have these originals: from what is here, else from the server, once it can be asked."""
        known, wanted = self._known[channel_id], self._wanted[channel_id]
        needed = {seq for seq in seqs if seq not in known and seq not in self._missing[channel_id]} - wanted
        for seq in needed:
            if (message := self._loaded(channel_id, seq)) is not None:
                known[seq] = message
        for message in self._messages.some(channel_id, needed - known.keys()) if needed - known.keys() else ():
            known[message.seq] = message
        wanted |= needed - known.keys()
        self._ask(channel_id)

    def changed(self, message: Message) -> None:
        """A message is another now."""
        known = self._known[message.channel_id]
        is_older = message.seq in known and known[message.seq].rev < message.rev
        if is_older or message.seq in self._wanted[message.channel_id]:
            known[message.seq] = message
            self._wanted[message.channel_id].discard(message.seq)
            self._redraw(message.channel_id, {message.seq})

    def hear_again(self, is_redacted: Callable[[Message], bool]) -> None:
        """I block fewer people: what came without its text is had anew."""
        for channel_id, known in self._known.items():
            redacted = {seq for seq, message in known.items() if is_redacted(message)}
            for seq in redacted:
                del known[seq]
            self._wanted[channel_id] |= redacted
            self._ask(channel_id)

    def drop(self, channel_id: ChannelId) -> None:
        """What is here of a channel is not to be believed any more."""
        for held in (self._known, self._missing, self._wanted, self._under_way):
            held.pop(channel_id, None)

    def is_under_way(self, channel_id: ChannelId) -> bool:
        """Whether originals of this channel are on their way."""
        return channel_id in self._under_way

    def set_online(self, is_online: bool) -> None:
        """The session is open (again), or its connection is gone: what is missing is asked for."""
        self._is_online = is_online
        self._under_way.clear()
        if is_online:
            for channel_id in [channel_id for channel_id, wanted in self._wanted.items() if wanted]:
                self._ask(channel_id)

    def _ask(self, channel_id: ChannelId) -> None:
        wanted = sorted(self._wanted[channel_id], reverse=True)[:MAX_PAGE]
        if not wanted or not self._is_online or channel_id in self._under_way:
            return
        request = FetchMessages(channel_id=channel_id, seqs=tuple(sorted(wanted)))
        self._under_way[channel_id] = request

        def done(found: Originals) -> None:
            del self._under_way[channel_id]
            self._take(channel_id, request.seqs, found)
            self._ask(channel_id)

        def refused() -> None:
            del self._under_way[channel_id]

        ask_patiently(self._asker, request, lambda: self._under_way.get(channel_id) is request, done, refused)

    def _take(self, channel_id: ChannelId, asked: Sequence[Seq], found: Originals) -> None:
        known, wanted = self._known[channel_id], self._wanted[channel_id]
        # One that changed while they were on their way is here already.
        came = [message for message in found.messages if message.seq in wanted]
        known.update({message.seq: message for message in came})
        settled = {message.seq for message in found.messages}
        if not found.more:
            self._missing[channel_id] |= set(asked) - settled - known.keys()
            settled = set(asked)
        wanted -= settled
        self._keep(channel_id, came)
        self._redraw(channel_id, settled)
