"""Several people to write to at once: letters find them, Return takes them, a group is made of all who were taken."""

import tkinter

from client_app.core.client import Client
from client_app.desktop.lists import EntryRow, ListRow, VirtualList
from client_app.desktop.switcher import Choice, found
from client_app.desktop.text import display_text
from client_app.desktop.theme import Space, pair
from client_app.desktop.toolkit import Dialog, Entry, Label, Root
from shared.types import MAX_GROUP, BlockKind, UserId

WIDTH, HEIGHT = 460, 320
MOST = MAX_GROUP - 1
"""Others in a group, oneself not counted."""


class GroupPicker(Dialog):
    """A field over a list; Up and Down choose, Return takes or gives back, the button begins the conversation."""

    def __init__(self, root: Root, client: Client) -> None:
        super().__init__(root, "New group", on_confirm=self._begin, confirm_label="Begin the conversation", width=WIDTH)
        self._client = client
        self._choices = _people(client)
        self._found: tuple[Choice, ...] = ()
        self._chosen = 0
        self._taken: list[Choice] = []
        self._typed = tkinter.StringVar(self)
        self._words = Label(self.body, "", text_color=pair("text_muted"), wraplength=WIDTH, justify="left", height=36)
        self._words.pack(fill="x", pady=(0, Space.SMALL))
        self._entry = Entry(self.body, textvariable=self._typed)
        self._entry.pack(fill="x", pady=(0, Space.SMALL))
        self.list = VirtualList(self.body, root, self.toggle, ground="raised")
        self.list.canvas.configure(width=root.px(WIDTH), height=root.px(HEIGHT))
        self.list.pack(fill="both", expand=True)
        self._typed.trace_add("write", lambda *_: self._filter())
        self._entry.bind("<Down>", lambda _event: self._move(1))
        self._entry.bind("<Up>", lambda _event: self._move(-1))
        self._entry.bind("<Return>", lambda _event: self.take())
        self._entry.bind("<BackSpace>", lambda _event: self._on_backspace(), add="+")
        self._filter()
        self.open(self._entry, self.list.canvas)

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
        """Take somebody, or give them back."""
        choice = next(choice for choice in self._choices if choice.key == key)
        if choice in self._taken:
            self._taken.remove(choice)
        elif len(self._taken) < MOST:
            self._taken.append(choice)
        else:
            self.show_error(f"A group has at most {MAX_GROUP} people, you among them. More of them want a channel.")
            return
        self.show_error("")
        self._typed.set("")
        self._filter()

    def _begin(self) -> bool:
        match self._taken:
            case []:
                self.show_error("Choose whom to write to.")
                return False
            case [one]:
                self._client.open_direct(UserId(int(one.key)))
            case many:
                self._client.open_group([UserId(int(choice.key)) for choice in many])
        self._client.tell()
        return True

    def _filter(self) -> None:
        self._found = found(self._choices, self._typed.get())
        self._chosen = 0
        self._show()

    def _show(self) -> None:
        self.list.set_rows(tuple(self._entry_of(choice) for choice in self._found))
        self.list.select(self._found[self._chosen].key if self._found else None)
        names = ", ".join(display_text(choice.title) for choice in self._taken)
        none = "Nobody else has an account here yet." if not self._choices else f"Up to {MOST} people."
        self._words.configure(text=f"To {names}." if names else none)

    def _entry_of(self, choice: Choice) -> ListRow:
        note = "✓ taken" if choice in self._taken else ""
        tone = "online" if note else "text_muted"
        return EntryRow(
            choice.key,
            choice.title,
            choice.detail,
            note=note,
            note_tone=tone,  # type: ignore[arg-type]  # two of the words that it may be
            avatar=choice.user_id or 0,
            presence=choice.presence,
        )

    def _move(self, step: int) -> str:
        if self._found:
            self._chosen = (self._chosen + step) % len(self._found)
            self._show()
        return "break"

    def take(self) -> str:
        """As if Return had been pressed: with letters typed it takes whom they mean; with none, it begins."""
        if self._typed.get().strip() and self._found:
            self.toggle(self._found[self._chosen].key)
        elif not self._typed.get().strip():
            self.confirm()
        return "break"

    def _on_backspace(self) -> None:
        """In an empty field, it gives back whoever was taken last."""
        if not self._typed.get() and self._taken:
            self._taken.pop()
            self._show()


def ask_group(root: Root, client: Client) -> GroupPicker:
    """Ask for several people, and begin a conversation of them all."""
    return GroupPicker(root, client)


def _people(client: Client) -> list[Choice]:
    rows = [row for row in client.roster.everybody() if not row.is_me]
    return [
        Choice(str(row.user_id), row.name, is_person=True, user_id=row.user_id, also=row.handle, presence=row.presence)
        for row in rows
        if row.block is None or row.block.kind is not BlockKind.BLOCK
    ]
