"""Closes the window on SIGINT and SIGTERM, which Tk's main loop alone would not let Python hear."""

import signal
import socket
import sys
import tkinter
from collections.abc import Callable


def close_on_signals(root: tkinter.Misc, close: Callable[[], None]) -> None:
    """Call `close` on Tk's thread, soon after one of the two signals. Main thread only; does nothing on Windows."""
    if sys.platform == "win32":
        return
    reader, writer = socket.socketpair()
    reader.setblocking(False)
    writer.setblocking(False)
    # Python's own handlers run between two of its instructions; the byte that a signal leaves here makes Tk run some.
    signal.set_wakeup_fd(writer.fileno(), warn_on_full_buffer=False)
    root.tk.createfilehandler(reader, tkinter.READABLE, lambda *_: reader.recv(64))
    # The lambda keeps the socket alive as long as signals may come.
    for number in (signal.SIGINT, signal.SIGTERM):
        # By the timer: idle work also runs in the middle of drawing, where no window may go.
        signal.signal(number, lambda *_, _kept=writer: root.after(1, close))
