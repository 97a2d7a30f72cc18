"""Queries about channels, public and direct."""

from collections import defaultdict
from typing import Any

from msgspec.structs import replace
from sqlalchemy import Connection, Row, Select, and_, func, insert, or_, select, update

from shared.entities import Channel
from shared.types import ChannelId, ChannelKind, MessageId, Milliseconds, UserId

from .tables import channels, memberships, messages


def all_channels(connection: Connection) -> tuple[Channel, ...]:
    """Every channel there is, direct ones too: for the server's own index, never for a person."""
    return _with_members(connection, None)


def channels_for(connection: Connection, user_id: UserId) -> tuple[Channel, ...]:
    """Every channel that a person may know of: the public ones, and the direct ones they are in."""
    return _with_members(connection, user_id)


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


def _with_members(connection: Connection, user_id: UserId | None) -> tuple[Channel, ...]:
    """Channels with the people that their kind names; all of them, or those that one person may know of."""
    is_direct = channels.c.kind == ChannelKind.DIRECT.value
    wanted = select(channels).order_by(channels.c.id)
    named = (
        select(memberships.c.channel_id, memberships.c.user_id, memberships.c.left)
        .join(channels, channels.c.id == memberships.c.channel_id)
        .where(or_(is_direct, memberships.c.left))
        .order_by(memberships.c.channel_id, memberships.c.user_id)
    )
    if user_id is not None:
        mine = select(memberships.c.channel_id).where(memberships.c.user_id == user_id)
        visible = or_(~is_direct, channels.c.id.in_(mine))
        wanted, named = wanted.where(visible), named.where(visible)
    people: dict[int, list[tuple[UserId, bool]]] = defaultdict(list)
    for row in connection.execute(named):
        people[row.channel_id].append((UserId(row.user_id), row.left))
    newest = {row.channel_id: MessageId(row.id) for row in connection.execute(_newest_of_directs(user_id))}
    return tuple(_as_channel(row, people.get(row.id, []), newest.get(row.id)) for row in connection.execute(wanted))


def _newest_of_directs(user_id: UserId | None) -> Select[Any]:
    """The newest message of each direct channel: of all, or of those that one person is in."""
    newest = (
        select(messages.c.channel_id, messages.c.id)
        .join(channels, and_(channels.c.id == messages.c.channel_id, channels.c.last_seq == messages.c.seq))
        .where(channels.c.kind == ChannelKind.DIRECT.value)
    )
    if user_id is None:
        return newest
    mine = select(memberships.c.channel_id).where(memberships.c.user_id == user_id)
    return newest.where(channels.c.id.in_(mine))


def _as_channel(
    row: Row[*tuple[Any, ...]], people: list[tuple[UserId, bool]], last_message_id: MessageId | None = None
) -> Channel:
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
        last_message_id=last_message_id,
        last_rev=row.last_rev,
        member_ids=tuple(user_id for user_id, _ in people) if is_direct else (),
        left_ids=() if is_direct else tuple(user_id for user_id, left in people if left),
    )
