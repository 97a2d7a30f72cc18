"""One socket from accept to close: TLS, frames in, bytes out, deadlines. Owned by one I/O thread for life."""

import logging
import socket
import ssl
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from server_app.session import Session
from shared.codec import refused_payload
from shared.errors import Code, ProtocolViolation, Refusal, Unavailable
from shared.framing import FrameReader, frame
from shared.limits import MAX_FRAME, MAX_FRAME_BEFORE_LOGIN

from .bulk import CARRYING_SECONDS, READS
from .handshake import READ, WRITE, has_greeted, shake_hands
from .outgoing import WOULD_BLOCK, Outgoing
from .pace import members_pace, strangers_pace
from .stage import CLOSED, DISMISSED, GREETING, HANDSHAKE, OPEN, Stage

if TYPE_CHECKING:
    from .io_thread import IoThread

log = logging.getLogger("hearth.net")
READ_SIZE = 64 * 1024


class Connection:
    """Every method is for the I/O thread that owns it."""

    def __init__(
        self,
        carrier: "IoThread",
        *,
        sock: socket.socket,
        address: str,
        label: str,
        make_session: Callable[["Connection"], Session],
        turned_away: Refusal | None,
    ) -> None:
        self.carrier = carrier
        self.socket, self.address, self.label = sock, address, label
        self.session = make_session(self)
        self.events = 0
        """What the selector watches for at the moment; kept by the I/O thread."""
        self._turned_away = turned_away
        self._limits = carrier.limits
        self._stage = GREETING if carrier.tls else OPEN
        self._reader = FrameReader(MAX_FRAME_BEFORE_LOGIN)
        self._outgoing = Outgoing()
        self._held: list[bytes] | None = None
        self._pace = strangers_pace(self._limits)
        self._is_paused = self._wants_write = self._is_let_in = False
        self._turned_down, self._paced_until, self._carries_until = 0, 0.0, 0.0
        self._since = self._heard_at = time.monotonic()

    # --- for the I/O thread -------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Begin to listen to the peer; one that came when the house was full is told so."""
        self.watch()
        if self._stage is OPEN and self._turned_away:
            self.dismiss(self._turned_away)

    def on_ready(self, events: int) -> None:
        """The socket is ready for these."""
        if self._stage is GREETING or self._stage is HANDSHAKE:
            self._come_in()
        else:
            if events & WRITE or self._wants_write:
                self._drain()
            if events & READ and self._stage is not CLOSED:
                self._read()

    def watch(self) -> None:
        """Have the carrier wait for what this connection can do next."""
        if self._stage is CLOSED:
            return
        must_write = bool(self._outgoing.backlog) or self._wants_write
        may_read = self._stage is not OPEN or not (self._is_paused or self._paced_until or self.carrier.is_draining)
        events = (READ if may_read else 0) | (WRITE if must_write else 0)
        self.carrier.watch(self, 0 if self in self.carrier.bulk else events)

    @property
    def is_carrying(self) -> bool:
        """Whether it carries files, or did a moment ago: then it waits for those who chat."""
        return self._carries_until > 0 and self._carries_until > time.monotonic()

    def carries(self) -> None:
        """Something goes its own way, as pieces of files do."""
        self._carries_until = time.monotonic() + CARRYING_SECONDS

    def take_turn(self, events: int) -> None:
        """Do what can be done for these, as one that carries files and has waited for this."""
        self.watch()
        if events & WRITE or self._wants_write:
            self._drain()
        reads = READS if events & READ else 0
        while reads and self.events & READ and self._read():
            reads -= 1

    def flush(self) -> None:
        """Send what was pushed in this turn."""
        if self._stage is not OPEN and self._stage is not DISMISSED:
            return
        try:
            is_sent = self._outgoing.flush(self.socket.send)
        except OSError as error:
            self.close(str(error))
            return
        if not is_sent or self._wants_write or self._stage is not OPEN:
            self._after_sending(is_sent)

    @property
    def is_restless(self) -> bool:
        """Whether a deadline may come within moments; the one for idleness is minutes away."""
        return self._stage is not OPEN or not self._is_let_in or self._paced_until > 0

    def check_deadlines(self, now: float) -> None:
        """Called a few times a second while it is restless, else now and then."""
        if self._paced_until and now >= self._paced_until:
            self._paced_until = 0.0
            self.watch()
        age, limits = now - self._since, self._limits
        match self._stage:
            case Stage.GREETING | Stage.HANDSHAKE if age > limits.handshake_seconds:
                self.close("no TLS handshake in time")
            case Stage.OPEN if self._is_let_in and now - self._heard_at > limits.idle_seconds:
                self.dismiss(Unavailable("Nothing was heard from you for a while.", code=Code.IDLE))
            # Whoever has asked already and waits for the server is none to be sent away.
            case Stage.OPEN if not (self._is_let_in or self.session.is_busy) and age > limits.login_seconds:
                self.dismiss(Unavailable("Nobody logged in on this connection in time.", code=Code.IDLE))
            case Stage.DISMISSED if age > self.carrier.farewell_seconds:
                self.close("dismissed")

    def close(self, reason: str) -> None:
        """Let go of the socket and of everything that belongs to it; harmless when closed."""
        if self._stage is CLOSED:
            return
        log.debug("%s: closed (%s)", self.label, reason)
        self._stage = CLOSED
        self.carrier.forget(self)
        self.socket.close()
        self._outgoing.clear()
        self._held = None
        self.session.was_closed()
        del self.session  # which knows this connection: together they would wait for the garbage collector

    # --- for the session (see `session.Wire`) and for deliveries ------------------------------------------------------

    @property
    def is_open(self) -> bool:
        """Whether anything that is pushed has a chance to arrive."""
        return self._stage is OPEN

    def deliver(self, data: bytes) -> None:
        """Push news, or keep it back while the snapshot has not gone out."""
        if self._held is not None:
            self._held.append(data)
        elif self._stage is OPEN:
            # As `push`, without the call: this runs for each receiver of each message.
            chunks = self._outgoing.chunks
            if not chunks:
                self.carrier.touched.append(self)
            chunks.append(data)

    def push(self, data: bytes) -> None:
        """Send whole frames, at the end of this turn."""
        if self._stage is OPEN:
            chunks = self._outgoing.chunks
            if not chunks:
                self.carrier.touched.append(self)
            chunks.append(data)

    def hold_news(self) -> None:
        """Keep back what is delivered, until `release_news`."""
        self._held = []

    def release_news(self) -> None:
        """Send what was kept back."""
        held, self._held = self._held, None
        for data in held or ():
            self.push(data)

    def was_let_in(self) -> None:
        """The peer is logged in: larger frames, and the idle deadline instead of the one for login."""
        self._is_let_in = True
        self._pace = members_pace(self._limits)
        self._reader.max_length = MAX_FRAME
        self._heard_at = time.monotonic()

    def was_turned_down(self) -> None:
        """The peer tried to log in in vain: forget its news, and, a few times, give it time for another try."""
        self._held = None
        self._turned_down += 1
        if self._turned_down < self._limits.login_tries:
            self._since = time.monotonic()

    def pause_reading(self, pause: bool) -> None:
        """Let the peer wait, or hear it again."""
        if pause is not self._is_paused:
            self._is_paused = pause
            self.watch()

    def dismiss(self, refusal: Refusal | ProtocolViolation | None = None) -> None:
        """Send what is to be sent, last of all this refusal, and close."""
        if self._stage is not OPEN:
            return
        if refusal is not None:
            self.push(frame(refused_payload(None, refusal)))
            self.carrier.log_farewell(self, refusal.code)
        elif not self._outgoing.chunks:
            self.carrier.touched.append(self)
        self._stage = DISMISSED
        self._since = time.monotonic()
        self.carrier.restless.add(self)
        self.session.was_closed()

    # --- inside -------------------------------------------------------------------------------------------------------

    def _come_in(self) -> None:
        try:
            if self._stage is GREETING:
                if not has_greeted(self.socket):
                    return
                assert self.carrier.tls is not None, "without TLS, nobody is greeted"
                self.carrier.watch(self, 0)
                self.socket = self.carrier.tls.wrap_socket(self.socket, server_side=True, do_handshake_on_connect=False)
                self._stage = HANDSHAKE
            assert isinstance(self.socket, ssl.SSLSocket), "the stage says so"
            events = shake_hands(self.socket)
        except ProtocolViolation as violation:
            self._stage = OPEN
            self.dismiss(violation)
            return
        except (OSError, ValueError) as error:
            self.close(f"TLS: {getattr(error, 'reason', error)}")
            return
        if events:
            self.carrier.watch(self, events)
        else:
            self._stage, self._since = OPEN, time.monotonic()
            self.start()

    def _read(self) -> bool:
        """Hear what has come; whether there may be more."""
        try:
            data = self.socket.recv(READ_SIZE)
        except WOULD_BLOCK as error:
            self._wants_write |= isinstance(error, ssl.SSLWantWriteError)
            self.watch()
            return False
        except OSError as error:
            self.close(str(error))
            return False
        if not data:
            self.close("the peer hung up")
        elif self._stage is OPEN:
            self._hear(data)
        return bool(data)

    def _hear(self, data: bytes) -> None:
        now = self._heard_at = time.monotonic()
        try:
            payloads = self._reader.feed(data)
            for payload in payloads:
                self.session.receive(payload)
        except ProtocolViolation as violation:
            self.dismiss(violation)
            return
        wait = self._pace.spend(len(payloads), len(data), now)
        if wait and self._stage is OPEN:
            self._paced_until = now + wait
            self.carrier.restless.add(self)
            self.watch()

    def _drain(self) -> None:
        try:
            is_sent = self._outgoing.drain(self.socket.send)
        except OSError as error:
            self.close(str(error))
            return
        self._wants_write = False
        self._after_sending(is_sent)

    def _after_sending(self, is_sent: bool) -> None:
        if self._stage is OPEN and self._outgoing.backlog > self._limits.outgoing_bytes:
            self.dismiss(Unavailable("You read too slowly. Connect again.", code=Code.SLOW_CONSUMER, retry_after=1))
        elif self._stage is DISMISSED and is_sent:
            self._say_goodbye()
        self.watch()

    def _say_goodbye(self) -> None:
        """Nothing more will be sent. The peer's last words are awaited, lest the kernel reset what it was told."""
        try:
            socket.socket.shutdown(self.socket, socket.SHUT_WR)
        except OSError as error:
            self.close(str(error))
