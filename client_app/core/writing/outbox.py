"""Messages on their way: shown at once, sent one after the other, kept until the server has them."""

import secrets
import time
import uuid
from collections.abc import Callable
from typing import Protocol

from client_app.core.files.uploads import Uploads
from client_app.core.network.asks import wait_after
from client_app.core.store import Reference, Unsent, Upload
from client_app.core.store.unsent import PLAIN, KeptUnsent
from shared.entities import Attachment
from shared.errors import Refusal
from shared.requests import Posted, SendMessage
from shared.types import ChannelId, ClientId, MessageKind, Seq

MOST_PATIENCE = 10.0
"""Seconds beyond which the person decides, because nothing else goes out meanwhile: slow mode waits up to six hours."""


class Sender(Protocol):
    """How the outbox reaches the server."""

    def ask(self, request: SendMessage, done: Callable[[Posted], None], refused: Callable[[Refusal], None]) -> None:
        """Send; one of the two is called later."""

    def after(self, seconds: float, call: Callable[[], None]) -> None:
        """Call later."""


class Outbox:
    """The messages of one account that the server has not acknowledged, in the order in which they were written.

    One is under way at a time, so that none can overtake another, whatever is refused or lost in between. The same
    `client_id` goes out again after a drop, and the server answers a retry with the first result. A message whose files
    are not at the server yet is the one exception: those written after it need not wait for them.
    """

    def __init__(
        self,
        kept: KeptUnsent,
        sender: Sender,
        changed: Callable[[ChannelId], None],
        uploads: Uploads | None = None,
    ) -> None:
        """`uploads` brings the files of messages to the server; without it, no message has any."""
        self._kept = kept
        self._sender = sender
        self._changed = changed
        self._unsent: dict[ClientId, Unsent] = {each.client_id: each for each in kept.all()}
        self._acknowledged: dict[ClientId, tuple[Seq, Unsent]] = {}
        """On disk at the server, and shown here as pending until the message itself is there: no row ever blinks."""
        self._attempt = 0
        self._under_way: int | None = None
        """The attempt that waits for its answer."""
        self._is_online = False
        self._uploads = uploads
        for each in self._unsent.values():
            self._bring_files(each)

    def waiting(self, channel_id: ChannelId, shown_seq: Seq) -> list[Unsent]:
        """What is to be shown below message `shown_seq` of a channel."""
        acknowledged = [each for seq, each in self._acknowledged.values() if seq > shown_seq]
        return [each for each in (*acknowledged, *self._unsent.values()) if each.channel_id == channel_id]

    def add(
        self,
        channel_id: ChannelId,
        kind: MessageKind,
        body: str,
        reference: Reference = PLAIN,
        uploads: tuple[Upload, ...] = (),
    ) -> None:
        """Send a message as soon as that is possible; with these files, as soon as they are at the server."""
        now = int(time.time() * 1000)
        unsent = Unsent(_new_client_id(), channel_id, kind, body, now, reference=reference, uploads=uploads)
        self._unsent[unsent.client_id] = unsent
        self._kept.add(unsent)
        self._changed(channel_id)
        self._bring_files(unsent)
        self._send_next()

    def retry(self, client_id: ClientId) -> None:
        """Send a refused message once more."""
        if (unsent := self._unsent.get(client_id)) is not None and unsent.error:
            self._try_again(unsent.failed(""))

    def retry_without_quote(self, client_id: ClientId) -> None:
        """Send a refused reply once more, as a message that answers nothing."""
        if (unsent := self._unsent.get(client_id)) is not None and unsent.error:
            self._try_again(unsent.without_quote())

    def discard(self, client_id: ClientId) -> None:
        """Delete a message that was refused."""
        if (unsent := self._unsent.get(client_id)) is not None and unsent.error:
            self._remove(unsent)
            if unsent.uploads and self._uploads is not None:
                self._uploads.throw_away(unsent.uploads)

    def withdraw(self, client_id: ClientId) -> Unsent | None:
        """Do not send a message that waits for its files, or was refused; what it was, None where it is too late."""
        unsent = self._unsent.get(client_id)
        if unsent is None or unsent.is_ready:
            return None
        self._remove(unsent)
        return unsent

    def uploaded(self, client_id: ClientId, key: str, attachment: Attachment) -> None:
        """The server has a file of a message."""
        if (unsent := self._unsent.get(client_id)) is not None:
            self._mark(unsent.with_uploaded(key, attachment))
            self._send_next()

    def upload_failed(self, client_id: ClientId, sentence: str) -> None:
        """A file of a message cannot be brought to the server."""
        if (unsent := self._unsent.get(client_id)) is not None:
            self._mark(unsent.failed(sentence))

    def failed(self, channel_id: ChannelId) -> list[ClientId]:
        """The messages of a channel that were refused, oldest first."""
        return [each.client_id for each in self._unsent.values() if each.channel_id == channel_id and each.error]

    @property
    def channels(self) -> set[ChannelId]:
        """For which something is on its way, or was refused."""
        return {each.channel_id for each in self._unsent.values()}

    @property
    def paths(self) -> set[str]:
        """Where the files lie that are on their way."""
        return {upload.path for each in self._unsent.values() for upload in each.uploads}

    def take_back(self, channel_id: ChannelId) -> None:
        """Send nothing of what is still to be sent to a channel, and forget it."""
        for each in [each for each in self._unsent.values() if each.channel_id == channel_id]:
            self._remove(each)
        others = {key: held for key, held in self._acknowledged.items() if held[1].channel_id != channel_id}
        self._acknowledged = others

    def settle(self, client_id: ClientId) -> None:
        """The message itself has come. Says nothing about the channel, whose rows the caller is changing anyhow."""
        _, said = self._acknowledged.pop(client_id, (0, None))
        if (unsent := self._unsent.pop(client_id, None)) is not None:
            self._kept.remove(client_id)
            self._forget_files(unsent)
        if (over := said or unsent) is not None and over.uploads and self._uploads is not None:
            self._uploads.throw_away(over.uploads)

    def set_online(self, is_online: bool) -> None:
        """The session is open (again), or its connection is gone."""
        self._is_online = is_online
        self._under_way = None
        self._send_next()

    def _send_next(self) -> None:
        if not self._is_online or self._under_way is not None:
            return
        unsent = next((each for each in self._unsent.values() if each.is_ready), None)
        if unsent is None:
            return
        self._attempt += 1
        self._under_way = attempt = self._attempt
        reference = unsent.reference
        request = SendMessage(
            channel_id=unsent.channel_id,
            client_id=unsent.client_id,
            kind=unsent.kind,
            body=unsent.body,
            reply_to=reference.reply_to,
            is_silent_reply=reference.is_silent,
            forward_of=reference.forward_of,
            attachments=unsent.attachment_ids,
        )
        self._sender.ask(
            request,
            lambda posted: self._sent(attempt, unsent, posted),
            lambda refusal: self._refused(attempt, unsent, refusal),
        )

    def _sent(self, attempt: int, unsent: Unsent, posted: Posted) -> None:
        if unsent.client_id in self._unsent:
            self._acknowledged[unsent.client_id] = (posted.seq, unsent)
            self._remove(unsent)
        self._go_on_after(attempt)

    def _refused(self, attempt: int, unsent: Unsent, refusal: Refusal) -> None:
        wait = wait_after(refusal)
        if wait is not None and wait <= MOST_PATIENCE:
            self._sender.after(wait, lambda: self._go_on_after(attempt))
            return
        if unsent.client_id in self._unsent:
            self._mark(unsent.failed(refusal.message))
        self._go_on_after(attempt)

    def _go_on_after(self, attempt: int) -> None:
        """The attempt is over; a drop may have made another one of it meanwhile."""
        if self._under_way == attempt:
            self._under_way = None
            self._send_next()

    def _mark(self, unsent: Unsent) -> None:
        self._unsent[unsent.client_id] = unsent
        self._kept.mark(unsent)
        self._changed(unsent.channel_id)

    def _remove(self, unsent: Unsent) -> None:
        self._unsent.pop(unsent.client_id, None)
        self._kept.remove(unsent.client_id)
        self._forget_files(unsent)
        self._changed(unsent.channel_id)

    def _forget_files(self, unsent: Unsent) -> None:
        if unsent.uploads and self._uploads is not None:
            self._uploads.drop(unsent.client_id)

    def _try_again(self, unsent: Unsent) -> None:
        """The server may have thrown away meanwhile what it had of the files: they are announced once more."""
        unsent = unsent.with_uploads_to_be_brought()
        self._mark(unsent)
        self._bring_files(unsent)
        self._send_next()

    def _bring_files(self, unsent: Unsent) -> None:
        if unsent.uploads and not unsent.error and not unsent.is_ready and self._uploads is not None:
            self._uploads.add(unsent.client_id, unsent.uploads, self)


def _new_client_id() -> ClientId:
    """A UUID that begins with the time (version 7 of RFC 9562), so that the server finds a batch's ids in one place."""
    milliseconds = time.time_ns() // 1_000_000
    high, low = secrets.randbits(12), secrets.randbits(62)
    return str(uuid.UUID(int=milliseconds << 80 | 7 << 76 | high << 64 | 2 << 62 | low))
