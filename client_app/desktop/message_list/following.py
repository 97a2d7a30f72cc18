"""Lists of messages follow files on their way, wherever in the window they stand."""

import tkinter
from typing import TYPE_CHECKING

from client_app.core.files import Key

from .file_deeds import lay_out_anew

if TYPE_CHECKING:
    from .widget import MessageList


def follow_file(widget: tkinter.Misc, key: Key) -> None:
    """A file has come further: each list of messages below a widget draws that of it which tells so."""
    for messages in _lists(widget):
        messages.painter.files.follow(key, messages.painted.values(), messages.painter.look)
        messages.painter.pictures.follow(key)


def show_preview(widget: tkinter.Misc, key: Key) -> None:
    """It is known how a text begins: each list of messages below a widget shows it."""
    for messages in _lists(widget):
        lay_out_anew(messages, key)


def _lists(widget: tkinter.Misc) -> "list[MessageList]":
    from .widget import MessageList

    if isinstance(widget, MessageList):
        return [widget]
    return [found for child in widget.winfo_children() for found in _lists(child)]
