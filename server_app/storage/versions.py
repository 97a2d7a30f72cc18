"""Queries about what edited messages said before."""

from collections.abc import Iterable

from sqlalchemy import Connection, bindparam, delete, func, insert, select

from shared.entities import Message, Version
from shared.limits import MAX_VERSIONS
from shared.types import ChannelId, Seq

from .prepared import Prepared
from .tables import versions

_remove = Prepared(
    delete(versions).where(versions.c.channel_id == bindparam("channel"), versions.c.seq == bindparam("number"))
)


def add_version(connection: Connection, message: Message) -> None:
    """Keep what a message says that is about to be edited; the oldest goes where there are too many."""
    of_it = (versions.c.channel_id == message.channel_id) & (versions.c.seq == message.seq)
    number = (connection.execute(select(func.max(versions.c.number)).where(of_it)).scalar_one() or 0) + 1
    values = {
        "channel_id": message.channel_id,
        "seq": message.seq,
        "number": number,
        "body": message.body,
        "written_at": message.edited_at or message.created_at,
    }
    connection.execute(insert(versions).values(values))
    if number > MAX_VERSIONS:
        connection.execute(delete(versions).where(of_it, versions.c.number <= number - MAX_VERSIONS))


def page(connection: Connection, channel_id: ChannelId, seq: Seq, before: int | None, count: int) -> list[Version]:
    """At most so many versions before this number, the latest first."""
    query = (
        select(versions.c.number, versions.c.body, versions.c.written_at)
        .where(versions.c.channel_id == channel_id, versions.c.seq == seq)
        .order_by(versions.c.number.desc())
        .limit(count)
    )
    if before is not None:
        query = query.where(versions.c.number < before)
    return [Version(number=row.number, body=row.body, written_at=row.written_at) for row in connection.execute(query)]


def remove_versions(connection: Connection, deleted: Iterable[Message]) -> None:
    """Let nothing be left of what these messages said before."""
    _remove.run(connection, [{"channel": each.channel_id, "number": each.seq} for each in deleted])
