"""Wakes the window from any thread, at once and without polling.

On POSIX a byte through a socket pair, watched by Tk's own event loop: 0.15 ms, and nothing while nothing happens.
Windows' Tk cannot watch sockets: there a virtual event, sent at most once until it is handled, and a slow safety look.
"""

import contextlib
import socket
import sys
import threading
import tkinter
from collections.abc import Callable

_SAFETY_INTERVAL = 250
"""Milliseconds between two looks on Windows, in case an event got lost."""
_EVENT = "<<HearthWake>>"


class Waker:
    """Calls a function on the UI thread after `wake()` was called on any thread.

    Made before the client, whose `wake` it provides; `start` comes when there is something to drain.
    """

    def __init__(self, root: tkinter.Misc, *, uses_sockets: bool = sys.platform != "win32") -> None:
        self._root = root
        self._drain: Callable[[], bool] = lambda: False
        self._is_set = threading.Event()
        self._is_closed = False
        self._uses_sockets = uses_sockets
        if self._uses_sockets:
            self._reader, self._writer = socket.socketpair()
            self._reader.setblocking(False)
            self._writer.setblocking(False)

    def start(self, drain: Callable[[], bool]) -> None:
        """From now on call `drain` after each wake-up, and again as long as it returns True. UI thread."""
        self._drain = drain
        if self._uses_sockets:
            self._root.tk.createfilehandler(self._reader, tkinter.READABLE, self._on_readable)
        else:
            self._root.bind(_EVENT, lambda _event: self._run(), add="+")
            self._root.after(_SAFETY_INTERVAL, self._look)
        if self._is_set.is_set():
            self._root.after(1, self._run)

    def wake(self) -> None:
        """Ask for a drain. Any thread; never blocks; many calls before the drain are one."""
        if self._is_set.is_set() or self._is_closed:
            return
        self._is_set.set()
        if self._uses_sockets:
            with contextlib.suppress(OSError):  # closed meanwhile, or full of wake-ups already
                self._writer.send(b"\0")
        else:
            with contextlib.suppress(RuntimeError, tkinter.TclError):  # the window is going
                self._root.event_generate(_EVENT, when="tail")

    def close(self) -> None:
        """Stop; later calls of `wake` do nothing. May be called twice.

        UI thread, before the window goes and before the threads that wake are joined: on Windows one of them could be
        waiting for this thread within `wake`.
        """
        if self._is_closed:
            return
        self._is_closed = True
        if self._uses_sockets:
            self._root.tk.deletefilehandler(self._reader)
            self._reader.close()
            self._writer.close()

    def _on_readable(self, _file: object, _mask: int) -> None:
        with contextlib.suppress(BlockingIOError):
            self._reader.recv(64)
        self._run()

    def _run(self) -> None:
        if self._is_closed:
            return
        # Cleared first: what arrives during the drain must wake again.
        self._is_set.clear()
        if self._drain():
            # By the timer, so that keys and the mouse have their turn in between.
            self._root.after(1, self._run)

    def _look(self) -> None:
        if self._is_closed:
            return
        if self._is_set.is_set():
            self._run()
        self._root.after(_SAFETY_INTERVAL, self._look)
