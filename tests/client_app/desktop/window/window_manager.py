"""What a window manager and a keyboard do to the window of another process: `close`, or `type TEXT`.

python -m tests.client_app.desktop.window.window_manager close

It speaks to the X server through the library that Tk uses, in a process of its own: that library ends the process when
the X server refuses something.
"""

import ctypes
import sys
from collections.abc import Iterator

CLIENT_MESSAGE, KEY_PRESS, KEY_RELEASE = 33, 2, 3
KEY_PRESS_MASK, KEY_RELEASE_MASK = 1, 2
REVERT_TO_PARENT, CURRENT_TIME = 2, 0
CLASS = "Hearth"

Id = ctypes.c_ulong


class ClientMessage(ctypes.Structure):
    """XClientMessageEvent."""

    _fields_ = (
        ("type", ctypes.c_int),
        ("serial", ctypes.c_ulong),
        ("send_event", ctypes.c_int),
        ("display", ctypes.c_void_p),
        ("window", Id),
        ("message_type", Id),
        ("format", ctypes.c_int),
        ("data", ctypes.c_long * 5),
    )


class Key(ctypes.Structure):
    """XKeyEvent."""

    _fields_ = (
        ("type", ctypes.c_int),
        ("serial", ctypes.c_ulong),
        ("send_event", ctypes.c_int),
        ("display", ctypes.c_void_p),
        ("window", Id),
        ("root", Id),
        ("subwindow", Id),
        ("time", ctypes.c_ulong),
        ("x", ctypes.c_int),
        ("y", ctypes.c_int),
        ("x_root", ctypes.c_int),
        ("y_root", ctypes.c_int),
        ("state", ctypes.c_uint),
        ("keycode", ctypes.c_uint),
        ("same_screen", ctypes.c_int),
    )


class Event(ctypes.Union):
    """XEvent."""

    _fields_ = (("client", ClientMessage), ("key", Key), ("pad", ctypes.c_long * 24))


class ClassHint(ctypes.Structure):
    """XClassHint."""

    _fields_ = (("name", ctypes.c_char_p), ("class_name", ctypes.c_char_p))


class Screen:
    """The X server of `DISPLAY`, and Hearth's one window on it."""

    def __init__(self) -> None:
        self._x = ctypes.CDLL("libX11.so.6")
        for function in ("XOpenDisplay", "XDefaultRootWindow", "XInternAtom", "XStringToKeysym"):
            getattr(self._x, function).restype = ctypes.c_void_p if function == "XOpenDisplay" else Id
        self._display = ctypes.c_void_p(self._x.XOpenDisplay(None))
        self._root = Id(self._x.XDefaultRootWindow(self._display))
        self._window = next(window for window in self._windows() if self._class_of(window) == CLASS)

    def close_window(self) -> None:
        """Ask the window to close, as the cross in its frame does."""
        event = Event()
        event.client.type, event.client.window, event.client.format = CLIENT_MESSAGE, self._window, 32
        event.client.message_type = self._atom(b"WM_PROTOCOLS")
        event.client.data[0] = self._atom(b"WM_DELETE_WINDOW")
        self._send(event, 0)

    def type(self, text: str) -> None:
        """Press the keys of small letters, spaces and line ends."""
        self._x.XSetInputFocus(self._display, Id(self._window), REVERT_TO_PARENT, Id(CURRENT_TIME))
        for letter in text:
            name = {" ": "space", "\n": "Return"}.get(letter, letter)
            keysym = Id(self._x.XStringToKeysym(name.encode()))
            code = self._x.XKeysymToKeycode(self._display, keysym) & 0xFF
            for kind, mask in ((KEY_PRESS, KEY_PRESS_MASK), (KEY_RELEASE, KEY_RELEASE_MASK)):
                event = Event()
                event.key.type, event.key.window, event.key.root = kind, self._window, self._root.value
                event.key.keycode, event.key.same_screen = code, 1
                self._send(event, mask)

    def _send(self, event: Event, mask: int) -> None:
        self._x.XSendEvent(self._display, Id(self._window), 0, ctypes.c_long(mask), ctypes.byref(event))
        self._x.XSync(self._display, 0)

    def _atom(self, name: bytes) -> int:
        return int(self._x.XInternAtom(self._display, name, 0))

    def _windows(self) -> Iterator[int]:
        """The windows right below the screen."""
        root, parent, count, found = Id(), Id(), ctypes.c_uint(), ctypes.POINTER(Id)()
        references = (ctypes.byref(each) for each in (root, parent, found, count))
        self._x.XQueryTree(self._display, self._root, *references)
        yield from found[: count.value]

    def _class_of(self, window: int) -> str:
        hint = ClassHint()
        self._x.XGetClassHint(self._display, Id(window), ctypes.byref(hint))
        return (hint.class_name or b"").decode()


def main(word: str, text: str = "") -> None:
    """Do what is asked for to the window."""
    if word == "close":
        Screen().close_window()
    else:
        Screen().type(text)


if __name__ == "__main__":
    main(*sys.argv[1:])
