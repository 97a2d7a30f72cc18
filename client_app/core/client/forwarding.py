"""Saying again elsewhere what somebody said."""

from collections.abc import Collection, Sequence
from functools import partial

from client_app.core.store import Reference
from client_app.core.writing.text import clean_text
from shared.entities import Message
from shared.errors import BadRequest
from shared.requests import Forward
from shared.types import ChannelId, ChannelKind, MessageKind, Seq, UserId

from .linking import Linking


class Forwarding(Linking):
    """A client that can pass on what was said."""

    def forward(
        self,
        channel_id: ChannelId,
        seqs: Collection[Seq],
        channel_ids: Collection[ChannelId],
        user_ids: Collection[UserId] = (),
        comment: str = "",
    ) -> None:
        """Say messages of a channel again in others, and to people; with a comment below them where there is one.

        They wait in the outbox like anything that is said. Raises `BadRequest` where that cannot be.
        """
        found = self._forwardable(channel_id, seqs)
        text = clean_text(comment) if comment.strip() else ""
        if not found:
            raise BadRequest("Nothing is left here that could be forwarded.")
        for target in channel_ids:
            self._forward_to(found, text, target)
        for user_id in user_ids:
            self.open_direct(user_id, partial(self._forward_to, found, text))
        self.tell()

    def made_public(self, channel_id: ChannelId, channel_ids: Collection[ChannelId]) -> tuple[str, ...]:
        """The public ones of these channels, by name, where that which is forwarded comes from one that is not."""
        channels = self.state.channels if self.state else {}
        source = channels.get(channel_id)
        if source is None or source.kind is ChannelKind.PUBLIC:
            return ()
        targets = (channels[each] for each in channel_ids if each in channels)
        return tuple(f"#{each.name}" for each in targets if each.kind is ChannelKind.PUBLIC)

    def _forwardable(self, channel_id: ChannelId, seqs: Collection[Seq]) -> Sequence[Message]:
        if self.session is None:
            raise BadRequest("Log in first.")
        timeline = self.session.history.timeline(channel_id)
        found = [timeline.message(seq) for seq in sorted(seqs)]
        return [each for each in found if each is not None and not each.is_deleted and not each.is_hidden]

    def _forward_to(self, messages: Sequence[Message], comment: str, target: ChannelId) -> None:
        if self.session is None:
            return
        add = partial(self.session.outbox.add, target, MessageKind.TEXT)
        for message in messages:
            first = message.speakers[-1]
            forward = Forward(channel_id=message.channel_id, seq=message.seq)
            add(message.body, Reference(forward_of=forward, forwarded_from=first))
        if comment:
            add(comment)
