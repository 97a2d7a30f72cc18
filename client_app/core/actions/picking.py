"""Several messages at once: picked one by one or in a range, then copied or deleted together."""

from collections.abc import Sequence

from client_app.core.client import Client
from client_app.core.surface import Surface
from client_app.core.timeline.timeline import Entry
from client_app.core.timeline.transcript import line_of
from shared.types import Seq

from .action import open_row
from .message_action import MessageAction, MessageGroup, is_readable


def _pick(_client: Client, surface: Surface, entry: Entry) -> None:
    surface.pick_message(entry.seq)


PICK = MessageAction("pick", "Select", MessageGroup.TAKE, _pick, lambda _, entry: is_readable(entry), "S")


def transcript(entries: Sequence[Entry]) -> str:
    """What copying several messages gives: a line for each, with its time, who said it and its files."""
    return "\n".join(line_of(entry, entry.text) for entry in entries)


def deletable(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """Those that I may delete: my own, and others’ where I may delete those."""
    return tuple(entry for entry in entries if entry.may_delete)


def forwardable(entries: Sequence[Entry]) -> tuple[Seq, ...]:
    """The numbers of those that can be said again elsewhere: not of somebody whom I block."""
    return tuple(entry.seq for entry in entries if not entry.is_revealed)


def ask_to_delete_picked(client: Client, surface: Surface, entries: Sequence[Entry]) -> None:
    """Ask once, and delete those that I may delete."""
    channel_id, chosen = open_row(client).channel_id, deletable(entries)
    others, left = sum(not entry.is_own for entry in chosen), len(entries) - len(chosen)
    sentences = ["Everybody will see “Message deleted” in the place of each. They cannot be brought back."]
    if others:
        sentences.append(f"{others} of them were said by others." if others > 1 else "1 of them was said by another.")
    if left:
        sentences.append(f"{left} more of those selected cannot be deleted by you, and stay.")
    title = "Delete this message?" if len(chosen) == 1 else f"Delete {len(chosen)} messages?"
    seqs = [entry.seq for entry in chosen]
    surface.confirm(title, " ".join(sentences), "Delete", lambda: client.delete_many(channel_id, seqs))
