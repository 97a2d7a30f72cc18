"""Queries about channels of every kind."""

import functools
import itertools
import operator
from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, String, bindparam, cast, func, insert, literal_column, select, update

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

ALIKE = "~"
"""What no name has in it: two public channels can have the same name where whoever made the second could not see the
first, and must not learn that it is there. The second one's key is then the name's with this and a number."""

_is_room = channels.c.kind.in_([ChannelKind.PUBLIC.value, ChannelKind.PRIVATE.value])
_count = select(func.count()).select_from(channels).where(_exists)
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
    _members.join(channels, channels.c.id == memberships.c.channel_id).where(
        ~_is_public, ~memberships.c.left, memberships.c.withheld_by.is_(None)
    )
)
_mine = memberships.alias("mine")
_told = (_mine.c.user_id == bindparam("user"), ~_mine.c.left, _mine.c.withheld_by.is_(None))
_comma: Any = literal_column("','")
_joined_members = (
    select(func.aggregate_strings(cast(memberships.c.user_id, String), _comma))
    .where(memberships.c.channel_id == channels.c.id, ~memberships.c.left)
    .scalar_subquery()
)
_own = Prepared(
    _with_newest.add_columns(_joined_members)
    .join(_mine, _mine.c.channel_id == channels.c.id)
    .where(~_is_public, *_told)
    .order_by(channels.c.id)
)
_one = Prepared(_with_newest.where(channels.c.id == bindparam("channel")))
_people_of_one = select(memberships.c.user_id, memberships.c.withheld_by).where(
    memberships.c.channel_id == bindparam("channel")
)
_members_of_one = Prepared(_people_of_one.where(~memberships.c.left).order_by(memberships.c.user_id))
_left_of_one = Prepared(_people_of_one.where(memberships.c.left).order_by(memberships.c.user_id))


def public_channels(connection: Connection) -> tuple[Channel, ...]:
    """Every public channel with the people who left it, by id."""
    left = _grouped(_left.rows(connection, {}))
    return tuple(_as_channel(row, left_ids=left.get(row[0], ())) for row in _public.rows(connection, {}))


def other_channels(connection: Connection) -> tuple[Channel, ...]:
    """Every channel that is not public, with those members who are told of it, by id.

    For the server's own index, never for a person.
    """
    members = _grouped(_members_of_others.rows(connection, {}))
    return tuple(_with_people(row, members) for row in _others.rows(connection, {}))


def own_channels(connection: Connection, user_id: UserId) -> tuple[Channel, ...]:
    """The channels that are not public and that a person is in and knows of, by id.

    The database joins the members, so that a row of ours is a channel, however many are in it.
    """
    return tuple(
        _as_channel(row, member_ids=tuple(sorted(map(UserId, map(int, members.split(","))))), newest=newest)
        for newest, *row, members in _own.rows(connection, {"user": user_id})
    )


def channel(connection: Connection, channel_id: ChannelId, known_to: UserId | None = None) -> Channel | None:
    """The channel with this id and its people.

    `known_to` is not among them where they are in it without having been told: to them it is not there.
    """
    rows = _one.rows(connection, {"channel": channel_id})
    if not rows:
        return None
    (newest, *row) = rows[0]
    is_public = _KINDS[row[1]] is ChannelKind.PUBLIC
    found = (_left_of_one if is_public else _members_of_one).rows(connection, {"channel": channel_id})
    people = tuple(UserId(user_id) for user_id, withheld in found if withheld is None or user_id != known_to)
    return _as_channel(row, left_ids=people) if is_public else _as_channel(row, member_ids=people, newest=newest)


def number_of_rooms(connection: Connection) -> int:
    """How many public and private channels there are."""
    return connection.execute(_count.where(_is_room)).scalar_one()


def number_made_by(connection: Connection, user_id: UserId, kind: ChannelKind) -> int:
    """How many channels of a kind there are that this person made."""
    which = (channels.c.kind == kind.value) & (channels.c.created_by == user_id)
    return connection.execute(_count.where(which)).scalar_one()


def names_in_use(connection: Connection, name_key: str) -> dict[str, ChannelId]:
    """The public channels with this name or one that looks like it, by the keys under which they stand."""
    which = (channels.c.name_key == name_key) | channels.c.name_key.startswith(name_key + ALIKE, autoescape=True)
    rows = connection.execute(select(channels.c.name_key, channels.c.id).where(which))
    return {key: ChannelId(channel_id) for key, channel_id in rows}


def add_room(
    connection: Connection,
    kind: ChannelKind,
    *,
    name: str,
    name_key: str | None,
    topic: str,
    created_by: UserId,
    now: Milliseconds,
) -> Channel:
    """Make a public or private channel, or a group; of the latter two nobody is a member yet."""
    return _add(connection, kind, created_by, now, {"name": name, "name_key": name_key, "topic": topic})


def by_people(connection: Connection, pair_key: str) -> ChannelId | None:
    """The direct channel between two people, or the group of several, if they have one."""
    return connection.execute(select(channels.c.id).where(channels.c.pair_key == pair_key)).scalar_one_or_none()


def add_talk(
    connection: Connection, kind: ChannelKind, pair_key: str, created_by: UserId, now: Milliseconds
) -> Channel:
    """Make a direct channel or a group, which these people find again; nobody is a member yet."""
    return _add(connection, kind, created_by, now, {"name": "", "pair_key": pair_key, "topic": ""})


def forget_people(connection: Connection, channel_id: ChannelId) -> None:
    """Let a group of which others are the people now be found by nobody any more."""
    connection.execute(update(channels).where(channels.c.id == channel_id).values(pair_key=None))


def rename(connection: Connection, channel_id: ChannelId, name: str, name_key: str | None = None) -> None:
    """Give a channel another name; with another key where one is given."""
    values = {"name": name} if name_key is None else {"name": name, "name_key": name_key}
    connection.execute(update(channels).where(channels.c.id == channel_id).values(values))


def set_topic(connection: Connection, channel_id: ChannelId, topic: str) -> None:
    """Say what a channel is about."""
    connection.execute(update(channels).where(channels.c.id == channel_id).values(topic=topic))


def _add(
    connection: Connection, kind: ChannelKind, created_by: UserId, now: Milliseconds, values: dict[str, str | None]
) -> Channel:
    row = {"kind": kind.value, "created_by": created_by, "created_at": now, "last_seq": 0, **values}
    channel_id = connection.execute(insert(channels).values(row).returning(channels.c.id)).scalar_one()
    return Channel(
        id=ChannelId(channel_id),
        kind=kind,
        name=values["name"] or "",
        topic=values["topic"] or "",
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
