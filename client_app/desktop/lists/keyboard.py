"""Keys of a list that do one thing and nothing else: neither Tk nor the window hears of them."""

import tkinter
from collections.abc import Callable


def bind_keys(widget: tkinter.Misc, *acts: tuple[tuple[str, ...], Callable[[], object]]) -> None:
    """Let each of these keys, in Tk's words, do what stands behind them."""
    for keys, act in acts:
        for key in keys:
            widget.bind(key, _only(act))


def _only(act: Callable[[], object]) -> Callable[[object], str]:
    def handler(_event: object) -> str:
        act()
        return "break"

    return handler
