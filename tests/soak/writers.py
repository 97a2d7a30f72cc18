"""Raw writers: plain connections with many requests under way, each sent again under its id until it is answered."""

import itertools
import random
import threading
import time
import uuid
from collections import deque
from collections.abc import Sequence
from typing import Any

from shared.answers import Done, Refused
from shared.codec import decode_result
from shared.errors import Code, Refusal
from shared.events import MessagePosted
from shared.requests import DeleteMessage, EditMessage, Ping, Request, SendMessage
from shared.types import ChannelId, Seq, Token
from tests.peer import HungUp

from . import texts
from .errands import Errand, Plan, Wire
from .proxy import BUFFER

MOST_UNDER_WAY = 40
SILENCE = 16.0
"""Seconds without any answer after which a connection is given up."""
PING_SECONDS = 2.0
TWICE = 0.15
"""Of the texts, how many are sent under one id on both connections of an account at once."""
EDITS, DELETIONS = 0.08, 0.04
_TWIN_LEAD = 0.05
FLOOD_RATE = 60.0
"""Texts of full length a second, of all writers, while somebody does not read: more than the kernel holds for them."""


class Writer(threading.Thread):
    """One connection of one account, for as long as the soak lasts, however often it breaks."""

    def __init__(self, plan: Plan, account: str, number: int) -> None:
        super().__init__(name=f"{account}/{number}", daemon=True)
        self.plan = plan
        self._account = account
        self._speaker = f"{account}/{number}"
        self._chance = random.Random(f"writer {plan.seed} {self._speaker}")
        self._numbers = itertools.count(1)
        self._flood_numbers = itertools.count(texts.FLOOD)
        self._token: Token | None = None
        self.twin: Writer | None = None
        self.copies: deque[Errand] = deque()
        """What the other connection of this account sends as well."""
        self._unanswered: dict[Errand, None] = {}
        self._mine: list[tuple[ChannelId, Seq, str]] = []
        self._newest: dict[ChannelId, Seq] = {}
        self.is_hushed = False
        """Whether this thread knows that nothing new is to be said."""
        self._nap_until = 0.0
        self._lost_at = 0.0

    @property
    def newest(self) -> dict[ChannelId, Seq]:
        """The newest message of each channel that the present connection was told of."""
        return self._newest

    @property
    def is_quiet(self) -> bool:
        """Whether all that was asked is answered, and nothing new will be asked."""
        return self.is_hushed and not self._unanswered and not self.copies

    def nap(self, seconds: float) -> None:
        """Read nothing for so long. Any thread."""
        self._nap_until = time.monotonic() + seconds

    def run(self) -> None:
        while not self.plan.over.is_set():
            try:
                with Wire(self.plan.address, receive_buffer=BUFFER) as wire:
                    _Conversation(self, wire).hold()
            except (HungUp, OSError) as lost:
                self._lost(str(lost))
            except Refusal as refusal:
                self.plan.ledger.refusals[refusal.code.value] += 1
                self._lost(refusal.message)
            self.plan.over.wait(self._chance.uniform(0.1, 0.6))

    def _lost(self, _reason: str) -> None:
        self.plan.ledger.drops += 1
        self._lost_at = self._lost_at or time.time()

    # --- used by the conversation, on this thread ---------------------------------------------------------------------

    def enter(self, wire: Wire) -> None:
        """Log in, by token if possible. Raises what `Peer` raises."""
        if self._token is None:
            wire.log_in(self._account, device=self._speaker)
        else:
            wire.resume(self._token)
        self._token = wire.token
        if self._lost_at:
            self.plan.ledger.backs.append((self._lost_at, time.time()))
            self._lost_at = 0.0

    def follow(self, newest: dict[ChannelId, Seq]) -> None:
        """Let this be what `newest` tells."""
        self._newest = newest

    def rest(self) -> None:
        """Let the nap pass that somebody wished for."""
        while (left := self._nap_until - time.monotonic()) > 0 and not self.plan.over.wait(left):
            pass

    def hears_hush(self) -> bool:
        """Whether nothing new is to be said."""
        self.is_hushed = self.plan.hush.is_set()
        return self.is_hushed

    def next_errand(self) -> Errand:
        """What to ask next: a new text most often, now and then a change of an earlier one."""
        kind = self._chance.random()
        if kind < EDITS + DELETIONS and self._mine:
            channel_id, seq, mark = self._mine.pop(self._chance.randrange(len(self._mine)))
            if kind < DELETIONS:
                return self._add(Errand(DeleteMessage(channel_id=channel_id, seq=seq), mark))
            body = texts.rewritten(mark, next(self._numbers))
            return self._add(Errand(EditMessage(channel_id=channel_id, seq=seq, body=body), mark))
        return self._say(next(self._numbers), self._chance.choice(self.plan.channel_ids))

    def flood(self) -> Errand:
        """A text of full length to ask next."""
        return self._say(next(self._flood_numbers), self.plan.channel_ids[0])

    def _say(self, number: int, channel_id: ChannelId) -> Errand:
        body = texts.body(self.plan.seed, self._speaker, number)
        request = SendMessage(channel_id=channel_id, client_id=uuid.uuid4().hex, body=body)
        errand = Errand(request, texts.mark(self._speaker, number))
        self.plan.ledger.said.add(errand.mark)
        if self.twin is not None and self._chance.random() < TWICE:
            errand.not_before = time.monotonic() + _TWIN_LEAD
            self.twin.copies.append(Errand(request, errand.mark, errand.not_before))
        return self._add(errand)

    def adopt_copies(self) -> None:
        """Take over what the twin is about to send as well."""
        while self.copies:
            self._add(self.copies.popleft())

    def unanswered(self) -> list[Errand]:
        """What has no answer yet, oldest first."""
        return list(self._unanswered)

    def answered(self, errand: Errand, done: Done) -> None:
        """The server carried it out."""
        self._unanswered.pop(errand, None)
        ledger, request = self.plan.ledger, errand.request
        match request:
            case SendMessage():
                posted = decode_result(SendMessage, done)
                ledger.promise(request.client_id, errand.mark, request.channel_id, posted)
                if texts.speaker_of(errand.mark) == self._speaker:
                    self._mine.append((request.channel_id, posted.seq, errand.mark))
            case EditMessage():
                ledger.changed[request.channel_id, request.seq] = request.body
                self._mine.append((request.channel_id, request.seq, errand.mark))
            case DeleteMessage():
                ledger.changed[request.channel_id, request.seq] = None

    def refused(self, errand: Errand, refused: Refused) -> None:
        """The server did not carry it out: the same is asked again, a little later."""
        self.plan.ledger.refusals[refused.code.value] += 1
        if refused.code not in {Code.UNAVAILABLE, Code.INTERNAL, Code.RATE_LIMITED}:
            self.plan.ledger.flaw(f"{errand.mark} was refused: {refused.code.value}, {refused.message}")
            self._unanswered.pop(errand, None)
        errand.not_before = time.monotonic() + min(2.0, refused.retry_after or 0.5)

    def heard(self, count: int) -> None:
        """So many messages were told just now."""
        with self.plan.ledger.lock:
            self.plan.ledger.heard += count

    def pause(self) -> float:
        """Seconds until the next text."""
        return self._chance.expovariate(1 / self.plan.pause)

    @property
    def is_over(self) -> bool:
        """Whether the soak has ended."""
        return self.plan.over.is_set()

    def flaw(self, text: str) -> None:
        """Note that the server contradicted itself."""
        self.plan.ledger.flaw(f"{self._speaker}: {text}")

    def _add(self, errand: Errand) -> Errand:
        self._unanswered[errand] = None
        if isinstance(errand.request, EditMessage | DeleteMessage):
            body = errand.request.body if isinstance(errand.request, EditMessage) else None
            place = (errand.request.channel_id, errand.request.seq)
            self.plan.ledger.changing.setdefault(place, set()).add(body)
        return errand


class _Conversation:
    """A writer's connection while it lasts."""

    def __init__(self, writer: Writer, wire: Wire) -> None:
        self._writer = writer
        self._wire = wire
        self._under_way: dict[int, Errand] = {}
        self._newest: dict[ChannelId, Seq] = {}
        self._known: dict[ChannelId, Seq] = {}
        now = time.monotonic()
        self._said_at = self._heard_at = now
        self._next_at = now + writer.pause()
        self._flood_at = now

    def hold(self) -> None:
        """Speak and listen until the soak is over. Raises `HungUp`, `OSError` and `Refusal`."""
        self._writer.enter(self._wire)
        self._known = {channel.id: channel.last_seq for channel in self._wire.snapshot.channels}
        self._newest = dict(self._known)
        self._writer.follow(self._newest)
        self._receive(*self._wire.taken())
        while not self._writer.is_over:
            self._writer.rest()
            self._speak()
            self._receive(*self._wire.take(0.03))
            if time.monotonic() - self._heard_at > SILENCE:
                raise HungUp("Nothing was heard for too long.")

    def _speak(self) -> None:
        now = time.monotonic()
        if not self._writer.hears_hush() and len(self._under_way) < MOST_UNDER_WAY:
            self._say_more(now)
        self._writer.adopt_copies()
        asked = set(self._under_way.values())
        for errand in self._writer.unanswered():
            if errand not in asked and errand.not_before <= now and len(self._under_way) < MOST_UNDER_WAY:
                request: Request[Any] = errand.request
                self._under_way[self._wire.ask(request)] = errand
                self._said_at = now
        if now - self._said_at > PING_SECONDS:
            self._wire.ask(Ping())
            self._said_at = now

    def _say_more(self, now: float) -> None:
        if now >= self._next_at:
            self._writer.next_errand()
            self._next_at = max(self._next_at, now - 1.0) + self._writer.pause()
        if self._writer.plan.is_flooding and now >= self._flood_at:
            self._writer.flood()
            self._flood_at = max(self._flood_at, now - 1.0) + self._writer.plan.flood_pause

    def _receive(self, replies: Sequence[Done | Refused], posted: Sequence[MessagePosted]) -> None:
        if replies or posted:
            self._heard_at = time.monotonic()
        for reply in replies:
            if reply.id is None:
                assert isinstance(reply, Refused)
                raise Refusal(reply.message, code=reply.code)
            if (errand := self._under_way.pop(reply.id, None)) is None:
                continue
            if isinstance(reply, Done):
                self._writer.answered(errand, reply)
            else:
                self._writer.refused(errand, reply)
        for event in posted:
            self._follow(event.message.channel_id, event.message.seq)
        self._writer.heard(len(posted))

    def _follow(self, channel_id: ChannelId, seq: Seq) -> None:
        """What is told on one connection comes in order and leaves nothing out."""
        newest = self._newest.get(channel_id, 0)
        if seq <= self._known.get(channel_id, 0) == newest:
            return  # The snapshot told it already.
        if seq != newest + 1:
            self._writer.flaw(f"after message {newest} of channel {channel_id} came {seq}")
        self._newest[channel_id] = seq
