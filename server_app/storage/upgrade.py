"""Brings the database to the shape that this program knows, after a copy of it was put aside."""

import logging
import os
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text
from sqlalchemy.exc import DBAPIError

from server_app.errors import StartError

from .engine import file_of
from .failures import DAMAGED, FULL, HELD, failure_of

log = logging.getLogger("hearth.storage")


MIGRATIONS = Path(__file__).with_name("migrations")


def upgrade_database(engine: Engine, migrations: Path = MIGRATIONS) -> None:
    """Create or migrate the database. Raises `StartError` where it cannot be opened or is newer than this program."""
    file = file_of(engine.url)
    shown = file or engine.url.render_as_string(hide_password=True)
    try:
        _make_folder(file)
        with engine.connect() as connection:
            current, head = _revision(connection), newest_revision(migrations)
            if current != head:
                _migrate(connection, current, head, file, migrations)
    except (DBAPIError, sqlite3.Error, OSError) as error:
        raise StartError(why_not_opened(shown, error)) from error


def why_not_opened(shown: object, error: Exception) -> str:
    """A sentence that says what is wrong and what to do."""
    reason = getattr(error, "orig", None) or error
    failure = failure_of(error)
    if failure is FULL:
        return f"There is no room for the database {shown}: the disk is full. Make room, or use another with --db."
    if failure is HELD:
        return f"Another program holds the database {shown}. End that program, or name another database with --db."
    if failure is DAMAGED:
        return f"The database {shown} is damaged ({reason}). Put a backup in its place, or name another with --db."
    return (
        f"The database {shown} cannot be opened for writing ({reason}). Check the path and its permissions, "
        "or name another one with --db."
    )


def _make_folder(file: Path | None) -> None:
    if file is None:
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    # Everybody's messages are in it. SQLite gives its journal the same permissions.
    os.close(os.open(file, os.O_RDWR | os.O_CREAT, 0o600))


def newest_revision(migrations: Path = MIGRATIONS) -> str:
    """The shape that this program knows, by the names of the migrations: `v0002_revisions.py` makes `0002`."""
    return max(script.stem[1:].partition("_")[0] for script in (migrations / "versions").glob("v*.py"))


def _revision(connection: Connection) -> str | None:
    """The shape of the database; None for a new one."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("select version_num from alembic_version")).scalar_one_or_none()


def _migrate(connection: Connection, current: str | None, head: str, file: Path | None, migrations: Path) -> None:
    if current is not None and current > head:
        raise StartError(
            f"The database {connection.engine.url.database} was written by a newer Hearth (its shape is {current}, "
            f"this program knows {head}). Update the program, or name another database with --db."
        )
    if current is not None and file is not None:
        log.info("before migrating from %s to %s, the database was copied to %s", current, head, _copy(file))
    # Here, because it takes a tenth of a second that most starts need not spend.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(migrations).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    connection.commit()


def _copy(file: Path) -> Path:
    """A copy beside the database that only its owner can read; made by SQLite, so it is whole even while in use."""
    target = file.with_name(f"{file.name}.{datetime.now(UTC):%Y%m%d-%H%M%S}.copy")
    os.close(os.open(target, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(target)) as copy:
        source.backup(copy)
    return target
