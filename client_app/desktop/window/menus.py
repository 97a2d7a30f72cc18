"""The menus of one's own account and of a channel; what stands in the table of actions is drawn from it."""

from dataclasses import replace
from typing import Protocol

from PIL import ImageTk

from client_app.core.actions import BY_ID, Action
from client_app.core.client import Client
from client_app.core.panes.channels import ChannelRow
from client_app.core.world.presence import Presence
from client_app.desktop.dialogs import lines
from client_app.desktop.dialogs.channel_end import ask_to_archive, ask_to_delete_channel
from client_app.desktop.keys import readable
from client_app.desktop.toolkit import MenuItem, Root
from client_app.desktop.words.channel_words import channel_title
from shared.types import Availability, ChannelId, ChannelKind, UserId

from .level_menu import level_items


class Account(Protocol):
    """What the own menu leads to."""

    def perform(self, action: Action, argument: str = "") -> bool:
        """Carry out an action of the table."""

    def show_sessions(self) -> None:
        """Show the devices that can come back without the password."""

    def ask_password(self) -> None:
        """Ask for another password."""

    def dot(self, presence: Presence) -> ImageTk.PhotoImage:
        """The disc of a presence, for a menu."""


class Desk(Protocol):
    """What the menu of a channel leads to."""

    def show_settings_of(self, channel_id: ChannelId, page: str = "") -> None:
        """Show the rules and the members of a channel."""

    def show_profile(self, user_id: UserId) -> None:
        """Show who somebody is."""


def own_menu(account: Account, client: Client) -> tuple[MenuItem | None, ...]:
    """The menu of one's own account."""

    def item(action_id: str) -> MenuItem:
        action = BY_ID[action_id]
        keys = readable(action.keys[0]) if action.keys else ""
        return MenuItem(action.label, lambda: account.perform(action), keys)

    def looks(presence: Presence, action_id: str) -> MenuItem:
        is_chosen = presence is _chosen(client)
        return replace(item(action_id), keys="✓" if is_chosen else "", picture=account.dot(presence))

    def clear() -> None:
        client.profiles.set_status("")
        client.tell()

    status = (MenuItem("Take the status away", clear),) if client.status_of_mine is not None else ()
    house = (item("administration"), None) if BY_ID["administration"].is_available(client) else ()
    return (
        looks(Presence.ONLINE, "online"),
        looks(Presence.IDLE, "away"),
        looks(Presence.DO_NOT_DISTURB, "do-not-disturb"),
        looks(Presence.INVISIBLE, "invisible"),
        None,
        item("status"),
        *status,
        item("profile-of-mine"),
        None,
        *house,
        item("inbox"),
        item("saved"),
        item("settings"),
        MenuItem("Devices and sessions…", account.show_sessions),
        MenuItem("Change password…", account.ask_password),
        item("help"),
        None,
        item("log-out"),
        item("quit"),
    )


def _chosen(client: Client) -> Presence:
    """Which of the four I chose, whatever others see of it at the moment."""
    availability = client.state.choices.availability if client.state else Availability.AUTOMATIC
    if availability is Availability.AUTOMATIC:
        return Presence.IDLE if client.idleness.is_away else Presence.ONLINE
    return Presence.INVISIBLE if availability is Availability.INVISIBLE else Presence.DO_NOT_DISTURB


def channel_menu(root: Root, client: Client, desk: Desk, channel_id: ChannelId) -> tuple[MenuItem | None, ...]:
    """The menu of a channel, which need not be the open one; only what one may. Nothing where there is none."""
    row = client.channels.row(channel_id)
    if row is None:
        return ()
    read = MenuItem("Mark as read", lambda: client.mark_read(channel_id), is_enabled=row.unread > 0)
    if row.kind is ChannelKind.DIRECT:
        return (read, None, *level_items(client, row), *_person_items(desk, row))
    groups = (
        [read],
        level_items(client, row),
        _shaping(root, client, desk, row),
        _ending(root, client, row),
    )
    items: list[MenuItem | None] = []
    for group in groups:
        items += [None, *group] if items and group else group
    return tuple(items)


def _person_items(desk: Desk, row: ChannelRow) -> tuple[MenuItem | None, ...]:
    other = row.other_id
    return () if other is None else (None, MenuItem("Profile…", lambda: desk.show_profile(other)))


def _shaping(root: Root, client: Client, desk: Desk, row: ChannelRow) -> list[MenuItem]:
    """What it is and who is in it."""
    channel_id = row.channel_id
    items = []
    if row.may_add_members:
        items.append(MenuItem("Add people…", lambda: desk.show_settings_of(channel_id, "Members")))
    if row.may_manage:
        items.append(MenuItem("Rename…", lambda: lines.ask_rename(root, client, channel_id)))
        items.append(MenuItem("Set the topic…", lambda: lines.ask_topic(root, client, channel_id)))
    items.append(MenuItem("Settings…", lambda: desk.show_settings_of(channel_id)))
    return items


def _ending(root: Root, client: Client, row: ChannelRow) -> list[MenuItem]:
    """How it comes to its end: for me, for writing, for everybody."""
    channel_id = row.channel_id

    def leave() -> None:
        is_for_good = row.kind is not ChannelKind.PUBLIC
        lines.ask_to_leave(root, channel_title(row), is_for_good, lambda: client.leave_channel(channel_id))

    def bring_back() -> None:
        client.archive_channel(channel_id, is_archived=False)
        client.tell()

    items = []
    if row.may_archive and row.is_archived:
        items.append(MenuItem("Bring back from the archive", bring_back))
    elif row.may_archive:
        items.append(MenuItem("Archive…", lambda: ask_to_archive(root, client, row)))
    if row.may_delete:
        items.append(MenuItem("Delete…", lambda: ask_to_delete_channel(root, client, row)))
    if row.may_leave:
        items.append(MenuItem("Leave…", leave))
    return items
