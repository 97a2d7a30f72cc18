"""Queries about messages: pages of history, and the few statements by which a whole batch is stored."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, and_, bindparam, func, insert, select, text, update

from shared.entities import Message, Override
from shared.types import (
    ChannelId,
    ChannelKind,
    ClientId,
    KeptBody,
    MessageId,
    MessageKind,
    Milliseconds,
    Rev,
    Seq,
    UserId,
)

from .channels import overrides_from
from .extras import extras_of, with_extras
from .prepared import Prepared
from .tables import channels, memberships, messages


class Destination(NamedTuple):
    """A channel as somebody who writes to it must know it."""

    kind: ChannelKind
    last_seq: Seq
    is_read_only: bool
    slow_seconds: int
    is_archived: bool
    created_by: UserId | None
    overrides: tuple[Override, ...]


class Situation(NamedTuple):
    """How things stand for those who want to write."""

    destinations: dict[ChannelId, Destination]
    """Of the channels asked about, those that exist."""
    left: dict[tuple[ChannelId, UserId], bool]
    """Whether each has left, for those between whom a row stands."""
    posted_at: dict[tuple[ChannelId, UserId], Milliseconds]
    """When each wrote last, where that was in slow mode."""
    highest_id: int
    """The newest message's; 0 while there is none."""


class Stored(NamedTuple):
    """What a retry must know of a message that is there already."""

    id: MessageId
    channel_id: ChannelId
    seq: Seq
    kind: MessageKind
    body: KeptBody
    rev: Rev


_situation = Prepared(
    select(
        channels.c.id,
        channels.c.kind,
        channels.c.last_seq,
        channels.c.is_read_only,
        channels.c.slow_seconds,
        channels.c.is_archived,
        channels.c.created_by,
        channels.c.overrides,
        memberships.c.user_id,
        # Who is in a channel without having been told of it stands outside, too.
        memberships.c.left | memberships.c.withheld_by.is_not(None),
        memberships.c.posted_at,
        select(func.max(messages.c.id)).scalar_subquery(),
    )
    .select_from(channels)
    .outerjoin(
        memberships,
        and_(
            memberships.c.channel_id == channels.c.id,
            memberships.c.user_id.in_(bindparam("user_ids", expanding=True)),
        ),
    )
    .where(channels.c.id.in_(bindparam("channel_ids", expanding=True)), ~channels.c.is_deleted)
)
_stored = Prepared(
    select(
        messages.c.author_id,
        messages.c.client_id,
        messages.c.id,
        messages.c.channel_id,
        messages.c.seq,
        messages.c.kind,
        messages.c.body,
        messages.c.rev,
    ).where(messages.c.client_id.in_(bindparam("client_ids", expanding=True)))
)
_COLUMNS = ("id", "channel_id", "seq", "author_id", "client_id", "kind", "body", "created_at", "extras")
"""What a new message has; the rest is for those that changed."""
_insert = Prepared(insert(messages), _COLUMNS)
_advance = Prepared(update(channels).where(channels.c.id == bindparam("channel")).values(last_seq=bindparam("seq")))
_change = Prepared(
    update(messages).where(messages.c.id == bindparam("message")),
    ("body", "rev", "edited_at", "is_deleted", "extras", "pinned_at"),
)
_change_channel = Prepared(update(channels).where(channels.c.id == bindparam("channel")), ("last_rev",))
_one = select(messages).where(messages.c.channel_id == bindparam("channel"), messages.c.seq == bindparam("seq"))
_some = select(messages).where(
    messages.c.channel_id == bindparam("channel"), messages.c.seq.in_(bindparam("seqs", expanding=True))
)
_changed = (
    select(messages)
    # The literal, because SQLite looks at an index of some rows only where the statement itself says which.
    .where(messages.c.channel_id == bindparam("channel"), messages.c.rev > bindparam("rev"), messages.c.rev > text("0"))
    .order_by(messages.c.rev)
    .limit(bindparam("count"))
)
_before = (
    select(messages)
    .where(messages.c.channel_id == bindparam("channel"), messages.c.seq < bindparam("seq"))
    .order_by(messages.c.seq.desc())
    .limit(bindparam("count"))
)
_after = (
    select(messages)
    .where(messages.c.channel_id == bindparam("channel"), messages.c.seq > bindparam("seq"))
    .order_by(messages.c.seq)
    .limit(bindparam("count"))
)


def situation(connection: Connection, channel_ids: Collection[ChannelId], user_ids: Collection[UserId]) -> Situation:
    """How things stand for these people in those of these channels that exist."""
    destinations: dict[ChannelId, Destination] = {}
    left: dict[tuple[ChannelId, UserId], bool] = {}
    posted_at: dict[tuple[ChannelId, UserId], Milliseconds] = {}
    highest_id = 0
    rows = _situation.rows(connection, {"channel_ids": list(channel_ids), "user_ids": list(user_ids)})
    for channel_id, kind, last_seq, *rules, user_id, has_left, last_posted_at, highest_id_or_none in rows:
        highest_id = highest_id_or_none or 0
        if channel_id not in destinations:
            is_read_only, slow_seconds, is_archived, created_by, overrides = rules
            destinations[channel_id] = Destination(
                ChannelKind(kind),
                last_seq,
                bool(is_read_only),
                slow_seconds,
                bool(is_archived),
                created_by,
                overrides_from(overrides),
            )
        if user_id is not None:
            left[channel_id, user_id] = bool(has_left)
            if last_posted_at:
                posted_at[channel_id, user_id] = last_posted_at
    return Situation(destinations, left, posted_at, highest_id)


def stored_already(connection: Connection, client_ids: Collection[ClientId]) -> dict[tuple[UserId, ClientId], Stored]:
    """Messages under these ids of their authors' own; two authors may have chosen the same."""
    rows = _stored.rows(connection, {"client_ids": list(client_ids)})
    return {
        (UserId(author_id), client_id): Stored(
            MessageId(message_id), ChannelId(channel_id), seq, MessageKind(kind), body, rev
        )
        for author_id, client_id, message_id, channel_id, seq, kind, body, rev in rows
    }


def add_messages(connection: Connection, new: Sequence[Message], last_seqs: Mapping[ChannelId, Seq]) -> None:
    """Store messages, and the number of the newest in each of their channels."""
    rows = [
        {
            "id": message.id,
            "channel_id": message.channel_id,
            "seq": message.seq,
            "author_id": message.author_id,
            "client_id": message.client_id,
            "kind": message.kind.value,
            "body": message.body,
            "created_at": message.created_at,
            "extras": extras_of(message),
        }
        for message in new
    ]
    _insert.run(connection, rows)
    _advance.run(connection, [{"channel": channel_id, "seq": seq} for channel_id, seq in last_seqs.items()])


def message(connection: Connection, channel_id: ChannelId, seq: Seq) -> Message | None:
    """The message with this number."""
    row = connection.execute(_one, {"channel": channel_id, "seq": seq}).one_or_none()
    return as_message(row) if row else None


def some_messages(connection: Connection, channel_id: ChannelId, seqs: Collection[Seq]) -> list[Message]:
    """Those of these numbers that exist, oldest first."""
    rows = connection.execute(_some.order_by(messages.c.seq), {"channel": channel_id, "seqs": list(seqs)})
    return [as_message(row) for row in rows]


def change_message(connection: Connection, changed: Message) -> None:
    """Store what a message became, as its channel's newest change."""
    values = {
        "message": changed.id,
        "body": changed.body,
        "rev": changed.rev,
        "edited_at": changed.edited_at,
        "is_deleted": int(changed.is_deleted),
        "extras": extras_of(changed),
        "pinned_at": changed.pinned_at,
    }
    _change.run(connection, [values])
    _change_channel.run(connection, [{"channel": changed.channel_id, "last_rev": changed.rev}])


def page_changed(connection: Connection, channel_id: ChannelId, rev: Rev, count: int) -> list[Message]:
    """At most so many messages that changed after this revision, in the order in which they became what they are."""
    rows = connection.execute(_changed, {"channel": channel_id, "rev": rev, "count": count})
    return [as_message(row) for row in rows]


def page_before(connection: Connection, channel_id: ChannelId, seq: Seq, count: int) -> list[Message]:
    """At most so many messages before this number, newest first."""
    return _page(connection, _before, channel_id, seq, count)


def page_after(connection: Connection, channel_id: ChannelId, seq: Seq, count: int) -> list[Message]:
    """At most so many messages after this number, oldest first."""
    return _page(connection, _after, channel_id, seq, count)


def _page(connection: Connection, statement: Any, channel_id: ChannelId, seq: Seq, count: int) -> list[Message]:
    rows = connection.execute(statement, {"channel": channel_id, "seq": seq, "count": count})
    return [as_message(row) for row in rows]


def as_message(row: Row[*tuple[Any, ...]]) -> Message:
    """The message of a row that has all columns of the table."""
    message = Message(
        id=MessageId(row.id),
        channel_id=ChannelId(row.channel_id),
        seq=row.seq,
        author_id=UserId(row.author_id),
        client_id=row.client_id,
        kind=MessageKind(row.kind),
        body=row.body,
        created_at=row.created_at,
        rev=row.rev,
        edited_at=row.edited_at,
        is_deleted=row.is_deleted,
        pinned_at=row.pinned_at,
    )
    return with_extras(message, row.extras) if row.extras else message
