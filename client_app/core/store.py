"""What the client keeps of its own: messages not yet sent, and drafts. Written by one thread of its own.

SQLite is used directly here, not through SQLAlchemy: these are two tables of one file, and the window should open
before a library of that size is loaded.
"""

import contextlib
import logging
import queue
import sqlite3
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from shared.types import ChannelId, ClientId, MessageKind, Milliseconds

FILE_NAME = "store.db"
_SCHEMA = """
create table if not exists outbox (
    position integer primary key, account text not null, client_id text not null unique, channel_id integer not null,
    kind text not null, body text not null, created_at integer not null, error text not null default ''
);
create table if not exists drafts (
    account text not null, channel_id integer not null, body text not null, primary key (account, channel_id)
);
"""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Unsent:
    """A message on its way, or one that was refused."""

    client_id: ClientId
    channel_id: ChannelId
    kind: MessageKind
    body: str
    created_at: Milliseconds
    error: str = ""
    """Why it was refused; empty while it is still to be sent."""

    def failed(self, error: str) -> "Unsent":
        """The same message, refused for this reason."""
        return replace(self, error=error)


class Store:
    """One file for all accounts. Reading is for the moment of login; writing returns at once."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._path = folder / FILE_NAME
        with contextlib.closing(self._connect()) as connection, connection:
            connection.executescript(_SCHEMA)
        self._jobs: queue.SimpleQueue[Callable[[sqlite3.Connection], object] | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._write, name="store", daemon=True)
        self._thread.start()

    def unsent(self, account: str) -> list[Unsent]:
        """The messages of this account that are not sent yet, oldest first."""
        self._finish_writing()
        with contextlib.closing(self._connect()) as connection:
            rows = connection.execute(
                "select client_id, channel_id, kind, body, created_at, error from outbox"
                " where account = ? order by position",
                (account,),
            ).fetchall()
        return [Unsent(row[0], row[1], MessageKind(row[2]), *row[3:]) for row in rows]

    def drafts(self, account: str) -> dict[ChannelId, str]:
        """What was typed and not sent, by channel."""
        self._finish_writing()
        with contextlib.closing(self._connect()) as connection:
            rows = connection.execute("select channel_id, body from drafts where account = ?", (account,)).fetchall()
        return dict(rows)

    def put_unsent(self, account: str, unsent: Unsent) -> None:
        """Keep a message, or what became of it."""
        message = (unsent.client_id, unsent.channel_id, unsent.kind.value, unsent.body, unsent.created_at)
        self._later(
            lambda connection: connection.execute(
                "insert into outbox (account, client_id, channel_id, kind, body, created_at, error)"
                " values (?, ?, ?, ?, ?, ?, ?) on conflict (client_id) do update set error = excluded.error",
                (account, *message, unsent.error),
            )
        )

    def remove_unsent(self, client_id: ClientId) -> None:
        """Forget a message that is sent, or that was deleted."""
        self._later(lambda connection: connection.execute("delete from outbox where client_id = ?", (client_id,)))

    def put_draft(self, account: str, channel_id: ChannelId, body: str) -> None:
        """Keep what is typed; an empty draft is forgotten."""
        if body:
            statement = "insert or replace into drafts (body, account, channel_id) values (?, ?, ?)"
            self._later(lambda connection: connection.execute(statement, (body, account, channel_id)))
        else:
            statement = "delete from drafts where account = ? and channel_id = ?"
            self._later(lambda connection: connection.execute(statement, (account, channel_id)))

    def in_order(self, job: Callable[[], object]) -> None:
        """Write something else on this thread, such as a file, in order with the rest."""
        self._later(lambda _connection: job())

    def close(self) -> None:
        """Finish what is waiting, then stop."""
        self._jobs.put(None)
        self._thread.join(timeout=10)

    def _later(self, job: Callable[[sqlite3.Connection], object]) -> None:
        self._jobs.put(job)

    def _finish_writing(self) -> None:
        """Wait until what was written so far can be read."""
        if not self._thread.is_alive():
            return
        is_written = threading.Event()
        self._later(sqlite3.Connection.commit)
        self._later(lambda _connection: is_written.set())
        is_written.wait(timeout=5)

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._path, timeout=5)
        connection.execute("pragma journal_mode = wal")
        # Safe when the program is killed; a power cut may cost the last.
        connection.execute("pragma synchronous = normal")
        return connection

    def _write(self) -> None:
        """The store's thread: takes all that waits and commits it at once."""
        with contextlib.closing(self._connect()) as connection:
            is_open = True
            while is_open:
                job = self._jobs.get()
                while job is not None:
                    self._run(job, connection)
                    if self._jobs.empty():
                        break
                    job = self._jobs.get()
                is_open = job is not None
                self._run(sqlite3.Connection.commit, connection)

    @staticmethod
    def _run(job: Callable[[sqlite3.Connection], object], connection: sqlite3.Connection) -> None:
        """Do it; a full disk, or text that cannot be written (ValueError), costs this one and not what comes after."""
        try:
            job(connection)
        except (sqlite3.Error, OSError, ValueError) as error:
            _log.error("The client could not keep something: %s", error)
