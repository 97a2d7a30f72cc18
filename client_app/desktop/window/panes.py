"""Which of the three panes have room: the right one goes first, then the left one; the messages stay."""

import tkinter
from collections.abc import Sequence
from dataclasses import dataclass

from client_app.desktop.toolkit import Frame

MEMBERS_FROM, SEARCH_FROM, SIDEBAR_FROM = 1000, 1080, 700
"""Widths of the window, in pixels at 100 %, from which a pane stands beside the messages and not over them."""


@dataclass(frozen=True, slots=True)
class Panes:
    """Which side panes stand beside the messages."""

    has_sidebar: bool
    has_members: bool
    has_search: bool = False


def panes(width: float, *, wants_members: bool, is_searching: bool = False) -> Panes:
    """What fits into a window of this width."""
    return Panes(
        has_sidebar=width >= SIDEBAR_FROM,
        has_members=wants_members and not is_searching and width >= MEMBERS_FROM,
        has_search=is_searching and width >= SEARCH_FROM,
    )


def put_pane(pane: Frame, *, column: int, beside: bool, over: bool) -> None:
    """A side pane beside the messages, over them, or nowhere."""
    if beside:
        pane.place_forget()
        pane.grid(row=0, column=column, sticky="ns")
    elif over:
        pane.grid_forget()
        pane.place(relx=0.0 if column == 0 else 1.0, y=0, relheight=1.0, anchor="nw" if column == 0 else "ne")
        tkinter.Misc.tkraise(pane)
    else:
        pane.grid_forget()
        pane.place_forget()


def neighbour(parts: Sequence[tkinter.Misc], focused: object, direction: int) -> tkinter.Misc | None:
    """The part of the window after (1) or before (-1) the one with the keyboard, of those on the screen, in a ring."""
    shown = [part for part in parts if part.winfo_viewable()]
    if not shown:
        return None
    here = next((index for index, part in enumerate(shown) if str(part) == str(focused)), None)
    if here is None:
        return shown[0 if direction > 0 else -1]
    return shown[(here + direction) % len(shown)]
