"""Kicks, timeouts and purges."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from msgspec.structs import replace

from server_app.audiences import Everyone, Fact, ToChannel
from server_app.context import Context
from server_app.storage import accounts, channels, purging, sessions
from shared.codec import encode
from shared.entities import Message
from shared.errors import NotFound
from shared.events import MessageChanged, UserChanged
from shared.requests import KickPerson, Nothing, Purged, PurgeMessages, TimeOutPerson
from shared.rights import may
from shared.types import AuditAction, ChannelId, MessageId, Milliseconds, Permission

from .attachments import drop
from .audit import note
from .mentions import forget_mentions
from .sessions import end_sessions
from .spans import lasting

PART_OF_BUFFER = 4
"""What a purge tells takes at most this part of what may wait for one reader, so that it sends nobody away."""


class ToPurge(NamedTuple):
    """What a person said since a moment, as far as it was looked through."""

    since: Milliseconds
    message_ids: list[MessageId]
    newest_id: int
    """What is newer was not looked at yet."""


def kick_person(context: Context, request: KickPerson, _value: None) -> Nothing:
    """End all of a person's sessions; they may log in again."""
    reason = f" The reason that was given: “{request.reason}”." if request.reason else ""
    sentence = f"You were shown the door.{reason} You may log in again."
    end_sessions(context, sessions.session_ids_of(context.connection, request.user_id), sentence)
    note(context, AuditAction.PERSON_KICKED, user_id=request.user_id, detail=request.reason)
    return Nothing()


def time_out_person(context: Context, request: TimeOutPerson, _value: None) -> Nothing:
    """Let a person only look on for a while; it ends by itself, since whoever asks what they may looks at the time."""
    now = context.house.clock.steady()
    person = accounts.user(context.connection, request.user_id)
    if person is None:
        raise NotFound("There is no such person.")
    if not request.seconds and person.timeout_until <= now:
        return Nothing()
    until = now + request.seconds * 1000 if request.seconds else 0
    changed = accounts.change_user(context.connection, replace(person, timeout_until=until))
    context.emit(UserChanged(user=changed), Everyone())
    how_long = lasting(request.seconds) if request.seconds else "no longer"
    detail = f"{how_long}: {request.reason}" if request.reason else how_long
    note(context, AuditAction.PERSON_TIMED_OUT, user_id=person.id, detail=detail)
    return Nothing()


def find_messages(context: Context, request: PurgeMessages, _value: None) -> ToPurge:
    """Look through all messages, beside the writer: that takes a while where there are millions."""
    database = context.connection
    newest = purging.newest_message(database)
    since = context.house.now() - request.hours * 60 * 60 * 1000
    return ToPurge(since, purging.said_since(database, request.user_id, since, after=0), newest)


def purge_messages(context: Context, request: PurgeMessages, found: ToPurge) -> Purged:
    """Delete what was found, and what was said meanwhile; the number of those that whoever asked may see."""
    database = context.connection
    said_meanwhile = purging.said_since(database, request.user_id, found.since, found.newest_id)
    deleted = _renumbered(context, purging.as_deleted(database, [*found.message_ids, *said_meanwhile]))
    purging.delete_messages(database, deleted)
    forget_mentions(context, deleted)
    drop(context, deleted)
    for event, audience in _news(deleted, int(context.house.settings.limits.outgoing_bytes / PART_OF_BUFFER)):
        context.emit(event, audience)
    count = _number_in_sight(context, deleted)
    detail = f"{count:,} of the last {request.hours} hours"
    note(context, AuditAction.MESSAGES_PURGED, user_id=request.user_id, detail=detail)
    return Purged(count=count)


def _renumbered(context: Context, deleted: Sequence[Message]) -> list[Message]:
    """With the next revisions of their channels."""
    revs = dict(purging.last_revs(context.connection, {each.channel_id for each in deleted}))
    renumbered = []
    for each in deleted:
        revs[each.channel_id] += 1
        renumbered.append(replace(each, rev=revs[each.channel_id]))
    return renumbered


def _news(deleted: Sequence[Message], room: int) -> Iterator[Fact]:
    """Every change, channel by channel; of channels for which there is no room, the last.

    Whoever hears of it sees by its revision that they lack what came before, and asks for it at their own pace.
    """
    for channel_id, group in groupby(deleted, key=lambda message: message.channel_id):
        events = [MessageChanged(message=message) for message in group]
        size = sum(len(encode(event)) for event in events)
        if size <= room:
            room -= size
        else:
            events = events[-1:]
        audience = ToChannel(channel_id)
        for event in events:
            yield event, audience


def _number_in_sight(context: Context, deleted: Sequence[Message]) -> int:
    """How many were said where whoever asks may look: of other channels nobody learns that anything is said there."""
    in_sight = {channel_id: _sees(context, channel_id) for channel_id in {each.channel_id for each in deleted}}
    return sum(in_sight[each.channel_id] for each in deleted)


def _sees(context: Context, channel_id: ChannelId) -> bool:
    found = channels.channel(context.connection, channel_id)
    return found is not None and may(context.standing, Permission.VIEW_CHANNELS, found)
