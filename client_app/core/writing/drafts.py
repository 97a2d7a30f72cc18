"""What was typed and not sent; of a channel that is gone, nothing of it is lost and nobody else reads it by mistake."""

from collections.abc import Callable

from client_app.core.files.attached import Attached
from client_app.core.network.asks import Asker
from client_app.core.signals import Notice, Signal
from client_app.core.store.drafts import KeptDrafts
from client_app.core.world.state import State
from shared.errors import Refusal
from shared.limits import MAX_INTEGER
from shared.requests import OpenDirect
from shared.types import ChannelId

from .outbox import Outbox


class Drafts:
    """One text for each channel, and the files that go out with it."""

    def __init__(self, kept: KeptDrafts, attached: Attached) -> None:
        self._kept = kept
        self.attached = attached
        self._texts = kept.all()

    @property
    def channels(self) -> set[ChannelId]:
        """In which something is typed or attached."""
        return {*self._texts, *self.attached.channels}

    def is_begun(self, channel_id: ChannelId) -> bool:
        """Whether something is typed or attached in a channel."""
        return bool(self.of(channel_id) or self.attached.of(channel_id))

    def of(self, channel_id: ChannelId) -> str:
        """What is typed in a channel; empty where nothing is."""
        return self._texts.get(channel_id, "")

    def put(self, channel_id: ChannelId, text: str) -> None:
        """Keep what is typed in a channel."""
        if self.of(channel_id) == text:
            return
        self._kept.put(channel_id, text)
        if text:
            self._texts[channel_id] = text
        else:
            self._texts.pop(channel_id)

    def add(self, channel_id: ChannelId, text: str) -> None:
        """Offer this below what is typed in a channel."""
        self.put(channel_id, "\n".join(filter(None, [self.of(channel_id), text])))


class Rescue:
    """Offers what was not sent to a channel that is gone in one's notes to oneself: nobody else can read it there."""

    def __init__(self, drafts: Drafts, outbox: Outbox, asker: Asker, state: Callable[[], State]) -> None:
        self._drafts = drafts
        self._outbox = outbox
        self._asker = asker
        self._state = state

    def channel_is_gone(self, channel_id: ChannelId, why: str, emit: Callable[[Signal], None]) -> bool:
        """Move what was not sent to it, and tell, with `why`, where it is; whether there was anything.

        Until it has another place it stays a draft of the channel, so that a program that is killed finds it again.
        """
        waiting, attached = self._outbox.waiting(channel_id, MAX_INTEGER), self._drafts.attached
        text = "\n".join(filter(None, [*(each.body for each in waiting), self._drafts.of(channel_id)]))
        unsent = (upload for each in waiting for upload in each.with_uploads_to_be_brought().uploads)
        uploads = (*unsent, *attached.of(channel_id))
        self._drafts.put(channel_id, text)
        attached.put(channel_id, uploads)
        self._outbox.take_back(channel_id)
        if not text and not uploads:
            return False

        def offer(notes: ChannelId) -> None:
            self._drafts.add(notes, text)
            self._drafts.put(channel_id, "")
            attached.add(notes, uploads)
            attached.put(channel_id, ())
            emit(Notice(f"{why} What you had not sent there is in your notes to yourself."))

        def tell(_: Refusal) -> None:
            emit(Notice(f"{why} You had not sent there: {text or uploads[0].name}"))

        me = self._state().me.id
        notes = self._state().direct_with(me)
        if notes is not None:
            offer(notes)
        else:
            self._asker.ask(OpenDirect(user_id=me), lambda made: offer(made.channel_id), tell)
        return True
