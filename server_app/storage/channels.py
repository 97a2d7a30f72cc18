"""Queries about channels, public and direct."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from msgspec.structs import replace
from sqlalchemy import Connection, Row, bindparam, func, insert, literal_column, select, update

from shared.entities import Channel
from shared.types import ChannelId, ChannelKind, Milliseconds, UserId

from .prepared import Prepared
from .tables import channels, memberships, messages

_NAMES = ("id", "name", "topic", "created_by", "created_at", "last_seq", "last_rev")
_plain = tuple(channels.c[name] for name in _NAMES)
_is_public = channels.c.kind == literal_column(f"'{ChannelKind.PUBLIC.value}'")
_is_direct = channels.c.kind == literal_column(f"'{ChannelKind.DIRECT.value}'")

_public = Prepared(select(*_plain).where(_is_public).order_by(channels.c.id))
_left = Prepared(
    select(memberships.c.channel_id, memberships.c.user_id)
    .join(channels, channels.c.id == memberships.c.channel_id)
    .where(_is_public, memberships.c.left)
    .order_by(memberships.c.channel_id, memberships.c.user_id)
)
_newest = select(messages.c.id).where(messages.c.channel_id == channels.c.id, messages.c.seq == channels.c.last_seq)
_directs = (
    select(func.min(memberships.c.user_id), func.max(memberships.c.user_id), _newest.scalar_subquery(), *_plain)
    .join(memberships, memberships.c.channel_id == channels.c.id)
    .where(_is_direct)
    .group_by(channels.c.id)
    .order_by(channels.c.id)
)
_all_directs = Prepared(_directs)
_mine = memberships.alias("mine")
_directs_of = Prepared(
    _directs.where(channels.c.id.in_(select(_mine.c.channel_id).where(_mine.c.user_id == bindparam("user"))))
)


def public_channels(connection: Connection) -> tuple[Channel, ...]:
    """Every public channel with the people who left it, by id."""
    left: defaultdict[int, list[UserId]] = defaultdict(list)
    for channel_id, user_id in _left.rows(connection, {}):
        left[channel_id].append(user_id)
    return tuple(
        Channel(**dict(zip(_NAMES, row, strict=True)), kind=ChannelKind.PUBLIC, left_ids=tuple(left.get(row[0], ())))
        for row in _public.rows(connection, {})
    )


def direct_channels(connection: Connection) -> tuple[Channel, ...]:
    """Every direct channel there is, by id: for the server's own index, never for a person."""
    return tuple(_direct(row) for row in _all_directs.rows(connection, {}))


def direct_channels_of(connection: Connection, user_id: UserId) -> tuple[Channel, ...]:
    """The direct channels that a person is in, by id."""
    return tuple(_direct(row) for row in _directs_of.rows(connection, {"user": user_id}))


def channels_for(connection: Connection, user_id: UserId) -> tuple[Channel, ...]:
    """Every channel that a person may know of: the public ones, and the direct ones they are in."""
    return (*public_channels(connection), *direct_channels_of(connection, user_id))


def channel(connection: Connection, channel_id: ChannelId) -> Channel | None:
    """The channel with this id."""
    row = connection.execute(select(channels).where(channels.c.id == channel_id)).one_or_none()
    if row is None:
        return None
    members = connection.execute(
        select(memberships.c.user_id, memberships.c.left)
        .where(memberships.c.channel_id == channel_id)
        .order_by(memberships.c.user_id)
    )
    return _as_channel(row, [(UserId(member.user_id), member.left) for member in members])


def number_of_public_channels(connection: Connection) -> int:
    """How many channels everybody sees."""
    public = channels.c.kind == ChannelKind.PUBLIC.value
    return connection.execute(select(func.count()).select_from(channels).where(public)).scalar_one()


def name_is_taken(connection: Connection, name_key: str) -> bool:
    """Whether a public channel has this name or one that looks like it."""
    return connection.execute(select(channels.c.id).where(channels.c.name_key == name_key)).one_or_none() is not None


def add_public(
    connection: Connection, *, name: str, name_key: str, topic: str, created_by: UserId, now: Milliseconds
) -> Channel:
    """Make a public channel."""
    values = {"name": name, "name_key": name_key, "topic": topic}
    return _add(connection, ChannelKind.PUBLIC, created_by, now, values)


def direct_by_pair(connection: Connection, pair_key: str) -> ChannelId | None:
    """The direct channel between two people, if they have one."""
    return connection.execute(select(channels.c.id).where(channels.c.pair_key == pair_key)).scalar_one_or_none()


def add_direct(
    connection: Connection, pair_key: str, members: tuple[UserId, ...], created_by: UserId, now: Milliseconds
) -> Channel:
    """Make the direct channel between two people, or one person and themselves."""
    made = _add(connection, ChannelKind.DIRECT, created_by, now, {"name": "", "pair_key": pair_key, "topic": ""})
    rows = [{"channel_id": made.id, "user_id": member} for member in members]
    connection.execute(insert(memberships), rows)
    return replace(made, member_ids=tuple(sorted(members)))


def rename(connection: Connection, channel_id: ChannelId, name: str, name_key: str) -> None:
    """Give a public channel another name."""
    connection.execute(update(channels).where(channels.c.id == channel_id).values(name=name, name_key=name_key))


def set_topic(connection: Connection, channel_id: ChannelId, topic: str) -> None:
    """Say what a public channel is about."""
    connection.execute(update(channels).where(channels.c.id == channel_id).values(topic=topic))


def _add(
    connection: Connection, kind: ChannelKind, created_by: UserId, now: Milliseconds, values: dict[str, str]
) -> Channel:
    row = {"kind": kind.value, "created_by": created_by, "created_at": now, "last_seq": 0, **values}
    channel_id = connection.execute(insert(channels).values(row).returning(channels.c.id)).scalar_one()
    return Channel(
        id=ChannelId(channel_id),
        kind=kind,
        name=values["name"],
        topic=values["topic"],
        created_by=created_by,
        created_at=now,
        last_seq=0,
    )


def _direct(row: Sequence[Any]) -> Channel:
    low, high, newest, *plain = row
    return Channel(
        **dict(zip(_NAMES, plain, strict=True)),
        kind=ChannelKind.DIRECT,
        last_message_id=newest,
        member_ids=(low,) if low == high else (low, high),
    )


def _as_channel(row: Row[*tuple[Any, ...]], people: list[tuple[UserId, bool]]) -> Channel:
    kind = ChannelKind(row.kind)
    is_direct = kind is ChannelKind.DIRECT
    return Channel(
        id=ChannelId(row.id),
        kind=kind,
        name=row.name,
        topic=row.topic,
        created_by=row.created_by,
        created_at=row.created_at,
        last_seq=row.last_seq,
        last_rev=row.last_rev,
        member_ids=tuple(user_id for user_id, _ in people) if is_direct else (),
        left_ids=() if is_direct else tuple(user_id for user_id, left in people if left),
    )
