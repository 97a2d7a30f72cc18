"""The pane in which one searches: it stands where the members do, or over the messages where there is no room."""

import tkinter
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from client_app.core.actions import MessageAction, MessageGroup
from client_app.core.client import Client
from client_app.core.search.found import Progress, Wish
from client_app.core.signals import LoggedOut, SearchChanged
from client_app.core.timeline.listed import listed_rows
from client_app.core.timeline.timeline import Entry, EntryKind
from client_app.core.world.clock import now
from client_app.desktop.message_list import MessageEvents, MessageList
from client_app.desktop.text import display_text
from client_app.desktop.theme import Space, pair
from client_app.desktop.toolkit import Button, Frame, IconButton, Label, Root, Separator
from client_app.desktop.words.channel_words import channel_title
from shared.entities import Message
from shared.requests import SearchOrder
from shared.search import Matcher, parse
from shared.types import ChannelId, Seq

from .field import FieldEvents, SearchField
from .words import UNPREPARED, sentence_of, status_of

WIDTH = 380
"""Pixels at 100 %."""
_MARGIN = 16
_BAR = 12
"""Pixels at 100 % that are no messages: the line at the left and the scrollbar."""
ORDERS = {SearchOrder.NEWEST: "Newest first", SearchOrder.BEST: "Best first"}
EVERYWHERE = "Search everywhere"


def _by_pane(*_asked: object) -> None:
    """The pane does it itself."""


GO_TO = MessageAction("go-to", "Go to the message", MessageGroup.TAKE, _by_pane, lambda *_: True, sign="jump")


class SearchPane(Frame):
    """Draws `client.search.results`; `show_message` gets where a message that was found stands."""

    def __init__(
        self,
        master: tkinter.Misc,
        root: Root,
        client: Client,
        show_message: Callable[[ChannelId, Seq], None],
        close: Callable[[], object],
        *,
        contents: MessageEvents,
    ) -> None:
        super().__init__(master, fg_color=pair("surface"), width=WIDTH)
        self.pack_propagate(False)
        self._root_window, self._client, self._show_message = root, client, show_message
        self._wish = Wish()
        self._shown: tuple[Message, ...] = ()
        self._found: dict[str, Message] = {}
        """By the key of its row, in order."""
        Separator(self, "vertical").pack(side="left", fill="y")
        self._make_top(root, close)
        events = replace(
            contents,
            need_newer=self._more,
            offers=lambda entry: (GO_TO,) if entry.kind is EntryKind.MESSAGE else (),
            perform=lambda _action, entry: self.go_to(entry),
            chosen=lambda entry: self.go_to(entry) if entry.kind is EntryKind.MESSAGE else None,
            left=self.field.focus_set,
        )
        self.messages = MessageList(self, root, events)
        self._words = Label(
            self, "", text_color=pair("text_muted"), wraplength=WIDTH - 2 * _MARGIN, justify="left", anchor="nw"
        )
        self._everywhere = Button(self, EVERYWHERE, self._search_everywhere, kind="quiet")
        self.bind("<Configure>", lambda _event: self._show_words())
        client.on(SearchChanged, lambda _: self.refresh())
        client.on(LoggedOut, lambda _: self._clear(close))
        self.refresh()

    def _make_top(self, root: Root, close: Callable[[], object]) -> None:
        client = self._client
        row = Frame(self, fg_color="transparent")
        row.pack(side="top", fill="x", padx=(_MARGIN, Space.SMALL), pady=(Space.MEDIUM, Space.SMALL))
        IconButton(row, "✕", close, "Close (Esc)").pack(side="right", padx=(Space.SMALL, 0))
        self.field = SearchField(row, root, FieldEvents(client.suggest, self._typed, self._meant, self._go_down))
        self.field.pack(side="left", fill="x", expand=True)
        self._chips = Frame(self, fg_color="transparent")
        self._chips.pack(side="top", fill="x", padx=_MARGIN, pady=(0, Space.SMALL))
        small: dict[str, Any] = {"kind": "quiet", "height": 26, "font": root.chrome_font("small")}
        self._scope = Button(self._chips, "", self._search_everywhere, **small)
        self._scope.configure(fg_color=pair("selected"))
        self._order = Button(self._chips, "", self._turn_order, **small)
        self._order.pack(side="right")
        self._status = Label(self._chips, "", role="small", text_color=pair("text_muted"))
        self._status.pack(side="left")
        self._note = Label(
            self,
            UNPREPARED,
            role="small",
            text_color=pair("warning"),
            wraplength=WIDTH - 2 * _MARGIN,
            justify="left",
            anchor="w",
        )

    # --- what is looked for -------------------------------------------------------------------------------------------

    def begin(self, channel_id: ChannelId | None, query: str = "") -> None:
        """Search in this channel, or everywhere; for what is typed already unless something else is given."""
        self._wish = replace(self._wish, channel_id=channel_id)
        if query:
            self.field.put(query)
            self._client.remember_search()
        else:
            self._typed(self.field.get())
        self.field.focus_set()
        self._client.tell()

    def _clear(self, close: Callable[[], object]) -> None:
        self._wish = Wish()
        self.field.clear()
        close()

    @property
    def words(self) -> str:
        """What stands in the place of messages; empty where there are some."""
        return sentence_of(self._client.search.results, self._place())

    @property
    def status(self) -> str:
        """How much was found."""
        return str(self._status.cget("text"))

    @property
    def texts(self) -> list[str]:
        """What the messages say, from the top."""
        return [entry.text for entry in self.messages.entries if entry.kind is EntryKind.MESSAGE]

    def _typed(self, query: str) -> None:
        self._wish = replace(self._wish, query=query)
        self._client.search.search(self._wish)
        self._client.tell()

    def _meant(self, query: str) -> None:
        """Enter: this is what is looked for; the keyboard goes to what was found."""
        if query != self._client.search.results.wish.query:
            self._typed(query)
        self._client.remember_search()
        self._go_down()

    def _search_everywhere(self) -> None:
        self._wish = replace(self._wish, channel_id=None)
        self._typed(self._wish.query)

    def _turn_order(self) -> None:
        is_newest = self._wish.order is SearchOrder.NEWEST
        self._wish = replace(self._wish, order=SearchOrder.BEST if is_newest else SearchOrder.NEWEST)
        self._typed(self._wish.query)

    def _more(self) -> None:
        self._client.search.more()
        self._client.tell_soon()

    # --- what was found -----------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Draw what changed."""
        results = self._client.search.results
        self._wish = replace(self._wish, channel_id=results.wish.channel_id)
        self._show_top()
        if results.progress is not Progress.SEARCHING and results.messages != self._shown:
            self._show_messages(results.messages, Matcher(parse(results.wish.query).needles))
        has_more = results.following is not None and results.progress is Progress.DONE
        self.messages.set_has_more(older=False, newer=has_more)
        self._show_words()

    def step(self, direction: int) -> None:
        """Go to the next (1) or previous (-1) of what was found, from the one where one is."""
        keys = list(self._found)
        if not keys:
            return
        here = self.messages.cursor.key
        index = keys.index(here) + direction if here in keys else 0
        if 0 <= index < len(keys):
            rows = [entry.key for entry in self.messages.entries]
            self.messages.cursor.put_on(rows.index(keys[index]))
            self._show(self._found[keys[index]])

    def go_to(self, entry: Entry) -> None:
        """Show a message where it was said."""
        self._client.remember_search()
        self._show(self._found[entry.key])

    def has_keyboard(self) -> bool:
        """Whether one types here, or walks through what was found."""
        return str(self.focus_get() or "").startswith(str(self))

    def _show(self, message: Message) -> None:
        self._show_message(message.channel_id, message.seq)
        self._client.tell()

    def _go_down(self) -> None:
        """The keyboard goes to what was found."""
        if self._found and self.messages.winfo_manager():
            self.messages.focus_set()
            rows = [entry.key for entry in self.messages.entries]
            self.messages.cursor.put_on(rows.index(next(iter(self._found))))

    def _show_messages(self, messages: tuple[Message, ...], matcher: Matcher) -> None:
        state = self._client.state
        is_longer = messages[: len(self._shown)] == self._shown and bool(self._shown)
        place = self.messages.position() if is_longer else None
        was_at_start = not is_longer
        self._shown = messages if state is not None else ()
        self._found = {}
        rows = []
        if state is not None:
            names_place = self._client.search.results.wish.channel_id is None
            found = listed_rows(messages, state, now(), names_place=names_place)
            rows = [replace(row, reactions=(), is_pinned=False, is_for_me=False) for row in found]
            keys = [row.key for row in rows if row.kind is EntryKind.MESSAGE]
            self._found = dict(zip(keys, messages, strict=True))
        self.messages.painter.sought = matcher
        # A list is shown from its end at first, which shall not look as if one had scrolled there.
        self.messages.set_has_more(older=False, newer=False)
        self.messages.set_entries(rows)
        if was_at_start:
            self.messages.scroll_to_start()
        else:
            self.messages.restore(place)

    # --- how it looks -------------------------------------------------------------------------------------------------

    def _place(self) -> str:
        channel_id = self._client.search.results.wish.channel_id
        row = self._client.channels.row(channel_id) if channel_id is not None else None
        return display_text(channel_title(row)) if row is not None else ""

    def _show_top(self) -> None:
        results, place = self._client.search.results, self._place()
        self._scope.configure(text=f"in {place}  ✕")
        if place and not self._scope.winfo_manager():
            self._scope.pack(side="left", padx=(0, Space.SMALL), before=self._status)
        elif not place:
            self._scope.pack_forget()
        self._order.configure(text=ORDERS[self._wish.order])
        self._status.configure(text=status_of(results))
        is_unprepared = not results.is_prepared and results.progress is Progress.DONE
        if is_unprepared and not self._note.winfo_manager():
            self._note.pack(side="top", fill="x", padx=_MARGIN, after=self._chips)
        elif not is_unprepared:
            self._note.pack_forget()

    def _fit(self) -> None:
        """As high as what was found, from the top, as far as there is room."""
        root = self._root_window
        room = max(self.winfo_height() - self._chips.winfo_y() - self._chips.winfo_height(), root.px(160))
        height = self.messages.content_height(root.px(WIDTH) - self._root_window.px(_BAR), room)
        is_long = height >= room
        self.messages.canvas.configure(height=1 if is_long else height)
        self.messages.pack(side="top", fill="both" if is_long else "x", expand=is_long)

    def _show_words(self) -> None:
        sentence = self.words
        for widget in (self.messages, self._words, self._everywhere):
            widget.pack_forget()
        if not sentence:
            self._fit()
            return
        self._words.configure(text=sentence)
        self._words.pack(side="top", fill="x", padx=_MARGIN, pady=Space.MEDIUM)
        results = self._client.search.results
        if results.progress is Progress.DONE and results.wish.channel_id is not None:
            self._everywhere.pack(side="top", anchor="w", padx=_MARGIN)
