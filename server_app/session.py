"""One connected device: who it is, and its requests in order."""

import logging
from collections import deque
from collections.abc import Callable
from typing import Protocol

from shared.codec import UndecodableRequest, decode_request, done_payload, refused_payload
from shared.errors import BadRequest, ProtocolViolation, Refusal
from shared.framing import frame
from shared.requests import AnyRequest
from shared.types import RequestId, SessionId, UserId

from .carriers import Carrier, Receiver
from .dispatch import Dispatcher
from .hub import Hub
from .routes import ROUTES
from .storage.failures import unforeseen
from .tasks import Task

log = logging.getLogger("hearth.session")

MOST_ASIDE = 4
"""Requests of one connection that go their own way at a time: enough to keep the line busy, few enough to be fair."""


class Wire(Receiver, Protocol):
    """A connection, as its session sees it. All methods are for the I/O thread that owns it, and none of them waits."""

    @property
    def label(self) -> str:
        """What the log calls it."""

    @property
    def address(self) -> str:
        """Where it comes from."""

    @property
    def is_open(self) -> bool:
        """Whether anything that is pushed has a chance to arrive."""

    def carries(self) -> None:
        """Something goes its own way, as pieces of files do: what comes next then waits for those who chat."""

    def push(self, data: bytes) -> None:
        """Send whole frames, at the end of this turn."""

    def hold_news(self) -> None:
        """Keep back what others push, until `release_news`."""

    def release_news(self) -> None:
        """Send what was kept back."""

    def was_let_in(self) -> None:
        """The peer is logged in: larger frames, and the idle deadline instead of the one for login."""

    def was_turned_down(self) -> None:
        """The peer tried to log in in vain: forget its news, and give it time for another try."""

    def pause_reading(self, pause: bool) -> None:
        """Let the peer wait, or hear it again."""

    def dismiss(self, refusal: Refusal | ProtocolViolation | None = None, /) -> None:
        """Send what is to be sent, last of all this refusal, and close."""


class Session:
    """Lives on the I/O thread of its connection and is touched by no other."""

    def __init__(
        self,
        wire: Wire,
        dispatcher: Dispatcher,
        hub: Hub,
        write: Callable[[Task], None],
        max_pending: float,
    ) -> None:
        self.user_id: UserId | None = None
        self.session_id: SessionId | None = None
        self.write = write
        self._wire = wire
        self._dispatcher = dispatcher
        self._hub = hub
        self._max_pending = max_pending
        self._waiting: list[AnyRequest] = []
        self._in_flight: set[RequestId] = set()
        self._in_flight_only_write = True
        self._aside: set[RequestId] = set()
        """Those under way that keep nobody waiting."""
        self._waiting_aside: deque[AnyRequest] = deque()
        """Those that wait for them; nothing else does."""
        self._is_starting = False

    @property
    def carrier(self) -> Carrier:
        """The I/O thread."""
        return self._wire.carrier

    @property
    def label(self) -> str:
        """What the log calls the connection."""
        return self._wire.label

    @property
    def address(self) -> str:
        """Where the connection comes from."""
        return self._wire.address

    @property
    def is_busy(self) -> bool:
        """Whether requests were read that are not answered yet."""
        return bool(self._pending)

    def receive(self, payload: bytes) -> None:
        """Take a request. Raises `ProtocolViolation`."""
        try:
            request = decode_request(payload)
        except UndecodableRequest as refusal:
            self._refuse(refusal.request_id, refusal)
            return
        self._waiting.append(request)
        self._start_what_may_start()
        if self._pending >= self._max_pending:
            self._wire.pause_reading(True)

    def resume(self, task: Task) -> None:
        """Go on with a request of which a step was done elsewhere."""
        if self._wire.is_open:
            self._go_on(task)
            self._start_what_may_start()

    def sign_in(self, user_id: UserId, session_id: SessionId) -> None:
        """Hear what this person may hear, held back until the snapshot has gone out."""
        self._wire.hold_news()
        self._hub.subscribe(self._wire, user_id, session_id)
        self.user_id, self.session_id = user_id, session_id

    def rest(self, is_idle: bool) -> None:
        """Nobody touches what is at the other end, or somebody does again."""
        self._hub.device_rests(self._wire, is_idle)

    def was_closed(self) -> None:
        """The connection is gone."""
        self._hub.unsubscribe(self._wire)
        self._waiting.clear()
        self._waiting_aside.clear()

    def _start_what_may_start(self) -> None:
        """Requests run in order. The writer keeps order by itself, so writing may follow writing; all else waits.

        What goes its own way begins when it is its turn, whatever is under way, and then nothing waits for it.
        """
        if self._is_starting:
            return
        self._is_starting = True
        try:
            if self._waiting_aside:
                self._start_aside()
            while self._waiting and self._wire.is_open:
                route = ROUTES[type(self._waiting[0])]
                if route.is_aside and self.user_id is not None:
                    self._waiting_aside.append(self._waiting.pop(0))
                    self._start_aside()
                    continue
                only_writes = route.only_writes
                if self._in_flight and not (only_writes and self._in_flight_only_write):
                    break
                self._in_flight_only_write = only_writes
                self._start(self._waiting.pop(0), self._in_flight)
        finally:
            self._is_starting = False
        if self._pending <= self._max_pending / 2:
            self._wire.pause_reading(False)

    def _start_aside(self) -> None:
        while self._waiting_aside and len(self._aside) < MOST_ASIDE and self._wire.is_open:
            self._wire.carries()
            self._start(self._waiting_aside.popleft(), self._aside)

    @property
    def _pending(self) -> int:
        most = len(self._waiting) + len(self._in_flight)
        # Nearly always there is nothing else, and this is asked twice for each message.
        return most + len(self._waiting_aside) + len(self._aside) if self._aside else most

    def _start(self, request: AnyRequest, under_way: set[RequestId]) -> None:
        if request.id in self._in_flight or request.id in self._aside:
            self._refuse(request.id, BadRequest("A request with this id is still waiting. Give each one its own."))
            return
        under_way.add(request.id)
        self._go_on(self._dispatcher.task(self, request))

    def _go_on(self, task: Task) -> None:
        try:
            if self._dispatcher.advance(task):
                self._answer(task)
        except Exception:
            # The I/O thread serves others too; whatever this is, it costs only the connection that brought it.
            log.exception("%s: %s could not be answered", self.label, type(task.request).__name__)
            self._wire.dismiss(unforeseen())

    def _answer(self, task: Task) -> None:
        self._in_flight.discard(task.request.id)
        self._aside.discard(task.request.id)
        if task.refusal is not None:
            self._answer_refused(task, task.refusal)
            return
        self._wire.push(frame(done_payload(task.request.id, task.value)))
        if task.route.opens_session:
            self._wire.was_let_in()
            self._wire.release_news()
            log.info("%s: user %s, session %s", self.label, self.user_id, self.session_id)
        if task.route.ends_session:
            self._wire.dismiss()

    def _answer_refused(self, task: Task, refusal: Refusal) -> None:
        self._refuse(task.request.id, refusal)
        if task.route.opens_session and task.asked_by is None:
            self._hub.unsubscribe(self._wire)
            self.user_id = self.session_id = None
            self._wire.was_turned_down()

    def _refuse(self, request_id: RequestId, refusal: Refusal) -> None:
        self._wire.push(frame(refused_payload(request_id, refusal)))
