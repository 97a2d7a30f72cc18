"""What can be done with a message: the items of its menu."""

from typing import Protocol

from client_app.core.actions import BY_ID
from client_app.core.timeline import Entry, EntryKind
from client_app.desktop.toolkit import MenuItem

from .events import MessageEvents


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


def message_menu(entry: Entry, link: str, copying: Copying, events: MessageEvents) -> tuple[MenuItem | None, ...]:
    """The menu of one row, and of the web address under the pointer where there is one."""
    groups = (
        _copy_items(entry, link, copying, events),
        _own_items(entry, events),
        _others_items(entry, events),
        [MenuItem("Select all", copying.select_all, "Ctrl+A")],
    )
    items: list[MenuItem | None] = []
    for group in groups:
        if items and group:
            items.append(None)
        items += group
    return tuple(items)


def _copy_items(entry: Entry, link: str, copying: Copying, events: MessageEvents) -> list[MenuItem]:
    items = []
    if copying.has_selection:
        items.append(MenuItem("Copy selection", copying.copy, "Ctrl+C"))
    if entry.kind is EntryKind.MESSAGE and not entry.is_deleted and not entry.is_hidden:
        items.append(MenuItem("Copy message", lambda: copying.copy_text(entry.text)))
    if link:
        items.append(MenuItem("Copy link", lambda: copying.copy_text(link)))
        items.append(MenuItem("Open link", lambda: events.link(link)))
    return items


def _own_items(entry: Entry, events: MessageEvents) -> list[MenuItem]:
    """What can be done with a message of one's own: it was sent, or it was refused."""
    if entry.is_changeable:
        return [
            MenuItem(BY_ID["edit"].label, lambda: events.edit(entry.seq)),
            MenuItem(BY_ID["delete"].label, lambda: events.delete(entry.seq)),
        ]
    if entry.error:
        return [
            MenuItem("Send again", lambda: events.retry(entry.client_id)),
            MenuItem("Delete", lambda: events.discard(entry.client_id)),
        ]
    return []


def _others_items(entry: Entry, events: MessageEvents) -> list[MenuItem]:
    """What can be done with a message of somebody else: only what one may."""
    items = []
    if entry.is_hidden:
        items.append(MenuItem("Show", lambda: events.reveal(entry.seq)))
    if entry.is_revealed:
        items.append(MenuItem("Hide again", lambda: events.hide(entry.seq)))
    if entry.is_own or entry.kind is not EntryKind.MESSAGE:
        return items
    if author := entry.author_id:
        items.append(MenuItem("Profile…", lambda: events.author(author)))
    if entry.may_report:
        items.append(MenuItem("Report…", lambda: events.report(entry.seq)))
    if entry.may_delete:
        items.append(MenuItem(BY_ID["delete"].label, lambda: events.delete(entry.seq)))
    return items
