"""The middle pane: header, messages, the way back to the present, banner and composer of the open channel."""

import tkinter
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from client_app.core.actions import offers, perform_on
from client_app.core.client import Client
from client_app.core.panes.channels import ChannelRow
from client_app.core.signals import Phase, TimelineChanged
from client_app.core.surface import Surface
from client_app.core.timeline.timeline import EntryKind
from client_app.desktop.composer.desk import Desk, place_words
from client_app.desktop.dialogs.report import ask_to_report
from client_app.desktop.message_list import MessageEvents, MessageList
from client_app.desktop.text import display_text
from client_app.desktop.theme import Space, pair
from client_app.desktop.toolkit import Frame, Root
from shared.types import ChannelId, Seq, UserId

from .banner import Banner
from .dropping import DropZone
from .following import follow
from .header import Header
from .introduction import introduction
from .jump_button import JumpButton
from .loading_hint import LOADING_OLDER, OLDER_NOT_KEPT, LoadingHint
from .neighbours import Neighbours
from .new_bar import NewBar
from .pick_bar import PickBar

ASK_AGAIN = 2000
"""Milliseconds after which a page that did not come may be asked for again."""
NEW_ROW = "unread"


class Conversation(Frame):
    """Shows one channel at a time; remembers where one was in each."""

    def __init__(
        self, master: tkinter.Misc, root: Root, client: Client, surface: Surface, neighbours: Neighbours
    ) -> None:
        super().__init__(master, fg_color=pair("surface"))
        self._root_window, self._client, self._surface, self._neighbours = root, client, surface, neighbours
        self.channel_id: ChannelId | None = None
        self._positions: dict[ChannelId, tuple[str, int] | None] = {}
        self._wanted: Seq | None = None
        """A message that is to be shown as soon as it is loaded."""
        self.header = Header(self, root, neighbours)
        self.header.pack(side="top", fill="x")
        self.desk = Desk(self, root, client, surface)
        self.composer, self.editing = self.desk.composer, self.desk.editing
        if (supply := neighbours.contents.pictures) is not None:
            self.composer.above.attachments.pictures.gallery = supply.gallery
        self.composer.pack(side="bottom", fill="x")
        self.pick_bar = PickBar(self, client, surface, self._put_above_composer, self.end_picks)
        self.messages = MessageList(self, root, self._events(neighbours.show_person))
        self.messages.pack(side="top", fill="both", expand=True)
        self.banner = Banner(self, root, client.reconnect_now, self._put_above_composer, self._tell_what_more_there_is)
        self._jump = JumpButton(self.messages, self.jump_to_end)
        self.new_bar = NewBar(self.messages, self.show_new, self._mark_read)
        self._hint = LoadingHint(self.messages)
        self.drops = DropZone(root, self, self._drop_words, self.desk.attaching.add)

    def _put_above_composer(self, widget: Frame) -> None:
        widget.pack(side="bottom", fill="x", after=self.composer, pady=(0, Space.SMALL))

    # --- which channel ------------------------------------------------------------------------------------------------

    def open(self, channel_id: ChannelId) -> None:
        """Show a channel: where one was in it, or at its first unread message."""
        if self.channel_id is not None and self.channel_id != channel_id:
            self._positions[self.channel_id] = self.messages.position()
        is_another = self.channel_id != channel_id
        self._wanted = None
        self.channel_id = channel_id
        self._show_all(self._positions.pop(channel_id, None) if is_another else self.messages.position())
        self.refresh_header()
        if is_another:
            self.desk.open(channel_id)
        self._maybe_read()

    def close(self) -> None:
        """Show no channel, because nobody is logged in."""
        self.channel_id = None
        self._positions.clear()
        self.messages.set_entries(())
        self.desk.close()

    def follow(self, changed: TimelineChanged) -> None:
        """The rows of a channel changed."""
        if changed.channel_id != self.channel_id:
            return
        if not self.messages.entries:
            self._show_all(None)
        else:
            self.messages.apply(changed.splices)
            self._tell_what_more_there_is()
        self._show_wanted()
        self.desk.replying.refresh()
        self.messages.show_seen(self._client.seen(changed.channel_id))
        self._maybe_read()

    def refresh_header(self) -> None:
        """Name, topic or presence changed."""
        if (row := self._row()) is not None:
            self.header.show(row)
            self.messages.introduce(introduction(row))
            self.desk.refresh()
            self.messages.show_seen(self._client.seen(row.channel_id))

    def back_online(self) -> None:
        """A page that was under way when the connection dropped may be asked for again."""
        self._tell_what_more_there_is()

    def window_focused(self) -> None:
        """The person is back at the window: what is in view is read now, and a line tells since when it is new."""
        if self.channel_id is not None and self._neighbours.is_focused():
            self._client.came_back(self.channel_id)
        self._maybe_read()

    def jump_to_end(self) -> None:
        """Show the newest message, also from far in the past."""
        if self.channel_id is None:
            return
        if not self._client.timeline(self.channel_id).is_at_end:
            self._client.jump_to_end(self.channel_id)
            self._client.tell()
        self.messages.scroll_to_end()

    def show_message(self, seq: Seq) -> None:
        """Show a message of the open channel, also one that is far up."""
        if self.channel_id is not None:
            self._wanted = seq
            self._client.jump_to(self.channel_id, seq)
            self._client.tell()
            self._show_wanted()

    def _show_wanted(self) -> None:
        if self._wanted is None or self.channel_id is None:
            return
        timeline = self._client.timeline(self.channel_id)
        index = timeline.index_of(self._wanted)
        if index is not None and self.messages.show_row(timeline.entries[index].key):
            self._wanted = None
            self.messages.flash.light(timeline.entries[index].key)

    def show_new(self) -> None:
        """Show the first message that was new when the channel was opened, also far up."""
        new = self._client.new(self.channel_id) if self.channel_id is not None else None
        if new is not None and not self.messages.show_row(NEW_ROW):
            self.show_message(new.first_seq)

    def ask_to_delete(self, seq: Seq) -> None:
        """Make sure that a message of the open channel is not deleted by a slip of the hand."""
        self.desk.ask_to_delete(seq)

    def end_picks(self) -> bool:
        """Pick no messages any more; whether any were picked."""
        return self.messages.picks.end()

    def cancel_edit(self) -> bool:
        """Leave the message as it was; False if none is being edited."""
        return self.desk.cancel_edit()

    # --- messages -----------------------------------------------------------------------------------------------------

    def _events(self, show_person: Callable[[UserId], None]) -> MessageEvents:
        client = self._client
        return replace(
            self._neighbours.contents,
            need_older=lambda: self._load(client.load_older),
            need_newer=lambda: self._load(client.load_newer),
            reached_end=self._reached_end,
            left_end=self._show_jump,
            new_below=self._set_new_below,
            moved=self._show_new_bar,
            name_of_link=client.name_of_link,
            link=lambda link: follow(link, self._neighbours),
            retry=client.retry,
            without_quote=client.retry_without_quote,
            discard=client.discard,
            original=self.show_message,
            reveal=lambda seq: self._each(client.reveal, seq),
            hide=lambda seq: self._each(client.hide, seq),
            author=show_person,
            react=lambda seq, emoji, is_on: self._each(partial(client.react, emoji=emoji, is_on=is_on), seq),
            pick_reaction=lambda entry: self._surface.pick_reaction(entry.seq),
            left=self.composer.focus_set,
            picked=self.pick_bar.show,
            offers=lambda entry: offers(client, entry),
            perform=lambda action, entry: perform_on(client, self._surface, action, entry),
        )

    def _each(self, deed: Callable[[ChannelId, Seq], None], seq: Seq) -> None:
        if self.channel_id is not None:
            deed(self.channel_id, seq)
            self._client.tell()

    def ask_to_report(self, seq: Seq) -> None:
        """Ask why a message of the open channel is to be shown to the moderators."""
        entry = self.editing.entry(seq)
        if self.channel_id is not None and entry is not None:
            ask_to_report(self._root_window, self._client, self.channel_id, entry)

    def _show_all(self, position: tuple[str, int] | None) -> None:
        assert self.channel_id is not None
        entries = self._client.rows(self.channel_id)
        unread = next((entry.key for entry in entries if entry.kind is EntryKind.UNREAD), None)
        self.messages.set_entries(entries, anchor=unread)
        if position is not None and unread is None:
            self.messages.restore(position)
        self._tell_what_more_there_is()

    def _tell_what_more_there_is(self) -> None:
        if self.channel_id is None or self._client.session is None:
            return
        timeline = self._client.timeline(self.channel_id)
        is_empty = not timeline.entries
        is_away = self.banner.is_shown
        self._hint.follow(is_empty=is_empty, is_away=is_away)
        above = OLDER_NOT_KEPT if is_away else LOADING_OLDER
        self.messages.set_has_more(timeline.has_older, not timeline.is_at_end and not is_empty, above=above)
        self._show_jump()

    def _load(self, load: Callable[[ChannelId], None]) -> None:
        if self.channel_id is None:
            return
        channel_id = self.channel_id
        load(channel_id)
        self.after(ASK_AGAIN, lambda: self._ask_again(channel_id))

    def _ask_again(self, channel_id: ChannelId) -> None:
        if channel_id != self.channel_id or self._client.phase is not Phase.ONLINE:
            return  # Once it is back, everything that is missing is asked for.
        if not self._client.timeline(channel_id).is_loading:
            self._tell_what_more_there_is()

    def _reached_end(self) -> None:
        self._show_jump()
        self._maybe_read()

    def _set_new_below(self, count: int) -> None:
        self._jump.new_below = count
        self._show_jump()

    def _show_jump(self) -> None:
        """The button stands there while the newest message is not in view."""
        is_at_end = self.messages.is_at_end and (
            self.channel_id is None
            or self._client.session is None
            or self._client.timeline(self.channel_id).is_at_end
            or not self.messages.entries
        )
        self._jump.follow(is_at_end=is_at_end)

    @property
    def hint(self) -> str:
        """What stands in the place of messages; empty where there are some."""
        return self._hint.words

    @property
    def jump_words(self) -> str:
        """What the button says; empty while it is not there."""
        return self._jump.words

    def _maybe_read(self) -> None:
        """A channel is read when its newest message is in view of somebody who is there."""
        channel_id = self.channel_id
        if channel_id is None or self._client.session is None or not self._neighbours.is_focused():
            return
        timeline = self._client.timeline(channel_id)
        if timeline.is_at_end and timeline.entries and self.messages.is_at_end and self.winfo_viewable():
            self._client.saw(channel_id)

    def _drop_words(self) -> str:
        """Where files would go that are let go now; empty where they are not taken."""
        row = self._row() if self.winfo_viewable() else None
        is_taken = row is not None and not self._client.why_not_attach(row.channel_id)
        return f"Drop to send to {display_text(place_words(row))}" if row is not None and is_taken else ""

    def _mark_read(self) -> None:
        if self.channel_id is not None:
            self._client.mark_read(self.channel_id)

    def _show_new_bar(self) -> None:
        """It stands there while what is new begins above the view."""
        if self.channel_id is not None:
            self.new_bar.follow(self._client.new(self.channel_id), self.messages)

    def _row(self) -> ChannelRow | None:
        return self._client.channels.row(self.channel_id) if self.channel_id is not None else None
