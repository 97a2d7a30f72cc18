"""Queries about of whom people do not want to hear."""

from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import Connection, bindparam, delete, insert, literal_column, select
from sqlalchemy.sql.elements import ColumnElement

from shared.entities import Block
from shared.types import BlockKind, ChannelId, Milliseconds, Seq, UserId

from .prepared import Prepared
from .tables import blocks as table
from .tables import memberships

_hides = table.c.kind == literal_column(f"'{BlockKind.BLOCK.value}'")
# Not required, since a statement with a list is compiled with nothing but its list known.
_lasts: ColumnElement[bool] = table.c.until.is_(None) | (table.c.until > bindparam("now", required=False))

_of = Prepared(
    select(table.c.other_id, table.c.kind, table.c.until)
    .where(table.c.user_id == bindparam("user"), _lasts)
    .order_by(table.c.other_id)
)
_hidden = Prepared(select(table.c.other_id).where(table.c.user_id == bindparam("user"), _hides, _lasts))
_one = Prepared(
    select(table.c.kind).where(
        table.c.user_id == bindparam("user"), table.c.other_id == bindparam("other"), _hides, _lasts
    )
)
_blockers = Prepared(
    select(table.c.other_id, table.c.user_id)
    .where(table.c.other_id.in_(bindparam("others", expanding=True)), _hides, _lasts)
    .order_by(table.c.other_id, table.c.user_id)
)
_read = Prepared(
    select(memberships.c.user_id, memberships.c.read_seq).where(
        memberships.c.channel_id == bindparam("channel", required=False),
        memberships.c.user_id.in_(bindparam("users", expanding=True)),
    )
)


def blocks(connection: Connection, user_id: UserId, other_id: UserId, now: Milliseconds) -> bool:
    """Whether the first person blocks the second at this moment; to mute them is not to block them."""
    return bool(_one.rows(connection, {"user": user_id, "other": other_id, "now": now}))


def blocks_of(connection: Connection, user_id: UserId, now: Milliseconds) -> tuple[Block, ...]:
    """Of whom a person does not want to hear at this moment, by id."""
    rows = _of.rows(connection, {"user": user_id, "now": now})
    return tuple(Block(user_id=other_id, kind=BlockKind(kind), until=until) for other_id, kind, until in rows)


def hidden_from(connection: Connection, user_id: UserId, now: Milliseconds) -> frozenset[UserId]:
    """Whose messages a person does not get to see at this moment."""
    return frozenset(other_id for (other_id,) in _hidden.rows(connection, {"user": user_id, "now": now}))


def blocked_by(
    connection: Connection, user_ids: Collection[UserId], now: Milliseconds
) -> dict[UserId, tuple[UserId, ...]]:
    """Of these people, those whom somebody blocks at this moment, and who does."""
    found: defaultdict[UserId, tuple[UserId, ...]] = defaultdict(tuple)
    for other_id, user_id in _blockers.rows(connection, {"others": list(user_ids), "now": now}):
        found[other_id] += (user_id,)
    return dict(found)


def all_blocked(connection: Connection) -> frozenset[UserId]:
    """Everybody whom anybody blocks, or blocked until a while ago."""
    return frozenset(
        connection.execute(select(table.c.other_id).where(table.c.kind == BlockKind.BLOCK.value)).scalars()
    )


def all_blocks(connection: Connection) -> dict[UserId, tuple[Block, ...]]:
    """Everybody's, by who made them; also those that are over and still stand."""
    found: defaultdict[UserId, tuple[Block, ...]] = defaultdict(tuple)
    for row in connection.execute(select(table)):
        found[UserId(row.user_id)] += (Block(UserId(row.other_id), BlockKind(row.kind), row.until),)
    return dict(found)


def add_block(connection: Connection, user_id: UserId, block: Block) -> None:
    """Store a block in place of whatever this person had set before."""
    remove_block(connection, user_id, block.user_id)
    values = {"user_id": user_id, "other_id": block.user_id, "kind": block.kind.value, "until": block.until}
    connection.execute(insert(table).values(values))


def remove_block(connection: Connection, user_id: UserId, other_id: UserId) -> bool:
    """Forget a block; whether there was one."""
    which = (table.c.user_id == user_id) & (table.c.other_id == other_id)
    return connection.execute(delete(table).where(which)).rowcount > 0


def blocks_that_ended(connection: Connection, now: Milliseconds) -> list[tuple[UserId, UserId, BlockKind]]:
    """Who had set those that are over, of whom, and what they did not want to hear."""
    rows = connection.execute(select(table.c.user_id, table.c.other_id, table.c.kind).where(table.c.until <= now))
    return [(UserId(user_id), UserId(other_id), BlockKind(kind)) for user_id, other_id, kind in rows]


def withheld_channels(connection: Connection, user_id: UserId, by: UserId) -> list[ChannelId]:
    """The channels into which this one brought that person, who was not told, by id."""
    which = (memberships.c.user_id == user_id) & (memberships.c.withheld_by == by) & ~memberships.c.left
    rows = connection.execute(select(memberships.c.channel_id).where(which).order_by(memberships.c.channel_id))
    return [ChannelId(channel_id) for (channel_id,) in rows]


def read_seqs(connection: Connection, channel_id: ChannelId, user_ids: Collection[UserId]) -> dict[UserId, Seq]:
    """How far these people have read a channel, as far as they have read any of it."""
    rows = _read.rows(connection, {"channel": channel_id, "users": list(user_ids)})
    return {UserId(user_id): read_seq for user_id, read_seq in rows}
