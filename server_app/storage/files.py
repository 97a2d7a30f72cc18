"""Queries about contents: which there are, and which nothing refers to any more."""

from sqlalchemy import Connection, bindparam, delete, exists, func, literal_column, or_, select

from shared.types import Milliseconds, Sha256

from .prepared import Prepared
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


# As a range, for which the index is of use; “g” comes after every digit.
_is_in_folder = (files.c.sha256 >= bindparam("first")) & (files.c.sha256 < bindparam("last"))
# Where there is an index, each is looked up in it; the others are gone through once for all.
_is_used = or_(
    *(exists().where(column == files.c.sha256) for column in (attachments.c.sha256, custom_emoji.c.sha256)),
    files.c.sha256.in_(select(users.c.avatar).where(users.c.avatar != literal_column("''"))),
    files.c.sha256.in_(select(policy.c.icon)),
)
_in_folder = Prepared(select(files.c.sha256).where(_is_in_folder))
_remove_unused = Prepared(delete(files).where(_is_in_folder, ~_is_used))


def known_files(connection: Connection, prefix: str) -> set[Sha256]:
    """The contents whose names begin so."""
    return {sha256 for (sha256,) in _in_folder.rows(connection, _folder(prefix))}


def remove_unused_files(connection: Connection, prefix: str) -> None:
    """Forget the contents whose names begin so and that nothing refers to."""
    _remove_unused.run(connection, [_folder(prefix)])


def _folder(prefix: str) -> dict[str, str]:
    return {"first": prefix, "last": prefix + "g"}
