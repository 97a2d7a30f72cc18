"""Reads the clipboard under X11 in a process of its own: this file as a program, with a kind, writes it as this.

Tk does not hand out what is larger than 400 KB, and makes numbers in text of each byte while the window waits. The
library that speaks to the screen ends its process when something goes wrong: so it is not ours.
"""

import ctypes
import select
import subprocess  # nosec B404  # for this module alone, as a program
import sys
import time

ANSWER_WITHIN = 4.0
"""Seconds that the owner of the clipboard has for each piece of it: meanwhile no file of ours goes on."""
DONE_WITHIN = 30.0
"""Seconds for all of it."""
MOST = 256 * 1024 * 1024
"""Bytes that are taken; what is larger is no picture that anybody could send."""

_PROPERTY_CHANGE, _PROPERTY_NOTIFY, _SELECTION_NOTIFY = 1 << 22, 28, 31
_NEW_VALUE, _ANY_TYPE, _LONGEST = 0, 0, MOST // 4

_Id = ctypes.c_ulong


class _Event(ctypes.Union):
    """XEvent; of a SelectionNotify the property, of a PropertyNotify the state are looked at."""

    class _Selection(ctypes.Structure):
        _fields_ = (
            ("type", ctypes.c_int),
            ("serial", ctypes.c_ulong),
            ("send_event", ctypes.c_int),
            ("display", ctypes.c_void_p),
            ("requestor", _Id),
            ("selection", _Id),
            ("target", _Id),
            ("property", _Id),
        )

    class _Property(ctypes.Structure):
        _fields_ = (
            ("type", ctypes.c_int),
            ("serial", ctypes.c_ulong),
            ("send_event", ctypes.c_int),
            ("display", ctypes.c_void_p),
            ("window", _Id),
            ("atom", _Id),
            ("time", ctypes.c_ulong),
            ("state", ctypes.c_int),
        )

    _fields_ = (
        ("type", ctypes.c_int),
        ("selection", _Selection),
        ("property", _Property),
        ("pad", ctypes.c_long * 24),
    )


def read_clipboard(kind: str) -> bytes:
    """The clipboard as this kind, read by a process of its own; empty where it cannot be had. Waits: never for Tk."""
    command = [sys.executable, "-I", __file__, kind]  # wherever we were started from
    try:
        done = subprocess.run(command, capture_output=True, timeout=DONE_WITHIN, check=False)  # nosec B603  # ours
    except (OSError, subprocess.TimeoutExpired):
        return b""
    return done.stdout if done.returncode == 0 else b""


class _Reader:
    """One connection to the screen, and a window that nobody sees, for the answer to be put at."""

    def __init__(self) -> None:
        self._x = ctypes.CDLL("libX11.so.6")
        self._x.XOpenDisplay.restype = ctypes.c_void_p
        for function in ("XDefaultRootWindow", "XInternAtom", "XCreateSimpleWindow"):
            getattr(self._x, function).restype = _Id
        opened = self._x.XOpenDisplay(None)
        if not opened:
            raise OSError("there is no screen")
        self._display = ctypes.c_void_p(opened)
        root = _Id(self._x.XDefaultRootWindow(self._display))
        self._window = _Id(self._x.XCreateSimpleWindow(self._display, root, 0, 0, 1, 1, 0, _Id(0), _Id(0)))
        self._x.XSelectInput(self._display, self._window, ctypes.c_long(_PROPERTY_CHANGE))
        self._place = self._atom("HEARTH_CLIPBOARD")

    def read(self, kind: str) -> bytes:
        """The clipboard as this kind. Raises `OSError` where nobody has it so, or in time."""
        now = ctypes.c_ulong(0)
        self._x.XConvertSelection(
            self._display, self._atom("CLIPBOARD"), self._atom(kind), self._place, self._window, now
        )
        event = self._next(_SELECTION_NOTIFY)
        if not event.selection.property:
            raise OSError("the clipboard cannot be had so")
        how, content = self._take()
        if how != self._atom("INCR").value:
            return content
        # It comes in pieces, each of which is put in the place of the last one; the end is one without anything.
        pieces, size = list[bytes](), 0
        while piece := self._next_piece():
            pieces.append(piece)
            size += len(piece)
            if size > MOST:
                raise OSError("that is too much")
        return b"".join(pieces)

    def _next_piece(self) -> bytes:
        while self._next(_PROPERTY_NOTIFY).property.state != _NEW_VALUE:
            pass
        return self._take()[1]

    def _take(self) -> tuple[int, bytes]:
        """Of which type the property is, and what is in it; taking it away asks for the next piece."""
        how, width, count, left = _Id(), ctypes.c_int(), ctypes.c_ulong(), ctypes.c_ulong()
        data = ctypes.POINTER(ctypes.c_ubyte)()
        places = [ctypes.byref(each) for each in (how, width, count, left, data)]
        arguments = (self._display, self._window, self._place, ctypes.c_long(0), ctypes.c_long(_LONGEST), 1)
        self._x.XGetWindowProperty(*arguments, _Id(_ANY_TYPE), *places)
        try:
            is_bytes = width.value == 8 and left.value == 0
            return how.value, ctypes.string_at(data, count.value) if is_bytes and count.value else b""
        finally:
            if data:
                self._x.XFree(data)

    def _next(self, kind: int) -> _Event:
        """The next event of this kind. Raises `OSError` where none comes in time."""
        event, until = _Event(), time.monotonic() + ANSWER_WITHIN
        while True:
            while not self._x.XPending(self._display):
                left = until - time.monotonic()
                if left <= 0 or not select.select([self._x.XConnectionNumber(self._display)], [], [], left)[0]:
                    raise OSError("its owner does not answer")
            self._x.XNextEvent(self._display, ctypes.byref(event))
            if event.type == kind:
                return event

    def _atom(self, name: str) -> _Id:
        return _Id(self._x.XInternAtom(self._display, name.encode(), 0))


def main(kind: str) -> int:
    """Write the clipboard to the standard output. What the exit code is to be."""
    try:
        sys.stdout.buffer.write(_Reader().read(kind))
    except OSError:
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
