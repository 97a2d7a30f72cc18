"""One network thread: opens the session, carries requests and facts, and comes back after a drop.

Everything it learns goes into the inbox; everything it is asked to do comes through a queue and a bell. The socket
belongs to its thread for life (an OpenSSL connection must not be shared), and there is at most one socket at a time.
"""

import itertools
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

import msgspec

from shared.answers import Done, Refused
from shared.codec import decode_from_server, decode_result, encode
from shared.errors import Code, ProtocolViolation, Refusal, Unavailable
from shared.events import ServerStopping, SessionEnded
from shared.limits import PINGS
from shared.requests import Login, LogOut, Ping, Register, Request, Resume
from shared.types import RequestId, Rev, Token

from .address import Address
from .asked import AskedQueue
from .backoff import delay
from .dial import DialError, UntrustedCertificateError, dial
from .inbox import Inbox
from .incoming import Answered, Dropped, Due, Ended, Incoming, Opened, OpeningFailed, Retrying, Ticket, Told, refusal_of
from .known_servers import KnownServers
from .reminders import Reminders
from .wire import Bell, LostError, Wire, encoded

Opening = Register | Login | Resume

OPENING_SECONDS = 30.0
"""How long a server may take over a login; bcrypt with a queue of people before one takes seconds."""
RESUMING_SECONDS = 10.0
"""Likewise over coming back, which takes it milliseconds; on a line that swallows all, another attempt is due."""
ANSWER_SECONDS = 30.0
"""A server of which nothing is heard for so long after it was asked something is gone, whatever TCP believes."""


class Connection:
    """A session's connection: `start` once, `close` once; whoever wants another session makes another of these.

    `start`, `request`, `remind`, `retry_now` and `close` may be called from any thread and return at once. The rest
    runs on the network thread.
    """

    def __init__(
        self,
        address: Address,
        opening: Callable[[], Opening],
        known_servers: KnownServers,
        inbox: "Inbox[tuple[Connection, Incoming]]",
        users_rev: Callable[[], Rev] = lambda: 0,
        *,
        goes_on: bool = False,
    ) -> None:
        """`opening` is called on the network thread, because a remembered token may come from a slow key store.

        So is `users_rev`: up to which revision people are known. Where it `goes_on`, a first failure is not the end.
        """
        self._address = address
        self._opening = opening
        self._known_servers = known_servers
        self._inbox = inbox
        self._users_rev = users_rev
        self._goes_on = goes_on
        self._bell = Bell()
        self._asked = AskedQueue()
        self._reminders = Reminders()
        self._is_closing = False
        self._must_retry_now = False
        self._thread = threading.Thread(target=self._run, name="network", daemon=True)  # What follows is its own.
        self._wire: Wire | None = None
        self._waiting: dict[RequestId, tuple[Ticket, type[Request[Any]]]] = {}
        self._early: list[bytes] = []  # What came in one breath with the snapshot.
        self._ids = itertools.count(1)
        self._ping_seconds = 30.0
        self._return_hint: float | None = None
        self.fingerprint = ""  # Of the certificate, where no authority of the system vouches for it. Any thread reads.

    # --- any thread ---------------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Dial and open the session."""
        self._thread.start()

    def request(self, ticket: Ticket, request: Request[Any]) -> None:
        """Ask the server; one `Answered` with this ticket follows, whatever happens."""
        self._asked.put(ticket, request)
        self._bell.ring()

    def remind(self, ticket: Ticket, seconds: float) -> None:
        """Put `Due` with this ticket into the inbox after so many seconds."""
        self._reminders.add(ticket, seconds)
        self._bell.ring()

    def retry_now(self) -> None:
        """Do not wait any longer before the next attempt to come back."""
        self._must_retry_now = True
        self._bell.ring()

    def close(self) -> None:
        """End it, after what was asked for has gone out. Whatever still reaches the inbox need not be heeded."""
        self._is_closing = True
        self._bell.ring()

    def join(self, seconds: float) -> None:
        """Wait until the thread has ended, at most so long."""
        if self._thread.ident is not None:
            self._thread.join(seconds)

    # --- the network thread -------------------------------------------------------------------------------------------

    def _run(self) -> None:
        failure = OpeningFailed("The client failed in an unexpected way; its log says how. Please log in again.")
        try:
            token = self._come_back(self._opening, None) if self._goes_on else self._open_first()
            while token is not None:
                reason = self._stay()
                token = self._come_back(partial(self._resume, token), reason)
            self._is_closing = True
        finally:
            self._hang_up("The connection was closed.")
            if not self._is_closing:
                self._tell(failure)  # Nobody may wait for ever, whatever went wrong here.
            self._bell.close()

    def _tell(self, incoming: Incoming) -> None:
        self._inbox.put((self, incoming))

    def _open_first(self) -> str | None:
        """The token of the session opened; None where none came about, which has been told."""
        try:
            return self._open(self._opening(), is_resumed=False)
        except UntrustedCertificateError as error:
            failure = OpeningFailed(str(error), untrusted=error)
        except Refusal as refusal:
            failure = OpeningFailed(refusal.message, refusal)
        except (DialError, LostError, ProtocolViolation) as error:
            failure = OpeningFailed(str(error))
        self._hang_up(failure.reason)
        self._tell(failure)
        return None

    def _open(self, opening: Opening, *, is_resumed: bool) -> str:
        """Dial, ask for the session and wait for the answer. Raises what `dial` raises, `Refusal` and `LostError`."""
        payload = encoded(msgspec.structs.replace(opening, id=next(self._ids)))
        connected, self.fingerprint = dial(self._address, self._known_servers)
        self._address = replace(self._address, fingerprint="")  # From now on it is known.
        self._wire = wire = Wire(connected, self._bell)
        wire.put(payload)
        deadline = time.monotonic() + (RESUMING_SECONDS if is_resumed else OPENING_SECONDS)
        token = None
        while token is None:
            if self._is_closing:
                raise LostError("Cancelled.")
            if time.monotonic() >= deadline:
                raise LostError(f"{self._address} does not answer.")
            for payload in wire.turn(max(0.0, deadline - time.monotonic())):
                if token is not None:
                    self._early.append(payload)
                    continue
                match decode_from_server(payload):
                    case Done() as done:
                        logged_in = decode_result(type(opening), done)
                        self._ping_seconds = max(0.05, logged_in.snapshot.idle_seconds / PINGS)
                        token = logged_in.token
                        self._tell(Opened(logged_in, is_resumed))
                    case Refused() as refused:
                        raise refusal_of(refused)
        return token

    def _stay(self) -> str:
        """Converse until the connection drops; why it did."""
        if (wire := self._wire) is None:
            return ""
        patience = min(ANSWER_SECONDS, 2 * self._ping_seconds)
        try:
            while self._early:
                self._take(self._early.pop(0))
            while not self._is_closing or self._is_logging_out():
                self._ask(wire)
                pause = min(self._reminders.until_due(), self._ping_seconds, patience)
                for payload in wire.turn(pause, has_more=self._asked.has_pieces):
                    self._take(payload)
                self._tell_due()
                if wire.silence() > patience:
                    return "The server has fallen silent."
                if time.monotonic() - wire.last_sent >= self._ping_seconds:
                    wire.put(encode(Ping(id=next(self._ids))))
            self._ask(wire)
            wire.flush()
        except (LostError, ProtocolViolation) as error:
            return str(error)
        return "The connection was closed."

    def _is_logging_out(self) -> bool:
        """A server that is busy with an earlier request would forget this one of whoever hangs up."""
        return LogOut in {*(kind for _, kind in self._waiting.values()), *self._asked.kinds()}

    def _ask(self, wire: Wire) -> None:
        while (asked := self._asked.take(is_wire_free=wire.is_free)) is not None:
            ticket, request = asked[0], msgspec.structs.replace(asked[1], id=next(self._ids))
            try:
                wire.put(encoded(request))
            except Refusal as refusal:
                self._tell(Answered(ticket, refusal))
            else:
                self._waiting[request.id] = (ticket, type(request))

    def _take(self, payload: bytes) -> None:
        match decode_from_server(payload):
            case Done(id=request_id) as done:
                if (waiting := self._waiting.pop(request_id, None)) is not None:
                    self._tell(Answered(waiting[0], decode_result(waiting[1], done)))
            case Refused(id=None) as refused:
                raise LostError(refused.message)
            case Refused(id=int(request_id)) as refused:
                if (waiting := self._waiting.pop(request_id, None)) is not None:
                    self._tell(Answered(waiting[0], refusal_of(refused)))
            case SessionEnded(message=message):
                self._tell(Ended(message))
                self._is_closing = True
            case ServerStopping(retry_after=seconds):
                self._return_hint = seconds
            case None | Refused():
                pass  # A kind of fact that is newer than this client.
            case event:
                self._tell(Told(event))

    def _resume(self, token: Token) -> Opening:
        return Resume(token=token, users_rev=self._users_rev())

    def _come_back(self, opening: Callable[[], Opening], reason: str | None) -> str | None:
        """Open the session, however many attempts it takes; None when that is not wanted or not possible any more.

        Without a `reason` for being away the first attempt is made at once.
        """
        away_since = time.monotonic()
        while not self._is_closing:
            if reason is not None and not self._pause(reason, time.monotonic() - away_since):
                break
            try:
                return self._open(opening(), is_resumed=True)
            except Refusal as refusal:
                if refusal.code in (Code.UNAUTHORIZED, Code.BANNED):
                    self._tell(Ended(refusal.message))
                    return None
                reason, self._return_hint = refusal.message, refusal.retry_after
            except UntrustedCertificateError as error:
                self._tell(OpeningFailed(str(error), untrusted=error))
                return None
            except (DialError, LostError, ProtocolViolation) as error:
                reason = str(error)
        return None

    def _pause(self, reason: str, away: float) -> bool:
        """Hang up, and wait until it is time for another attempt; whether one is wanted."""
        self._hang_up(reason)
        if not self._is_closing:
            seconds = delay(away, self._return_hint)
            self._return_hint = None
            self._tell(Dropped(reason, seconds))
            self._wait(seconds)
        if not self._is_closing:
            self._tell(Retrying())
        return not self._is_closing

    def _wait(self, seconds: float) -> None:
        """Let time pass, without a connection, until it is time to try again."""
        deadline = time.monotonic() + seconds
        self._must_retry_now = False
        while not self._is_closing and not self._must_retry_now and (left := deadline - time.monotonic()) > 0:
            self._bell.wait(min(left, self._reminders.until_due()))
            self._refuse_asked("There is no connection to the server at the moment.")
            self._tell_due()

    def _tell_due(self) -> None:
        for ticket in self._reminders.take():
            self._tell(Due(ticket))

    def _hang_up(self, reason: str) -> None:
        """Close the socket, and answer whatever still waits for an answer."""
        if self._wire is not None:
            self._wire.close()
            self._wire = None
            self._early.clear()
        for ticket, _ in self._waiting.values():
            self._tell(Answered(ticket, Unavailable(reason)))
        self._waiting.clear()
        self._refuse_asked(reason)

    def _refuse_asked(self, reason: str) -> None:
        for ticket, _ in self._asked.take_all():
            self._tell(Answered(ticket, Unavailable(reason)))
