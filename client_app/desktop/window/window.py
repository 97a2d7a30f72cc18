"""The three panes side by side: what they show, and the keys and clicks that belong to none of them alone."""

import tkinter
from collections.abc import Callable
from typing import Protocol

from PIL import ImageTk

from client_app.core import actions
from client_app.core.actions import Action
from client_app.core.client import Client
from client_app.core.signals import Phase, StatusChanged, TypingChanged
from client_app.core.world.presence import Presence
from client_app.desktop.card import PersonCard
from client_app.desktop.conversation.conversation import Conversation
from client_app.desktop.dialogs.settings import SettingsDialog
from client_app.desktop.drawing.presence import dot
from client_app.desktop.drawing.shapes import Shapes
from client_app.desktop.keys import bind_actions
from client_app.desktop.notifications import Backend
from client_app.desktop.search import SearchPane
from client_app.desktop.text import plain_text
from client_app.desktop.theme import Appearance
from client_app.desktop.toolkit import Root, popup_menu
from shared.types import ChannelId, UserId

from .arrangement import Arrangement
from .choosing import Choosing
from .likenesses import Likenesses
from .menus import channel_menu, own_menu
from .message_questions import MessageQuestions
from .roster import RosterPane
from .sidebar import Sidebar
from .toast import Toast

ZOOM_STEP, LEAST_ZOOM, MOST_ZOOM = 0.1, 0.7, 2.0


class Program(Protocol):
    """What the window asks of the program around it."""

    def close(self) -> None:
        """End."""

    def is_focused(self) -> bool:
        """Whether the person is at this window."""

    def test_notification(self, then: Callable[[Backend], None]) -> None:
        """Send one and tell who took it."""


class MainWindow(MessageQuestions):
    """Sidebar, conversation, members. It is the `Surface` of the actions."""

    def __init__(self, root: Root, client: Client, program: Program) -> None:
        super().__init__(root, client)
        self._program = program
        self._shapes = Shapes(self)
        self.grid_columnconfigure(1, weight=1)
        self.grid_rowconfigure(0, weight=1)
        self.sidebar = Sidebar(self, root, client, self)
        self.conversation = Conversation(self, root, client, self, self)
        self.conversation.grid(row=0, column=1, sticky="nsew")
        self.roster = RosterPane(self, root, client, self.show_card)
        self.search = SearchPane(self, root, client, self.show_message, self.close_search, contents=self.contents)
        sides = (self.sidebar, self.roster, self.search)
        self.arrangement = Arrangement(self, root, client, self.conversation, sides)
        self.toast = Toast(root)
        self.card = PersonCard(root, client, self)
        self.choosing = Choosing(root, client, self.conversation)
        self.likenesses = Likenesses(root, client, root.draw_anew)
        bind_actions(root, self.perform)
        root.bind("<Key>", self._on_key, add="+")
        root.bind("<Button-1>", self._on_click, add="+")
        root.bind("<FocusIn>", lambda _event: self.after_idle(self.conversation.window_focused), add="+")

    # --- what the program tells it ------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Draw everything anew, because somebody logged in."""
        self.arrangement.arrange()
        self.channels_changed()
        self.roster.refresh()
        if self._client.open_channel_id is not None:
            self.open_channel(self._client.open_channel_id)

    def channels_changed(self) -> None:
        """Names, counts or presence changed."""
        self.sidebar.refresh()
        self.conversation.refresh_header()
        self.card.refresh()
        self.refresh_dialogs()

    def typing_changed(self, changed: TypingChanged) -> None:
        """Others began or ceased to write somewhere; of conversations the left pane tells it, too."""
        if changed.channel_id == self.conversation.channel_id:
            self.conversation.desk.show_typists()
        self.sidebar.typing_changed(changed.channel_id)

    def roster_changed(self) -> None:
        """Somebody came, went, or is something else now."""
        self.roster.refresh()
        self.card.refresh()
        self.refresh_dialogs()

    def house_changed(self) -> None:
        """What I may do changed, or something waits for those who keep the house."""
        self.sidebar.refresh()
        self.roster_changed()

    def open_channel(self, channel_id: ChannelId) -> None:
        """Another channel is the open one."""
        self.card.close()
        self.choosing.close()
        self.arrangement.opened_channel()
        self.conversation.open(channel_id)

    def follow(self, status: StatusChanged) -> None:
        """The connection came or went."""
        self.conversation.banner.follow(status)
        if status.phase is Phase.ONLINE:
            self.conversation.back_online()
        elif status.phase is Phase.LOGGED_OUT:
            self.conversation.close()

    # --- panes --------------------------------------------------------------------------------------------------------

    def toggle_sidebar(self) -> None:
        """Show the left pane over the messages, or take it away."""
        self.arrangement.toggle_sidebar()

    def step_pane(self, direction: int) -> None:
        """Give the keyboard to the next part of the window."""
        self.arrangement.step(direction)

    def toggle_members(self) -> None:
        """Show or hide the right pane; over the messages where there is no room beside them."""
        self.arrangement.toggle_members()

    def show_search(self, channel_id: ChannelId | None, query: str) -> None:
        """Let messages be searched, in this channel or everywhere."""
        self.arrangement.open_search()
        self.search.begin(channel_id, query)

    def close_search(self) -> bool:
        """Search no more; whether one did."""
        was_searching = self.arrangement.close_search()
        if was_searching:
            self.focus_composer()
        return was_searching

    def step_found(self, direction: int) -> None:
        """Show the next or previous of what was found where it was said."""
        self.search.step(direction)

    # --- what actions ask ---------------------------------------------------------------------------------------------

    def perform(self, action: Action, argument: str = "") -> bool:
        """Carry out an action of the table; whether it took its key."""
        if not self.winfo_manager() or self._closes_something(action):
            return bool(self.winfo_manager())
        if action.keys and not action.is_available(self._client):
            return False
        actions.perform(self._client, self, action, argument)
        return True

    def show_settings(self) -> None:
        """Show what can be set."""
        SettingsDialog(self._root_window, self._client, self)

    def focus_composer(self) -> None:
        """Let the next letter typed go into the composer."""
        self.conversation.composer.focus_set()

    def show_new(self) -> None:
        """Show the first message that was new when the open channel was opened."""
        self.conversation.show_new()

    def zoom(self, step: int) -> None:
        """Make everything larger or smaller, or as it was."""
        zoom = self._root_window.zoom + step * ZOOM_STEP if step else 1.0
        self.set_zoom(min(max(round(zoom, 2), LEAST_ZOOM), MOST_ZOOM))

    def quit(self) -> None:
        """Close the window."""
        self._program.close()

    # --- what dialogs and panes ask -----------------------------------------------------------------------------------

    def set_appearance(self, appearance: Appearance) -> None:
        """Switch between dark and light."""
        self._root_window.set_appearance(appearance)
        self._client.save_settings(appearance=appearance)

    def set_zoom(self, zoom: float) -> None:
        """Make everything larger or smaller."""
        self._root_window.set_zoom(zoom)
        self._client.save_settings(zoom=zoom)

    def test_notification(self, then: Callable[[Backend], None]) -> None:
        """Send a notification and tell who took it."""
        self._program.test_notification(then)

    def is_focused(self) -> bool:
        """Whether the person is at this window."""
        return self._program.is_focused()

    def show_person(self, user_id: UserId) -> None:
        """Show who somebody is, beside the pointer."""
        self.show_card(user_id, *self._root_window.winfo_pointerxy())

    def show_profile(self, user_id: UserId) -> None:
        """Show who somebody is, over the messages: nobody clicked anywhere."""
        middle = self.conversation.messages
        self.show_card(user_id, middle.winfo_rootx() + middle.winfo_width() // 3, middle.winfo_rooty() + 40)

    def show_card(self, user_id: UserId, x: int, y: int) -> None:
        """Show who somebody is, at these coordinates of the screen."""
        # Once this click is over: a click anywhere closes the card.
        self.after_idle(lambda: self.card.show(user_id, x, y))

    def show_own_menu(self, x: int, y: int) -> None:
        """The menu of one's own account, above these coordinates of the screen."""
        popup_menu(self._root_window, own_menu(self, self._client), x, y, is_above=True)

    def dot(self, presence: Presence) -> ImageTk.PhotoImage:
        """The disc of a presence, for a menu."""
        look = self._root_window.look
        return self._shapes.image(dot(presence, look.px(14), look.palette, look.palette.raised))

    def show_channel_menu(self, channel_id: ChannelId, x: int, y: int) -> None:
        """The menu of one channel of the left pane, which need not be the open one."""
        if items := channel_menu(self._root_window, self._client, self, channel_id):
            popup_menu(self._root_window, items, x, y)

    # --- keys ---------------------------------------------------------------------------------------------------------

    def _closes_something(self, action: Action) -> bool:
        """Escape takes away what lies over the window before it marks anything as read."""
        if "Escape" not in action.keys:
            return False
        if self.toast.text:
            self.toast.close()
            return True
        middle = self.conversation
        return (
            self.looking.close()
            or self.choosing.close()
            or self.card.close()
            or middle.end_picks()
            or middle.messages.clear_selection()
            or middle.cancel_edit()
            or self.arrangement.close_over()
            or self.close_search()
        )

    def _on_click(self, event: "tkinter.Event[tkinter.Misc]") -> None:
        """A click on the messages or into the composer takes away what lies over them."""
        middle = (str(self.conversation.messages), str(self.conversation.composer))
        if str(event.widget).startswith(middle):
            self.arrangement.close_over()

    def _on_key(self, event: "tkinter.Event[tkinter.Misc]") -> None:
        """Typing anywhere in the window goes into the composer."""
        if not self.winfo_manager() or not event.char or not event.char.isprintable() or _has_modifier(event):
            return
        if isinstance(event.widget, tkinter.Text | tkinter.Entry) or event.char == " ":
            return
        composer = self.conversation.composer
        composer.focus_set()
        composer.insert(event.char)


def window_title(channel: str, unread: int) -> str:
    """What the desktop shows of the window: `(3) general – Hearth`."""
    words = f"{plain_text(channel)} – Hearth" if channel else "Hearth"
    return f"({unread}) {words}" if unread else words


def _has_modifier(event: "tkinter.Event[tkinter.Misc]") -> bool:
    control, alt = 0x4, 0x8
    return bool(int(event.state) & (control | alt))
