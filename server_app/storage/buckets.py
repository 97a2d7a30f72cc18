"""Queries about what of the limits outlasts a restart: who owes how much, by hash alone."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, delete, insert, select

from shared.types import Milliseconds

from .prepared import Prepared
from .tables import buckets

_delete = Prepared(delete(buckets).where(buckets.c.rate == bindparam("rate_"), buckets.c.key_hash == bindparam("key_")))
_insert = Prepared(insert(buckets), columns=["rate", "key_hash", "full_at"])


class Owed(NamedTuple):
    """A bucket that is not full, or failures that are not forgotten."""

    rate: str
    key_hash: str
    full_at: Milliseconds
    """When nothing will be owed any more; by the clock that goes on evenly."""


def all_owed(connection: Connection, now: Milliseconds) -> Sequence[Owed]:
    """What is still owed."""
    found = connection.execute(select(buckets).where(buckets.c.full_at > now))
    return [Owed(row.rate, row.key_hash, row.full_at) for row in found]


def store(connection: Connection, changed: Sequence[Owed], now: Milliseconds) -> None:
    """Take these for what was stored of the same keys; nothing is kept of what is paid off."""
    _delete.run(connection, [{"rate_": each.rate, "key_": each.key_hash} for each in changed])
    _insert.run(connection, [each._asdict() for each in changed if each.full_at > now])


def forget_paid(connection: Connection, now: Milliseconds) -> None:
    """Forget what is not owed any more."""
    connection.execute(delete(buckets).where(buckets.c.full_at <= now))
