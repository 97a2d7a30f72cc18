"""Messages on their way: shown at once, sent one after the other, kept until the server has them."""

import time
import uuid
from collections.abc import Callable
from typing import Protocol

from shared.errors import Code, Refusal
from shared.requests import Posted, SendMessage
from shared.types import ChannelId, ClientId, MessageKind

from .store import Store, Unsent

WORTH_WAITING = {Code.RATE_LIMITED, Code.UNAVAILABLE, Code.INTERNAL}
"""Refusals after which the same message goes out by itself a little later."""
DEFAULT_WAIT = 2.0


class Sender(Protocol):
    """How the outbox reaches the server."""

    def ask(self, request: SendMessage, done: Callable[[Posted], None], refused: Callable[[Refusal], None]) -> None:
        """Send; one of the two is called later."""

    def after(self, seconds: float, call: Callable[[], None]) -> None:
        """Call later."""


class Outbox:
    """The messages of one account that the server has not acknowledged, in the order in which they were written.

    One is under way at a time, so that none can overtake another, whatever is refused or lost in between. The same
    `client_id` goes out again after a drop, and the server answers a retry with the first result.
    """

    def __init__(self, store: Store, account: str, sender: Sender, changed: Callable[[ChannelId], None]) -> None:
        self._store = store
        self._account = account
        self._sender = sender
        self._changed = changed
        self._unsent: dict[ClientId, Unsent] = {each.client_id: each for each in store.unsent(account)}
        self._under_way: ClientId | None = None
        self._is_online = False

    def of(self, channel_id: ChannelId) -> list[Unsent]:
        """What is on its way to this channel."""
        return [each for each in self._unsent.values() if each.channel_id == channel_id]

    def add(self, channel_id: ChannelId, kind: MessageKind, body: str) -> None:
        """Send a message as soon as that is possible."""
        unsent = Unsent(str(uuid.uuid4()), channel_id, kind, body, int(time.time() * 1000))
        self._unsent[unsent.client_id] = unsent
        self._store.put_unsent(self._account, unsent)
        self._changed(channel_id)
        self._send_next()

    def retry(self, client_id: ClientId) -> None:
        """Send a refused message once more."""
        if (unsent := self._unsent.get(client_id)) is not None:
            self._put(unsent.failed(""))
            self._send_next()

    def discard(self, client_id: ClientId) -> None:
        """Delete a message that was not sent."""
        if client_id != self._under_way:
            self.settle(client_id)

    def settle(self, client_id: ClientId) -> bool:
        """The message is in the channel now, or not wanted any more; whether it was one of ours."""
        unsent = self._unsent.pop(client_id, None)
        if unsent is None:
            return False
        self._store.remove_unsent(client_id)
        self._changed(unsent.channel_id)
        return True

    def set_online(self, is_online: bool) -> None:
        """The session is open (again), or its connection is gone."""
        self._is_online = is_online
        self._under_way = None
        self._send_next()

    def _send_next(self) -> None:
        if not self._is_online or self._under_way is not None:
            return
        unsent = next((each for each in self._unsent.values() if not each.error), None)
        if unsent is None:
            return
        self._under_way = client_id = unsent.client_id
        request = SendMessage(channel_id=unsent.channel_id, client_id=client_id, kind=unsent.kind, body=unsent.body)
        self._sender.ask(
            request, lambda _posted: self._sent(client_id), lambda refusal: self._refused(client_id, refusal)
        )

    def _sent(self, client_id: ClientId) -> None:
        """It is on disk there; the row itself is settled by the fact that follows, or has been already."""
        if self._under_way == client_id:
            self._under_way = None
        self.settle(client_id)
        self._send_next()

    def _refused(self, client_id: ClientId, refusal: Refusal) -> None:
        if self._under_way != client_id:
            return  # The connection dropped meanwhile; it is sent again on the next one.
        if refusal.code in WORTH_WAITING:
            self._sender.after(refusal.retry_after or DEFAULT_WAIT, lambda: self._try_again(client_id))
            return
        self._under_way = None
        if (unsent := self._unsent.get(client_id)) is not None:
            self._put(unsent.failed(refusal.message))
        self._send_next()

    def _try_again(self, client_id: ClientId) -> None:
        if self._under_way == client_id:
            self._under_way = None
        self._send_next()

    def _put(self, unsent: Unsent) -> None:
        self._unsent[unsent.client_id] = unsent
        self._store.put_unsent(self._account, unsent)
        self._changed(unsent.channel_id)
