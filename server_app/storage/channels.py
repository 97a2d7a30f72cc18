"""Queries about channels of every kind."""

import functools
import itertools
import operator
from collections.abc import Sequence
from typing import Any

import msgspec
from msgspec.structs import replace
from sqlalchemy import Connection, bindparam, func, insert, literal_column, select, update

from shared.entities import Channel, Override
from shared.types import ChannelId, ChannelKind, MessageId, Milliseconds, UserId

from .prepared import Prepared
from .tables import channels, memberships, messages

_NAMES = (
    "id",
    "kind",
    "name",
    "topic",
    "created_by",
    "created_at",
    "last_seq",
    "last_rev",
    "is_read_only",
    "slow_seconds",
    "is_archived",
    "overrides",
)
_KINDS = {kind.value: kind for kind in ChannelKind}
_columns = tuple(channels.c[name] for name in _NAMES)
_exists = channels.c.is_deleted.is_(literal_column("0"))
_is_public = channels.c.kind == literal_column(f"'{ChannelKind.PUBLIC.value}'")

_public = Prepared(select(*_columns).where(_is_public, _exists).order_by(channels.c.id))
_left = Prepared(
    select(memberships.c.channel_id, memberships.c.user_id)
    .join(channels, channels.c.id == memberships.c.channel_id)
    .where(_is_public, memberships.c.left)
    .order_by(memberships.c.channel_id, memberships.c.user_id)
)
_newest = select(messages.c.id).where(messages.c.channel_id == channels.c.id, messages.c.seq == channels.c.last_seq)
_with_newest = select(_newest.scalar_subquery(), *_columns).where(_exists)
_others = Prepared(_with_newest.where(~_is_public).order_by(channels.c.id))
_members = select(memberships.c.channel_id, memberships.c.user_id).order_by(
    memberships.c.channel_id, memberships.c.user_id
)
_members_of_others = Prepared(
    _members.join(channels, channels.c.id == memberships.c.channel_id).where(~_is_public, ~memberships.c.left)
)
_mine = memberships.alias("mine")
_told = (_mine.c.user_id == bindparam("user"), ~_mine.c.left, _mine.c.withheld_by.is_(None))
_own = Prepared(
    _with_newest.join(_mine, _mine.c.channel_id == channels.c.id).where(~_is_public, *_told).order_by(channels.c.id)
)
_members_of_own = Prepared(
    _members.join(_mine, _mine.c.channel_id == memberships.c.channel_id)
    .join(channels, channels.c.id == memberships.c.channel_id)
    .where(~_is_public, *_told, ~memberships.c.left)
)
_one = Prepared(_with_newest.where(channels.c.id == bindparam("channel")))
_people_of_one = select(memberships.c.user_id).where(memberships.c.channel_id == bindparam("channel"))
_members_of_one = Prepared(_people_of_one.where(~memberships.c.left).order_by(memberships.c.user_id))
_left_of_one = Prepared(_people_of_one.where(memberships.c.left).order_by(memberships.c.user_id))


def public_channels(connection: Connection) -> tuple[Channel, ...]:
    """Every public channel with the people who left it, by id."""
    left = _grouped(_left.rows(connection, {}))
    return tuple(_as_channel(row, left_ids=left.get(row[0], ())) for row in _public.rows(connection, {}))


def other_channels(connection: Connection) -> tuple[Channel, ...]:
    """Every channel that is not public, by id: for the server's own index, never for a person."""
    members = _grouped(_members_of_others.rows(connection, {}))
    return tuple(_with_people(row, members) for row in _others.rows(connection, {}))


def own_channels(connection: Connection, user_id: UserId) -> tuple[Channel, ...]:
    """The channels that are not public and that a person is in and knows of, by id."""
    members = _grouped(_members_of_own.rows(connection, {"user": user_id}))
    return tuple(_with_people(row, members) for row in _own.rows(connection, {"user": user_id}))


def channel(connection: Connection, channel_id: ChannelId) -> Channel | None:
    """The channel with this id and its people."""
    rows = _one.rows(connection, {"channel": channel_id})
    if not rows:
        return None
    (newest, *row) = rows[0]
    is_public = _KINDS[row[1]] is ChannelKind.PUBLIC
    found = (_left_of_one if is_public else _members_of_one).rows(connection, {"channel": channel_id})
    people = tuple(UserId(user_id) for (user_id,) in found)
    return _as_channel(row, left_ids=people) if is_public else _as_channel(row, member_ids=people, newest=newest)


def number_of_public_channels(connection: Connection) -> int:
    """How many channels everybody sees."""
    return connection.execute(select(func.count()).select_from(channels).where(_is_public, _exists)).scalar_one()


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


def _grouped(rows: Sequence[Sequence[Any]]) -> dict[int, tuple[UserId, ...]]:
    return {
        channel_id: tuple(UserId(user_id) for _, user_id in group)
        for channel_id, group in itertools.groupby(rows, key=operator.itemgetter(0))
    }


def _with_people(row: Sequence[Any], members: dict[int, tuple[UserId, ...]]) -> Channel:
    newest, *plain = row
    return _as_channel(plain, member_ids=members.get(plain[0], ()), newest=newest)


def _as_channel(
    row: Sequence[Any],
    *,
    member_ids: tuple[UserId, ...] = (),
    left_ids: tuple[UserId, ...] = (),
    newest: MessageId | None = None,
) -> Channel:
    values = dict(zip(_NAMES, row, strict=True))
    values["kind"] = _KINDS[values["kind"]]
    values["is_read_only"] = bool(values["is_read_only"])
    values["is_archived"] = bool(values["is_archived"])
    values["overrides"] = overrides_from(values["overrides"])
    is_talk = values["kind"] in (ChannelKind.DIRECT, ChannelKind.GROUP)
    return Channel(**values, last_message_id=newest if is_talk else None, member_ids=member_ids, left_ids=left_ids)


@functools.lru_cache(maxsize=1024)
def overrides_from(text: str) -> tuple[Override, ...]:
    """What a channel's column of overrides says; few texts are read again and again."""
    return msgspec.json.decode(text, type=tuple[Override, ...]) if text else ()
