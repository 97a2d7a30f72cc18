"""Storing messages, a whole batch in a handful of statements."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from server_app.audiences import ToChannel
from server_app.context import Context
from server_app.permissions import session_over, unknown_channel, why_not
from server_app.storage import attachments, audit, memberships, messages, roles, slow_mode
from server_app.storage.messages import Destination, Situation, Stored
from server_app.word_filter import WordFilter, word_filter
from shared.entities import Channel, Mention, Message
from shared.errors import Conflict, RateLimited, Refusal
from shared.events import MessagePosted
from shared.requests import Posted, SendMessage
from shared.rights import Standing, may
from shared.types import (
    AuditAction,
    ChannelId,
    ClientId,
    MessageId,
    MessageKind,
    Milliseconds,
    Permission,
    RoleId,
    Seq,
    SessionId,
    UserId,
)

from .blocks import pass_over_hidden
from .mentions import find_mentions, tell_mentions
from .references import Reference, References
from .spans import span
from .wording import FILTERED, why_filtered, why_not_announced


@dataclass(frozen=True, slots=True)
class Said:
    """A message that somebody wants to be stored."""

    author_id: UserId
    request: SendMessage
    session_id: SessionId


Answer = Posted | Refusal
# A name of its own, because Python 3.11 takes its time to find the members of an enumeration.
ANNOUNCEMENT = MessageKind.ANNOUNCEMENT


def post_messages(context: Context, batch: Sequence[Said]) -> list[Answer]:
    """Store a batch, in its order; the answer to each.

    The number of statements does not depend on the size of the batch. A retry gets the first answer again and is told
    to nobody. To have said something means to have read what came before, as everybody's devices know by themselves.
    """
    database = context.connection
    channel_ids = {said.request.channel_id for said in batch}
    author_ids = {said.author_id for said in batch}
    steady = context.house.clock.steady()
    session_ids = {said.session_id for said in batch}
    standings = context.house.standings.of(database, session_ids, steady)
    answered = {(said.request.channel_id, said.request.reply_to) for said in batch if said.request.reply_to is not None}
    desk = _Desk(
        mentions_in=lambda said, who: find_mentions(context, who, said.request.channel_id, said.request.body),
        now=context.house.now(),
        steady=steady,
        situation=messages.situation(database, channel_ids, author_ids),
        stored=messages.stored_already(database, {said.request.client_id for said in batch}),
        filter=word_filter(context.house.directory.policy.filtered_words),
        references=References(context, answered, [said.request for said in batch if said.request.attachments]),
    )
    answers = [
        _over(context, said) if (who := standings.get(said.session_id)) is None else desk.take(said, who)
        for said in batch
    ]
    if desk.new:
        messages.add_messages(database, desk.new, desk.last_seqs)
        reads = {(message.channel_id, message.author_id): message.seq for message in desk.new}
        memberships.set_read(database, [(channel, author, seq) for (channel, author), seq in reads.items()])
        if desk.posted_at:
            slow_mode.set_posted(database, desk.posted_at)
        audiences = {channel_id: ToChannel(channel_id) for channel_id in desk.last_seqs}
        for message in desk.new:
            if message.mentions:
                tell_mentions(context, message)
            if message.attachments:
                attachments.say(database, message)
            context.emit(MessagePosted(message=message), audiences[message.channel_id])
        if desk.has_announcements:
            _note_announcements(context, desk.new)
        pass_over_hidden(context, desk.new)
    return answers


def _note_announcements(context: Context, said: Sequence[Message]) -> None:
    for message in said:
        if message.kind is ANNOUNCEMENT:
            audit.add_entry(
                context.connection,
                at=message.created_at,
                action=AuditAction.ANNOUNCED,
                actor_id=message.author_id,
                channel_id=message.channel_id,
                detail=f"message {message.seq}",
            )


def _over(context: Context, said: Said) -> Refusal:
    """Why nothing is taken from a session that has ended meanwhile."""
    found = roles.standings(context.connection, {said.author_id}, context.house.clock.steady())
    return session_over(found[said.author_id])


class _Desk:
    """Where a batch is judged against what the database said, and numbered."""

    def __init__(
        self,
        *,
        mentions_in: Callable[[Said, Standing], tuple[Mention, ...]],
        now: Milliseconds,
        steady: Milliseconds,
        situation: Situation,
        stored: Mapping[tuple[UserId, ClientId], Stored],
        filter: WordFilter | None,
        references: References,
    ) -> None:
        self._mentions_in = mentions_in
        self._now = now
        self._steady = steady
        self._filter = filter
        self._references = references
        self._next_id = situation.highest_id + 1
        self._destinations = situation.destinations
        self._left = situation.left
        self._posted_at = situation.posted_at
        self._verdicts: dict[_Position, _Verdict] = {}
        """What was decided of people who stand alike to a channel."""
        self._known: dict[tuple[UserId, ClientId], Stored | Message] = dict(stored)
        self.new: list[Message] = []
        self.has_announcements = False
        self.last_seqs: dict[ChannelId, Seq] = {}
        self.posted_at: dict[tuple[ChannelId, UserId], Milliseconds] = {}
        """Of those who have to wait before they write again."""

    def take(self, said: Said, who: Standing) -> Answer:
        """Number one message, or say why not."""
        request = said.request
        earlier = self._known.get((said.author_id, request.client_id))
        if earlier is not None:
            return _answer_again(request, earlier)
        destination = self._destinations.get(request.channel_id)
        if destination is None:
            return unknown_channel()
        verdict, reference, body = self._verdict(said, who, destination), None, request.body
        if not body or request.attachments or request.reply_to is not None or request.forward_of is not None:
            found = verdict.refusal or self._beyond_words(said, who, destination)
            if isinstance(found, Refusal):
                return found
            reference, body = found, found.body
        mentions: tuple[Mention, ...] = ()
        # What is said again was meant for those whom it names where it was said first.
        if "@" in request.body and request.forward_of is None and verdict.refusal is None:
            try:
                mentions = self._mentions_in(said, who)
            except Refusal as too_many:
                return too_many
        if not verdict.is_free or request.kind is ANNOUNCEMENT:
            refusal = verdict.refusal or self._objection(said, body, who, destination, is_slow=verdict.is_slow)
            if refusal is not None:
                return refusal
        seq = self.last_seqs.get(request.channel_id, destination.last_seq) + 1
        self.last_seqs[request.channel_id] = seq
        message = Message(
            id=MessageId(self._next_id + len(self.new)),
            channel_id=request.channel_id,
            seq=seq,
            author_id=said.author_id,
            client_id=request.client_id,
            kind=request.kind,
            body=body,
            created_at=self._now,
            mentions=mentions,
        )
        if reference is not None:
            message = self._references.settle(reference.put_into(message))
        self.new.append(message)
        self._known[said.author_id, request.client_id] = message
        return Posted(message_id=message.id, seq=seq)

    def _beyond_words(self, said: Said, who: Standing, destination: Destination) -> Reference | Refusal:
        """What the message has besides what was typed, or why it cannot."""
        place = (said.request.channel_id, said.author_id)
        channel = _as_channel(place[0], destination, said.author_id, self._left.get(place))
        words = self._filter if destination.kind in FILTERED else None
        return self._references.of(said.request, who, channel, words, self.new)

    def _objection(
        self, said: Said, body: str, who: Standing, destination: Destination, *, is_slow: bool
    ) -> Refusal | None:
        """Why this message of somebody who may write there is not taken; None where it is."""
        request = said.request
        if request.kind is ANNOUNCEMENT:
            self.has_announcements = True
            refusal = why_not_announced(who, request.channel_id)
            if refusal is not None:
                return refusal
        if self._filter is not None and destination.kind in FILTERED:
            refusal = why_filtered(self._filter, body)
            if refusal is not None:
                return refusal
        return self._wait(said, destination.slow_seconds) if is_slow else None

    def _wait(self, said: Said, slow_seconds: int) -> Refusal | None:
        """Why it is too early, in a channel in slow mode; None where it is not, and then the time is noted."""
        place = (said.request.channel_id, said.author_id)
        last = self.posted_at.get(place) or self._posted_at.get(place, 0)
        left = (last - self._steady) / 1000 + slow_seconds
        if 0 < left <= slow_seconds:
            return RateLimited(
                f"Slow mode: everybody writes here once in {span(slow_seconds)}. Wait {span(left)}.", retry_after=left
            )
        self.posted_at[place] = self._steady
        return None

    def _verdict(self, said: Said, who: Standing, destination: Destination) -> "_Verdict":
        """Whether this person may write there at all."""
        channel_id = said.request.channel_id
        has_left = self._left.get((channel_id, said.author_id))
        is_maker = destination.created_by == said.author_id
        key = (channel_id, who.role.id, who.is_timed_out, who.is_banned, has_left, is_maker)
        verdict = self._verdicts.get(key)
        if verdict is None:
            channel = _as_channel(channel_id, destination, said.author_id, has_left)
            allowed = may(who, Permission.SEND_MESSAGES, channel)
            is_slow = bool(channel.slow_seconds) and not may(who, Permission.BYPASS_SLOW_MODE, channel)
            refusal = None if allowed else why_not(who, Permission.SEND_MESSAGES, channel)
            is_free = allowed and not is_slow and not (self._filter and destination.kind in FILTERED)
            verdict = self._verdicts[key] = _Verdict(refusal, is_slow, is_free)
        return verdict


_Position = tuple[ChannelId, RoleId, bool, bool, bool | None, bool]
"""Channel, role, whether they are timed out, banned, have left, and made it."""


class _Verdict(NamedTuple):
    """What is decided of people who stand alike to a channel."""

    refusal: Refusal | None
    is_slow: bool
    """Whether they wait between two messages."""
    is_free: bool
    """Whether nothing more is to be asked of what they write."""


def _as_channel(channel_id: ChannelId, destination: Destination, author_id: UserId, has_left: bool | None) -> Channel:
    """The channel with this one person in or out of it: all that the decision asks for."""
    return Channel(
        id=channel_id,
        kind=destination.kind,
        name="",
        topic="",
        created_by=destination.created_by,
        created_at=0,
        last_seq=destination.last_seq,
        is_read_only=destination.is_read_only,
        slow_seconds=destination.slow_seconds,
        is_archived=destination.is_archived,
        overrides=destination.overrides,
        member_ids=(author_id,) if has_left is False else (),
        left_ids=(author_id,) if has_left else (),
    )


def _answer_again(request: SendMessage, earlier: Stored | Message) -> Answer:
    said, stored = (request.channel_id, request.kind, request.body), (earlier.channel_id, earlier.kind, earlier.body)
    # What an edited or deleted message said at first is not kept, nor what was forwarded; its place must do. Nor is it
    # asked which files it holds: whoever lost the answer may have brought them here once more before asking again.
    is_told_by_place = bool(earlier.rev) or request.forward_of is not None
    if said == stored or (is_told_by_place and request.channel_id == earlier.channel_id):
        return Posted(message_id=earlier.id, seq=earlier.seq)
    return Conflict("You sent another message under this client_id. Give each message an id of its own.")
