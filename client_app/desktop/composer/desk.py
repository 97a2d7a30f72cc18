"""What the composer of the open channel may do: send, edit, keep what was begun, or say why nothing may be written."""

import tkinter
from collections.abc import Callable

from client_app.core import actions
from client_app.core.client import Client
from client_app.core.panes.channels import ChannelRow
from client_app.core.surface import Surface
from client_app.core.world.clock import now
from client_app.core.writing.composer import Completions, is_speech
from client_app.desktop.dialogs.lines import ask_to_delete
from client_app.desktop.toolkit import Root
from client_app.desktop.words.moments import span
from client_app.desktop.words.until import countdown, local, moment_words
from shared.types import ChannelId, ChannelKind, Seq

from .attaching import Attaching
from .editing import Editing
from .replying import Replying
from .typing_line import typing_words
from .widget import Composer

TICK = 1000
"""Milliseconds between two steps of the count while one has to wait."""


class Desk:
    """Holds the composer; `refresh` follows what the channel allows."""

    def __init__(self, master: tkinter.Misc, root: Root, client: Client, surface: Surface) -> None:
        self._root_window, self._client, self._surface = root, client, surface
        self._channel_id: ChannelId | None = None
        self._timer: str | None = None
        self.composer = Composer(master, root, self)
        self.attaching = Attaching(root, client, self.composer)
        self.editing = Editing(client, self.composer, self.ask_to_delete)
        self.replying = Replying(client, self.composer)

    # --- which channel ------------------------------------------------------------------------------------------------

    def open(self, channel_id: ChannelId) -> None:
        """Go on with what was begun in this channel."""
        self._channel_id = channel_id
        self.refresh()
        self.editing.open(channel_id)
        self.attaching.open(channel_id)
        self.show_typists()
        self.replying.open(channel_id)
        self.composer.focus_set()

    def close(self) -> None:
        """Nobody is logged in any more."""
        self._channel_id = None
        self._stop_counting()
        self.composer.rename("")
        self.composer.lock("")
        self.composer.say_pace("")
        self.composer.say_typing("")
        self.editing.close()
        self.attaching.open(None)
        self.replying.open(None)

    def refresh(self) -> None:
        """The channel's name, or what one may do in it, changed."""
        row = self._row()
        if row is None:
            return
        self.composer.rename(placeholder(row))
        self.composer.lock(self._why_not(row), self._way_out(row))
        self.replying.refresh()
        self.attaching.refresh()
        self._count()

    def mention(self, name: str) -> None:
        """Put a person's name at the cursor."""
        before = self.composer.text.get("1.0", "insert")
        self.composer.insert(f"{' ' if before and not before[-1].isspace() else ''}@{name} ")
        self.composer.focus_set()

    # --- what the composer asks ---------------------------------------------------------------------------------------

    def submit(self, text: str) -> bool:
        """Send it, save it, or carry out its command."""
        if self.editing.is_on:
            self.editing.save(text)
            return False
        row = self._row()
        if row is not None and row.wait_until > now() and not text.startswith("/"):
            self.composer.complain(f"Slow mode: you can send this in {countdown(_left(row))}.")
            return False
        is_done = actions.submit(self._client, self._surface, text)
        if is_done and self.editing.is_on and self._channel_id is not None:
            # The command was to edit: what stands in the composer now is not the command any more.
            self._client.set_draft(self._channel_id, "")
            return False
        self.replying.refresh()
        return is_done

    def complete(self, text: str, cursor: int) -> Completions:
        """What may stand at the cursor. What is edited is taken as it stands, so it has no commands."""
        if self.editing.is_on and text.startswith("/"):
            return Completions(cursor, cursor)
        return actions.complete(self._client, text, cursor)

    def keep_draft(self, text: str) -> None:
        """What was typed survives the window."""
        if self.editing.typed(text) or self._channel_id is None:
            return
        self._client.set_draft(self._channel_id, text)
        if is_speech(text):
            self._client.typed(self._channel_id)

    def show_typists(self) -> None:
        """Who else writes here changed."""
        self.composer.say_typing(self._typing_words())

    def _typing_words(self) -> str:
        state = self._client.state
        if state is None or self._channel_id is None:
            return ""
        return typing_words([state.name(each) for each in self._client.typists(self._channel_id)])

    # --- files --------------------------------------------------------------------------------------------------------

    def attach(self) -> None:
        """Let files be chosen."""
        self.attaching.ask()

    def detach(self, key: str) -> None:
        """Let a file not go out with the text."""
        self.attaching.remove(key)

    def paste(self) -> bool:
        """Take files or a picture from the clipboard; False where text is to be pasted."""
        return self.attaching.paste()

    def pasted(self, start: str, end: str) -> None:
        """A text was pasted between these places."""
        self.attaching.pasted(start, end)

    def look_at_long_text(self) -> None:
        """The text changed: what was pasted may be another, or gone."""
        self.attaching.look_at_long_text()

    def send_as_file(self) -> None:
        """Let the long text go out as a file."""
        self.attaching.send_as_file()

    def keep_as_text(self) -> None:
        """Let the long text be a text."""
        self.attaching.forget_long_text()

    def show_draft(self) -> None:
        """What is to be written here is something else now."""
        if self._channel_id is not None and not self.editing.is_on:
            self.composer.load(self._client.draft(self._channel_id))
            self.composer.focus_set()

    def write(self) -> None:
        """Give the keyboard back to the text."""
        self.composer.focus_set()

    # --- messages -----------------------------------------------------------------------------------------------------

    def pick_emoji(self) -> None:
        """Let an emoji be chosen for the text."""
        self._surface.pick_emoji()

    def edit_last(self) -> bool:
        """Write one's last message anew; False if there is none."""
        action = actions.BY_ID["edit"]
        return action.is_available(self._client) and actions.perform(self._client, self._surface, action)

    def cancel_edit(self) -> bool:
        """Leave the message as it was, or answer nothing any more; False if there was neither."""
        return self.editing.cancel() or self.replying.end()

    def reply_to_last(self) -> bool:
        """Answer the last message of somebody else; False if there is none."""
        action = actions.BY_ID["reply"]
        return action.is_available(self._client) and actions.perform(self._client, self._surface, action)

    def hush_reply(self) -> None:
        """Notify whoever is answered, or do so no more."""
        self.replying.hush()

    def end_reply(self) -> None:
        """Answer nothing any more."""
        self.replying.end()
        self.composer.focus_set()

    def begin_reply(self, seq: Seq) -> None:
        """Answer a message, where one may write at all; an edit is left for it."""
        if self.composer.locked:
            self._client.notice(self.composer.locked, is_error=True)
            self._client.tell()
            return
        self.editing.cancel()
        self.replying.begin(seq)

    def begin_edit(self, seq: Seq, text: str = "") -> None:
        """Write a message anew, where one may write at all."""
        if self.composer.locked:
            self._client.notice(self.composer.locked, is_error=True)
            self._client.tell()
        else:
            self.editing.begin(seq, text)

    def ask_to_delete(self, seq: Seq) -> None:
        """Make sure that a message is not deleted by a slip of the hand."""
        channel_id, entry = self._channel_id, self.editing.entry(seq)
        if channel_id is not None and entry is not None:
            forget = self.editing.forget
            ask_to_delete(self._root_window, self._client, channel_id, entry, lambda: forget(channel_id, seq))

    # --- whether one may write ----------------------------------------------------------------------------------------

    def _why_not(self, row: ChannelRow) -> str:
        """Why one may not write here; of a time-out also when it ends."""
        ends_at = self._client.me.timeout_until if self._client.me else 0
        if row.may_write or row.is_archived or not row.is_joined or ends_at <= now():
            return row.why_not_write
        return f"{row.why_not_write} It ends {moment_words(local(ends_at), local(now()))}."

    def _way_out(self, row: ChannelRow) -> tuple[str, Callable[[], object]] | None:
        """What one can do about it by oneself."""
        client, channel_id = self._client, row.channel_id
        if row.may_write:
            return None
        if row.is_archived:
            back = "Bring back", lambda: client.archive_channel(channel_id, is_archived=False)
            return back if row.may_archive else None
        if not row.is_joined and row.kind is ChannelKind.PUBLIC:
            return "Join", lambda: client.join_channel(channel_id)
        return None

    def _count(self) -> None:
        """Say how often one may write here, and count down while one has to wait."""
        self._stop_counting()
        row = self._row()
        if row is None:
            return
        self.composer.say_pace(pace_words(row))
        if row.may_write and row.wait_until > now():
            self._timer = self.composer.after(TICK, self._count)

    def _stop_counting(self) -> None:
        if self._timer is not None:
            self.composer.after_cancel(self._timer)
            self._timer = None

    def _row(self) -> ChannelRow | None:
        return self._client.channels.row(self._channel_id) if self._channel_id is not None else None


def placeholder(row: ChannelRow) -> str:
    """What stands where nothing is typed."""
    return f"Message {place_words(row)}"


def place_words(row: ChannelRow) -> str:
    """What a channel or a conversation is called in a sentence: “#general”, “Bob”."""
    return f"#{row.title}" if row.kind in (ChannelKind.PUBLIC, ChannelKind.PRIVATE) else row.title


def pace_words(row: ChannelRow) -> str:
    """How often one may write here, or how long one has to wait; empty without slow mode."""
    if not row.slow_seconds or not row.may_write:
        return ""
    left = _left(row)
    return f"Slow mode: {countdown(left)}" if left else f"Slow mode: one message every {span(row.slow_seconds)}"


def _left(row: ChannelRow) -> int:
    return max(-(-(row.wait_until - now()) // 1000), 0)
