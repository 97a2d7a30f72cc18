"""Queries about what people tell of themselves to those who ask."""

from typing import NamedTuple

from sqlalchemy import Connection, select, update

from shared.types import UserId

from .tables import users


class About(NamedTuple):
    """What is told only to those who ask."""

    pronouns: str
    about: str


def about(connection: Connection, user_id: UserId) -> About:
    """What this person tells of themselves."""
    return About(*connection.execute(select(users.c.pronouns, users.c.about).where(users.c.id == user_id)).one())


def set_about(connection: Connection, user_id: UserId, told: About) -> None:
    """Store it."""
    connection.execute(update(users).where(users.c.id == user_id).values(told._asdict()))


def set_display_key(connection: Connection, user_id: UserId, key: str) -> None:
    """Store by what a display name is found to look like another."""
    connection.execute(update(users).where(users.c.id == user_id).values(display_key=key))


def is_somebody_elses(connection: Connection, user_id: UserId, keys: tuple[str, str]) -> bool:
    """Whether anybody but this person has a name, or is called, by one of these keys: the exact and the loose one."""
    is_alike = users.c.name_key.in_(keys) | (users.c.display_key == keys[1])
    found = select(users.c.id).where(is_alike & (users.c.id != user_id)).limit(1)
    return connection.execute(found).one_or_none() is not None
