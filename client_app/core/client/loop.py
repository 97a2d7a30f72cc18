"""The turn of a client's loop: what arrives is taken in, what changed is told, what must be kept is kept."""

import threading
from abc import ABC, abstractmethod
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from client_app.core.files import Files
from client_app.core.network.asks import Asks
from client_app.core.network.connection import Connection
from client_app.core.network.inbox import Inbox
from client_app.core.network.incoming import Due, Incoming
from client_app.core.session.session import Session
from client_app.core.session.telling import Telling
from client_app.core.signals import FileArrived, FileFailed, Notice, StatusChanged
from client_app.core.store import Store
from client_app.settings import Settings, load_settings, save_settings
from shared.errors import Refusal
from shared.requests import Request

R = TypeVar("R")
S = TypeVar("S")

Wake = Callable[[], None]
"""Called from other threads, at most once until the next `drain`, when there is something to drain."""

NOBODYS_TICKET = 0
"""Tickets are counted from 1."""


class Loop(ABC):
    """What a client does again and again. Its methods belong to the thread that calls `drain`."""

    def __init__(self, folder: Path, wake: Wake | None, cache: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.settings = load_settings(folder)
        self.session: Session | None = None
        self._folder = folder
        self._store = Store(folder)
        self._woken = threading.Event()
        self._inbox: Inbox[tuple[Connection, Incoming]] = Inbox(wake or self._woken.set)
        self._connection: Connection | None = None
        self._asks = Asks()
        self._telling = Telling()
        self.files = Files(cache, wake or self._woken.set, self._asks, self._telling.emit)
        self.on(StatusChanged, self.files.follow)
        self.on(FileArrived, lambda arrived: self.files.previews.arrived(arrived.key, arrived.path))
        self.on(FileFailed, lambda failed: self.files.previews.failed(failed.key))
        self._is_closed = False

    @abstractmethod
    def _take(self, item: tuple[Connection, Incoming]) -> None:
        """Take in something that arrived."""

    def on(self, signal_type: type[S], handler: Callable[[S], None]) -> None:
        """Call this with every signal of this type."""
        self._telling.on(signal_type, handler)

    def drain(self, budget: float = 0.004) -> bool:
        """Take in what arrived, for about `budget` seconds, and tell what changed; whether more is waiting."""
        has_more = self._inbox.drain(self._take, budget)
        has_more = self.files.drain(budget) or has_more
        self.tell()
        if self.session is not None:
            self.session.keep()
        return has_more

    def tell(self) -> None:
        """Call the handlers of everything that changed since the last time. Intents need this as well as `drain`."""
        self._telling.tell()

    def tell_soon(self) -> None:
        """Tell what changed at the next turn, because whoever asked is in the middle of drawing."""
        if self._connection is not None:
            self._inbox.put((self._connection, Due(NOBODYS_TICKET)))

    def run(self) -> None:
        """Drain until `close` is called: the main loop of a program without a window."""
        while not self._is_closed:
            self._woken.wait(timeout=1.0)
            self._woken.clear()
            while self.drain() and not self._is_closed:
                pass

    def flush(self, seconds: float = 5.0) -> bool:
        """Wait until everything so far is on this computer's disk, at most so long; whether it is. Any thread."""
        return self._store.finish(seconds)

    def ask(
        self,
        request: Request[R],
        done: Callable[[R], None] = lambda _: None,
        refused: Callable[[Refusal], None] | None = None,
    ) -> None:
        """Ask the server something; a refusal becomes a `Notice` unless `refused` takes it."""
        self._asks.ask(request, done, refused or self._tell_refusal)

    def _tell_refusal(self, refusal: Refusal) -> None:
        self.notice(refusal.message, is_error=True)

    def notice(self, text: str, *, is_error: bool = False) -> None:
        """Tell the person something."""
        self._telling.emit(Notice(text, is_error))

    def save_settings(self, **changes: Any) -> None:
        """Change some settings and keep them."""
        settings: Settings = msgspec.structs.replace(self.settings, **changes)
        if settings != self.settings:
            self.settings = settings
            self._store.in_order(lambda: save_settings(self._folder, settings))
