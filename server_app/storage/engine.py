"""The database: opened once for the writer and once for readers, with the pragmas that make SQLite safe and quick.

Errors of the database go to the log without the values in question (`hide_parameters`): those are people's messages.
"""

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from server_app.errors import StartError

BUSY_SECONDS = 5
"""How long to wait for another process that holds the database, a backup for example."""


# What was deleted shall be gone from the file, too; how SQLite was built differs in that.
_FOR_WRITING = ("journal_mode = WAL", "synchronous = FULL", "secure_delete = ON")


def database_url(database: str) -> URL:
    """The URL of a database given as a path or as a URL. Raises `StartError`."""
    if "://" not in database:
        return URL.create("sqlite", database=str(Path(database).expanduser().absolute()))
    try:
        return make_url(database)
    except ArgumentError:
        raise StartError("--db is neither a path nor a database URL such as sqlite:////srv/hearth.db.") from None


def file_of(url: URL) -> Path | None:
    """The file that an SQLite database lives in; None for other databases."""
    return Path(url.database) if url.get_backend_name() == "sqlite" and url.database else None


def writing_engine(url: URL) -> Engine:
    """For the writer thread and for migrations: transactions begin with the right to write."""
    engine = create_engine(url, pool_size=1, max_overflow=1, hide_parameters=True)
    if url.get_backend_name() == "sqlite":
        _prepare_sqlite(engine, begin="BEGIN IMMEDIATE", pragmas=_FOR_WRITING)
    return engine


def reading_engine(url: URL, threads: int) -> Engine:
    """For the workers: as many connections as threads, none of which can write."""
    engine = create_engine(url, pool_size=threads, max_overflow=0, hide_parameters=True)
    if url.get_backend_name() == "sqlite":
        _prepare_sqlite(engine, begin="BEGIN", pragmas=("query_only = ON",))
    return engine


def transaction_is_open(connection: Connection) -> bool:
    """Whether the database still holds the transaction that we believe to be in.

    SQLite rolls the whole of it back by itself when the disk is full; what followed would be stored bit by bit.
    """
    return bool(getattr(connection.connection.dbapi_connection, "in_transaction", True))


def _prepare_sqlite(engine: Engine, begin: str, pragmas: tuple[str, ...]) -> None:
    def connected(dbapi_connection: Any, _record: object) -> None:
        # The driver would begin transactions by its own rules, too late for savepoints; SQLAlchemy shall do it.
        dbapi_connection.isolation_level = None
        # What a large batch may have to undo goes to memory: a full disk elsewhere shall not keep anybody from writing.
        usual = (f"busy_timeout = {BUSY_SECONDS * 1000}", "foreign_keys = ON", "temp_store = MEMORY")
        for pragma in (*usual, *pragmas):
            dbapi_connection.execute(f"PRAGMA {pragma}")

    def begun(connection: Connection) -> None:
        # Not through SQLAlchemy's own way, which costs 35 µs of the writer's time.
        connection.connection.cursor().execute(begin)

    event.listen(engine, "connect", connected)
    event.listen(engine, "begin", begun)
