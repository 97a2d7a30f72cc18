"""The first page of a channel's settings: name, topic, who writes how often, and its end."""

import tkinter
from collections.abc import Callable

from client_app.core.client import Client
from client_app.core.panes.channels import ChannelRow
from client_app.desktop.dialogs.channel_end import ask_to_archive, ask_to_delete_channel
from client_app.desktop.dialogs.emoji_button import EmojiButton
from client_app.desktop.scrolling.scroll_area import ScrollArea
from client_app.desktop.theme import Space, pair
from client_app.desktop.toolkit import Button, Frame, Label, OptionMenu, Root, Separator, Switch
from client_app.desktop.widgets.fields import LabelledEntry
from client_app.desktop.words.moments import span
from shared.errors import BadRequest
from shared.limits import MAX_TOPIC
from shared.names import channel_name
from shared.types import ChannelId, ChannelKind

WIDTH = 500
SLOW_SECONDS = (0, 5, 10, 30, 60, 5 * 60, 15 * 60, 60 * 60, 6 * 60 * 60)
"""The steps of slow mode that are offered, as Discord's are."""
OFF = "Off"


class OverviewPage(Frame):
    """Remembers what it showed, so that only what the person changed is asked for."""

    def __init__(
        self, master: tkinter.Misc, root: Root, client: Client, channel_id: ChannelId, on_end: Callable[[], object]
    ) -> None:
        super().__init__(master, fg_color="transparent")
        self._root_window, self._client, self._channel_id, self._on_end = root, client, channel_id, on_end
        row = self._row()
        assert row is not None, "its dialog has made sure"
        self._before, self._name_before = row, self._kept_name()
        self._area = ScrollArea(self, root, ground="raised")
        self._area.pack(fill="both", expand=True)
        self._column = Frame(self._area.inner, fg_color="transparent")
        self._column.pack(fill="both", expand=True, padx=(0, Space.MEDIUM))
        self.name = LabelledEntry(self._column, "Name" if row.kind is not ChannelKind.GROUP else "Name of the group")
        self.name.set(self._kept_name())
        self.topic = LabelledEntry(self._column, "Topic", hint="what it is about")
        self.topic.set(row.topic)
        for field in (self.name, self.topic):
            field.pack(fill="x", pady=(0, Space.MEDIUM))
            field.entry.configure(state="normal" if row.may_manage else "disabled")
            if row.may_manage:
                EmojiButton(field, root, client)
        if row.kind in (ChannelKind.PUBLIC, ChannelKind.PRIVATE):
            self._add_rules(row)
            self._add_end(row)
        self._area.watch()

    def refresh(self) -> None:
        """Show what others changed, in those fields in which nothing was."""
        row, before = self._row(), self._before
        if row is None:
            return
        self._before, name_before, self._name_before = row, self._name_before, self._kept_name()
        if self.name.get() == name_before:
            self.name.set(self._name_before)
        if self.topic.get() == before.topic:
            self.topic.set(row.topic)
        if row.kind in (ChannelKind.PUBLIC, ChannelKind.PRIVATE):
            if bool(self.read_only.get()) == before.is_read_only:
                (self.read_only.select if row.is_read_only else self.read_only.deselect)()
            if self.slow.get() == slow_words(before.slow_seconds):
                self.slow.set(slow_words(row.slow_seconds))

    def save(self) -> bool:
        """Ask for what was changed; False where a field says what is wrong with it."""
        row = self._before
        if not row.may_manage:
            return True
        name, topic = self.name.get(), " ".join(self.topic.get().split())
        if name != self._name_before and not self._is_name(name, row):
            return False
        if len(topic) > MAX_TOPIC:
            excess = len(topic) - MAX_TOPIC
            self.topic.complain(f"A topic has at most {MAX_TOPIC} characters; this one has {excess} too many.")
            return False
        if name != self._name_before:
            self._client.rename_channel(self._channel_id, name)
        if topic != row.topic:
            self._client.set_topic(self._channel_id, topic)
        if row.kind in (ChannelKind.PUBLIC, ChannelKind.PRIVATE):
            self._save_rules(row)
        return True

    def choose_slow(self, seconds: int) -> None:
        """As if this had been chosen from the menu."""
        self.slow.set(slow_words(seconds))

    # --- its parts ----------------------------------------------------------------------------------------------------

    def _add_rules(self, row: ChannelRow) -> None:
        state = "normal" if row.may_manage else "disabled"
        self.read_only = Switch(self._column, "Read-only: for announcements", state=state)
        if row.is_read_only:
            self.read_only.select()
        self.read_only.pack(anchor="w", pady=(Space.SMALL, 0))
        self._explain("Only those write who may do so in read-only channels, such as moderators.")
        line = Frame(self._column, fg_color="transparent")
        line.pack(fill="x", pady=(Space.MEDIUM, 0))
        Label(line, "Slow mode").pack(side="left")
        words = [slow_words(seconds) for seconds in sorted({*SLOW_SECONDS, row.slow_seconds})]
        self.slow = OptionMenu(line, words, width=180, state=state)
        self.slow.set(slow_words(row.slow_seconds))
        self.slow.pack(side="right")
        self._explain("Each person waits so long between two messages. Moderators do not.")

    def _add_end(self, row: ChannelRow) -> None:
        if row.may_archive or row.may_delete:
            Separator(self._column).pack(fill="x", pady=Space.LARGE)
        if row.may_archive:
            words = "Bring back" if row.is_archived else "Archive…"
            sentence = "It is archived: all can be read, nobody writes." if row.is_archived else ARCHIVING
            self._end("Archive", sentence, words, self._archive)
        if row.may_delete:
            self._end("Delete", "The channel goes with all that was said in it, for everybody.", "Delete…", self.delete)

    def _end(self, title: str, sentence: str, button: str, act: Callable[[], object]) -> None:
        line = Frame(self._column, fg_color="transparent")
        line.pack(fill="x", pady=(0, Space.MEDIUM))
        is_danger = title == "Delete"
        Button(line, button, act, kind="danger" if is_danger else "secondary", width=110, height=34).pack(
            side="right", padx=(Space.LARGE, 0)
        )
        words = Frame(line, fg_color="transparent")
        words.pack(side="left", fill="x", expand=True)
        Label(words, title, role="row_bold", height=20).pack(fill="x")
        Label(
            words,
            sentence,
            role="small",
            text_color=pair("text_muted"),
            wraplength=WIDTH - 160,
            justify="left",
            height=18,
        ).pack(fill="x")

    def _explain(self, sentence: str) -> None:
        Label(
            self._column,
            sentence,
            role="small",
            text_color=pair("text_muted"),
            wraplength=WIDTH,
            justify="left",
            height=18,
        ).pack(fill="x")

    # --- what is done on it -------------------------------------------------------------------------------------------

    def _row(self) -> ChannelRow | None:
        return self._client.channels.row(self._channel_id)

    def _kept_name(self) -> str:
        """What it is called; a group without a name has a title all the same."""
        channel = self._client.state.channels.get(self._channel_id) if self._client.state else None
        return channel.name if channel else ""

    def _is_name(self, name: str, row: ChannelRow) -> bool:
        """A group may go without a name: it is called by its people then."""
        if row.kind is ChannelKind.GROUP and not name.strip():
            return True
        try:
            channel_name(name)
        except BadRequest as refusal:
            self.name.complain(refusal.message)
            self.name.focus_set()
            return False
        return True

    def _save_rules(self, row: ChannelRow) -> None:
        is_read_only = bool(self.read_only.get())
        seconds = next((each for each in SLOW_SECONDS if slow_words(each) == self.slow.get()), row.slow_seconds)
        if (is_read_only, seconds) != (row.is_read_only, row.slow_seconds):
            self._client.change_channel(self._channel_id, is_read_only=is_read_only, slow_seconds=seconds)

    def _archive(self) -> None:
        self._on_end()
        if self._before.is_archived:
            self._client.archive_channel(self._channel_id, is_archived=False)
            self._client.tell()
        else:
            ask_to_archive(self._root_window, self._client, self._before)

    def delete(self) -> None:
        """As if “Delete…” had been pressed: its name has to be typed."""
        self._on_end()
        ask_to_delete_channel(self._root_window, self._client, self._before)


ARCHIVING = "Nobody writes in it any more; all that was said stays and can be read."


def slow_words(seconds: int) -> str:
    """A step of slow mode as the menu has it."""
    return span(seconds) if seconds else OFF
