"""Queries about what people wrote down about others."""

from sqlalchemy import Connection, delete, insert, select

from shared.types import UserId

from .tables import notes


def note(connection: Connection, user_id: UserId, other_id: UserId) -> str:
    """What the first wrote down about the second; empty for nothing."""
    which = (notes.c.user_id == user_id) & (notes.c.other_id == other_id)
    return connection.execute(select(notes.c.text).where(which)).scalar_one_or_none() or ""


def set_note(connection: Connection, user_id: UserId, other_id: UserId, text: str) -> None:
    """Store it in place of what was there; an empty one leaves nothing behind."""
    which = (notes.c.user_id == user_id) & (notes.c.other_id == other_id)
    connection.execute(delete(notes).where(which))
    if text:
        connection.execute(insert(notes).values(user_id=user_id, other_id=other_id, text=text))
