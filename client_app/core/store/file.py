"""One account's SQLite file: made, opened, put aside where it cannot be used, and read without ever raising."""

import contextlib
import logging
import os
import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

VERSION = 1
"""Of the tables below; kept in SQLite's `user_version`."""
_SCHEMA = """
create table outbox (
    position integer primary key, client_id text not null unique, channel_id integer not null, kind text not null,
    body text not null, created_at integer not null, error text not null default ''
);
create table drafts (channel_id integer primary key, body text not null);
create table channels (channel_id integer primary key, rev integer not null);
create table messages (
    channel_id integer not null, seq integer not null, rev integer not null, payload blob not null,
    primary key (channel_id, seq)
) without rowid;
create table world (id integer primary key check (id = 1), payload blob not null);
"""
_ADDED = (
    # What earlier clients did not have, in tables of their own: they can still use the file, and know nothing of it.
    "create table if not exists replies ("
    " channel_id integer primary key, seq integer not null, is_silent integer not null)",
    "create table if not exists window_drafts ("
    " channel_id integer not null, window text not null, body text not null, primary key (channel_id, window))",
    'create table if not exists "references" (client_id text primary key, payload blob not null)',
    "create table if not exists uploads (client_id text primary key, payload blob not null)",
    "create table if not exists attached (channel_id integer primary key, payload blob not null)",
)
_COPIES = (
    (
        "select client_id, channel_id, kind, body, created_at, error from outbox order by position",
        "insert into outbox (client_id, channel_id, kind, body, created_at, error) values (?, ?, ?, ?, ?, ?)",
    ),
    ("select channel_id, body from drafts", "insert into drafts (channel_id, body) values (?, ?)"),
    (
        "select channel_id, window, body from window_drafts order by rowid",
        "insert into window_drafts (channel_id, window, body) values (?, ?, ?)",
    ),
    (
        "select channel_id, seq, is_silent from replies",
        "insert into replies (channel_id, seq, is_silent) values (?, ?, ?)",
    ),
    (
        'select client_id, payload from "references"',
        'insert into "references" (client_id, payload) values (?, ?)',
    ),
    ("select client_id, payload from uploads", "insert into uploads (client_id, payload) values (?, ?)"),
    ("select channel_id, payload from attached", "insert into attached (channel_id, payload) values (?, ?)"),
)
_UNUSABLE = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_ATTEMPTS = 3
_JOURNAL_BYTES = 4_000_000
"""The write-ahead log is cut back to this, however large it once was."""

_log = logging.getLogger(__name__)


class NewerFileError(sqlite3.DatabaseError):
    """A newer client has written this file."""


class AccountFile:
    """A file that is opened when it is first needed, once for reading and once for writing.

    What cannot be used (a newer client's, or a broken one) is renamed, and what was unsent in it saved as far as that
    goes. Reading never raises: what cannot be read is not there.
    """

    def __init__(self, path: Path, prepare: Callable[[sqlite3.Connection], None]) -> None:
        """`prepare` is called with the file's connection when it is opened for the first time."""
        self.path = path
        self.is_removed = False
        self._prepare = prepare
        self._lock = threading.Lock()
        self._reader: sqlite3.Connection | None = None
        self._writer: sqlite3.Connection | None = None

    def open(self) -> None:
        """Make sure that there is a file that can be used; where that is not possible, nothing is kept."""
        try:
            with self._lock:
                if self._reader is None:
                    self._reader = self._usable()
                self._prepare(self._reader)
        except (sqlite3.Error, OSError) as error:
            _log.error("The client can keep nothing in %s: %s", self.path, error)

    def read(self, statement: str, parameters: tuple[Any, ...] = ()) -> list[Any]:
        """The rows that it finds; none where the file cannot be read."""
        try:
            with self._lock:
                if self.is_removed:
                    return []
                if self._reader is None:
                    self._reader = self._usable()
                return self._reader.execute(statement, parameters).fetchall()
        except (sqlite3.Error, OSError) as error:
            _log.error("The client could not read what it kept in %s: %s", self.path, error)
            return []

    def writer(self) -> sqlite3.Connection:
        """The connection of the store's thread. Raises `sqlite3.Error` and `OSError`."""
        if self._writer is None:
            with self._lock:
                self._writer = self._usable()
        return self._writer

    def put_aside(self, reason: object) -> None:
        """Begin a new file, and save from the old one what is unsent. Raises `sqlite3.Error` and `OSError`."""
        with self._lock:
            self._hang_up()
            self._begin_anew(reason)

    def close(self) -> None:
        """Close it; whoever reads or writes afterwards opens it again."""
        with self._lock:
            self._hang_up()

    def remove(self) -> None:
        """Delete it for good, and what was put aside. Raises `OSError`."""
        self.is_removed = True
        self.close()
        for path in (*_with_companions(self.path), *self.path.parent.glob(f"{self.path.stem}.aside-*")):
            path.unlink(missing_ok=True)

    def _hang_up(self) -> None:
        for connection in (self._reader, self._writer):
            if connection is not None:
                connection.close()
        self._reader = self._writer = None

    def _usable(self) -> sqlite3.Connection:
        for _ in range(_ATTEMPTS):
            try:
                return _connect(self.path)
            except sqlite3.DatabaseError as error:
                if not is_unusable(error):
                    raise
                self._begin_anew(error)
        raise sqlite3.OperationalError("no new file could be begun")

    def _begin_anew(self, reason: object) -> None:
        numbers = (number for number in range(1, 1000) if not _aside(self.path, number).exists())
        aside = _aside(self.path, next(numbers))
        _log.error("What the client kept in %s cannot be used (%s); it is put aside as %s.", self.path, reason, aside)
        for old, new in zip(_with_companions(self.path), _with_companions(aside), strict=True):
            with contextlib.suppress(FileNotFoundError):
                old.replace(new)
        with contextlib.closing(_connect(self.path)) as fresh:
            _save_unsent(aside, fresh)


def is_unusable(error: sqlite3.Error) -> bool:
    """Whether the file is to blame and not the moment."""
    return isinstance(error, NewerFileError) or primary_code(error) in _UNUSABLE


def primary_code(error: sqlite3.Error) -> int:
    """SQLite's code without its details; 0 where it said none."""
    code: int = getattr(error, "sqlite_errorcode", 0) or 0
    return code & 0xFF


def _connect(path: Path) -> sqlite3.Connection:
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))  # SQLite gives its companions the same mode.
    # One thread at a time uses it, though not always the same.
    connection = sqlite3.connect(path, timeout=5, isolation_level=None, check_same_thread=False)
    try:
        connection.execute("pragma journal_mode = wal")
        # Safe when the program is killed; a power cut may cost the last.
        connection.execute("pragma synchronous = normal")
        connection.execute(f"pragma journal_size_limit = {_JOURNAL_BYTES}")
        version = _version(connection)
        if version == 0:
            _create(connection)
        elif version > VERSION:
            raise NewerFileError(f"its version is {version}, and this client knows {VERSION}")
        for statement in _ADDED:
            connection.execute(statement)
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _create(connection: sqlite3.Connection) -> None:
    """Make the tables, unless another process of the same person just did."""
    connection.execute("begin immediate")
    if _version(connection) == 0:
        for statement in _SCHEMA.split(";"):
            connection.execute(statement)
        connection.execute(f"pragma user_version = {VERSION}")
    connection.execute("commit")


def _version(connection: sqlite3.Connection) -> int:
    (version,) = connection.execute("pragma user_version").fetchone()
    return int(version)


def _aside(path: Path, number: int) -> Path:
    return path.with_name(f"{path.stem}.aside-{number}{path.suffix}")


def _with_companions(path: Path) -> list[Path]:
    return [path, *(path.with_name(path.name + ending) for ending in ("-wal", "-shm"))]


def _save_unsent(aside: Path, fresh: sqlite3.Connection) -> None:
    """Copy what is unsent in an unusable file, as far as it can be read."""
    with contextlib.suppress(sqlite3.Error), contextlib.closing(sqlite3.connect(aside, timeout=1)) as old:
        for select, insert in _COPIES:
            with contextlib.suppress(sqlite3.Error):
                for row in old.execute(select):
                    fresh.execute(insert, row)
