"""What a card tells of a person: who they are, what they are up to, what one wrote down about them."""

import tkinter

from client_app.core.client import Client
from client_app.core.panes.roster import Profile
from client_app.desktop.people.avatars import Avatars
from client_app.desktop.theme import Space, pair
from client_app.desktop.toolkit import Frame, Label, Look, Root
from client_app.desktop.widgets.painted_label import PaintedLabel
from client_app.desktop.words.until import now
from shared.requests import FullProfile

from .note import Note
from .words import facts, names, standing, status, warning

WIDTH, AVATAR = 328, 56
INNER = WIDTH - 2 * Space.LARGE


class Told(Frame):
    """Above the buttons, or beside them where the window is low."""

    def __init__(self, master: tkinter.Misc, root: Root, client: Client) -> None:
        super().__init__(master, fg_color="transparent")
        self._root_window = root
        self._avatars = Avatars(root)
        self._add_head()
        self._status = PaintedLabel(self, root, ground="raised", width=INNER, most_lines=4)
        self._about = PaintedLabel(self, root, ground="raised", width=INNER, most_lines=6)
        self._facts = self._small("small", "text_muted")
        self._facts.pack(anchor="w")
        self._warning = self._small("small_bold", "warning")
        self.note = Note(self, root, client)
        self.note.pack(fill="x", pady=(Space.SMALL, 0))

    def tell(self, profile: Profile, known: FullProfile | None) -> None:
        """Say everything about this person; what the server tells only to those who ask is `known` once it did."""
        look, moment = self._root_window.look, now()
        person, size, ground = (profile.user_id, profile.name), look.px(AVATAR), look.palette.raised
        self._face.configure(image=self._avatars.with_presence(person, profile.presence, size, look.palette, ground))
        self._who.show(profile.name)
        self._standing.configure(text=standing(profile))
        self._facts.configure(text=facts(profile, known, moment))
        _write(self._names, names(profile, known), self._standing, 0)
        _write(self._warning, warning(profile, moment), self._facts)
        _paint(self._about, known.about if known is not None else "", self._head)
        _paint(self._status, status(profile, moment), self._head)
        self.note.offer(is_shown=known is not None and not profile.is_me)

    def dress(self, look: Look) -> None:
        """Another look."""
        self._face.configure(background=look.palette.raised)

    def _add_head(self) -> None:
        self._head = head = Frame(self, fg_color="transparent")
        head.pack(fill="x", pady=(0, Space.SMALL))
        self._face = tkinter.Label(head, borderwidth=0)
        self._face.pack(side="left", padx=(0, Space.MEDIUM))
        words = Frame(head, fg_color="transparent")
        words.pack(side="left", fill="both", expand=True)
        beside = INNER - AVATAR - Space.MEDIUM
        self._who = PaintedLabel(words, self._root_window, font="title", ground="raised", width=beside, most_lines=2)
        self._who.pack(anchor="w")
        muted = pair("text_muted")
        self._standing = Label(words, "", role="small", text_color=muted, height=18, width=1)
        self._standing.pack(fill="x")
        self._names = Label(
            words, "", role="small", text_color=muted, height=18, width=1, wraplength=beside, justify="left"
        )

    def _small(self, role: str, color: str) -> Label:
        return Label(self, "", role=role, text_color=pair(color), wraplength=INNER, justify="left", height=18)


def _write(label: Label, text: str, after: tkinter.Misc, gap: int = Space.TIGHT) -> None:
    label.configure(text=text)
    _place(label, text, after, gap)


def _paint(label: PaintedLabel, text: str, after: tkinter.Misc) -> None:
    label.show(text)
    _place(label, text, after, Space.TIGHT)


def _place(label: tkinter.Misc, text: str, after: tkinter.Misc, gap: int) -> None:
    """Below another one, where it says anything."""
    assert isinstance(label, Label | PaintedLabel)
    if text:
        label.pack(anchor="w", pady=(gap, 0), after=after)
    else:
        label.pack_forget()
