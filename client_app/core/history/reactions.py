"""Emoji under messages: how one that was told just now changes what is here."""

from collections.abc import Sequence
from typing import Protocol

from msgspec.structs import replace

from client_app.core.store import Messages
from client_app.core.timeline.timelines import Timelines
from shared.entities import Message
from shared.events import ReactionChanged
from shared.reactions import with_reaction
from shared.types import ChannelId, Seq

from .changes import Changes


class Loading(Protocol):
    """Something that asks for messages."""

    def is_under_way(self, channel_id: ChannelId) -> bool:
        """Whether messages of this channel are on their way."""


class Reactions:
    """Turns the few bytes of an event into the message as it is now, where the message is here."""

    def __init__(
        self,
        changes: Changes,
        timelines: Timelines,
        messages: Messages,
        loading: Sequence[Loading],
    ) -> None:
        """`loading` is what has messages come, which may not know of the reaction yet."""
        self._changes = changes
        self._timelines = timelines
        self._messages = messages
        self._loading = loading

    def heard(self, event: ReactionChanged) -> None:
        """Somebody reacted just now. What does not follow on what is known is asked for."""
        channel_id = event.channel_id
        if self._changes.up_to(channel_id) != event.rev - 1:
            self._changes.catch_up(channel_id)
            return
        message = self._here(channel_id, event.seq)
        if message is None and not any(each.is_under_way(channel_id) for each in self._loading):
            self._changes.passed(channel_id, event.rev)
        elif message is None or (event.emoji and message.has_hidden_reactions):
            # Where some are hidden, only the server knows which of the others came first.
            self._changes.catch_up(channel_id)
        else:
            self._show_revealed(event)
            self._changes.heard(changed(message, event))

    def _here(self, channel_id: ChannelId, seq: Seq) -> Message | None:
        timeline = self._timelines.get(channel_id)
        shown = timeline.message(seq) if timeline is not None else None
        if shown is not None:
            return shown
        return next(iter(self._messages.after(channel_id, seq - 1, 1)), None)

    def _show_revealed(self, event: ReactionChanged) -> None:
        """A hidden message that I want to see all the same goes on being shown."""
        timeline = self._timelines.get(event.channel_id)
        revealed = timeline.revealed(event.seq) if timeline is not None else None
        if timeline is not None and revealed is not None:
            self._timelines.changed(event.channel_id, timeline.reveal(changed(revealed, event)))


def changed(message: Message, event: ReactionChanged) -> Message:
    """The message after the event, as the server would tell it."""
    if message.is_hidden:
        return replace(message, rev=event.rev)
    if not event.emoji or event.user_id is None:
        return replace(message, rev=event.rev, has_hidden_reactions=True)
    reactions = with_reaction(message.reactions, event.emoji, event.user_id, is_on=event.is_on)
    return replace(message, rev=event.rev, reactions=reactions)
