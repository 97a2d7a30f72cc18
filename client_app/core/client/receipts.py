"""Whether the other person of a direct conversation has read what I said."""

from dataclasses import dataclass
from itertools import islice

from client_app.core.session.session import Session
from client_app.core.timeline.timeline import SendState
from shared.types import ChannelId, Seq, UserId

MOST_LOOKED_AT = 1000
"""Rows among which it is looked for."""


@dataclass(frozen=True, slots=True)
class Seen:
    """The newest message of mine that the other person has read."""

    seq: Seq
    user_id: UserId
    name: str


def seen(session: Session, channel_id: ChannelId) -> Seen | None:
    """What the other person has read of mine, among what is loaded; None where nothing, or where I may not see that."""
    state = session.state
    read, channel = state.receipts.get(channel_id), state.channels.get(channel_id)
    if not read or channel is None:
        return None
    newest = islice(reversed(session.history.timeline(channel_id).entries), MOST_LOOKED_AT)
    own = (entry for entry in newest if entry.is_own and entry.state is SendState.SENT and not entry.is_deleted)
    entry = next((entry for entry in own if entry.seq <= read), None)
    if entry is None:
        return None
    other = state.other(channel)
    return Seen(entry.seq, other, state.name(other))
