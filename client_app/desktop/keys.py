"""Binds the table of actions to the keyboard, and writes its keys as people read them."""

import sys
import tkinter
from collections.abc import Callable

from client_app.core.actions import ACTIONS, Action

_MODIFIERS = {"Ctrl": "Control", "Alt": "Alt", "Shift": "Shift"}
_SYMBOLS = {
    "+": "plus",
    "-": "minus",
    "=": "equal",
    ".": "period",
    ",": "comma",
    ";": "semicolon",
    "/": "slash",
    "0": "Key-0",
}
_READABLE = {"Prior": "Page Up", "Next": "Page Down", "Return": "Enter", "Up": "↑", "Down": "↓", "Escape": "Esc"}
_KEYPAD = {"+": "KP_Add", "-": "KP_Subtract", "0": "KP_0"}

NOT_BOUND = {"say", "edit", "reply"}
"""The composer sees to these itself."""


def sequences(keys: str) -> tuple[str, ...]:
    """Tk's patterns for keys as the table has them: `Ctrl+K` is `<Control-k>` and, with Caps Lock, `<Control-K>`."""
    *modifiers, key = _parts(keys)
    control = "Command" if sys.platform == "darwin" else "Control"
    names = [control if name == "Ctrl" else _MODIFIERS[name] for name in modifiers]
    if len(key) == 1 and key.isalpha():
        return tuple("<" + "-".join([*names, letter]) + ">" for letter in (key.lower(), key.upper()))
    patterns = ["<" + "-".join([*names, _SYMBOLS.get(key, key)]) + ">"]
    if names and key in _KEYPAD:
        patterns.append("<" + "-".join([*names, _KEYPAD[key]]) + ">")
    return tuple(patterns)


def readable(keys: str) -> str:
    """The keys for people: `Ctrl+Prior` is `Ctrl+Page Up`."""
    *modifiers, key = _parts(keys)
    if sys.platform == "darwin":
        modifiers = [{"Ctrl": "⌘", "Alt": "⌥", "Shift": "⇧"}[name] for name in modifiers]
    return "+".join([*modifiers, _READABLE.get(key, key)])


def bind_actions(window: tkinter.Misc, perform: Callable[[Action], bool]) -> None:
    """Bind every action's keys to the window; `perform` says whether the action took the key."""
    for action in ACTIONS:
        if action.id in NOT_BOUND:
            continue
        for keys in action.keys:
            for sequence in sequences(keys):
                window.bind(sequence, _handler(action, perform))


def put_window_before_class(widget: tkinter.Misc) -> None:
    """Let the window's keys come before those of Tk's text widget, which has uses of its own for Ctrl+K and Ctrl+N."""
    window = str(widget.winfo_toplevel())
    own, *others = widget.bindtags()
    widget.bindtags((own, window, *(tag for tag in others if tag != window)))


def only(act: Callable[[], object]) -> Callable[[object], str]:
    """A handler that does this, and keeps Tk and the window from doing something else as well."""

    def handler(_event: object) -> str:
        act()
        return "break"

    return handler


def _handler(action: Action, perform: Callable[[Action], bool]) -> Callable[[object], str | None]:
    return lambda _event: "break" if perform(action) else None


def _parts(keys: str) -> list[str]:
    """`Ctrl++` is Ctrl and +."""
    if keys.endswith("++"):
        return [*keys[:-2].split("+"), "+"]
    return keys.split("+") if len(keys) > 1 else [keys]
