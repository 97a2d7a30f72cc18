"""The menus of one's own account and of a channel; what stands in the table of actions is drawn from it."""

from typing import Protocol

from client_app.core.actions import BY_ID, Action
from client_app.core.client import Client
from client_app.desktop.text import display_text
from shared.types import GENERAL, ChannelId, ChannelKind

from .dialogs import lines
from .keys import readable
from .toolkit import MenuItem, Root


class Account(Protocol):
    """What the own menu leads to."""

    def perform(self, action: Action, argument: str = "") -> bool:
        """Carry out an action of the table."""

    def show_sessions(self) -> None:
        """Show the devices that can come back without the password."""

    def ask_password(self) -> None:
        """Ask for another password."""


def own_menu(account: Account) -> tuple[MenuItem | None, ...]:
    """The menu of one's own account."""

    def item(action_id: str) -> MenuItem:
        action = BY_ID[action_id]
        keys = readable(action.keys[0]) if action.keys else ""
        return MenuItem(action.label, lambda: account.perform(action), keys)

    return (
        item("settings"),
        MenuItem("Devices and sessions…", account.show_sessions),
        MenuItem("Change password…", account.ask_password),
        item("help"),
        None,
        item("log-out"),
        item("quit"),
    )


def channel_menu(root: Root, client: Client, channel_id: ChannelId) -> tuple[MenuItem | None, ...]:
    """The menu of a channel, which need not be the open one; nothing where there is no such channel."""
    row = client.channels.row(channel_id)
    if row is None:
        return ()

    def leave() -> None:
        lines.ask_to_leave(root, display_text(row.title), lambda: client.leave_channel(channel_id))

    read = MenuItem("Mark as read", lambda: client.mark_read(channel_id), is_enabled=row.unread > 0)
    if row.kind is ChannelKind.DIRECT:
        return (read,)
    return (
        read,
        MenuItem("Rename…", lambda: lines.ask_rename(root, client, channel_id), is_enabled=row.may_manage),
        MenuItem("Set the topic…", lambda: lines.ask_topic(root, client, channel_id), is_enabled=row.may_manage),
        None,
        MenuItem("Leave the channel", leave, is_enabled=row.is_joined and channel_id != GENERAL),
    )
