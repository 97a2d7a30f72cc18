"""Queries about emoji of the house."""

from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select

from shared.entities import CustomEmoji
from shared.types import CustomEmojiId, Milliseconds, PictureId, UserId

from .tables import custom_emoji as table

_emoji = select(table.c.id, table.c.name, table.c.sha256, table.c.created_by, table.c.is_animated)


def all_emoji(connection: Connection) -> tuple[CustomEmoji, ...]:
    """All of them, by name."""
    return tuple(_as_emoji(row) for row in connection.execute(_emoji.order_by(table.c.name)))


def emoji(connection: Connection, emoji_id: CustomEmojiId) -> CustomEmoji | None:
    """The one with this id."""
    row = connection.execute(_emoji.where(table.c.id == emoji_id)).one_or_none()
    return None if row is None else _as_emoji(row)


def is_there(connection: Connection, name: str) -> bool:
    """Whether there is one of this name."""
    return connection.execute(select(table.c.id).where(table.c.name == name)).first() is not None


def number_of_emoji(connection: Connection) -> int:
    """How many there are."""
    return connection.execute(select(func.count()).select_from(table)).scalar_one()


def add_emoji(
    connection: Connection,
    name: str,
    picture: PictureId,
    *,
    is_animated: bool,
    user_id: UserId | None,
    now: Milliseconds,
) -> CustomEmoji:
    """Store a new one."""
    values = {
        "name": name,
        "sha256": picture,
        "is_animated": is_animated,
        "created_by": user_id,
        "created_at": now,
    }
    emoji_id = connection.execute(insert(table).values(values).returning(table.c.id)).scalar_one()
    return CustomEmoji(CustomEmojiId(emoji_id), name, picture, user_id, is_animated)


def remove_emoji(connection: Connection, emoji_id: CustomEmojiId) -> None:
    """Store it no more."""
    connection.execute(delete(table).where(table.c.id == emoji_id))


def _as_emoji(row: Row[*tuple[Any, ...]]) -> CustomEmoji:
    return CustomEmoji(CustomEmojiId(row.id), row.name, row.sha256, row.created_by, bool(row.is_animated))
