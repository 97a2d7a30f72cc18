"""Where a message is to be passed on to: channels and people, several of them, and a comment."""

import tkinter
from collections.abc import Sequence

from client_app.core.client import Client
from client_app.core.state import TALKS
from client_app.desktop.channel_words import channel_sign
from client_app.desktop.lists import EntryRow, ItemRow, ListRow, VirtualList
from client_app.desktop.switcher import Choice, found
from client_app.desktop.text import display_text
from client_app.desktop.theme import Space, pair
from client_app.desktop.toolkit import Dialog, Entry, Label, Root
from shared.errors import BadRequest
from shared.types import BlockKind, ChannelId, ChannelKind, Permission, Seq, UserId

WIDTH, HEIGHT = 460, 280
MOST = 10
"""Places at once."""


class ForwardDialog(Dialog):
    """A field over a list; Up and Down choose, Return takes or gives back, with nothing typed it forwards."""

    def __init__(self, root: Root, client: Client, channel_id: ChannelId, seqs: Sequence[Seq]) -> None:
        title = "Forward to…" if len(seqs) == 1 else f"Forward {len(seqs)} messages to…"
        super().__init__(root, title, on_confirm=self._forward, confirm_label="Forward", width=WIDTH)
        self._client, self._channel_id, self._seqs = client, channel_id, tuple(seqs)
        self._choices = _places(client)
        self._found: tuple[Choice, ...] = ()
        self._chosen = 0
        self._taken: list[Choice] = []
        self._asked_of: tuple[str, ...] = ()
        """The public channels of which was asked already whether they are meant."""
        self._typed = tkinter.StringVar(self)
        self._words = Label(self.body, "", text_color=pair("text_muted"), wraplength=WIDTH, justify="left", height=36)
        self._words.pack(fill="x", pady=(0, Space.SMALL))
        self._entry = Entry(self.body, textvariable=self._typed)
        self._entry.pack(fill="x", pady=(0, Space.SMALL))
        self.comment = Entry(self.body, placeholder_text="Add a comment, if you like")
        self.comment.pack(side="bottom", fill="x", pady=(Space.SMALL, 0))
        self.list = VirtualList(self.body, root, self.toggle, ground="raised")
        self.list.canvas.configure(width=root.px(WIDTH), height=root.px(HEIGHT))
        self.list.pack(fill="both", expand=True)
        self._typed.trace_add("write", lambda *_: self._filter())
        self._entry.bind("<Down>", lambda _event: self._move(1))
        self._entry.bind("<Up>", lambda _event: self._move(-1))
        self._entry.bind("<Return>", lambda _event: self.take())
        self._filter()
        self.open(self._entry, self.list.canvas)

    @property
    def titles(self) -> tuple[str, ...]:
        """What the list offers."""
        return tuple(choice.title for choice in self._found)

    @property
    def words(self) -> str:
        """What it says of the places that were taken."""
        return str(self._words.cget("text"))

    def type(self, text: str) -> None:
        """As if this had been typed into the field."""
        self._typed.set(text)

    def toggle(self, key: str) -> None:
        """Take a place, or give it back."""
        choice = next(choice for choice in self._choices if choice.key == key)
        if choice in self._taken:
            self._taken.remove(choice)
        elif len(self._taken) < MOST:
            self._taken.append(choice)
        else:
            self.show_error(f"At most {MOST} places at once.")
            return
        self._ask_no_more()
        self._typed.set("")
        self._filter()

    def take(self) -> str:
        """As if Return had been pressed: with letters typed it takes what they mean; with none, it forwards."""
        if self._typed.get().strip() and self._found:
            self.toggle(self._found[self._chosen].key)
        elif not self._typed.get().strip():
            self.confirm()
        return "break"

    def _forward(self) -> bool:
        channel_ids = [ChannelId(int(choice.key.split()[1])) for choice in self._taken if choice.key[0] == "c"]
        user_ids = [UserId(int(choice.key.split()[1])) for choice in self._taken if choice.key[0] == "p"]
        if not self._taken:
            self.show_error("Choose where to.")
            return False
        public = self._client.made_public(self._channel_id, channel_ids)
        if public and public != self._asked_of:
            self._ask(public)
            return False
        try:
            self._client.forward(self._channel_id, self._seqs, channel_ids, user_ids, self.comment.get())
        except BadRequest as refusal:
            self.show_error(refusal.message)
            return False
        self._client.notice(f"Forwarded to {self._names()}.")
        self._client.tell()
        return True

    def _ask(self, public: tuple[str, ...]) -> None:
        """Once, whether that is meant."""
        self._asked_of = public
        self.confirm_button.configure(text="Forward anyway")
        self.show_error(f"Not everybody could read this so far. In {', '.join(public)} everybody can.")

    def _ask_no_more(self) -> None:
        self._asked_of = ()
        self.confirm_button.configure(text="Forward")
        self.show_error("")

    def _names(self) -> str:
        return ", ".join(
            display_text(choice.title if choice.is_person else f"#{choice.title}") for choice in self._taken
        )

    def _filter(self) -> None:
        self._found = found(self._choices, self._typed.get())
        self._chosen = 0
        self._show()

    def _show(self) -> None:
        self.list.set_rows(tuple(self._entry_of(choice) for choice in self._found))
        self.list.select(self._found[self._chosen].key if self._found else None)
        self._words.configure(text=f"To {self._names()}." if self._taken else f"Up to {MOST} places.")

    def _entry_of(self, choice: Choice) -> ListRow:
        is_taken = choice in self._taken
        if choice.is_person and not choice.people:
            note = "✓ taken" if is_taken else ""
            tone = "online" if is_taken else "text_muted"
            return EntryRow(
                choice.key,
                choice.title,
                note=note,
                note_tone=tone,  # type: ignore[arg-type]  # two of the words that it may be
                avatar=choice.user_id or 0,
                presence=choice.presence,
            )
        title = f"{choice.title}   ✓ taken" if is_taken else choice.title
        if choice.people:
            return ItemRow(choice.key, title, people=choice.people, is_strong=is_taken)
        return ItemRow(choice.key, title, icon="#", sign=choice.sign, is_strong=is_taken)

    def _move(self, step: int) -> str:
        if self._found:
            self._chosen = (self._chosen + step) % len(self._found)
            self._show()
        return "break"


def ask_to_forward(root: Root, client: Client, channel_id: ChannelId, seqs: Sequence[Seq]) -> ForwardDialog:
    """Ask where messages of a channel are to be said again, and do it."""
    return ForwardDialog(root, client, channel_id, seqs)


def _places(client: Client) -> list[Choice]:
    """Where one may write, and people to whom one may."""
    rows = [row for row in client.channels.in_order() if row.may_write]
    channels = [
        Choice(
            f"channel {row.channel_id}",
            row.title,
            is_person=row.kind in TALKS,
            user_id=row.other_id,
            presence=row.presence if row.kind is ChannelKind.DIRECT else None,
            sign=channel_sign(row),
            people=len(row.member_ids) if row.kind is ChannelKind.GROUP else 0,
        )
        for row in rows
    ]
    written = {choice.user_id for choice in channels if choice.user_id}
    if not client.may(Permission.WRITE_DIRECTLY):
        return channels
    people = [
        Choice(
            f"person {row.user_id}",
            row.name,
            is_person=True,
            user_id=row.user_id,
            also=row.handle,
            presence=row.presence,
        )
        for row in client.roster.everybody()
        if row.user_id not in written and (row.block is None or row.block.kind is not BlockKind.BLOCK)
    ]
    return [*channels, *people]
