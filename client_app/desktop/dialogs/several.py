"""Several to choose from a list: letters find them, Return takes them or gives them back, the button does the rest."""

import tkinter
from collections.abc import Sequence

from client_app.desktop.lists import EntryRow, ListRow, VirtualList
from client_app.desktop.switcher import Choice, found
from client_app.desktop.theme import Space, pair
from client_app.desktop.toolkit import Dialog, Label, Root
from client_app.desktop.widgets.text_line import TextLine

WIDTH = 460


class SeveralPicker(Dialog):
    """A field over a list; Up and Down choose. Whoever makes one calls `begin` when all is there."""

    def __init__(
        self, root: Root, title: str, choices: Sequence[Choice], *, most: int, confirm_label: str, height: int
    ) -> None:
        """`most` is how many may be taken, `height` the list's pixels at 100 %."""
        super().__init__(root, title, on_confirm=self._do, confirm_label=confirm_label, width=WIDTH)
        self._choices, self._most = choices, most
        self._found: tuple[Choice, ...] = ()
        self._chosen = 0
        self._taken: list[Choice] = []
        self._typed = tkinter.StringVar(self)
        self._words = Label(self.body, "", text_color=pair("text_muted"), wraplength=WIDTH, justify="left", height=36)
        self._words.pack(fill="x", pady=(0, Space.SMALL))
        self._entry = TextLine(self.body, textvariable=self._typed)
        self._entry.pack(fill="x", pady=(0, Space.SMALL))
        self._add_below()
        self.list = VirtualList(self.body, root, self.toggle, ground="raised")
        self.list.canvas.configure(width=root.px(WIDTH), height=root.px(height))
        self.list.pack(fill="both", expand=True)
        self._typed.trace_add("write", lambda *_: self._filter())
        self._entry.bind("<Down>", lambda _event: self._move(1))
        self._entry.bind("<Up>", lambda _event: self._move(-1))
        self._entry.bind("<Return>", lambda _event: self.take())

    # --- what each kind says for itself -------------------------------------------------------------------------------

    def _do(self) -> bool:
        """What the button does with those who were taken; False where it has said why not."""
        raise NotImplementedError

    def _row_of(self, choice: Choice) -> ListRow:
        """How a choice looks in the list."""
        raise NotImplementedError

    def _said(self) -> str:
        """What stands above the field of those who were taken."""
        raise NotImplementedError

    def _too_many(self) -> str:
        """Why no more can be taken."""
        raise NotImplementedError

    def _add_below(self) -> None:
        """Put something below the list."""

    def _changed(self) -> None:
        """Somebody was taken or given back: what was said before is over."""
        self.show_error("")

    # --- choosing -----------------------------------------------------------------------------------------------------

    def begin(self) -> None:
        """Show it."""
        self._filter()
        self.open(self._entry, self.list.canvas)

    @property
    def titles(self) -> tuple[str, ...]:
        """What the list offers."""
        return tuple(choice.title for choice in self._found)

    @property
    def taken(self) -> tuple[str, ...]:
        """Who was taken, by name."""
        return tuple(choice.title for choice in self._taken)

    @property
    def words(self) -> str:
        """What it says of those who were taken."""
        return str(self._words.cget("text"))

    def type(self, text: str) -> None:
        """As if this had been typed into the field."""
        self._typed.set(text)

    def toggle(self, key: str) -> None:
        """Take one, or give it back."""
        choice = next(choice for choice in self._choices if choice.key == key)
        if choice in self._taken:
            self._taken.remove(choice)
        elif len(self._taken) < self._most:
            self._taken.append(choice)
        else:
            self.show_error(self._too_many())
            return
        self._changed()
        self._typed.set("")
        self._filter()

    def take(self) -> str:
        """As if Return had been pressed: with letters typed it takes what they mean; with none, it confirms."""
        if self._typed.get().strip() and self._found:
            self.toggle(self._found[self._chosen].key)
        elif not self._typed.get().strip():
            self.confirm()
        return "break"

    def _person_row(self, choice: Choice, detail: str = "") -> EntryRow:
        note = "✓ taken" if choice in self._taken else ""
        tone = "online" if note else "text_muted"
        return EntryRow(
            choice.key,
            choice.title,
            detail,
            note=note,
            note_tone=tone,  # type: ignore[arg-type]  # two of the words that it may be
            avatar=choice.user_id or 0,
            presence=choice.presence,
        )

    def _filter(self) -> None:
        self._found = found(self._choices, self._typed.get())
        self._chosen = 0
        self._show()

    def _show(self) -> None:
        self.list.set_rows(tuple(self._row_of(choice) for choice in self._found))
        self.list.select(self._found[self._chosen].key if self._found else None)
        self._words.configure(text=self._said())

    def _move(self, step: int) -> str:
        if self._found:
            self._chosen = (self._chosen + step) % len(self._found)
            self._show()
        return "break"
