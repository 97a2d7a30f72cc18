"""Queries by which much of what one person said is deleted at once."""

import itertools
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from sqlalchemy import Connection, bindparam, func, literal_column, null, select, update

from shared.entities import Message
from shared.types import ChannelId, ChannelKind, MessageId, MessageKind, Milliseconds, Rev, UserId

from .prepared import Prepared
from .search.changes import note_changes
from .tables import channels, messages
from .versions import remove_versions

CHUNK = 1024
"""Ids in one statement."""

_kinds = channels.c.kind.in_([literal_column(f"'{kind.value}'") for kind in (ChannelKind.PUBLIC, ChannelKind.PRIVATE)])
_there = (_kinds, ~messages.c.is_deleted, ~channels.c.is_deleted)
_newest = Prepared(select(func.max(messages.c.id)))
_said = Prepared(
    select(messages.c.id)
    .join(channels, channels.c.id == messages.c.channel_id)
    .where(
        messages.c.id > bindparam("after"),
        messages.c.author_id == bindparam("author"),
        messages.c.created_at >= bindparam("since"),
        *_there,
    )
)
_these = Prepared(
    select(
        messages.c.id,
        messages.c.channel_id,
        messages.c.seq,
        messages.c.author_id,
        messages.c.client_id,
        messages.c.kind,
        messages.c.created_at,
    )
    .join(channels, channels.c.id == messages.c.channel_id)
    .where(messages.c.id.in_(bindparam("ids", expanding=True)), *_there)
)
_revs = Prepared(select(channels.c.id, channels.c.last_rev).where(channels.c.id.in_(bindparam("ids", expanding=True))))
_delete = Prepared(
    update(messages)
    .where(messages.c.id == bindparam("message"))
    .values(
        body=literal_column("''"),
        rev=bindparam("new_rev"),
        edited_at=null(),
        is_deleted=literal_column("1"),
        extras=literal_column("''"),
        pinned_at=null(),
    )
)
_advance = update(channels).where(channels.c.id == bindparam("channel")).values(last_rev=bindparam("new_rev"))


def newest_message(connection: Connection) -> int:
    """The number of the newest message anywhere; 0 while there is none."""
    ((newest,),) = _newest.rows(connection, {})
    return newest or 0


def said_since(connection: Connection, author_id: UserId, since: Milliseconds, after: int) -> list[MessageId]:
    """What a person said in channels from a moment on, and after a message; all messages are looked through for it."""
    rows = _said.rows(connection, {"author": author_id, "since": since, "after": after})
    return [MessageId(message_id) for (message_id,) in rows]


def as_deleted(connection: Connection, message_ids: Collection[MessageId]) -> list[Message]:
    """What becomes of those of these that are still there, without their new revisions; by channel and number."""
    found = [
        Message(
            id=MessageId(message_id),
            channel_id=ChannelId(channel_id),
            seq=seq,
            author_id=UserId(author_id),
            client_id=client_id,
            kind=MessageKind(kind),
            body="",
            created_at=created_at,
            is_deleted=True,
        )
        for chunk in _chunks(message_ids)
        for message_id, channel_id, seq, author_id, client_id, kind, created_at in _these.rows(
            connection, {"ids": chunk}
        )
    ]
    return sorted(found, key=lambda message: (message.channel_id, message.seq))


def last_revs(connection: Connection, channel_ids: Collection[ChannelId]) -> Mapping[ChannelId, Rev]:
    """The newest revision of each of these channels."""
    return dict(row for chunk in _chunks(channel_ids) for row in _revs.rows(connection, {"ids": chunk}))


def delete_messages(connection: Connection, deleted: Sequence[Message]) -> None:
    """Store that these are deleted, and the newest revision of each of their channels."""
    note_changes(connection, (each.id for each in deleted))
    _delete.run(connection, [{"message": each.id, "new_rev": each.rev} for each in deleted])
    remove_versions(connection, deleted)
    newest = {each.channel_id: each.rev for each in deleted}
    if newest:
        rows = [{"channel": channel_id, "new_rev": rev} for channel_id, rev in newest.items()]
        connection.execute(_advance, rows)


def _chunks(ids: Iterable[int]) -> Iterator[list[int]]:
    left = iter(ids)
    while chunk := list(itertools.islice(left, CHUNK)):
        yield chunk
