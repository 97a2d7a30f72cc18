"""Queries about from where people have logged in before."""

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from shared.types import Milliseconds, UserId

from .prepared import Prepared
from .tables import known_addresses

_columns = known_addresses.c
_is_known = Prepared(
    select(_columns.seen_at).where(
        _columns.user_id == bindparam("user"),
        _columns.address_hash == bindparam("address"),
        _columns.seen_at >= bindparam("since"),
    )
)


def is_known(connection: Connection, user_id: UserId | None, address_hash: str, since: Milliseconds) -> bool:
    """Whether this person has logged in from there since then; for nobody it takes as long to say no."""
    return bool(_is_known.rows(connection, {"user": user_id or 0, "address": address_hash, "since": since}))


def all_places(connection: Connection, since: Milliseconds) -> set[str]:
    """From where anybody has logged in since then, as hashes."""
    found = select(_columns.address_hash).where(_columns.seen_at >= since).distinct()
    return set(connection.execute(found).scalars())


def note(connection: Connection, user_id: UserId, address_hash: str, now: Milliseconds) -> None:
    """This person has logged in from there."""
    which = (_columns.user_id == user_id) & (_columns.address_hash == address_hash)
    if not connection.execute(update(known_addresses).where(which).values(seen_at=now)).rowcount:
        connection.execute(insert(known_addresses).values(user_id=user_id, address_hash=address_hash, seen_at=now))


def forget_others(connection: Connection, user_id: UserId, address_hash: str) -> None:
    """Forget all from where this person has logged in, but for this one."""
    others = (_columns.user_id == user_id) & (_columns.address_hash != address_hash)
    connection.execute(delete(known_addresses).where(others))


def forget_old(connection: Connection, before: Milliseconds) -> None:
    """Forget from where nobody has logged in since then."""
    connection.execute(delete(known_addresses).where(_columns.seen_at < before))
