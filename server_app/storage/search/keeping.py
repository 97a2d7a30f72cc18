"""Keeps the index in step with what is said, a little behind it; what has not come in yet is looked through as it is.

So saying something costs nothing more, and what goes in together makes a smaller index.
"""

import functools
import importlib
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, literal_column, select

from server_app.storage.prepared import Prepared
from server_app.storage.tables import channels, messages, search_changes, search_shards
from shared.types import ChannelId, Seq

from .changes import take_changes
from .full_text import FullTextIndex
from .index import SHARD_BITS, Change, Index, Place, block_of, shard_of
from .rows import Row, between
from .terms import terms_of

INDEX: Index = FullTextIndex()
MOST_CHANGES = 64
"""Changed messages of one step."""

_reached = (
    select(search_shards.c.channel_id, func.max(search_shards.c.last_seq).label("seq"))
    .group_by(search_shards.c.channel_id)
    .subquery()
)
_seq_reached = func.coalesce(_reached.c.seq, literal_column("0"))
_behind = Prepared(
    select(channels.c.id, channels.c.last_seq, _seq_reached)
    .outerjoin(_reached, _reached.c.channel_id == channels.c.id)
    .where(channels.c.last_seq > _seq_reached, channels.c.is_deleted.is_(literal_column("0")))
    .order_by(channels.c.id)
)
_noted = Prepared(select(search_changes.c.seq).limit(literal_column("1")).offset(literal_column("0")))
_newest = Prepared(select(func.max(messages.c.id)))
_Found = dict[Place, tuple[set[str], set[str]]]


def catch_up(connection: Connection, count: int) -> bool:
    """Put some of what changed into the index, and at most so many new messages; whether there may be more."""
    found, changed = take_changes(connection, MOST_CHANGES)
    taken = _take_new(connection, found, count)
    if found:
        changes = {block: Change(frozenset(gone), frozenset(added)) for block, (gone, added) in found.items()}
        INDEX.change(connection, changes)
    return changed == MOST_CHANGES or taken == count


def newest_to_index(connection: Connection) -> int | None:
    """The newest message anywhere, 0 while there is none; None where changes wait as well. Quicker than to look."""
    if _noted.rows(connection, {}):
        return None
    ((newest,),) = _newest.rows(connection, {})
    return newest or 0


def tidy(connection: Connection, *, is_beginning: bool) -> bool:
    """Go a step towards an index in which nothing is left of what is gone; whether there is more to do."""
    return INDEX.tidy(connection, is_beginning=is_beginning)


def forget_channel(connection: Connection, channel_id: ChannelId) -> None:
    """Nothing of a channel is left that could be in the index."""
    connection.execute(delete(search_shards).where(search_shards.c.channel_id == channel_id))


def _take_new(connection: Connection, found: _Found, count: int) -> int:
    room = count
    for channel_id, last, reached in _behind.rows(connection, {}):
        rows = between(connection, channel_id, reached + 1, min(last, reached + room))[::-1]
        _take(found, rows)
        _note_reached(connection, channel_id, reached, min(last, reached + room), rows)
        room -= len(rows)
        if room <= 0:
            break
    return count - room


def _take(found: _Found, rows: Sequence[Row]) -> None:
    for row in rows:
        block = Place(row.channel_id, block_of(row.seq))
        if block not in found:
            found[block] = (set(), set())
        terms = terms_of(row)
        found[block][0].difference_update(terms)
        found[block][1].update(terms)


def _note_reached(connection: Connection, channel_id: ChannelId, after: Seq, last: Seq, rows: Sequence[Row]) -> None:
    """Also past numbers of which there is no message, as damage may have left them."""
    times: defaultdict[int, list[int]] = defaultdict(list)
    for row in rows:
        times[shard_of(row.seq)].append(row.created_at)
    values = [
        {
            "channel_id": channel_id,
            "number": shard,
            "last_seq": min(last, ((shard + 1) << SHARD_BITS) - 1),
            "first_at": min(times[shard], default=0),
            "last_at": max(times[shard], default=0),
        }
        for shard in range(shard_of(after + 1), shard_of(last) + 1)
    ]
    _upsert(connection.dialect.name).run(connection, values)


@functools.cache
def _upsert(dialect: str) -> Prepared:
    insert_of: Any = importlib.import_module(f"sqlalchemy.dialects.{dialect}").insert
    columns = ("channel_id", "number", "last_seq", "first_at", "last_at")
    statement = insert_of(search_shards).values({name: bindparam(name) for name in columns})
    new, old = statement.excluded, search_shards.c
    statement = statement.on_conflict_do_update(
        index_elements=[old.channel_id, old.number],
        set_={
            "last_seq": new.last_seq,
            "first_at": func.min(old.first_at, new.first_at),
            "last_at": func.max(old.last_at, new.last_at),
        },
    )
    return Prepared(statement)
