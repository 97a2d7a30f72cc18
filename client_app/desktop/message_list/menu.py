"""The menu of a message, drawn from the table of message actions."""

from functools import partial
from typing import Protocol

from client_app.core.actions import MessageAction, MessageGroup
from client_app.core.timeline.timeline import Entry, SendState
from client_app.desktop.pictures import PictureDeed
from client_app.desktop.toolkit import MenuItem
from shared.entities import Attachment

from .attachments import TAKEN_BACK
from .events import MessageEvents
from .row import DISCARD, EDIT, ways_out


class Copying(Protocol):
    """What the menu needs of the list's clipboard."""

    @property
    def has_selection(self) -> bool:
        """Whether there is something selected that can be copied."""

    def copy(self) -> None:
        """Copy what is selected."""

    def copy_text(self, text: str) -> None:
        """Copy this."""

    def select_all(self) -> None:
        """Select every message."""


def message_menu(
    entry: Entry, link: str, copying: Copying, events: MessageEvents, picture: Attachment | None = None
) -> tuple[MenuItem | None, ...]:
    """The menu of one row, and of the web address or the picture under the pointer where there is one."""
    offered = events.offers(entry)
    groups = [
        _picture_items(entry, picture, events),
        _pointed_at(link, copying, events),
        *([_item(action, entry, events) for action in offered if action.group is group] for group in MessageGroup),
        _unsent_items(entry, events),
        [MenuItem("Select all text", copying.select_all, "Ctrl+A")],
    ]
    items: list[MenuItem | None] = []
    for group in groups:
        if items and group:
            items.append(None)
        items += group
    return tuple(items)


def _picture_items(entry: Entry, picture: Attachment | None, events: MessageEvents) -> list[MenuItem]:
    """What can be done with a picture."""
    if picture is None:
        return []
    return [MenuItem(deed.value, partial(events.picture, entry, picture, deed)) for deed in PictureDeed]


def _pointed_at(link: str, copying: Copying, events: MessageEvents) -> list[MenuItem]:
    """What is selected, and what is under the pointer."""
    items = []
    if copying.has_selection:
        items.append(MenuItem("Copy selection", copying.copy, "Ctrl+C"))
    if link:
        items.append(MenuItem("Copy web address", lambda: copying.copy_text(link)))
        items.append(MenuItem("Open web address", lambda: events.link(link)))
    return items


def _item(action: MessageAction, entry: Entry, events: MessageEvents) -> MenuItem:
    return MenuItem(action.label, lambda: events.perform(action, entry), action.key)


def _unsent_items(entry: Entry, events: MessageEvents) -> list[MenuItem]:
    """What can be done with a message whose files are on their way, or that was refused."""
    if entry.state is SendState.PENDING and entry.uploads:
        return [MenuItem("Cancel sending", lambda: events.file(entry, TAKEN_BACK))]
    if not entry.error:
        return []
    edit = [MenuItem(EDIT, lambda: events.file(entry, TAKEN_BACK))] if EDIT in ways_out(entry) else []
    return [
        MenuItem("Send again", lambda: events.retry(entry.client_id)),
        *edit,
        MenuItem(DISCARD, lambda: events.discard(entry.client_id)),
    ]
