"""The one file of all accounts that earlier clients had: what is unsent in it is carried over, account by account."""

import contextlib
import sqlite3
from pathlib import Path

FILE_NAME = "store.db"
_READ = """select client_id, channel_id, kind, body, created_at, error
from outbox where account = ? order by position"""
_WRITE = """insert or ignore into outbox (client_id, channel_id, kind, body, created_at, error)
values (?, ?, ?, ?, ?, ?)"""


def carry_over(folder: Path, account: str, connection: sqlite3.Connection) -> None:
    """Move an account's unsent messages and drafts into its own file; the former file goes when nothing is left in it.

    Killed at any moment, it is done again at the next start and moves nothing twice. Raises `sqlite3.Error`.
    """
    path = folder / FILE_NAME
    if not path.exists():
        return
    with contextlib.closing(sqlite3.connect(path, timeout=5)) as former:
        with former:
            messages = former.execute(_READ, (account,)).fetchall()
            drafts = former.execute("select channel_id, body from drafts where account = ?", (account,)).fetchall()
        connection.execute("begin immediate")
        connection.executemany(_WRITE, messages)
        connection.executemany("insert or ignore into drafts (channel_id, body) values (?, ?)", drafts)
        connection.execute("commit")
        with former:
            former.execute("delete from outbox where account = ?", (account,))
            former.execute("delete from drafts where account = ?", (account,))
            (left,) = former.execute("select (select count(*) from outbox) + (select count(*) from drafts)").fetchone()
    if not left:
        for ending in ("", "-wal", "-shm"):
            path.with_name(path.name + ending).unlink(missing_ok=True)
