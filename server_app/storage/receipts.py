"""Queries about who sees how far the other person of a direct channel has read."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import Connection, Exists, FromClause, and_, bindparam, exists, literal_column, or_, select

from shared.entities import ReadPosition
from shared.types import BlockKind, ChannelId, ChannelKind, Milliseconds, Seq, UserId

from .prepared import Prepared
from .tables import blocks, channels, memberships, users


class Pair(NamedTuple):
    """A direct channel, as one of its people sees it."""

    channel_id: ChannelId
    other_id: UserId
    seq: Seq
    """How far one has read oneself."""
    other_seq: Seq
    is_mine_shared: bool
    """Whether one shares that oneself."""
    is_theirs_shared: bool
    blocks_other: bool
    is_blocked: bool
    """Whether the other blocks one, which one cannot tell."""
    is_other_told: bool
    """Whether the other knows of the channel."""

    @property
    def is_seen(self) -> bool:
        """Whether one sees how far the other has read."""
        return self.is_mine_shared and self.is_theirs_shared and not self.blocks_other

    @property
    def is_shown(self) -> bool:
        """Whether the other sees how far one has read."""
        return self.is_mine_shared and self.is_theirs_shared and self.may_be_told

    @property
    def may_be_told(self) -> bool:
        """Whether anything of this may be said to the other."""
        return self.is_other_told and not self.is_blocked


_mine, _theirs = memberships.alias("mine"), memberships.alias("theirs")
_me, _other = users.alias("me"), users.alias("other")


def _blocks(one: FromClause, other: FromClause) -> Exists:
    """Whether the one of these blocks the other."""
    return exists().where(
        blocks.c.kind == literal_column(f"'{BlockKind.BLOCK.value}'"),
        or_(blocks.c.until.is_(None), blocks.c.until > bindparam("now")),
        blocks.c.user_id == one.c.user_id,
        blocks.c.other_id == other.c.user_id,
    )


_pairs = (
    select(
        _mine.c.channel_id,
        _theirs.c.user_id,
        _mine.c.read_seq,
        _theirs.c.read_seq,
        _me.c.shares_receipts,
        _other.c.shares_receipts,
        _blocks(_mine, _theirs),
        _blocks(_theirs, _mine),
        _theirs.c.withheld_by.is_(None),
    )
    .join(channels, channels.c.id == _mine.c.channel_id)
    .join(_theirs, and_(_theirs.c.channel_id == _mine.c.channel_id, _theirs.c.user_id != _mine.c.user_id))
    .join(_me, _me.c.id == _mine.c.user_id)
    .join(_other, _other.c.id == _theirs.c.user_id)
    .where(
        _mine.c.user_id == bindparam("user"),
        channels.c.kind == literal_column(f"'{ChannelKind.DIRECT.value}'"),
        # Whoever was not told of the channel is told nothing of it.
        _mine.c.withheld_by.is_(None),
    )
    .order_by(_mine.c.channel_id)
)
_all = Prepared(_pairs)
_one = Prepared(_pairs.where(_mine.c.channel_id == bindparam("channel")))
_with_one = Prepared(_pairs.where(_theirs.c.user_id == bindparam("other")))


def pairs(connection: Connection, user_id: UserId, now: Milliseconds) -> list[Pair]:
    """Every direct channel of a person with somebody else."""
    return [_as_pair(row) for row in _all.rows(connection, {"user": user_id, "now": now})]


def pair_in(connection: Connection, user_id: UserId, channel_id: ChannelId, now: Milliseconds) -> list[Pair]:
    """The one with this id, if it is such a channel."""
    return [_as_pair(row) for row in _one.rows(connection, {"user": user_id, "channel": channel_id, "now": now})]


def pairs_with(connection: Connection, user_id: UserId, other_id: UserId, now: Milliseconds) -> list[Pair]:
    """The one with this person, if there is one."""
    return [_as_pair(row) for row in _with_one.rows(connection, {"user": user_id, "other": other_id, "now": now})]


def receipts(connection: Connection, user_id: UserId, now: Milliseconds) -> tuple[ReadPosition, ...]:
    """How far the others have read, where one sees it."""
    found = pairs(connection, user_id, now)
    return tuple(ReadPosition(channel_id=pair.channel_id, seq=pair.other_seq) for pair in found if pair.is_seen)


def _as_pair(row: Sequence[int]) -> Pair:
    channel_id, other_id, seq, other_seq, *whether = row
    return Pair(ChannelId(channel_id), UserId(other_id), seq, other_seq, *map(bool, whether))
