"""The card itself: beside the pointer, all of it in the window, closed by Escape and by a click elsewhere."""

import tkinter

from client_app.core.client import Client
from client_app.core.roster import Profile
from client_app.desktop.avatars import Avatars
from client_app.desktop.text import display_text
from client_app.desktop.theme import Space, pair
from client_app.desktop.toolkit import Frame, Label, Look, Root
from client_app.desktop.until import now
from shared.requests import FullProfile
from shared.types import UserId

from .note import Note
from .offers import Deeds, Offers
from .words import facts, names, standing, status, warning

WIDTH, AVATAR = 328, 56
INNER = WIDTH - 2 * Space.LARGE
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
        self._avatars = Avatars(root)
        self._add_head()
        self.note = Note(self, root, client)
        self.note.pack(fill="x", padx=Space.LARGE, pady=(Space.SMALL, 0))
        self.offers = Offers(self, root, client, deeds, self.close)
        self.offers.pack(fill="x", padx=Space.LARGE, pady=(0, Space.LARGE))
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

    # --- its parts ----------------------------------------------------------------------------------------------------

    def _add_head(self) -> None:
        Frame(self, fg_color="transparent", width=INNER, height=0).pack(padx=Space.LARGE, pady=(1, 0))
        self._head = head = Frame(self, fg_color="transparent")
        head.pack(fill="x", padx=Space.LARGE, pady=(Space.LARGE, Space.SMALL))
        self._face = tkinter.Label(head, borderwidth=0)
        self._face.pack(side="left", padx=(0, Space.MEDIUM))
        words = Frame(head, fg_color="transparent")
        words.pack(side="left", fill="both", expand=True)
        self._who = Label(words, "", role="title", width=1, wraplength=INNER - AVATAR - Space.MEDIUM, justify="left")
        self._who.pack(fill="x")
        self._standing = Label(words, "", role="small", text_color=pair("text_muted"), height=18, width=1)
        self._standing.pack(fill="x")
        self._names = Label(words, "", role="small", text_color=pair("text_muted"), height=18, width=1)
        self._status = Label(self, "", wraplength=INNER, justify="left", height=20)
        self._about = Label(self, "", wraplength=INNER, justify="left", height=20)
        self._facts = Label(
            self, "", role="small", text_color=pair("text_muted"), wraplength=INNER, justify="left", height=18
        )
        self._facts.pack(fill="x", padx=Space.LARGE)
        self._warning = Label(
            self, "", role="small_bold", text_color=pair("warning"), wraplength=INNER, justify="left", height=18
        )

    # --- what is on it ------------------------------------------------------------------------------------------------

    def _fill(self, user_id: UserId) -> bool:
        """Say everything about this person; False where there is no such person any more."""
        profile = self._client.roster.profile(user_id)
        if profile is None:
            return False
        self._profile = profile
        look = self._root_window.look
        person, size, ground = (user_id, profile.name), look.px(AVATAR), look.palette.raised
        self._face.configure(image=self._avatars.with_presence(person, profile.presence, size, look.palette, ground))
        self._who.configure(text=display_text(profile.name))
        self._standing.configure(text=standing(profile))
        moment = now()
        self._facts.configure(text=facts(profile, self._known, moment))
        about = display_text(self._known.about) if self._known is not None else ""
        self._show(self._names, names(profile, self._known), self._standing, 0)
        self._show(self._warning, warning(profile, moment), self._facts)
        self._show(self._about, about, self._head)
        self._show(self._status, status(profile, moment), self._head)
        self.note.offer(is_shown=self._known is not None and not profile.is_me)
        self.offers.offer(profile)
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

    def _show(self, label: Label, text: str, after: tkinter.Misc, gap: int = Space.LARGE) -> None:
        label.configure(text=text)
        if text:
            label.pack(fill="x", padx=gap, pady=(Space.TIGHT if gap else 0, 0), after=after)
        else:
            label.pack_forget()

    def _put(self) -> None:
        """Where it was asked for, but all of it in the window."""
        self.update_idletasks()
        root, (x, y) = self._root_window, self._at
        left = min(x - root.winfo_rootx(), root.winfo_width() - self.winfo_reqwidth() - MARGIN)
        top = min(y - root.winfo_rooty(), root.winfo_height() - self.winfo_reqheight() - MARGIN)
        scale = root.look.scale
        self.place(x=max(left, MARGIN) / scale, y=max(top, MARGIN) / scale)
        tkinter.Misc.tkraise(self)

    def _on_click(self, event: "tkinter.Event[tkinter.Misc]") -> None:
        if self.is_open and not str(event.widget).startswith(str(self)):
            self.close()

    def _on_resize(self, event: "tkinter.Event[tkinter.Misc]") -> None:
        if event.widget is self._root_window and self.is_open:
            self._put()

    def _dress(self, look: Look) -> None:
        self._face.configure(background=look.palette.raised)
        self.refresh()
