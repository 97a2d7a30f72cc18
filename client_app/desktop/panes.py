"""Which of the three panes have room: the right one goes first, then the left one; the messages stay."""

from dataclasses import dataclass

MEMBERS_FROM, SIDEBAR_FROM = 1000, 700
"""Widths of the window, in pixels at 100 %, from which a pane stands beside the messages and not over them."""


@dataclass(frozen=True, slots=True)
class Panes:
    """Which side panes stand beside the messages."""

    has_sidebar: bool
    has_members: bool


def panes(width: float, *, wants_members: bool) -> Panes:
    """What fits into a window of this width."""
    return Panes(has_sidebar=width >= SIDEBAR_FROM, has_members=wants_members and width >= MEMBERS_FROM)
