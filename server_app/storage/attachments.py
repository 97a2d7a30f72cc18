"""Queries about files under the names that people gave them, and the messages that hold them."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any, NamedTuple

from msgspec.structs import replace
from sqlalchemy import ColumnElement, Connection, Row, bindparam, delete, func, insert, select, update

from shared.entities import Attachment, Message
from shared.types import AttachmentId, ChannelId, Milliseconds, Seq, Sha256, UserId

from .prepared import Prepared
from .tables import attachments as table


class Unsaid(NamedTuple):
    """A finished upload."""

    owner_id: UserId
    attachment: Attachment


_WHAT = (
    table.c.id,
    table.c.name,
    table.c.size,
    table.c.sha256,
    table.c.media_type,
    table.c.width,
    table.c.height,
    table.c.is_animated,
    table.c.preview,
)
_say = Prepared(
    update(table)
    .where(table.c.id == bindparam("attachment"))
    .values(channel_id=bindparam("channel"), seq=bindparam("number"))
)
_said = Prepared(
    select(table.c.sha256).where(
        table.c.id == bindparam("attachment"),
        table.c.channel_id == bindparam("channel"),
        table.c.seq == bindparam("number"),
    )
)
_between = Prepared(
    select(table.c.seq, table.c.id, table.c.sha256).where(
        table.c.channel_id == bindparam("channel"), table.c.seq.between(bindparam("first"), bindparam("last"))
    )
)
_remove_one = Prepared(delete(table).where(table.c.id == bindparam("attachment")))


def add_attachment(connection: Connection, owner_id: UserId, what: Attachment, now: Milliseconds) -> Attachment:
    """Keep a file under a name, not said yet; with the id that it gets."""
    values = {
        "sha256": what.sha256,
        "owner_id": owner_id,
        "name": what.name,
        "size": what.size,
        "media_type": what.media_type,
        "width": what.width,
        "height": what.height,
        "is_animated": what.is_animated,
        "preview": what.preview,
        "created_at": now,
    }
    inserted = connection.execute(insert(table).values(values)).inserted_primary_key
    assert inserted is not None, "one row was inserted"
    return replace(what, id=AttachmentId(inserted[0]))


def unsaid(connection: Connection, attachment_ids: Collection[AttachmentId]) -> dict[AttachmentId, Unsaid]:
    """Those of these that are finished and that no message holds, whoever uploaded them."""
    which = table.c.id.in_(list(attachment_ids)) & table.c.channel_id.is_(None)
    rows = connection.execute(select(table.c.owner_id, *_WHAT).where(which))
    return {row.id: Unsaid(row.owner_id, _as_attachment(row)) for row in rows}


def say(connection: Connection, message: Message) -> None:
    """Note that a message holds what it holds."""
    place = {"channel": message.channel_id, "number": message.seq}
    _say.run(connection, [{"attachment": each.id, **place} for each in message.attachments])


def said(connection: Connection, channel_id: ChannelId, seq: Seq, attachment_id: AttachmentId) -> Sha256 | None:
    """The content of what a message holds under this id."""
    rows = _said.rows(connection, {"attachment": attachment_id, "channel": channel_id, "number": seq})
    return str(rows[0][0]) if rows else None


def bytes_of(connection: Connection, owner_id: UserId) -> int:
    """What a person has uploaded and not taken back."""
    query = select(func.coalesce(func.sum(table.c.size), 0)).where(table.c.owner_id == owner_id)
    return int(connection.execute(query).scalar_one())


def sums(connection: Connection) -> list[tuple[UserId, int, int]]:
    """Of each person who has any, how many files they have here and with how many bytes; the most first."""
    size = func.sum(table.c.size)
    query = (
        select(table.c.owner_id, func.count(), size).group_by(table.c.owner_id).order_by(size.desc(), table.c.owner_id)
    )
    return [(UserId(owner_id), count, total) for owner_id, count, total in connection.execute(query)]


def remove_of_messages(connection: Connection, messages: Iterable[Message]) -> set[Sha256]:
    """Let these messages hold nothing any more; the contents that they held.

    One query for each channel, however many messages of it there are: hardly any of them holds anything.
    """
    wanted: defaultdict[ChannelId, set[Seq]] = defaultdict(set)
    for message in messages:
        wanted[message.channel_id].add(message.seq)
    held: dict[AttachmentId, Sha256] = {}
    for channel_id, seqs in wanted.items():
        between = {"channel": channel_id, "first": min(seqs), "last": max(seqs)}
        held |= {each: sha256 for seq, each, sha256 in _between.rows(connection, between) if seq in seqs}
    if held:
        _remove_one.run(connection, [{"attachment": each} for each in held])
    return set(held.values())


def remove_of_channel(connection: Connection, channel_id: ChannelId) -> set[Sha256]:
    """Let no message of a channel hold anything any more; the contents that they held."""
    return _remove(connection, table.c.channel_id == channel_id)


def remove_unsaid(connection: Connection, attachment_id: AttachmentId) -> set[Sha256]:
    """Take back what no message holds; the content."""
    return _remove(connection, (table.c.id == attachment_id) & table.c.channel_id.is_(None))


def remove_unsaid_of(connection: Connection, owner_id: UserId) -> set[Sha256]:
    """Take back all that a person has uploaded and not said; the contents."""
    return _remove(connection, (table.c.owner_id == owner_id) & table.c.channel_id.is_(None))


def remove_old_unsaid(connection: Connection, before: Milliseconds) -> set[Sha256]:
    """Take back what was uploaded before this moment and not said; the contents."""
    return _remove(connection, table.c.channel_id.is_(None) & (table.c.created_at < before))


def _remove(connection: Connection, which: ColumnElement[bool]) -> set[Sha256]:
    held = set(connection.execute(select(table.c.sha256).where(which)).scalars())
    if held:
        connection.execute(delete(table).where(which))
    return held


def _as_attachment(row: Row[*tuple[Any, ...]]) -> Attachment:
    return Attachment(
        id=AttachmentId(row.id),
        name=row.name,
        size=row.size,
        sha256=row.sha256,
        media_type=row.media_type,
        width=row.width,
        height=row.height,
        is_animated=row.is_animated,
        preview=row.preview,
    )
