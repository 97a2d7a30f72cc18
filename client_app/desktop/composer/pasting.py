"""What lies on the clipboard besides text: files that were copied in a file manager, a picture."""

import contextlib
import io
import tkinter
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote, urlsplit

from PIL import Image, ImageGrab

from .clipboard_process import read_clipboard

_FILE_TYPES = ("x-special/gnome-copied-files", "text/uri-list")
_TEXT_TYPES = {"UTF8_STRING", "STRING", "TEXT", "text/plain", "text/plain;charset=utf-8"}
PNG = "image/png"
_PNG_BEGINNING = b"\x89PNG\r\n\x1a\n"
_PICTURES = {PNG, "image/jpeg", "image/bmp", "image/gif", "image/webp"}


def files_on_clipboard(widget: tkinter.Misc) -> list[Path]:
    """The files that were copied elsewhere; none where none were."""
    offered = _offered(widget)
    for kind in _FILE_TYPES:
        if kind in offered:
            with contextlib.suppress(tkinter.TclError):
                return paths_of(_written(_as(widget, kind)))
    return []


def has_picture(widget: tkinter.Misc) -> bool:
    """Whether there is a picture and no text: a table that was copied comes as both, and is meant as text."""
    offered = _offered(widget)
    if offered:
        return bool(offered & _PICTURES) and not offered & _TEXT_TYPES
    try:
        return not widget.clipboard_get()
    except tkinter.TclError:
        return True


def picture_on_clipboard(widget: tkinter.Misc) -> Callable[[], bytes]:
    """What gets the picture as PNG, to be called where waiting harms nobody; empty where there is none after all."""
    kinds = sorted(_offered(widget) & _PICTURES, key=lambda kind: (kind != PNG, kind))
    if not kinds:
        return _grabbed
    return lambda: _as_png(read_clipboard(kinds[0]))


def paths_of(listed: str) -> list[Path]:
    """The files of a list of addresses, as file managers put it onto the clipboard."""
    found = []
    for line in listed.replace("\0", "\n").splitlines():
        address = urlsplit(line.strip())
        if address.scheme == "file" and address.netloc in ("", "localhost"):
            path = unquote(address.path)
            found.append(Path(path[1:] if path[2:3] == ":" else path))
    return found


def _grabbed() -> bytes:
    """From where the system has a way of its own."""
    try:
        grabbed = ImageGrab.grabclipboard()
    except (OSError, NotImplementedError):
        return b""
    return _png_of(grabbed) if isinstance(grabbed, Image.Image) else b""


def _as_png(content: bytes) -> bytes:
    """A picture of any kind; empty where it is none."""
    if content.startswith(_PNG_BEGINNING):
        return content
    try:
        with Image.open(io.BytesIO(content)) as picture:
            return _png_of(picture)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return b""


def _png_of(picture: Image.Image) -> bytes:
    content = io.BytesIO()
    picture.save(content, "PNG")
    return content.getvalue()


def _offered(widget: tkinter.Misc) -> set[str]:
    """As what the clipboard can be had, under X11."""
    try:
        return set(_as(widget, "TARGETS").split())
    except tkinter.TclError:
        return set()


def _written(handed: str) -> str:
    """What was handed out: of a kind that Tk does not know, it makes a number of each byte, unless it is Tk’s own."""
    words = handed.split()
    if not all(word.startswith("0x") for word in words):
        return handed
    return bytes(int(word, 16) & 0xFF for word in words).decode("utf-8", "replace")


def _as(widget: tkinter.Misc, kind: str) -> str:
    """The clipboard as this. Raises `TclError` where it cannot be had so."""
    return str(widget.tk.call("selection", "get", "-selection", "CLIPBOARD", "-type", kind))
