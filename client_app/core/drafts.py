"""What was typed and not sent; of a channel that is gone, nothing of it is lost and nobody else reads it by mistake."""

from collections.abc import Callable

from shared.errors import Refusal
from shared.limits import MAX_INTEGER
from shared.requests import OpenDirect
from shared.types import ChannelId

from .asks import Asker
from .outbox import Outbox
from .signals import Notice, Signal
from .state import State
from .store.drafts import KeptDrafts


class Drafts:
    """One text for each channel."""

    def __init__(self, kept: KeptDrafts) -> None:
        self._kept = kept
        self._texts = kept.all()

    @property
    def channels(self) -> set[ChannelId]:
        """In which something is typed."""
        return set(self._texts)

    def of(self, channel_id: ChannelId) -> str:
        """What is typed in a channel; empty where nothing is."""
        return self._texts.get(channel_id, "")

    def put(self, channel_id: ChannelId, text: str) -> None:
        """Keep what is typed in a channel."""
        if self.of(channel_id) == text:
            return
        self._kept.put(channel_id, text)
        if text:
            self._texts[channel_id] = text
        else:
            self._texts.pop(channel_id)

    def add(self, channel_id: ChannelId, text: str) -> None:
        """Offer this below what is typed in a channel."""
        self.put(channel_id, "\n".join(filter(None, [self.of(channel_id), text])))


class Rescue:
    """Offers what was not sent to a channel that is gone in one's notes to oneself: nobody else can read it there."""

    def __init__(self, drafts: Drafts, outbox: Outbox, asker: Asker, state: Callable[[], State]) -> None:
        self._drafts = drafts
        self._outbox = outbox
        self._asker = asker
        self._state = state

    def channel_is_gone(self, channel_id: ChannelId, why: str, emit: Callable[[Signal], None]) -> bool:
        """Move what was not sent to it, and tell, with `why`, where it is; whether there was anything.

        Until it has another place it stays a draft of the channel, so that a program that is killed finds it again.
        """
        unsent = [each.body for each in self._outbox.waiting(channel_id, MAX_INTEGER)]
        text = "\n".join(filter(None, [*unsent, self._drafts.of(channel_id)]))
        self._drafts.put(channel_id, text)
        self._outbox.take_back(channel_id)
        if not text:
            return False

        def offer(notes: ChannelId) -> None:
            self._drafts.add(notes, text)
            self._drafts.put(channel_id, "")
            emit(Notice(f"{why} What you had not sent there is in your notes to yourself."))

        def tell(_: Refusal) -> None:
            emit(Notice(f"{why} You had not sent there: {text}"))

        me = self._state().me.id
        notes = self._state().direct_with(me)
        if notes is not None:
            offer(notes)
        else:
            self._asker.ask(OpenDirect(user_id=me), lambda made: offer(made.channel_id), tell)
        return True
