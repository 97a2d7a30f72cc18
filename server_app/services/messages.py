"""Storing messages, a whole batch in a handful of statements."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from server_app.audiences import ToChannel
from server_app.context import Context
from server_app.permissions import unknown_channel, why_not
from server_app.storage import memberships, messages, roles
from server_app.storage.messages import Destination, Situation, Stored
from shared.entities import Channel, Message
from shared.errors import Conflict, Refusal
from shared.events import MessagePosted
from shared.requests import Posted, SendMessage
from shared.rights import Standing, may
from shared.types import ChannelId, ClientId, MessageId, Milliseconds, Permission, RoleId, Seq, UserId


@dataclass(frozen=True, slots=True)
class Said:
    """A message that somebody wants to be stored."""

    author_id: UserId
    request: SendMessage


Answer = Posted | Refusal


def post_messages(context: Context, batch: Sequence[Said]) -> list[Answer]:
    """Store a batch, in its order; the answer to each.

    The number of statements does not depend on the size of the batch. A retry gets the first answer again and is told
    to nobody. To have said something means to have read what came before, as everybody's devices know by themselves.
    """
    database = context.connection
    channel_ids = {said.request.channel_id for said in batch}
    author_ids = {said.author_id for said in batch}
    now = context.house.now()
    desk = _Desk(
        now=now,
        situation=messages.situation(database, channel_ids, author_ids),
        standings=roles.standings(database, author_ids, now),
        stored=messages.stored_already(database, {said.request.client_id for said in batch}),
    )
    answers = [desk.take(said) for said in batch]
    if desk.new:
        messages.add_messages(database, desk.new, desk.last_seqs)
        reads = {(message.channel_id, message.author_id): message.seq for message in desk.new}
        memberships.set_read(database, [(channel, author, seq) for (channel, author), seq in reads.items()])
        audiences = {channel_id: ToChannel(channel_id) for channel_id in desk.last_seqs}
        for message in desk.new:
            context.emit(MessagePosted(message=message), audiences[message.channel_id])
    return answers


class _Desk:
    """Where a batch is judged against what the database said, and numbered."""

    def __init__(
        self,
        now: Milliseconds,
        situation: Situation,
        standings: Mapping[UserId, Standing],
        stored: Mapping[tuple[UserId, ClientId], Stored],
    ) -> None:
        self._now = now
        self._next_id = situation.highest_id + 1
        self._destinations = situation.destinations
        self._attendances = situation.attendances
        self._standings = standings
        self._verdicts: dict[tuple[ChannelId, RoleId, bool, bool | None, bool], Refusal | None] = {}
        """What was decided of people who stand alike to a channel."""
        self._known: dict[tuple[UserId, ClientId], Stored | Message] = dict(stored)
        self.new: list[Message] = []
        self.last_seqs: dict[ChannelId, Seq] = {}

    def take(self, said: Said) -> Answer:
        """Number one message, or say why not."""
        request = said.request
        earlier = self._known.get((said.author_id, request.client_id))
        if earlier is not None:
            return _answer_again(request, earlier)
        destination = self._destinations.get(request.channel_id)
        if destination is None:
            return unknown_channel()
        refusal = self._verdict(said, destination)
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
            body=request.body,
            created_at=self._now,
        )
        self.new.append(message)
        self._known[said.author_id, request.client_id] = message
        return Posted(message_id=message.id, seq=seq)

    def _verdict(self, said: Said, destination: Destination) -> Refusal | None:
        """Why this person may not write there; None where they may."""
        channel_id, who = said.request.channel_id, self._standings[said.author_id]
        attendance = self._attendances.get((channel_id, said.author_id))
        has_left = attendance.left if attendance is not None else None
        key = (channel_id, who.role.id, who.is_timed_out, has_left, destination.created_by == said.author_id)
        if key in self._verdicts:
            return self._verdicts[key]
        channel = _as_channel(channel_id, destination, said.author_id, has_left)
        allowed = may(who, Permission.SEND_MESSAGES, channel)
        verdict = self._verdicts[key] = None if allowed else why_not(who, Permission.SEND_MESSAGES, channel)
        return verdict


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
    # What an edited or deleted message said at first is not kept; its place must do.
    if said == stored or (earlier.rev and request.channel_id == earlier.channel_id):
        return Posted(message_id=earlier.id, seq=earlier.seq)
    return Conflict("You sent another message under this client_id. Give each message an id of its own.")
