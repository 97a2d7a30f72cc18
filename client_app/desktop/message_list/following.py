"""Lists of messages follow files on their way, wherever in the window they stand, and show more or less of texts."""

import tkinter
from typing import TYPE_CHECKING

from client_app.core.files import Key, key_of
from client_app.core.timeline import Entry

from .attachments import LESS, MORE, FileDeed

if TYPE_CHECKING:
    from .widget import MessageList


def follow_file(widget: tkinter.Misc, key: Key) -> None:
    """A file has come further: each list of messages below a widget draws that of it which tells so."""
    for messages in _lists(widget):
        messages.painter.files.follow(key, messages.painted.values(), messages.painter.look)


def show_preview(widget: tkinter.Misc, key: Key) -> None:
    """It is known how a text begins: each list of messages below a widget shows it."""
    for messages in _lists(widget):
        _lay_out_anew(messages, key)


def do_with_file(messages: "MessageList", entry: Entry, deed: FileDeed) -> None:
    """Something was clicked on the card of a file: how much is seen of it is the list's own."""
    if deed.word in (MORE, LESS) and deed.attachment is not None:
        key = key_of(deed.attachment)
        messages.rows.views.unfold(key, is_all=deed.word == MORE)
        _lay_out_anew(messages, key)
    else:
        messages.events.file(entry, deed)


def _lay_out_anew(messages: "MessageList", key: Key) -> None:
    if messages.rows.forget(lambda row: any(card.key == key for card in row.cards)):
        messages.viewport.settle()
        messages.refresh()


def _lists(widget: tkinter.Misc) -> "list[MessageList]":
    from .widget import MessageList

    if isinstance(widget, MessageList):
        return [widget]
    return [found for child in widget.winfo_children() for found in _lists(child)]
