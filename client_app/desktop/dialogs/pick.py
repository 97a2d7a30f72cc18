"""Dialogs in which a few letters find a channel or a person: the switcher, whom to write to, what to join again."""

import tkinter
from collections.abc import Callable, Sequence

from client_app.core.client import Client
from client_app.core.network.address import is_message_link
from client_app.core.world.state import TALKS
from client_app.desktop.lists import ItemRow, VirtualList
from client_app.desktop.switcher import Choice, found
from client_app.desktop.theme import Space, pair
from client_app.desktop.toolkit import Dialog, Label, Root
from client_app.desktop.widgets.text_line import TextLine
from client_app.desktop.words.channel_words import channel_sign
from shared.types import ChannelId, ChannelKind, UserId

WIDTH, HEIGHT = 460, 340


class Picker(Dialog):
    """A field over a list; Up and Down choose, Return takes the choice."""

    def __init__(
        self,
        root: Root,
        title: str,
        choices: Sequence[Choice],
        on_choice: Callable[[Choice], None],
        *,
        empty: str,
        typed: Callable[[str], Choice | None] = lambda _: None,
    ) -> None:
        """`typed` is what a text means by itself, in the place of all choices; None where it is to be looked for."""
        super().__init__(root, title, cancel_label="Close", width=WIDTH)
        self._choices, self._on_choice, self._empty = choices, on_choice, empty
        self._meant = typed
        self._found: tuple[Choice, ...] = ()
        self._chosen = 0
        self._typed = tkinter.StringVar(self)
        self._entry = TextLine(self.body, textvariable=self._typed)
        self._entry.pack(fill="x", pady=(0, Space.SMALL))
        self._list = VirtualList(self.body, root, self._take_key, ground="raised")
        self._list.canvas.configure(width=root.px(WIDTH), height=root.px(HEIGHT))
        self._list.pack(fill="both", expand=True)
        self._words = Label(self._list, "", text_color=pair("text_muted"), fg_color=pair("raised"), anchor="center")
        self._typed.trace_add("write", lambda *_: self._filter())
        self._entry.bind("<Down>", lambda _event: self._move(1))
        self._entry.bind("<Up>", lambda _event: self._move(-1))
        self.unbind("<Return>")
        self.bind("<Return>", lambda _event: self.take())
        self._filter()
        self.open(self._entry, self._list.canvas)

    @property
    def titles(self) -> tuple[str, ...]:
        """What the list offers."""
        return tuple(choice.title for choice in self._found)

    def type(self, text: str) -> None:
        """As if this had been typed into the field."""
        self._typed.set(text)

    def take(self) -> None:
        """As if Return had been pressed."""
        if self._found:
            choice = self._found[self._chosen]
            self.close()
            self._on_choice(choice)

    def _filter(self) -> None:
        meant = self._meant(self._typed.get())
        self._found = found(self._choices, self._typed.get()) if meant is None else (meant,)
        self._chosen = 0
        self._list.set_rows(tuple(_row(choice) for choice in self._found))
        self._mark()
        words = self._empty if not self._choices else "Nothing fits that."
        self._words.configure(text=words)
        if self._found:
            self._words.place_forget()
        else:
            self._words.place(relx=0.5, rely=0.4, anchor="center")

    def _move(self, step: int) -> str:
        if self._found:
            self._chosen = (self._chosen + step) % len(self._found)
            self._mark()
        return "break"

    def _mark(self) -> None:
        self._list.select(self._found[self._chosen].key if self._found else None)

    def _take_key(self, key: str) -> None:
        self._chosen = next(index for index, choice in enumerate(self._found) if choice.key == key)
        self.take()


def show_switcher(root: Root, client: Client, follow_link: Callable[[str], object]) -> Picker:
    """Channels and people, to go to; and a link to a message that is pasted."""
    channels = [
        Choice(
            f"channel {row.channel_id}",
            row.title,
            is_person=row.kind in TALKS,
            user_id=row.other_id,
            also=client.state.handle(row.other_id) if client.state and row.other_id else "",
            presence=row.presence if row.kind is ChannelKind.DIRECT else None,
            unread=row.unread,
            sign=channel_sign(row),
            people=len(row.member_ids) if row.kind is ChannelKind.GROUP else 0,
            has_draft=row.has_draft,
        )
        for row in client.channels.in_order() + client.channels.archived()
    ]
    written = {choice.user_id for choice in channels if choice.user_id}
    people = [choice for choice in _people(client) if choice.user_id not in written]

    def go(choice: Choice) -> None:
        if is_message_link(choice.key):
            follow_link(choice.key)
        else:
            _go(client, choice)

    def typed(text: str) -> Choice | None:
        link = text.strip()
        return Choice(link, client.name_of_link(link) or "Follow this link") if is_message_link(link) else None

    return Picker(root, "Go to", [*channels, *people], go, empty="", typed=typed)


def ask_direct(root: Root, client: Client, ask_group: Callable[[], object]) -> Picker:
    """Whom to write to; where it shall be several, `ask_group` goes on."""
    several = Choice("several", "Several people…")

    def take(choice: Choice) -> None:
        if choice is several:
            ask_group()
        else:
            _go(client, choice)

    people = _people(client)
    choices = [several, *people] if len(people) > 1 else people
    return Picker(root, "New direct message", choices, take, empty="Nobody else has an account here yet.")


def show_join(root: Root, client: Client) -> Picker:
    """The channels that one has left, to join again."""

    def join(choice: Choice) -> None:
        client.join_channel(ChannelId(int(choice.key.split()[1])))
        client.tell()

    left = [Choice(f"channel {row.channel_id}", row.title) for row in client.channels.available()]
    return Picker(root, "Join a channel", left, join, empty="You are in every channel there is.")


def _people(client: Client) -> list[Choice]:
    rows = [row for row in client.roster.everybody() if not row.is_me]
    return [
        Choice(
            f"person {row.user_id}",
            row.name,
            is_person=True,
            user_id=row.user_id,
            also=row.handle,
            presence=row.presence,
        )
        for row in rows
    ]


def _go(client: Client, choice: Choice) -> None:
    kind, number = choice.key.split()
    if kind == "channel":
        client.open_channel(ChannelId(int(number)))
    else:
        client.open_direct(UserId(int(number)))
    client.tell()


def _row(choice: Choice) -> ItemRow:
    if is_message_link(choice.key):
        return ItemRow(choice.key, choice.title, icon="›")
    if choice.key == "several":
        return ItemRow(choice.key, choice.title, sign="people")
    if choice.people:
        return ItemRow(choice.key, choice.title, people=choice.people, detail=choice.detail, badge=choice.unread)
    if choice.is_person:
        return ItemRow(
            choice.key,
            choice.title,
            avatar=choice.user_id or 0,
            detail=choice.detail,
            presence=choice.presence,
            badge=choice.unread,
        )
    return ItemRow(choice.key, choice.title, icon="#", sign=choice.sign, detail=choice.detail, badge=choice.unread)
