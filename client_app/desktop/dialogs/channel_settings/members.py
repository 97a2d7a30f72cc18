"""Who is in a private channel or a group: a list to take people out of, and a field that finds whom to bring in."""

import tkinter

from client_app.core.client import Client
from client_app.core.panes.channels import ChannelRow
from client_app.core.panes.roster import RosterRow
from client_app.desktop.card.words import role_words
from client_app.desktop.dialogs.confirm import ask_to_confirm
from client_app.desktop.lists import EntryRow, HeaderRow, ListRow, VirtualList
from client_app.desktop.switcher import Choice, found
from client_app.desktop.text import display_text
from client_app.desktop.theme import Space, pair
from client_app.desktop.toolkit import Frame, Label, Root
from client_app.desktop.widgets.text_line import TextLine
from shared.limits import MAX_GROUP
from shared.types import ChannelId, ChannelKind, UserId

ADD, REMOVE = "Add", "Remove"


class MembersPage(Frame):
    """With nothing typed, the people who are in; with a few letters, those whom they fit and who are not."""

    def __init__(self, master: tkinter.Misc, root: Root, client: Client, channel_id: ChannelId) -> None:
        super().__init__(master, fg_color="transparent")
        self._root_window, self._client, self._channel_id = root, client, channel_id
        self._typed = tkinter.StringVar(self)
        self._found: tuple[Choice, ...] = ()
        row = self._row()
        self._entry = TextLine(self, textvariable=self._typed)
        self._hint = Label(self, "", role="small", text_color=pair("text_muted"), height=18)
        if row is not None and row.may_add_members:
            Label(self, "Add somebody by name", role="small_bold", text_color=pair("text_muted"), height=18).pack(
                fill="x", pady=(0, Space.TIGHT)
            )
            self._entry.pack(fill="x")
            self._hint.pack(fill="x", pady=(Space.TIGHT, Space.SMALL))
        self.list = VirtualList(self, root, self._act, ground="raised")
        self.list.pack(fill="both", expand=True)
        self._typed.trace_add("write", lambda *_: self.refresh())
        self._entry.bind("<Return>", lambda _event: self._take_first())
        self.refresh()

    @property
    def titles(self) -> tuple[str, ...]:
        """Whom it lists."""
        return tuple(row.title for row in self._rows() if isinstance(row, EntryRow))

    def type(self, text: str) -> None:
        """As if this had been typed into the field."""
        self._typed.set(text)

    def add(self, user_id: UserId) -> None:
        """As if “Add” had been pressed at this person."""
        self._client.add_member(self._channel_id, user_id)
        self._client.tell()
        self._typed.set("")

    def remove(self, user_id: UserId) -> None:
        """As if “Remove” had been pressed at this person: it is asked once."""
        row = self._row()
        if row is None:
            return

        def go() -> None:
            self._client.remove_member(self._channel_id, user_id)
            self._client.tell()

        name = display_text(self._client.state.name(user_id)) if self._client.state else ""
        ask_to_confirm(
            self._root_window,
            f"Remove {name}?",
            f"They can no longer read or write in #{display_text(row.title)},"
            " on any device, until somebody adds them again.",
            "Remove",
            go,
        )

    def refresh(self) -> None:
        """Somebody came or went, or something was typed."""
        self.list.set_rows(self._rows())
        row = self._row()
        if row is not None:
            self._hint.configure(text=self._hint_words(row))

    def save(self) -> bool:
        """Nothing waits here: people come and go at once."""
        return True

    def _rows(self) -> tuple[ListRow, ...]:
        row = self._row()
        members = set(self._member_ids())
        if row is None:
            return ()
        people = self._client.roster.everybody()
        if self._typed.get().strip():
            choices = [_choice(person) for person in people if person.user_id not in members]
            self._found = found(choices, self._typed.get())
            by_key = {str(person.user_id): person for person in people}
            return tuple(_entry(by_key[choice.key], ADD) for choice in self._found)
        self._found = ()
        inside = [person for person in people if person.user_id in members]
        may_remove = row.may_remove_members
        heading = HeaderRow("members", f"Members — {len(inside)}", is_collapsible=False)
        return (heading, *(_entry(each, REMOVE if may_remove and not each.is_me else "") for each in inside))

    def _hint_words(self, row: ChannelRow) -> str:
        if self._typed.get().strip() and not self._found:
            return "Nobody of that name could be added."
        if row.kind is ChannelKind.GROUP:
            left = MAX_GROUP - len(self._member_ids())
            return f"A group has at most {MAX_GROUP} people." if left <= 0 else "They will see what was said before."
        return "Whoever is added sees what was said before, too."

    def _act(self, key: str) -> None:
        user_id = UserId(int(key))
        row = self._row()
        if row is None:
            return
        if user_id not in self._member_ids():
            self.add(user_id)
        elif row.may_remove_members and user_id != self._me():
            self.remove(user_id)

    def _take_first(self) -> str:
        """Return in the field adds whom it means, and does not close the dialog."""
        if self._found:
            self.add(UserId(int(self._found[0].key)))
        return "break"

    def _me(self) -> UserId | None:
        return self._client.me.id if self._client.me else None

    def _member_ids(self) -> tuple[UserId, ...]:
        channel = self._client.state.channels.get(self._channel_id) if self._client.state else None
        return channel.member_ids if channel else ()

    def _row(self) -> ChannelRow | None:
        return self._client.channels.row(self._channel_id)


def _choice(person: RosterRow) -> Choice:
    return Choice(
        str(person.user_id),
        person.name,
        is_person=True,
        user_id=person.user_id,
        also=person.handle,
        presence=person.presence,
    )


def _entry(person: RosterRow, note: str) -> EntryRow:
    return EntryRow(
        str(person.user_id),
        person.name,
        detail="you" if person.is_me else role_words(person.role.name),
        note=note,
        note_tone="danger" if note == REMOVE else "online",
        avatar=person.user_id,
        presence=person.presence,
        is_plain=not note,
    )
