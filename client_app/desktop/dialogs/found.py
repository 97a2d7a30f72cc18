"""Messages of any channel in a dialog, the newest first: a click goes to where one was said."""

import tkinter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from client_app.core.actions import MessageAction, MessageGroup, MessageSign
from client_app.core.client import Client
from client_app.core.timeline.listed import listed_rows
from client_app.core.timeline.timeline import Entry, EntryKind
from client_app.core.world.clock import now
from client_app.desktop.message_list import MessageEvents, MessageList
from client_app.desktop.theme import Space, pair
from client_app.desktop.toolkit import Dialog, Label, Root
from shared.entities import Message
from shared.errors import Refusal
from shared.types import ChannelId, Seq

WIDTH, HEIGHT = 560, 420
ShowMessage = Callable[[ChannelId, Seq], None]
"""Shows a message where it was said."""
NO_CONTENTS = MessageEvents()
ASKING = "Asking the server…"


def _by_dialog(*_asked: object) -> None:
    """The dialog that lists the message does it itself."""


def deed(
    name: str, label: str, key: str = "", sign: MessageSign | None = None, group: MessageGroup = MessageGroup.KEEP
) -> MessageAction:
    """Something that can be done with a message of a list."""
    return MessageAction(name, label, group, _by_dialog, lambda *_: True, key, sign)


GO_TO = deed("go-to", "Go to the message", sign="jump", group=MessageGroup.TAKE)


class FoundMessages(Dialog):
    """What lists messages: say how to ask for them, what to do with one, and what to say where there are none."""

    names_place = False
    """Whether each says in which channel it was said."""
    empty = ""
    """What stands there instead of messages: what this is for, and how to get some."""

    def __init__(
        self,
        root: Root,
        client: Client,
        show_message: ShowMessage,
        title: str,
        contents: MessageEvents = NO_CONTENTS,
    ) -> None:
        """`contents` shows what messages hold beside words."""
        super().__init__(root, title, cancel_label="Close", width=WIDTH)
        self._client, self._show_message = client, show_message
        self._found: dict[str, Message] = {}
        """By the key of its row, in order."""
        events = replace(
            contents,
            need_newer=self._ask_for_more,
            offers=lambda entry: tuple(self.deeds()) if entry.kind is EntryKind.MESSAGE else (),
            perform=lambda action, entry: self.deeds()[action](entry),
            chosen=self._choose,
        )
        self.messages = MessageList(self.body, root, events)
        self.messages.canvas.configure(width=root.px(WIDTH), height=root.px(HEIGHT))
        self._words = Label(
            self.body, ASKING, text_color=pair("text_muted"), wraplength=WIDTH, justify="left", anchor="nw", height=64
        )
        self._words.pack(fill="x", pady=(0, Space.SMALL))

    # --- what the kind of list says -----------------------------------------------------------------------------------

    def ask(self, last: Message | None) -> None:
        """Ask for the page after this message, or the first; `show` or `refused` gets the answer."""
        raise NotImplementedError

    def deeds(self) -> Mapping[MessageAction, Callable[[Entry], None]]:
        """What can be done with a message."""
        raise NotImplementedError

    def dress(self, entry: Entry) -> Entry:
        """A row as it is drawn here."""
        return entry

    # --- what is there ------------------------------------------------------------------------------------------------

    @property
    def texts(self) -> list[str]:
        """What the messages say, from the top."""
        return [entry.text for entry in self.messages.entries if entry.kind is EntryKind.MESSAGE]

    @property
    def words(self) -> str:
        """What is said instead of messages; empty while there are some."""
        return str(self._words.cget("text")) if self._words.winfo_manager() else ""

    def message_of(self, entry: Entry) -> Message:
        """The message of a row."""
        return self._found[entry.key]

    def refresh(self) -> None:
        """What is to be listed changed: ask for it anew."""
        self.ask(None)
        self._client.tell()

    def show(self, messages: Sequence[Message], *, more: bool, is_first: bool) -> None:
        """The answer came: what is listed from now on, or what follows it."""
        if not self.winfo_exists() or self._client.state is None:
            return
        kept = [] if is_first else list(self._found.values())
        place = self._place()
        rows = listed_rows([*kept, *messages], self._client.state, now(), names_place=self.names_place)
        keys = [row.key for row in rows if row.kind is EntryKind.MESSAGE]
        self._found = dict(zip(keys, [*kept, *messages], strict=True))
        # A list is shown from its end at first, which shall not look as if one had scrolled there.
        self.messages.set_has_more(older=False, newer=False)
        self.messages.set_entries([self.dress(row) for row in rows])
        if place is not None and any(row.key == place[0] for row in rows):
            self.messages.restore(place)
        else:
            self.messages.scroll_to_start()
        self.messages.set_has_more(older=False, newer=more)
        self._fit()
        if place is None and keys:
            # Arrows and Enter work at once.
            self.messages.focus_set()
            self.messages.cursor.put_on(next(i for i, row in enumerate(rows) if row.key == keys[0]))

    def draw(self) -> None:
        """Draw what is listed anew: something else is known of it."""
        place = self._place()
        self.messages.set_entries([self.dress(row) for row in self.messages.entries])
        if place is not None:
            self.messages.restore(place)

    def refused(self, refusal: Refusal) -> None:
        """The answer was no."""
        if self.winfo_exists():
            self._say(refusal.message)

    # --- how it looks -------------------------------------------------------------------------------------------------

    def _place(self) -> tuple[str, int] | None:
        if not self.messages.entries:
            return None
        viewport = self.messages.viewport
        return self.messages.entries[viewport.index].key, viewport.y

    def _fit(self) -> None:
        """As high as what is listed, as far as the window allows."""
        if not self.messages.entries:
            self._say(self.empty)
            return
        self._words.pack_forget()
        self.messages.pack(fill="both", expand=True)
        root = self._root_window
        most = min(root.px(HEIGHT), max(root.winfo_height() - root.px(220), root.px(160)))
        self.messages.canvas.configure(height=self.messages.content_height(root.px(WIDTH), most))

    def _say(self, sentence: str) -> None:
        self.messages.pack_forget()
        self._words.configure(text=sentence)
        self._words.pack(fill="x", pady=(0, Space.SMALL))

    def _ask_for_more(self) -> None:
        if self._found:
            self.ask(list(self._found.values())[-1])
            self._client.tell()

    def _choose(self, entry: Entry) -> None:
        if entry.kind is EntryKind.MESSAGE:
            self.go_to(entry)

    def go_to(self, entry: Entry) -> None:
        """Show a message where it was said."""
        message = self.message_of(entry)
        self.close()
        self._show_message(message.channel_id, message.seq)


def refresh_found(root: Root, kind: type[FoundMessages]) -> None:
    """Let open dialogs of this kind ask anew."""
    for child in root.winfo_children():
        if isinstance(child, kind) and tkinter.Misc.winfo_exists(child):
            child.refresh()
