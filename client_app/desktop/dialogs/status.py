"""Asks what one is up to, and for how long; what people say often is there to be taken."""

import datetime
from typing import NamedTuple

from client_app.core.client import Client
from client_app.desktop.lists import EntryRow, VirtualList
from client_app.desktop.theme import Space, pair
from client_app.desktop.toolkit import Dialog, Frame, Label, OptionMenu, Root
from client_app.desktop.widgets.fields import LabelledEntry
from client_app.desktop.words.until import local, moment_words, now
from shared.errors import BadRequest, Refusal

from .emoji_button import EmojiButton

WIDTH, LIST_HEIGHT = 440, 264
HOUR = 60 * 60
NEVER, TODAY, THIS_WEEK = "Until I take it away", "Until the end of today", "Until the end of this week"
AS_IT_IS = "As it was"
SPANS: dict[str, int | None] = {
    "For 30 minutes": HOUR // 2,
    "For 1 hour": HOUR,
    "For 4 hours": 4 * HOUR,
    TODAY: None,
    THIS_WEEK: None,
    NEVER: None,
}
"""For how long, as the menu says it and in seconds, as far as that is always the same."""


class Suggestion(NamedTuple):
    """What many people are up to."""

    text: str
    span: str


SUGGESTIONS = (
    Suggestion("📅 In a meeting", "For 1 hour"),
    Suggestion("🍽️ Having lunch", "For 1 hour"),
    Suggestion("🎧 Focusing", "For 4 hours"),
    Suggestion("🏠 Working from home", TODAY),
    Suggestion("🤒 Out sick", TODAY),
    Suggestion("🌴 On holiday", NEVER),
)


class StatusDialog(Dialog):
    """Stays until the server has taken the status."""

    def __init__(self, root: Root, client: Client) -> None:
        super().__init__(root, "Set a status", on_confirm=self._set, confirm_label="Set status", width=WIDTH)
        self._client = client
        present = client.status_of_mine
        self.text = LabelledEntry(self.body, "What are you up to?", hint="🍽️ Having lunch")
        self.text.pack(fill="x")
        self.emoji = EmojiButton(self.text, root, client)
        self.text.set(present.text if present is not None else "")
        self._hint("Type :palm_tree: for an emoji, as in messages, or choose one at the right.")
        row = Frame(self.body, fg_color="transparent")
        row.pack(fill="x", pady=(Space.MEDIUM, 0))
        Label(row, "Show it").pack(side="left")
        self.span = OptionMenu(row, list(SPANS), width=240)
        self.span.set("For 1 hour" if present is None else NEVER)
        self.span.pack(side="right")
        if present is not None and present.until is not None:
            self._hint(f"The present one ends {moment_words(local(present.until), now())}.")
        label = Label(self.body, "What people often say", role="small_bold", text_color=pair("text_muted"), height=18)
        label.pack(fill="x", pady=(Space.LARGE, Space.TIGHT))
        self.list = VirtualList(self.body, root, self.take, ground="raised")
        self.list.configure(height=root.px(LIST_HEIGHT))
        self.list.pack_propagate(False)
        self.list.pack(fill="x")
        self.list.set_rows(tuple(EntryRow(each.text, each.text, note=each.span) for each in SUGGESTIONS))
        self.open(self.text, self.list)

    def take(self, key: str) -> None:
        """As if this suggestion had been clicked: it can be changed before it is set."""
        chosen = next(each for each in SUGGESTIONS if each.text == key)
        self.text.set(chosen.text)
        self.span.set(chosen.span)
        self.text.focus_set()

    def _hint(self, words: str) -> None:
        label = Label(self.body, words, role="small", text_color=pair("text_muted"), height=18)
        label.pack(fill="x", pady=(Space.TIGHT, 0))

    def _set(self) -> bool:
        """Ask the server; the dialog stays until the answer is there."""
        self.show_error("")
        try:
            seconds = seconds_of(str(self.span.get()), now())
            self._client.profiles.set_status(self.text.get(), seconds, self.close, self._turn_down)
        except BadRequest as refusal:
            self.text.complain(refusal.message)
            return False
        self._client.tell()
        return False

    def _turn_down(self, refusal: Refusal) -> None:
        if self.winfo_exists():
            self.show_error(refusal.message)


def seconds_of(span: str, moment: datetime.datetime) -> int | None:
    """How long that is from this moment on; None for ever. A week ends with Sunday."""
    if span not in (TODAY, THIS_WEEK):
        return SPANS[span]
    days = 1 if span == TODAY else 7 - moment.weekday()
    midnight = (moment + datetime.timedelta(days=days)).replace(hour=0, minute=0, second=0, microsecond=0)
    return max(int((midnight - moment).total_seconds()), 1)


def ask_status(root: Root, client: Client) -> StatusDialog:
    """Ask what I am up to."""
    return StatusDialog(root, client)
