"""Queries about the rules of the house."""

import msgspec
from sqlalchemy import Connection, select, update

from shared.moderation import Policy
from shared.types import Registration

from .tables import policy as table


def policy(connection: Connection, registration: Registration) -> Policy:
    """The rules as they stand, with how people may register, which is set where the server is started."""
    row = connection.execute(select(table)).one()
    return Policy(
        registration=registration,
        needs_approval=row.needs_approval,
        is_raided=row.is_raided,
        filtered_words=tuple(msgspec.json.decode(row.filtered_words, type=list[str])),
    )


def set_policy(connection: Connection, changed: Policy) -> None:
    """Store other rules; registration is not among them."""
    values = {
        "needs_approval": changed.needs_approval,
        "is_raided": changed.is_raided,
        "filtered_words": msgspec.json.encode(changed.filtered_words).decode(),
    }
    connection.execute(update(table).values(values))
