"""Queries about the rules of channels, and about what is left of deleted ones."""

from collections.abc import Sequence

import msgspec
from sqlalchemy import Connection, delete, func, select, update

from shared.entities import Channel, Override
from shared.types import ChannelId, RoleId

from .channels import overrides_from
from .search.changes import note_changes
from .search.keeping import forget_channel
from .tables import channels, memberships, mentions, messages, saved_messages, versions


def set_rules(connection: Connection, changed: Channel) -> None:
    """Store the rules that a channel has now."""
    values = {
        "is_read_only": changed.is_read_only,
        "slow_seconds": changed.slow_seconds,
        "is_archived": changed.is_archived,
        "overrides": _as_text(changed.overrides),
    }
    connection.execute(update(channels).where(channels.c.id == changed.id).values(values))


def channels_with_overrides(connection: Connection, role_id: RoleId) -> tuple[ChannelId, ...]:
    """The channels that allow or deny anything to the people of a role, by id."""
    which = (channels.c.overrides != "") & ~channels.c.is_deleted
    rows = connection.execute(select(channels.c.id, channels.c.overrides).where(which).order_by(channels.c.id))
    return tuple(
        ChannelId(channel_id)
        for channel_id, text in rows
        if any(override.role_id == role_id for override in overrides_from(text))
    )


def delete_channel(connection: Connection, channel_id: ChannelId) -> None:
    """Let a channel be no more. Its name is free at once; what was said in it goes with `remove_leftovers`."""
    values = {"is_deleted": True, "name_key": None, "pair_key": None, "topic": ""}
    connection.execute(update(channels).where(channels.c.id == channel_id).values(values))
    for table in (memberships, versions, saved_messages):
        connection.execute(delete(table).where(table.c.channel_id == channel_id))


def remove_leftovers(connection: Connection, count: int) -> bool:
    """Remove at most so many messages of deleted channels; whether there may be more.

    Which ones is found in the tables alone, so it does not matter when the server was stopped or killed. The newest
    message of all only loses its words until there is a newer one: the next message would have its id again.
    """
    newest = connection.execute(select(func.max(messages.c.id))).scalar_one() or 0
    unfinished = select(channels.c.id).where(channels.c.is_deleted, channels.c.last_seq > 0)
    for channel_id in connection.execute(unfinished).scalars().all():
        there = select(messages.c.id).where(messages.c.channel_id == channel_id)
        ids = connection.execute(there.where(messages.c.id != newest).limit(count)).scalars().all()
        if ids:
            note_changes(connection, ids)
            connection.execute(
                delete(mentions).where(mentions.c.channel_id == channel_id, mentions.c.message_id.in_(ids))
            )
            connection.execute(delete(messages).where(messages.c.id.in_(ids)))
            return True
        if connection.execute(there).first() is None:
            connection.execute(update(channels).where(channels.c.id == channel_id).values(last_seq=0))
            forget_channel(connection, channel_id)
        else:
            note_changes(connection, [newest])
            connection.execute(update(messages).where(messages.c.id == newest, messages.c.body != "").values(body=""))
    return False


def _as_text(overrides: Sequence[Override]) -> str:
    return msgspec.json.encode(overrides).decode() if overrides else ""
