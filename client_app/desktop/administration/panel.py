"""What is known of the one thing that is chosen in a list, and what can be done with it."""

import tkinter
from collections.abc import Callable
from dataclasses import dataclass, field

from client_app.desktop.people.avatars import Avatars
from client_app.desktop.scrolling.scroll_area import ScrollArea
from client_app.desktop.text import display_text
from client_app.desktop.theme import Space, pair
from client_app.desktop.toolkit import Button, ButtonKind, Frame, Label, Look, Root, Tooltip

WIDTH = 300
AVATAR = 48
_BAR = 4
"""What the scrollbar takes beyond the right margin."""


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that is known, under a small heading."""

    label: str
    text: str
    is_quote: bool = False
    """Whether somebody else wrote it: it stands on a ground of its own."""


@dataclass(frozen=True, slots=True)
class Act:
    """Something that can be done: a button."""

    label: str
    run: Callable[[], object] = field(compare=False)
    kind: ButtonKind = "secondary"
    why_not: str = ""
    """Why it cannot be done; the button is disabled then and says so."""


@dataclass(frozen=True, slots=True)
class Card:
    """All that the panel shows."""

    title: str
    subtitle: str = ""
    avatar: int | None = None
    facts: tuple[Fact, ...] = ()
    acts: tuple[Act, ...] = ()


class Panel(Frame):
    """Shows a card; what did not change is left alone, so that the keyboard stays where it is."""

    def __init__(self, master: tkinter.Misc, root: Root, hint: str) -> None:
        super().__init__(master, fg_color=pair("raised"), corner_radius=Space.RADIUS, width=WIDTH, border_width=1)
        self.configure(border_color=pair("border"))
        self.pack_propagate(False)
        self.grid_propagate(False)
        self._root_window, self._hint = root, hint
        self._avatars = Avatars(root)
        self._face: tuple[tkinter.Label, Card] | None = None
        self._wrapped: list[tuple[Label, int]] = []
        self.card: Card | None = None
        self.buttons: dict[str, Button] = {}
        """What is on the screen, by its label."""
        self._area: ScrollArea | None = None
        self._build(None)
        self.bind("<Configure>", lambda _event: self._wrap())
        root.on_look(self, self._dress)

    def show(self, card: Card | None) -> None:
        """Show this; None shows what to do instead."""
        if card != self.card:
            self.card = card
            self._build(card)

    def act(self, label: str) -> None:
        """As if the button of this name had been pressed."""
        self.buttons[label].invoke()

    def _build(self, card: Card | None) -> None:
        if self._area is not None:
            self._area.destroy()
        self._face, self._wrapped, self.buttons = None, [], {}
        self._area = ScrollArea(self, self._root_window, ground="raised")
        self._area.pack(fill="both", expand=True, padx=(Space.LARGE, Space.TIGHT), pady=Space.LARGE)
        ground = Frame(self._area.inner, fg_color=pair("raised"))
        ground.pack(fill="both", expand=True)
        if card is None:
            self._paragraph(ground, self._hint, color="text_faint")
        else:
            self._add_head(ground, card)
            for fact in card.facts:
                self._add_fact(ground, fact)
            for act in card.acts:
                self._add_button(ground, act)
        self._wrap()
        self._area.watch()

    def _add_head(self, ground: Frame, card: Card) -> None:
        head = Frame(ground, fg_color="transparent")
        head.pack(fill="x", pady=(0, Space.SMALL))
        if card.avatar is not None:
            face = tkinter.Label(head, borderwidth=0)
            face.pack(side="left", padx=(0, Space.MEDIUM))
            self._face = (face, card)
            self._dress(self._root_window.look)
        words = Frame(head, fg_color="transparent")
        words.pack(side="left", fill="x", expand=True)
        title = Label(words, display_text(card.title), role="title", justify="left")
        title.pack(fill="x")
        if card.avatar is None:
            self._wrapped.append((title, 0))
        if card.subtitle:
            Label(words, card.subtitle, role="small", text_color=pair("text_muted"), height=18).pack(fill="x")

    def _add_fact(self, ground: Frame, fact: Fact) -> None:
        Label(ground, fact.label, role="small_bold", text_color=pair("text_muted"), height=18).pack(
            fill="x", pady=(Space.SMALL, 0)
        )
        if not fact.is_quote:
            self._paragraph(ground, fact.text)
            return
        plate = Frame(ground, fg_color=pair("field"), corner_radius=6, border_width=1, border_color=pair("border"))
        plate.pack(fill="x", pady=(Space.HAIR, 0))
        self._paragraph(plate, fact.text, inset=Space.SMALL)

    def _paragraph(self, ground: Frame, text: str, *, color: str = "text", inset: int = 0) -> None:
        label = Label(ground, display_text(text), justify="left", text_color=pair(color))
        label.pack(fill="x", padx=inset, pady=inset)
        self._wrapped.append((label, 2 * inset + Space.TIGHT))

    def _add_button(self, ground: Frame, act: Act) -> None:
        is_main = act.kind == "primary"
        button = Button(ground, act.label, act.run, kind="primary" if is_main else "secondary", height=34)
        if not is_main:
            # The filled red is for the dialog that asks: here it would shout from every card.
            color = pair("danger" if act.kind == "danger" else "text")
            button.configure(fg_color=pair("border"), hover_color=pair("scrollbar"), text_color=color)
        button.pack(fill="x", pady=(Space.MEDIUM if not self.buttons else Space.SMALL, 0))
        self.buttons[act.label] = button
        if act.why_not:
            button.configure(state="disabled")
            Tooltip(button, act.why_not)

    def _wrap(self) -> None:
        width = self.winfo_width() / self._root_window.look.scale
        room = int(width if width > 1 else WIDTH) - 2 * Space.LARGE - _BAR
        for label, inset in self._wrapped:
            label.configure(wraplength=max(room - inset, 80))

    def _dress(self, look: Look) -> None:
        if self._face is not None:
            face, card = self._face
            image = self._avatars.image(card.avatar or 0, card.title, look.px(AVATAR), look.palette)
            face.configure(image=image, background=look.palette.raised)
