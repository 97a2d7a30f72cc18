"""Messages of one's own that are being written anew: at most one in each channel, in the place of the draft."""

from collections.abc import Callable
from dataclasses import dataclass

from client_app.core.client import Client
from client_app.core.signals import Phase
from client_app.core.timeline.timeline import Entry
from shared.errors import BadRequest, Refusal
from shared.types import ChannelId, Seq

from .widget import Composer

STRIP = "Editing a message — Esc cancels"
NEEDS_CONNECTION = "Editing needs the connection. Your text is kept; press Enter again when it is back."


@dataclass(slots=True)
class Edit:
    """One message, and what it is to say."""

    seq: Seq
    before: str
    text: str
    complaint: str = ""
    """Why it was not taken."""


class Editing:
    """Keeps the edits of all channels; the composer shows the one of the channel that is open.

    Leaving a channel interrupts its edit, and coming back goes on with it. The draft that stood in the composer stays
    the channel's draft meanwhile.
    """

    def __init__(self, client: Client, composer: Composer, ask_to_delete: Callable[[Seq], None]) -> None:
        self._client, self._composer, self._ask_to_delete = client, composer, ask_to_delete
        self._edits: dict[ChannelId, Edit] = {}
        self._later: dict[ChannelId, list[Edit]] = {}
        """Refused while another was being written, or left for another; each has its turn when that is done."""
        self._open_id: ChannelId | None = None

    @property
    def is_on(self) -> bool:
        """Whether the composer holds a message that is written anew."""
        return self._open_id in self._edits

    def open(self, channel_id: ChannelId) -> None:
        """Another channel is open: show its edit, or else its draft."""
        self._open_id = channel_id
        if channel_id not in self._edits and (later := self._later.get(channel_id)):
            self._edits[channel_id] = later.pop(0)
        edit = self._edits.get(channel_id)
        if edit is None:
            self._composer.load(self._client.draft(channel_id))
        else:
            self._composer.load(edit.text, STRIP)
            self._composer.complain(edit.complaint)

    def close(self) -> None:
        """Nobody is logged in any more."""
        self._edits.clear()
        self._later.clear()
        self._open_id = None
        self._composer.load("")

    def begin(self, seq: Seq, text: str = "") -> None:
        """Write a message of the open channel anew; a text that is given is saved at once."""
        channel_id, entry = self._open_id, self.entry(seq)
        if channel_id is None or entry is None:
            return
        edit = self._edits.get(channel_id)
        if edit is None or edit.seq != seq:
            if edit is not None and edit.text != edit.before:
                self._later.setdefault(channel_id, []).append(edit)
            self._edits[channel_id] = edit = Edit(seq, entry.written, entry.written)
        edit.text = text or edit.text
        self.open(channel_id)
        self._composer.focus_set()
        if text:
            self.save(text)

    def typed(self, text: str) -> bool:
        """What the composer holds changed; False where that is no edit."""
        edit = self._edits.get(self._open_id) if self._open_id is not None else None
        if edit is not None:
            edit.text, edit.complaint = text, ""
        return edit is not None

    def cancel(self) -> bool:
        """Leave the message as it was, and bring back the draft; False where nothing is being edited."""
        channel_id = self._open_id
        if channel_id is None or self._edits.pop(channel_id, None) is None:
            return False
        self.open(channel_id)
        return True

    def forget(self, channel_id: ChannelId, seq: Seq) -> None:
        """The message is being deleted."""
        later = self._later.get(channel_id, [])
        later[:] = [each for each in later if each.seq != seq]
        edit = self._edits.get(channel_id)
        if edit is not None and edit.seq == seq:
            del self._edits[channel_id]
            if channel_id == self._open_id:
                self.open(channel_id)

    def save(self, text: str) -> None:
        """Have the message say this. Where that is not possible, the text stays and a sentence says why."""
        channel_id = self._open_id
        edit = self._edits.get(channel_id) if channel_id is not None else None
        if channel_id is None or edit is None:
            return
        if not text.strip():
            self._ask_to_delete(edit.seq)
        elif text.strip() == edit.before.strip():
            self.cancel()
        elif self._client.phase is not Phase.ONLINE:
            self._composer.complain(NEEDS_CONNECTION)
        else:
            self._send(channel_id, edit, text)

    def entry(self, seq: Seq) -> Entry | None:
        """A message of the open channel, where it is loaded."""
        if self._open_id is None or self._client.session is None:
            return None
        timeline = self._client.timeline(self._open_id)
        row = timeline.index_of(seq)
        return timeline.entries[row] if row is not None else None

    def _send(self, channel_id: ChannelId, edit: Edit, text: str) -> None:
        try:
            self._client.edit(channel_id, edit.seq, text, lambda refusal: self._refused(channel_id, edit, refusal))
        except BadRequest as refusal:
            self._composer.complain(refusal.message)
            return
        del self._edits[channel_id]
        self.open(channel_id)

    def _refused(self, channel_id: ChannelId, edit: Edit, refusal: Refusal) -> None:
        """Put the text back where it was written; where something else is being edited there by now, after that."""
        edit.complaint = refusal.message
        if self._edits.setdefault(channel_id, edit) is not edit:
            self._later.setdefault(channel_id, []).append(edit)
        if channel_id == self._open_id and self._edits[channel_id] is edit:
            self.open(channel_id)
        else:
            self._client.notice(f"An edit was not saved, and its text is kept. {refusal.message}", is_error=True)
