"""The database: made, kept through crashes, copied before it is changed, refused when it is too new."""

import errno
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import UniqueConstraint, event, inspect
from sqlalchemy.exc import DBAPIError

from server_app.errors import StartError
from server_app.storage.engine import database_url, writing_engine
from server_app.storage.failures import CLOSED, FULL, MEMORY, Failure, failure_of
from server_app.storage.tables import metadata
from server_app.storage.upgrade import MIGRATIONS, newest_revision, upgrade_database
from shared.errors import Code, Refusal

from ..conftest import ConnectFactory, ServerFactory


def test_the_migrations_make_the_tables_that_the_program_knows(tmp_path: Path) -> None:
    engine = writing_engine(database_url(str(tmp_path / "deep" / "folder" / "hearth.db")))
    upgrade_database(engine)
    made = inspect(engine)
    for table in metadata.tables.values():
        columns = {column["name"]: (str(column["type"]), column["nullable"]) for column in made.get_columns(table.name)}
        assert columns == {column.name: (str(column.type), bool(column.nullable)) for column in table.columns}
        uniques = {tuple(each["column_names"]) for each in made.get_unique_constraints(table.name)}
        assert uniques == {
            tuple(column.name for column in constraint.columns)
            for constraint in table.constraints
            if isinstance(constraint, UniqueConstraint)
        }
        assert {each["name"] for each in made.get_indexes(table.name)} == {index.name for index in table.indexes}
    engine.dispose()
    assert (tmp_path / "deep" / "folder" / "hearth.db").stat().st_mode & 0o077 == 0


NEWEST = newest_revision()
NEXT_MIGRATION = f"""
import sqlalchemy as sa
from alembic import op

revision, down_revision = "{int(NEWEST) + 1:04}", "{NEWEST}"

def upgrade() -> None:
    op.add_column("users", sa.Column("favourite_colour", sa.String(20)))
"""


def test_a_database_from_before_is_copied_aside_and_one_that_is_current_is_not(tmp_path: Path) -> None:
    file = tmp_path / "hearth.db"
    engine = writing_engine(database_url(str(file)))
    upgrade_database(engine)
    upgrade_database(engine)
    assert list(tmp_path.glob("*.copy")) == []

    migrations = shutil.copytree(MIGRATIONS, tmp_path / "migrations")
    (migrations / "versions" / f"v{int(NEWEST) + 1:04}_favourite_colour.py").write_text(NEXT_MIGRATION)
    upgrade_database(engine, migrations)
    (copy,) = tmp_path.glob("*.copy")
    assert _columns(file) - _columns(copy) == {"favourite_colour"}
    assert copy.stat().st_mode & 0o077 == 0
    upgrade_database(engine, migrations)
    assert list(tmp_path.glob("*.copy")) == [copy]
    engine.dispose()


def _columns(file: Path) -> set[str]:
    """The columns of the table of users, in the first revision or a later one."""
    with closing(sqlite3.connect(file)) as database:
        return {column[1] for column in database.execute("PRAGMA table_info(users)")}


def test_each_migration_is_named_for_its_revision() -> None:
    for script in (MIGRATIONS / "versions").glob("v*.py"):
        assert f'\nrevision = "{script.stem[1:5]}"\n' in script.read_text("utf-8")


def test_a_database_of_a_newer_program_is_refused_with_a_sentence(tmp_path: Path) -> None:
    file = tmp_path / "hearth.db"
    engine = writing_engine(database_url(str(file)))
    upgrade_database(engine)
    engine.dispose()
    with closing(sqlite3.connect(file)) as database, database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StartError, match="newer Hearth"):
        upgrade_database(writing_engine(database_url(str(file))))


@pytest.mark.parametrize("database", ["/proc/hearth.db", "/", "sqlite:////proc/none/hearth.db", "no such://url"])
def test_a_database_that_cannot_be_used_is_told_in_a_sentence(database: str) -> None:
    with pytest.raises(StartError, match="--db"):
        upgrade_database(writing_engine(database_url(database)))


def test_when_the_disk_is_full_everybody_is_told_and_it_heals(
    start_server: ServerFactory, connect: ConnectFactory
) -> None:
    app = start_server()
    alice = connect(app).register("alice")
    with app._reading.connect() as connection:
        room = [connection.exec_driver_sql("PRAGMA page_count").scalar_one()]
    event.listen(app._writing, "begin", lambda writing: writing.exec_driver_sql(f"PRAGMA max_page_count = {room[0]}"))
    refusals = []
    for number in range(8):
        try:
            alice.say("x" * 4000, client_id=f"client-id-{number}")
        except Refusal as refusal:
            refusals.append(refusal.code)
    assert refusals
    assert set(refusals) == {Code.UNAVAILABLE}
    room[0] = 1_000_000
    stored = len(alice.bodies())
    assert stored == 8 - len(refusals)
    assert alice.say("again", client_id="client-id-last").seq == stored + 1


def error_of(statement: str, *, read_only: bool = False) -> sqlite3.Error:
    with closing(sqlite3.connect(":memory:")) as database:
        database.execute("CREATE TABLE things (name UNIQUE NOT NULL)")
        database.execute(f"PRAGMA query_only = {int(read_only)}")
        with pytest.raises(sqlite3.Error) as raised:
            database.execute(statement)
    return raised.value


def test_failures_are_told_from_mistakes_whichever_way_the_statement_went(tmp_path: Path) -> None:
    class OperationalError(Exception):
        """As any other driver calls what is not the statement's fault."""

    no_folder = error_of(f"ATTACH '{tmp_path}/none/none.db' AS other")
    failures: list[tuple[Exception, Failure | None]] = [
        (error_of("DELETE FROM things", read_only=True), CLOSED),
        (no_folder, CLOSED),
        (DBAPIError("ATTACH", None, no_folder), CLOSED),
        (OSError(errno.ENOSPC, "No space left on device"), FULL),
        (MemoryError(), MEMORY),
        (OperationalError("server closed the connection unexpectedly"), CLOSED),
        (error_of("INSERT INTO things VALUES (NULL)"), None),
        (error_of("DELETE FROM nothing"), None),
        (error_of("this is no SQL"), None),
        (OSError(errno.ENOENT, "No such file"), None),
        (ZeroDivisionError(), None),
    ]
    for error, failure in failures:
        assert failure_of(error) is failure, repr(error)
