"""The mouse wheel and the touchpad, on every system and in Tk 8.6 and 9, as one number of pixels."""

import sys
import tkinter
from collections.abc import Callable

_NOTCH = 60
"""Pixels at 100 % of one notch of a wheel."""


def bind_wheel(widget: tkinter.Misc, on_scroll: Callable[[float], object]) -> None:
    """Call `on_scroll` with pixels at 100 %, positive towards the end, for every turn over this widget."""
    widget.bind("<Button-4>", lambda _event: _done(on_scroll(-_NOTCH)))
    widget.bind("<Button-5>", lambda _event: _done(on_scroll(_NOTCH)))
    widget.bind("<MouseWheel>", lambda event: _done(on_scroll(-_notches(event.delta) * _NOTCH)))
    if tkinter.TkVersion >= 8.7:
        widget.bind("<TouchpadScroll>", lambda event: _done(on_scroll(-_touchpad_y(event.delta))))


def _notches(delta: int) -> float:
    """Windows and Tk 9 count 120 for a notch, the Mac's older Tk counts 1."""
    return float(delta) if sys.platform == "darwin" and abs(delta) < 120 else delta / 120


def _touchpad_y(packed: int) -> int:
    """Tk 9 packs two signed 16-bit distances into one number: x above, y below."""
    y = packed & 0xFFFF
    return y - 0x10000 if y >= 0x8000 else y


def _done(_result: object) -> str:
    return "break"
