"""Another program on the same screen, of which files are dragged into Hearth, or whose things are on the clipboard.

python -m tests.client_app.desktop.window.neighbour drag KIND=FILE…
python -m tests.client_app.desktop.window.neighbour copy KIND=FILE…

It offers what the files hold, as these kinds. It says `ready`; when it drags, each line that it reads moves it on: over
the window, and then lets go or goes away again (`over`, `drop`, `away`), and it says what it was answered. When it
has copied, it lasts until its input ends. It speaks as GTK does, in pieces where there is much.
"""

import ctypes
import select
import sys
import time
from pathlib import Path

from .window_manager import CLIENT_MESSAGE, Event, Id, Screen

PIECE = 100_000
"""Bytes that are handed over at once."""
DEADLINE = 10.0
PROPERTY_NOTIFY, SELECTION_REQUEST, SELECTION_NOTIFY = 28, 30, 31
PROPERTY_CHANGE = ctypes.c_long(1 << 22)
REPLACE, DELETED = 0, 1
ATOM = Id(4)
X, Y = 700, 300
"""Where it lets go: in the middle pane."""


class Request(ctypes.Structure):
    """XSelectionRequestEvent; an XSelectionEvent has the same but for the owner."""

    _fields_ = (
        ("type", ctypes.c_int),
        ("serial", ctypes.c_ulong),
        ("send_event", ctypes.c_int),
        ("display", ctypes.c_void_p),
        ("owner", Id),
        ("requestor", Id),
        ("selection", Id),
        ("target", Id),
        ("property", Id),
        ("time", ctypes.c_ulong),
    )


class Property(ctypes.Structure):
    """XPropertyEvent."""

    _fields_ = (
        ("type", ctypes.c_int),
        ("serial", ctypes.c_ulong),
        ("send_event", ctypes.c_int),
        ("display", ctypes.c_void_p),
        ("window", Id),
        ("atom", Id),
        ("time", ctypes.c_ulong),
        ("state", ctypes.c_int),
    )


class Neighbour(Screen):
    """A window that nobody sees, and what it offers."""

    def __init__(self, offers: dict[str, bytes]) -> None:
        super().__init__()
        self._x.XCreateSimpleWindow.restype = Id
        self._own = Id(self._x.XCreateSimpleWindow(self._display, self._root, 0, 0, 1, 1, 0, Id(0), Id(0)))
        self._offers = {self._atom(kind.encode()): content for kind, content in offers.items()}
        self._targets = self._atom(b"TARGETS")
        self.answers: dict[str, list[int]] = {}

    def take(self, selection: bytes) -> None:
        """From now on others get this of us."""
        self._x.XSetSelectionOwner(self._display, Id(self._atom(selection)), self._own, Id(0))
        self._x.XSync(self._display, 0)

    def serve(self, until: str = "") -> None:
        """Answer others: until one of them has sent such a message, or until the input ends."""
        end = time.monotonic() + DEADLINE
        while until not in self.answers:
            if not self._x.XPending(self._display):
                readable = [self._x.XConnectionNumber(self._display), *([] if until else [sys.stdin])]
                ready = select.select(readable, [], [], end - time.monotonic() if until else None)[0]
                if not ready or sys.stdin in ready:
                    return
            self._answer(self._event())

    def tell(self, name: str, *data: int) -> None:
        """Send a message to Hearth’s window."""
        event = Event()
        event.client.type, event.client.window, event.client.format = CLIENT_MESSAGE, self._window, 32
        event.client.message_type = self._atom(name.encode())
        for place, value in enumerate((self._own.value, *data)):
            event.client.data[place] = value
        self._send(event, 0)

    def drag(self) -> None:
        """Take the offers over the window, as the lines of the input say."""
        version, kinds, now = 5, tuple(self._offers)[:3], 0
        for line in sys.stdin:
            self.answers.clear()
            match line.strip():
                case "over":
                    self.tell("XdndEnter", version << 24, *kinds)
                    self.tell("XdndPosition", 0, X << 16 | Y, now, self._atom(b"XdndActionCopy"))
                    self.serve("XdndStatus")
                    print("taken" if self.answers.get("XdndStatus", [0, 0])[1] & 1 else "refused", flush=True)
                case "drop":
                    self.tell("XdndDrop", 0, now)
                    self.serve("XdndFinished")
                    print("taken" if self.answers.get("XdndFinished", [0, 0, 0])[2] else "refused", flush=True)
                case "away":
                    self.tell("XdndLeave")
                    print("gone", flush=True)

    def _event(self) -> Event:
        event = Event()
        self._x.XNextEvent(self._display, ctypes.byref(event))
        return event

    def _answer(self, event: Event) -> None:
        kind = event.client.type
        if kind == CLIENT_MESSAGE:
            self._x.XGetAtomName.restype = ctypes.c_char_p
            name = self._x.XGetAtomName(self._display, Id(event.client.message_type)).decode()
            self.answers[name] = list(event.client.data)
        elif kind == SELECTION_REQUEST:
            self._hand_over(ctypes.cast(ctypes.byref(event), ctypes.POINTER(Request))[0])

    def _hand_over(self, asked: Request) -> None:
        content, place, to = self._offers.get(asked.target), asked.property, asked.requestor
        if asked.target == self._targets:
            self._put(to, place, ATOM.value, 32, bytes((ctypes.c_ulong * len(self._offers))(*self._offers)))
        elif content is None:
            place = 0
        elif len(content) <= PIECE:
            self._put(to, place, asked.target, 8, content)
        else:
            self._x.XSelectInput(self._display, Id(to), PROPERTY_CHANGE)
            self._put(to, place, self._atom(b"INCR"), 32, bytes(ctypes.c_ulong(len(content))))
        answer = Request(SELECTION_NOTIFY, 0, 1, None, to, asked.selection, asked.target, place, asked.time)
        event = Event()
        ctypes.memmove(ctypes.byref(event), ctypes.byref(answer), ctypes.sizeof(answer))
        self._x.XSendEvent(self._display, Id(to), 0, ctypes.c_long(0), ctypes.byref(event))
        self._x.XSync(self._display, 0)
        if content is not None and len(content) > PIECE:
            for start in range(0, len(content) + PIECE, PIECE):
                self._until_taken(to, place)
                self._put(to, place, asked.target, 8, content[start : start + PIECE])

    def _until_taken(self, window: int, place: int) -> None:
        while True:
            event = self._event()
            told = ctypes.cast(ctypes.byref(event), ctypes.POINTER(Property))[0]
            if event.client.type == PROPERTY_NOTIFY and (told.window, told.atom, told.state) == (
                window,
                place,
                DELETED,
            ):
                return

    def _put(self, window: int, place: int, kind: int, width: int, data: bytes) -> None:
        count = len(data) // (ctypes.sizeof(ctypes.c_ulong) if width == 32 else 1)
        self._x.XChangeProperty(self._display, Id(window), Id(place), Id(kind), width, REPLACE, data, count)
        self._x.XSync(self._display, 0)


def main(word: str, *offers: str) -> None:
    """Do what is asked for with what is offered."""
    named = (each.partition("=") for each in offers)
    neighbour = Neighbour({kind: Path(file).read_bytes() for kind, _, file in named})
    neighbour.take(b"CLIPBOARD" if word == "copy" else b"XdndSelection")
    print("ready", flush=True)
    if word == "copy":
        neighbour.serve()
    else:
        neighbour.drag()


if __name__ == "__main__":
    main(*sys.argv[1:])
