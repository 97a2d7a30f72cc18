"""Queries about contents: which there are, and which nothing refers to any more."""

from sqlalchemy import ColumnElement, Connection, delete, exists, func, or_, select

from shared.types import Milliseconds, Sha256

from .tables import attachments, custom_emoji, files, policy, users


def add_file(connection: Connection, sha256: Sha256, size: int, now: Milliseconds) -> None:
    """Note that a content is in place; harmless where it is noted."""
    known = connection.execute(select(files.c.sha256).where(files.c.sha256 == sha256)).first()
    if known is None:
        connection.execute(files.insert().values(sha256=sha256, size=size, created_at=now))


def number_and_size(connection: Connection) -> tuple[int, int]:
    """How many contents there are, and their bytes."""
    number, size = connection.execute(select(func.count(), func.coalesce(func.sum(files.c.size), 0))).one()
    return number, size


def known_files(connection: Connection, prefix: str) -> set[Sha256]:
    """The contents whose names begin so."""
    return set(connection.execute(select(files.c.sha256).where(_begins(prefix))).scalars())


def remove_unused_files(connection: Connection, prefix: str) -> None:
    """Forget the contents whose names begin so and that nothing refers to."""
    # Where there is an index, each is looked up in it; the others are gone through once for all.
    by_index = (attachments.c.sha256, custom_emoji.c.sha256)
    by_list = (select(users.c.avatar).where(users.c.avatar != ""), select(policy.c.icon))
    is_used = or_(
        *(exists().where(column == files.c.sha256) for column in by_index),
        *(files.c.sha256.in_(pictures) for pictures in by_list),
    )
    connection.execute(delete(files).where(_begins(prefix), ~is_used))


def _begins(prefix: str) -> ColumnElement[bool]:
    # As a range, for which the index is of use; “g” comes after every digit.
    return (files.c.sha256 >= prefix) & (files.c.sha256 < prefix + "g")
