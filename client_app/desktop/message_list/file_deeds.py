"""What a click on the card of a file does: more or less of a text is shown, or the file is opened, saved, dropped."""

from typing import TYPE_CHECKING

from client_app.core.files import Key, key_of
from client_app.core.timeline.timeline import Entry

from .attachments import LESS, MORE, FileDeed

if TYPE_CHECKING:
    from .widget import MessageList


def do_with_file(messages: "MessageList", entry: Entry, deed: FileDeed) -> None:
    """Something was clicked on the card of a file: how much is seen of it is the list's own."""
    if deed.word in (MORE, LESS) and deed.attachment is not None:
        key = key_of(deed.attachment)
        messages.rows.views.unfold(key, is_all=deed.word == MORE)
        lay_out_anew(messages, key)
    else:
        messages.events.file(entry, deed)


def lay_out_anew(messages: "MessageList", key: Key) -> None:
    """Something else of a file is to be seen."""
    if messages.rows.forget(lambda row: any(card.key == key for card in row.cards)):
        messages.viewport.settle()
        messages.refresh()
