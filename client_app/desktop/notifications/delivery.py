"""Delivers notifications on a thread of its own: the desktop's service first, plyer next, the window itself last."""

import asyncio
import logging
import sys
import threading
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from typing import Any

from shared.types import ChannelId

from .backend import Backend
from .note import Note, escaped
from .plyer_delivery import is_plyer_usable, send_by_plyer
from .service import Service

_log = logging.getLogger(__name__)


class Delivery:
    """Shows notes and takes them back; every method returns at once and may be called from any thread.

    `on_click` and `on_fallback` are called on the delivery's own thread: `on_fallback` gets a note that no service is
    known to have shown, for the window to show.
    """

    def __init__(self, on_click: Callable[[ChannelId], None], on_fallback: Callable[[Note], None]) -> None:
        self._on_click = on_click
        self._on_fallback = on_fallback
        self._service: Service | None = None
        self._turn: asyncio.Lock
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._closed = False

    def show(self, note: Note, then: Callable[[Backend], None] | None = None) -> None:
        """Show a note in the place of an older one of the same channel; tell who took it, on the delivery's thread."""
        self._submit(self._show(note, then))

    def withdraw(self, channel_id: ChannelId) -> None:
        """Take back the channel's note, because the person has seen the message."""
        if self._loop is not None:
            self._submit(self._withdraw(channel_id))

    def close(self) -> None:
        """Withdraw what is still on the screen and end the thread."""
        if self._closed:
            return
        self._closed = True
        loop, thread = self._loop, self._thread
        if loop is None or thread is None:
            return
        asyncio.run_coroutine_threadsafe(self._withdraw_all(), loop).add_done_callback(
            lambda _: loop.call_soon_threadsafe(loop.stop)
        )
        thread.join(2)

    # --- on the caller's thread

    def _submit(self, work: Coroutine[Any, Any, None]) -> None:
        if self._closed:
            work.close()
            return
        if self._loop is None:
            self._start()
        assert self._loop is not None
        asyncio.run_coroutine_threadsafe(work, self._loop).add_done_callback(_log_failure)

    def _start(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._turn = asyncio.Lock()
        self._thread = threading.Thread(target=self._loop.run_forever, name="notifications", daemon=True)
        self._thread.start()

    # --- on the delivery's thread

    async def _show(self, note: Note, then: Callable[[Backend], None] | None) -> None:
        async with self._turn:
            backend = await self._deliver(note)
        if backend is not Backend.SERVICE:
            self._on_fallback(note)
        if then is not None:
            then(backend)

    async def _deliver(self, note: Note) -> Backend:
        if self._service is None:
            self._service = Service(self._on_click)
        if await self._service.show(note.channel_id, note.title, _for_service(note.body)):
            return Backend.SERVICE
        self._service = None  # a service that starts later gets a new connection
        if is_plyer_usable() and await asyncio.to_thread(send_by_plyer, note.title, note.body):
            return Backend.PLYER
        return Backend.WINDOW

    async def _withdraw(self, channel_id: ChannelId) -> None:
        async with self._turn:
            if self._service is not None:
                await self._service.withdraw(channel_id)

    async def _withdraw_all(self) -> None:
        if self._service is not None:
            await self._service.withdraw_all()


def _for_service(body: str) -> str:
    return escaped(body) if sys.platform.startswith("linux") else body


def _log_failure(done: Future[None]) -> None:
    if not done.cancelled() and done.exception() is not None:
        _log.warning("A notification could not be delivered: %s", type(done.exception()).__name__)
