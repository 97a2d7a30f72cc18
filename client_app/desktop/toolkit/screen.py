"""How large things must be on this screen."""

import ctypes
import os
import sys
import tkinter

STANDARD_DPI = 96.0
_PLAUSIBLE_DPI = (72.0, 600.0)
"""Projectors and virtual screens report nonsense outside of it."""


def screen_scale(window: tkinter.Misc) -> float:
    """The factor by which sizes at 100 % are multiplied, in quarters: 1.0, 1.25, … 4.0.

    On Windows and macOS the answer is 1.0: there CustomTkinter and Tk see to it.
    """
    if sys.platform in {"win32", "darwin"}:
        return 1.0
    chosen = os.environ.get("GDK_SCALE", "")
    if chosen.isdigit() and int(chosen) > 1:
        return float(min(int(chosen), 4))
    dpi = _resource_dpi() or window.winfo_fpixels("1i")
    if not _PLAUSIBLE_DPI[0] <= dpi <= _PLAUSIBLE_DPI[1]:
        return 1.0
    return min(max(round(dpi / STANDARD_DPI * 4) / 4, 1.0), 4.0)


def _resource_dpi() -> float | None:
    """`Xft.dpi` of the X server's resources, which desktops set; None where it is not set."""
    try:
        library = ctypes.CDLL("libX11.so.6")
    except OSError:
        return None
    library.XOpenDisplay.restype = ctypes.c_void_p
    library.XGetDefault.restype = ctypes.c_char_p
    library.XGetDefault.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_char_p]
    library.XCloseDisplay.argtypes = [ctypes.c_void_p]
    display = library.XOpenDisplay(None)
    if not display:
        return None
    value = library.XGetDefault(display, b"Xft", b"dpi")
    library.XCloseDisplay(display)
    try:
        return float(value) if value else None
    except ValueError:
        return None
