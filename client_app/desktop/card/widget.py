"""The card itself: beside the pointer, all of it in the window, closed by Escape and by a click elsewhere."""

import tkinter

from client_app.core.client import Client
from client_app.core.panes.roster import Profile
from client_app.desktop.theme import Space, pair
from client_app.desktop.toolkit import Frame, Look, Root
from shared.requests import FullProfile
from shared.types import UserId

from .offers import Deeds, Offers
from .told import INNER, Told

MARGIN = 8


class PersonCard(Frame):
    """One for the window; shown for one person at a time. Only what one may do is on it."""

    def __init__(self, root: Root, client: Client, deeds: Deeds) -> None:
        super().__init__(
            root,
            fg_color=pair("raised"),
            border_width=1,
            border_color=pair("border"),
            corner_radius=Space.RADIUS,
            bg_color=pair("surface"),
        )
        self._root_window, self._client = root, client
        self._profile: Profile | None = None
        self._known: FullProfile | None = None
        """What the server told of them, since they are on the card."""
        self._at = (0, 0)
        self._focus_before: tkinter.Misc | None = None
        self.told = Told(self, root, client)
        self.offers = Offers(self, root, client, deeds, self.close)
        self.note = self.told.note
        # Frames that hold the two columns open.
        Frame(self, fg_color="transparent", width=INNER, height=0).grid(row=0, column=0, padx=Space.LARGE, pady=(1, 0))
        self._second = Frame(self, fg_color="transparent", width=INNER, height=0)
        root.bind("<Button-1>", self._on_click, add="+")
        root.bind("<Configure>", self._on_resize, add="+")
        root.on_look(self, self._dress)

    @property
    def is_open(self) -> bool:
        """Whether it is on the screen."""
        return bool(self.winfo_manager())

    @property
    def user_id(self) -> UserId | None:
        """Whose card is on the screen."""
        return self._profile.user_id if self._profile is not None and self.is_open else None

    @property
    def labels(self) -> tuple[str, ...]:
        """What the buttons on it say."""
        return tuple(str(button.cget("text")) for button in self.offers.buttons())

    def press(self, label: str) -> None:
        """As if the button that says this had been pressed."""
        next(button for button in self.offers.buttons() if button.cget("text") == label).invoke()

    def show(self, user_id: UserId, x: int, y: int) -> None:
        """Show a person, with the card's corner near these coordinates of the screen and all of it in the window."""
        if not self.is_open:
            self._focus_before = self._root_window.focus_get()
        self._at = (x, y)
        if user_id != self.user_id:
            self.note.keep()
            self._known = None
            self.note.show(None, "")
        if self._fill(user_id):
            self._ask(user_id)
            self._put()
            next(self.offers.buttons(), self).focus_set()

    def refresh(self) -> None:
        """Show what has changed, while it is on the screen."""
        if self.user_id is not None and not self._fill(self.user_id):
            self.close()

    def close(self) -> bool:
        """Take it away; whether it was there."""
        was_open = self.is_open
        self.note.keep()
        holder = self._root_window.focus_get()
        self.place_forget()
        before = self._focus_before
        # Whoever clicked somewhere else has the keyboard there already.
        if was_open and before is not None and before.winfo_exists() and str(holder).startswith(str(self)):
            before.focus_set()
        return was_open

    # --- what is on it ------------------------------------------------------------------------------------------------

    def _fill(self, user_id: UserId) -> bool:
        """Say everything about this person; False where there is no such person any more."""
        profile = self._client.roster.profile(user_id)
        if profile is None:
            return False
        self._profile = profile
        self.told.tell(profile, self._known)
        self.offers.offer(profile, has_told=_has_told(profile, self._known))
        return True

    def _ask(self, user_id: UserId) -> None:
        """For what is not known of everybody all the time."""

        def fill(known: FullProfile) -> None:
            if self.user_id == user_id:
                self._known = known
                self.note.show(user_id, known.note)
                self._fill(user_id)
                self._put()

        self._client.profiles.fetch(user_id, fill, lambda _refusal: None)
        self._client.tell()

    def _put(self) -> None:
        """Where it was asked for, but all of it in the window: in two columns where it would be higher than that."""
        root, (x, y) = self._root_window, self._at
        self._arrange(is_wide=False)
        self.update_idletasks()
        if self.winfo_reqheight() > root.winfo_height() - 2 * MARGIN:
            self._arrange(is_wide=True)
            self.update_idletasks()
        left = min(x - root.winfo_rootx(), root.winfo_width() - self.winfo_reqwidth() - MARGIN)
        top = min(y - root.winfo_rooty(), root.winfo_height() - self.winfo_reqheight() - MARGIN)
        scale = root.look.scale
        self.place(x=max(left, MARGIN) / scale, y=max(top, MARGIN) / scale)
        tkinter.Misc.tkraise(self)

    def _arrange(self, *, is_wide: bool) -> None:
        """The buttons below what is told, or beside it."""
        row, column = (1, 1) if is_wide else (2, 0)
        above = Space.LARGE - Space.SMALL if is_wide else 0
        self.told.grid(
            row=1, column=0, sticky="new", padx=Space.LARGE, pady=(Space.LARGE, Space.LARGE if is_wide else Space.SMALL)
        )
        self.offers.grid(row=row, column=column, sticky="new", padx=Space.LARGE, pady=(above, Space.LARGE))
        if is_wide:
            self._second.grid(row=0, column=1, padx=Space.LARGE, pady=(1, 0))
        else:
            self._second.grid_forget()

    def _on_click(self, event: "tkinter.Event[tkinter.Misc]") -> None:
        if self.is_open and not str(event.widget).startswith(str(self)):
            self.close()

    def _on_resize(self, event: "tkinter.Event[tkinter.Misc]") -> None:
        if event.widget is self._root_window and self.is_open:
            self._put()

    def _dress(self, look: Look) -> None:
        self.told.dress(look)
        self.refresh()


def _has_told(profile: Profile, known: FullProfile | None) -> bool:
    """Whether there is anything that could be taken away."""
    tells = known is not None and bool(known.about or known.pronouns)
    return tells or profile.handle != profile.name or profile.status is not None
