"""What stands beside the messages, or over them: channels at the left, members or a search at the right."""

import tkinter

from client_app.core.client import Client
from client_app.desktop.conversation.conversation import Conversation
from client_app.desktop.search import SearchPane
from client_app.desktop.toolkit import Look, Root

from .panes import neighbour, panes, put_pane
from .roster import RosterPane
from .sidebar import Sidebar


class Arrangement:
    """Gives each pane its place, for the width of the window."""

    def __init__(
        self,
        window: tkinter.Misc,
        root: Root,
        client: Client,
        conversation: Conversation,
        sides: tuple[Sidebar, RosterPane, SearchPane],
    ) -> None:
        self._window, self._root_window, self._client, self._conversation = window, root, client, conversation
        self._sidebar, self._roster, self._search = sides
        self._wants_sidebar_over = False
        self._wants_members_over = False
        self.is_searching = False
        """Whether the search stands in the members' place."""
        self._arranged: tuple[object, ...] = ()
        window.bind("<Configure>", lambda _event: self.arrange())
        root.on_look(window, self._look_changed)

    def arrange(self) -> None:
        """Draw each where it belongs, unless it stands there."""
        if not self._window.winfo_exists():
            return
        wants_members = self._client.settings.show_members
        fits = panes(self._width(), wants_members=wants_members, is_searching=self.is_searching)
        has_sidebar_over = self._wants_sidebar_over and not fits.has_sidebar
        has_members_over = self._wants_members_over and not fits.has_members and not self.is_searching
        arranged = (fits, has_sidebar_over, has_members_over, self.is_searching)
        if arranged == self._arranged:
            return
        self._arranged = arranged
        put_pane(self._sidebar, column=0, beside=fits.has_sidebar, over=has_sidebar_over)
        put_pane(self._roster, column=2, beside=fits.has_members, over=has_members_over)
        put_pane(self._search, column=2, beside=fits.has_search, over=self.is_searching and not fits.has_search)
        header = self._conversation.header
        header.show_sidebar_button(not fits.has_sidebar)
        header.show_members_state(fits.has_members or has_members_over)

    def opened_channel(self) -> None:
        """The left pane was used."""
        self._wants_sidebar_over = False
        self.arrange()

    def toggle_sidebar(self) -> None:
        """The left pane over the messages, or away."""
        self._wants_sidebar_over = not self._wants_sidebar_over
        self.arrange()

    def toggle_members(self) -> None:
        """The right pane, or no more; over the messages where there is no room beside them."""
        if self.is_searching:
            self.is_searching = False
            self._client.save_settings(show_members=True)
        elif panes(self._width(), wants_members=True).has_members:
            self._client.save_settings(show_members=not self._client.settings.show_members)
        else:
            self._wants_members_over = not self._wants_members_over
        self.arrange()

    def open_search(self) -> None:
        """The search in the members' place."""
        self.is_searching = True
        self._wants_members_over = False
        self.arrange()
        # What is not on the screen cannot take the keyboard.
        self._window.update_idletasks()

    def close_search(self) -> bool:
        """The members again; whether one searched."""
        was_searching, self.is_searching = self.is_searching, False
        self._search.field.close()
        self.arrange()
        return was_searching

    def close_over(self) -> bool:
        """Take away panes that lie over the messages; whether there were any."""
        fits = panes(self._width(), wants_members=False, is_searching=self.is_searching)
        is_search_over = self.is_searching and not fits.has_search
        was_over = self._wants_sidebar_over or self._wants_members_over or is_search_over
        self._wants_sidebar_over = self._wants_members_over = False
        if is_search_over:
            self.close_search()
        self.arrange()
        return was_over

    def step(self, direction: int) -> None:
        """Give the keyboard to the next part of the window: channels, messages, where one writes, what is right."""
        middle = self._conversation
        right = (self._search.messages.canvas, self._roster.list.canvas)
        parts = (self._sidebar.list.canvas, middle.messages.canvas, middle.composer.text, *right)
        found = neighbour(parts, self._root_window.focus_get(), direction)
        if found is not None:
            found.focus_set()

    def _look_changed(self, _look: Look) -> None:
        self._window.after_idle(self.arrange)

    def _width(self) -> float:
        return self._window.winfo_width() / self._root_window.look.scale
