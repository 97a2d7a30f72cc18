"""The picker itself: a field, the groups, the emoji, and what the marked one is called; all of it without the mouse."""

import tkinter
from collections.abc import Callable
from functools import partial

from client_app.core.client import Client
from client_app.desktop.emoji import EmojiImages
from client_app.desktop.keys import only
from client_app.desktop.theme import Space, pair
from client_app.desktop.toolkit import Entry, Frame, Label, Root
from shared.emoji import TONES, groups, shortcode
from shared.types import Emoji

from .cells import CELL, COLUMNS, HOUSE, RECENT, Section, sections
from .grid import Grid
from .strip import Strip

WIDTH, HEIGHT, MARGIN, FOOT = CELL * COLUMNS + 32, 420, 8, 44
"""Pixels at 100 %."""
SEARCH = "Search: smile, heart, thumbs…"
HAND = "✋"
TONE_NAMES = ("No skin tone", "Light", "Medium-light", "Medium", "Medium-dark", "Dark")
_FACES = {
    HOUSE: "🏠",
    RECENT: "🕘",
    "Smileys & Emotion": "😀",
    "People & Body": "👋",
    "Animals & Nature": "🐻",
    "Food & Drink": "🍎",
    "Activities": "⚽",
    "Travel & Places": "🚗",
    "Objects": "💡",
    "Symbols": "💜",
    "Flags": "🚩",
}


class EmojiPicker(Frame):
    """Lies over the window beside whatever asked for it; closed by Escape, by a choice, and by a click elsewhere."""

    def __init__(self, root: Root, client: Client, within: tkinter.Tk | tkinter.Toplevel | None = None) -> None:
        """`within` is the dialog over which it lies; else it is the window."""
        self._host: tkinter.Tk | tkinter.Toplevel = within or root
        super().__init__(
            self._host,
            fg_color=pair("raised"),
            border_width=1,
            border_color=pair("border"),
            corner_radius=Space.RADIUS,
            bg_color=pair("surface"),
        )
        self._root_window, self._client = root, client
        self._then: Callable[[Emoji], object] = lambda _emoji: None
        self._at, self._is_above = (0, 0), False
        self._focus_before: tkinter.Misc | None = None
        self._images = root.only(EmojiImages)
        self._titles = (HOUSE, RECENT, *groups())
        self._typed = tkinter.StringVar(self)
        self.entry = Entry(self, textvariable=self._typed, height=36, bg_color=pair("raised"))
        self.entry.pack(fill="x", padx=Space.MEDIUM, pady=(Space.MEDIUM, Space.TIGHT))
        self._hint = Label(self.entry, SEARCH, role="body", text_color=pair("text_faint"), fg_color=pair("field"))
        self._hint.bind("<Button-1>", lambda _event: self.entry.focus_set())
        self._tabs = Strip(
            self, root, self._images, [(_FACES[title], title) for title in self._titles], self._open, cell=(31, 34)
        )
        self._tabs.pack(padx=Space.MEDIUM, anchor="w")
        self._foot = Frame(self, fg_color="transparent", height=FOOT)
        self._foot.pack(side="bottom", fill="x", padx=Space.MEDIUM, pady=(0, 2))
        self.choices = Grid(self, root, self._images, self.choose, self._say_name)
        self.choices.pack(fill="both", expand=True, padx=(Space.MEDIUM, 4), pady=(Space.TIGHT, 0))
        self._fill_foot()
        self._typed.trace_add("write", lambda *_: self._search())
        self._bind_keys()
        self._host.bind("<Button-1>", self._on_click, add="+")
        self._host.bind("<Configure>", self._on_resize, add="+")

    @property
    def is_open(self) -> bool:
        """Whether it is on the screen."""
        return bool(self.winfo_manager())

    @property
    def name(self) -> str:
        """What the foot says of the marked one."""
        return str(self._words.cget("text"))

    def show(self, x: int, y: int, then: Callable[[Emoji], object], *, above: bool = False) -> None:
        """Let an emoji be chosen, below these coordinates of the screen or above them; `then` gets it."""
        if not self.is_open:
            self._focus_before = self._root_window.focus_get()
        self._at, self._is_above, self._then = (x, y), above, then
        self._put()
        self._typed.set("")
        self._tones.show(self._client.settings.skin_tone)
        self.entry.focus_set()

    def type(self, text: str) -> None:
        """As if this had been typed into the field."""
        self._typed.set(text)

    def choose(self, emoji: Emoji | None) -> None:
        """Take this one, as a click or Return does."""
        if emoji is not None and self.close():
            self._client.remember_emoji(emoji)
            self._then(emoji)

    def close(self) -> bool:
        """Take it away; whether it was there."""
        was_open, holder, before = self.is_open, self._root_window.focus_get(), self._focus_before
        self.place_forget()
        # Whoever clicked somewhere else has the keyboard there already.
        if was_open and before is not None and before.winfo_exists() and str(holder).startswith(str(self)):
            before.focus_set()
        return was_open

    def set_tone(self, tone: int) -> None:
        """Use this colour of skin from now on."""
        self._client.save_settings(skin_tone=tone)
        self._tones.show(tone)
        self.choices.show(self._sections(), keeps_place=True)

    # --- its parts ----------------------------------------------------------------------------------------------------

    def _fill_foot(self) -> None:
        self._foot.pack_propagate(False)
        self._words = Label(self._foot, "", role="row_bold", text_color=pair("text"), width=1)
        hands = [
            (HAND + tone, f"{name} (Alt+{number})")
            for number, (tone, name) in enumerate(zip(TONES, TONE_NAMES, strict=True), 1)
        ]
        self._tones = Strip(self._foot, self._root_window, self._images, hands, self.set_tone, cell=(26, 36))
        self._tones.pack(side="right")
        self._words.pack(side="left", fill="x", expand=True)

    def _bind_keys(self) -> None:
        keys: dict[str, Callable[[], object]] = {
            "<Escape>": self.close,
            "<Return>": lambda: self.choose(self.choices.marked),
            "<KP_Enter>": lambda: self.choose(self.choices.marked),
            "<Left>": lambda: self.choices.move(-1, 0),
            "<Right>": lambda: self.choices.move(1, 0),
            "<Up>": lambda: self.choices.move(0, -1),
            "<Down>": lambda: self.choices.move(0, 1),
            "<Prior>": lambda: self.choices.page(-1),
            "<Next>": lambda: self.choices.page(1),
            "<Tab>": lambda: self._step(1),
            "<<PrevWindow>>": lambda: self._step(-1),
        }
        keys |= {f"<Alt-Key-{tone + 1}>": partial(self.set_tone, tone) for tone in range(len(TONES))}
        for sequence, act in keys.items():
            self.entry.bind(sequence, only(act))

    def _sections(self) -> list[Section]:
        settings = self._client.settings
        return sections(self._typed.get(), settings.recent_emoji, settings.skin_tone, self._client.pictures.names())

    def _search(self) -> None:
        if self._typed.get():
            self._hint.place_forget()
        else:
            self._hint.place(x=12, rely=0.5, anchor="w")
        if self.is_open:
            self.choices.show(self._sections())

    def _open(self, index: int) -> None:
        if self._typed.get():
            self._typed.set("")
        self.choices.go_to(self._titles[index])
        self.entry.focus_set()

    def _step(self, step: int) -> None:
        """To the next or previous group."""
        titles = [each for each in self._titles if each != HOUSE or self._client.pictures.names()]
        here = titles.index(self.choices.section) if self.choices.section in titles else 0
        self._open(self._titles.index(titles[(here + step) % len(titles)]))

    def _say_name(self) -> None:
        marked = self.choices.marked
        self._words.configure(text=shortcode(marked) if marked is not None else "")
        if self.choices.section in self._titles:
            self._tabs.show(self._titles.index(self.choices.section))

    def _put(self) -> None:
        """Above or below where it was asked for, and all of it in the window."""
        root, host, (x, y) = self._root_window, self._host, self._at
        width, height = root.px(WIDTH), min(root.px(HEIGHT), host.winfo_height() - 2 * MARGIN)
        left = min(x - host.winfo_rootx(), host.winfo_width() - width - MARGIN)
        y -= height if self._is_above else 0
        top = min(y - host.winfo_rooty(), host.winfo_height() - height - MARGIN)
        self.configure(width=width / root.look.scale, height=height / root.look.scale)
        self.pack_propagate(False)
        self.place(x=max(left, MARGIN) / root.look.scale, y=max(top, MARGIN) / root.look.scale)
        tkinter.Misc.tkraise(self)

    def _on_click(self, event: "tkinter.Event[tkinter.Misc]") -> None:
        if self.is_open and not str(event.widget).startswith(str(self)):
            self.close()

    def _on_resize(self, event: "tkinter.Event[tkinter.Misc]") -> None:
        if event.widget is self._host and self.is_open:
            self._put()
