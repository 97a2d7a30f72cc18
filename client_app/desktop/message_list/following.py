"""Lists of messages follow files on their way, wherever in the window they stand."""

import tkinter

from client_app.core.files import Key

from .widget import MessageList


def follow_file(widget: tkinter.Misc, key: Key) -> None:
    """A file has come further: each list of messages below a widget draws that of it which tells so."""
    if isinstance(widget, MessageList):
        widget.painter.files.follow(key, widget.painted.values(), widget.painter.look)
        return
    for child in widget.winfo_children():
        follow_file(child, key)
