"""What the table of actions and the profile card ask for: each opens a dialog over the window."""

import tkinter
from collections.abc import Callable

from client_app.core.client import Client
from client_app.desktop.administration import open_administration
from client_app.desktop.dialogs import lines
from client_app.desktop.dialogs.channel_settings import ChannelSettings
from client_app.desktop.dialogs.confirm import ask_to_confirm
from client_app.desktop.dialogs.help import show_help
from client_app.desktop.dialogs.judgement import Deed, ask_judgement
from client_app.desktop.dialogs.new_channel import ask_new_channel
from client_app.desktop.dialogs.password import ask_password
from client_app.desktop.dialogs.people import ask_group
from client_app.desktop.dialogs.pick import ask_direct, show_join
from client_app.desktop.dialogs.profile import ProfileDialog
from client_app.desktop.dialogs.sessions import SessionsDialog
from client_app.desktop.dialogs.status import ask_status
from client_app.desktop.theme import pair
from client_app.desktop.toolkit import Dialog, Frame, Root
from shared.types import ChannelId, UserId


class Questions(Frame):
    """The part of the main window that asks; the window itself adds what it shows."""

    def __init__(self, root: Root, client: Client) -> None:
        super().__init__(root, fg_color=pair("surface"))
        self._root_window, self._client = root, client

    # --- channels -----------------------------------------------------------------------------------------------------

    def ask_new_channel(self) -> None:
        """Ask for the name and topic of a new channel, and whom it is for."""
        ask_new_channel(self._root_window, self._client)

    def ask_topic(self) -> None:
        """Ask for a topic of the open channel."""
        if self._client.open_channel_id is not None:
            lines.ask_topic(self._root_window, self._client, self._client.open_channel_id)

    def ask_rename(self) -> None:
        """Ask for another name of the open channel."""
        if self._client.open_channel_id is not None:
            lines.ask_rename(self._root_window, self._client, self._client.open_channel_id)

    def show_channel_settings(self) -> None:
        """Show the rules and the members of the open channel."""
        if self._client.open_channel_id is not None:
            self.show_settings_of(self._client.open_channel_id)

    def show_settings_of(self, channel_id: ChannelId, page: str = "") -> None:
        """Show the rules and the members of a channel, which need not be the open one."""
        if self._client.channels.row(channel_id) is not None:
            ChannelSettings(self._root_window, self._client, channel_id, page)

    def show_join(self) -> None:
        """Show the channels that one has left."""
        show_join(self._root_window, self._client)

    # --- people -------------------------------------------------------------------------------------------------------

    def ask_direct(self) -> None:
        """Ask whom to write to."""
        ask_direct(self._root_window, self._client, self.ask_group)

    def ask_group(self) -> None:
        """Ask for several people to write to."""
        ask_group(self._root_window, self._client)

    def ask_status(self) -> None:
        """Ask what I am up to, and for how long."""
        ask_status(self._root_window, self._client)

    def show_own_profile(self) -> None:
        """Show what I tell of myself, to be changed."""
        ProfileDialog(self._root_window, self._client)

    def judge(self, deed: Deed, user_id: UserId) -> None:
        """Ask for how long and why, and do it."""
        ask_judgement(self._root_window, self._client, deed, user_id)

    def show_administration(self, page: str = "") -> None:
        """Show what those see who keep the house."""
        open_administration(self._root_window, self._client, page)

    # --- the program --------------------------------------------------------------------------------------------------

    def confirm(self, title: str, text: str, verb: str, then: Callable[[], None]) -> None:
        """Ask once before something that cannot be undone."""
        ask_to_confirm(self._root_window, title, text, verb, then)

    def copy(self, text: str) -> None:
        """Put this on the clipboard."""
        self._root_window.clipboard_clear()
        self._root_window.clipboard_append(text)

    def show_help(self) -> None:
        """Show all keys and commands."""
        show_help(self._root_window)

    def show_sessions(self) -> None:
        """Show the devices that can come back without the password."""
        SessionsDialog(self._root_window, self._client)

    def ask_password(self) -> None:
        """Ask for another password."""
        ask_password(self._root_window, self._client)

    def refresh_dialogs(self) -> None:
        """Something changed that an open dialog may show."""
        for child in self._root_window.winfo_children():
            if isinstance(child, ChannelSettings):
                child.refresh()

    def close_dialogs(self) -> None:
        """Take all of them away."""
        for child in self._root_window.winfo_children():
            if isinstance(child, Dialog) and tkinter.Misc.winfo_exists(child):
                child.close()
