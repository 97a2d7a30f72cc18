"""The store: a folder with one file for each account, and the thread that writes to them."""

import hashlib
import logging
import sqlite3
from collections.abc import Callable
from pathlib import Path

from .drafts import KeptDrafts
from .file import AccountFile
from .former import carry_over
from .messages import Messages, forget_messages
from .replies import KeptReplies
from .unsent import KeptUnsent
from .uploads import KeptAttached
from .world import KeptWorld
from .writing import Write, Writing

FOLDER_NAME = "accounts"
PRUNE_SECONDS = 60.0
"""After this long, when the beginning is over, the bounds of what is kept are looked after."""

_log = logging.getLogger(__name__)


class Kept:
    """What is kept of one account: one noun each."""

    def __init__(self, file: AccountFile, writing: Writing, *, keeps_history: bool) -> None:
        self.unsent = KeptUnsent(file, writing)
        self.drafts = KeptDrafts(file, writing)
        self.replies = KeptReplies(file, writing)
        self.attached = KeptAttached(file, writing)
        self.messages = Messages(file, writing, is_kept=keeps_history)
        self.world = KeptWorld(file, writing)
        self.keeps_history = keeps_history
        """Whether what was said and the world are kept, or only what is unsent."""
        self._file = file
        self._writing = writing

    def prune_later(self) -> None:
        """Look after the bounds in a while, or at the end."""
        self._writing.after(PRUNE_SECONDS, Write(self._file, self.messages.prune))

    def forget_history(self) -> None:
        """Forget what was said and the world; what is unsent stays."""

        def run(connection: sqlite3.Connection) -> None:
            forget_messages(connection)
            connection.execute("delete from world")

        self._writing.later(Write(self._file, run))


class Store:
    """Everything that is kept. Writing returns at once; `close` finishes what waits."""

    def __init__(self, folder: Path) -> None:
        """Raises `OSError` where the folder cannot be used."""
        self._folder = folder
        (folder / FOLDER_NAME).mkdir(mode=0o700, parents=True, exist_ok=True)
        self._writing = Writing()
        self._files: dict[str, AccountFile] = {}

    def of(self, account: str, *, keeps_history: bool = True) -> Kept:
        """What is kept of this account (`tokens.account_key`), once all that was written so far is on disk.

        Where its file cannot be used at all, nothing is kept, which the log says.
        """
        self.finish(1.5 if self._writing.is_in_trouble else 5.0)
        if (file := self._files.get(account)) is None:
            file = AccountFile(self.path(account), lambda connection: self._carry_over(account, connection))
            self._files[account] = file
        file.open()
        return Kept(file, self._writing, keeps_history=keeps_history)

    def is_there(self, account: str) -> bool:
        """Whether anything was ever kept of this account."""
        return self.path(account).exists()

    def forget(self, account: str) -> None:
        """Delete what is kept of this account. Whoever still writes to it writes into nothing."""
        if (file := self._files.pop(account, None)) is not None:
            self._writing.later(file.remove)

    def path(self, account: str) -> Path:
        """The file of this account, whose name tells nobody who it is."""
        name = hashlib.sha256(account.encode("utf-8", "replace")).hexdigest()[:20]
        return self._folder / FOLDER_NAME / f"{name}.db"

    def in_order(self, job: Callable[[], object]) -> None:
        """Write something else on this thread, such as a file, in order with the rest."""
        self._writing.later(job)

    def finish(self, seconds: float) -> bool:
        """Wait until what was written so far is on disk, at most so long; whether it is."""
        return self._writing.finish(seconds)

    def close(self) -> None:
        """Finish what is waiting, then stop."""
        self._writing.close()
        for file in self._files.values():
            file.close()

    def _carry_over(self, account: str, connection: sqlite3.Connection) -> None:
        try:
            carry_over(self._folder, account, connection)
        except (sqlite3.Error, OSError) as error:
            _log.error("What an earlier client kept could not be carried over: %s", error)
