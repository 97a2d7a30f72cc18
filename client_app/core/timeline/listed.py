"""Messages that are shown outside of their channel: what is pinned, what was saved, what somebody said before."""

from collections.abc import Sequence
from dataclasses import replace

from client_app.core.world.state import State
from shared.entities import Message
from shared.types import ChannelKind, Milliseconds

from .quote import QuoteState
from .rows import Entry, EntryKind, Outlook, Rows


def listed_rows(
    messages: Sequence[Message], state: State, now: Milliseconds, *, names_place: bool = False
) -> list[Entry]:
    """The rows of messages in this order, each with its author; `names_place` says where each was said, too.

    Whose messages are hidden from me at this moment is not shown.
    """
    rows = Rows(state.me.id, state.name, lambda _: QuoteState.LOADING)
    rows.outlook = Outlook(state.blocked(now))
    entries: list[Entry] = []
    previous = None
    for message in messages:
        for entry in rows.of(previous, message):
            if entry.kind is EntryKind.MESSAGE:
                place = _place(message, state) if names_place else ""
                entries.append(replace(entry, is_grouped=False, quote=None, place=place))
            else:
                entries.append(replace(entry, key=f"{entry.key} {message.id}"))
        previous = message
    return entries


def _place(message: Message, state: State) -> str:
    channel = state.channels.get(message.channel_id)
    if channel is None:
        return ""
    title = state.title(channel)
    return title if channel.kind in (ChannelKind.DIRECT, ChannelKind.GROUP) else f"#{title}"
