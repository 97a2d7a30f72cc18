"""A selectors loop over its own connections: reads, hands over, takes what others handed over, sends."""

import contextlib
import logging
import selectors
import socket
import ssl
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Sequence

from server_app.addresses import address_key
from server_app.buckets import Buckets
from server_app.carriers import Handover
from server_app.limits import Limits
from server_app.session import Session
from server_app.tasks import Task
from shared.errors import Code

from .arrival import Arrival
from .bulk import Bulk
from .connection import Connection
from .doorkeeper import Doorkeeper
from .herald import Herald

log = logging.getLogger("hearth.net")

FAREWELL_SECONDS = 2.0
"""For a peer that is sent away to take what it is told; closing at once would throw away what is still on its way."""
HURRIED_FAREWELL_SECONDS = 0.5
"""The same when the whole server stops."""
TICK_SECONDS = 0.25
"""How often the deadlines of restless connections are looked at."""
ROUND_SECONDS = 30.0
"""How often those of all the others are, or four times in the time that they may be idle: looking costs."""
STRANGERS_SECONDS = 0.003
"""For all handshakes and logins of one turn; what is left waits for the next, lest those who chat wait for a crowd."""


class IoThread:
    """Owns its connections for life: nobody else touches their sockets.

    It hands everything it read in one turn to the writer at once, and sends each connection all that a turn brought in
    as few calls as possible.
    """

    def __init__(
        self,
        number: int,
        *,
        tls: ssl.SSLContext | None,
        limits: Limits,
        make_session: Callable[[Connection, Callable[[Task], None]], Session],
        submit: Callable[[Sequence[Task]], None],
        doorkeeper: Doorkeeper,
    ) -> None:
        self.tls = tls
        self.limits = limits
        self.farewell_seconds = FAREWELL_SECONDS
        self._farewells = Buckets(rate=1.0, burst=10.0)
        self.touched: list[Connection] = []
        """Connections to which something was pushed in this turn."""
        self._make_session = make_session
        self._submit = submit
        self._doorkeeper = doorkeeper
        self._connections: set[Connection] = set()
        self._heralds: set[Herald] = set()
        self.restless: set[Connection] = set()
        """Those of which a deadline may come within moments."""
        self.bulk = Bulk()
        """Those that carry files and wait for their turn."""
        self._to_write: list[Task] = []
        self._handovers: deque[Handover | Arrival] = deque()
        self._told: list[threading.Event] = []
        """Of the hand-overs that were taken in this turn; set in the next one, when their bytes have gone out."""
        self._selector = selectors.DefaultSelector()
        self._waker, self._wakened = socket.socketpair()
        self._is_asleep = False
        self._sleep_lock = threading.Lock()
        self.is_draining = False
        """Whether no more requests are read, because the server is about to stop."""
        self._drained = threading.Event()
        self._stop_at: float | None = None
        self._thread = threading.Thread(target=self._run, name=f"io-{number}", daemon=True)

    # --- any thread ---------------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Begin to work."""
        for end in (self._waker, self._wakened):
            end.setblocking(False)
        self._selector.register(self._wakened, selectors.EVENT_READ, None)
        self._thread.start()

    def hand_over(self, handover: Handover | Arrival) -> None:
        """Take it and return at once; in the order of the calls."""
        self._handovers.append(handover)
        with self._sleep_lock:
            is_asleep, self._is_asleep = self._is_asleep, False
        if is_asleep:
            self._wake()

    def drain(self) -> None:
        """Read no more requests. Returns at once."""
        self.is_draining = True
        self._wake()

    def wait_until_drained(self, seconds: float) -> bool:
        """Wait until all requests that were read before `drain` are answered; False where that took longer."""
        return self._drained.wait(seconds)

    def stop(self, seconds: float) -> None:
        """Send what is to be sent, close everything, end."""
        self._stop_at = time.monotonic() + seconds
        self._wake()
        self._thread.join(seconds + 1)

    # --- its own thread, for its connections --------------------------------------------------------------------------

    def watch(self, connection: Connection | Herald, events: int) -> None:
        """Have the connection told when its socket is ready for any of these (0: for none)."""
        if events == connection.events:
            return
        if not events:
            self._selector.unregister(connection.socket)
        elif connection.events:
            self._selector.modify(connection.socket, events, connection)
        else:
            self._selector.register(connection.socket, events, connection)
        connection.events = events

    def forget(self, connection: Connection) -> None:
        """The connection is about to be closed."""
        self.watch(connection, 0)
        self._connections.discard(connection)
        self.restless.discard(connection)
        self.bulk.discard(connection)
        self._doorkeeper.leave(connection.address)

    def announce(self, herald: Herald, address: str | None) -> None:
        """A balancer has said for whom it is: count them in from there, and go on as with any other connection."""
        address = address or herald.address
        self.forget_herald(herald)
        refusal = self._doorkeeper.enter(address)
        arrival = Arrival(herald.socket, address, herald.label, refusal)
        if self._doorkeeper.comes_too_often(address) or (refusal and not self._doorkeeper.may_be_told(address)):
            self._doorkeeper.leave(address)
            herald.socket.close()
        else:
            log.debug("%s: made for %s", herald.label, address)
            self._admit(arrival)

    def forget_herald(self, herald: Herald) -> None:
        """A balancer's connection is about to be closed, or becomes one like any other."""
        self.watch(herald, 0)
        self._heralds.discard(herald)
        self._doorkeeper.leave(None)

    def may_note(self, address: str) -> bool:
        """Whether to write to the log of what an address did: nobody can fill the disk with such notes."""
        return not self._farewells.take(address_key(address))

    def log_farewell(self, connection: Connection, code: Code) -> None:
        """Note that a peer was sent away."""
        if self.may_note(connection.address):
            log.info("%s: sent away (%s)", connection.label, code.value)

    # --- its own thread -----------------------------------------------------------------------------------------------

    def _run(self) -> None:
        next_tick = next_round = time.monotonic() + TICK_SECONDS
        while not self._is_done():
            self._wait(next_tick)
            told, self._told = self._told, []
            self._take_handovers()
            # First this, so that the writer works while the rest is sent.
            self._submit_what_was_read()
            for event in told:
                event.set()
            self._flush()
            if self.is_draining:
                self._look_whether_drained()
            if (now := time.monotonic()) >= next_tick:
                next_tick = now + TICK_SECONDS
                is_round = now >= next_round
                next_round = now + min(ROUND_SECONDS, self.limits.idle_seconds / 4) if is_round else next_round
                self._check_deadlines(now, self._connections if is_round else self.restless)
        for connection in list(self._connections):
            connection.close("the server stops")
        for herald in list(self._heralds):
            herald.close("the server stops")
        for end in (self._selector, self._waker, self._wakened):
            end.close()

    def _submit_what_was_read(self) -> None:
        if self._to_write:
            to_write = self._to_write[:]
            self._to_write.clear()
            self._submit(to_write)

    def _check_deadlines(self, now: float, connections: Iterable[Connection]) -> None:
        for connection in list(connections):
            connection.check_deadlines(now)
            if not connection.is_restless:
                self.restless.discard(connection)
        for herald in list(self._heralds):
            herald.check_deadline(now)
        self._flush()

    def _wait(self, until: float) -> None:
        # Asleep first, then a look at what was handed over: whoever comes in between wakes us. The lock is what makes
        # each thread see the other's part in that order, with the interpreter's lock or without.
        with self._sleep_lock:
            self._is_asleep = True
        timeout = 0.0 if self._handovers or self._told else max(0.0, min(until, self.bulk.due) - time.monotonic())
        ready = self._selector.select(timeout)
        self._is_asleep = False
        strangers: list[tuple[Connection, int]] = []
        for key, events in ready:
            if key.data is None:
                self._wakened.recv(64)
            elif key.data.is_carrying:
                self.bulk.put(key.data, events)
            elif key.data in self.restless:
                strangers.append((key.data, events))
            else:
                key.data.on_ready(events)
        if strangers:
            self._serve(strangers)
        self.bulk.serve()

    def _serve(self, strangers: Iterable[tuple[Connection, int]]) -> None:
        """As many as the time of one turn is enough for. The others are still ready in the next, and come first."""
        until = time.monotonic() + STRANGERS_SECONDS
        for connection, events in strangers:
            connection.on_ready(events)
            if time.monotonic() > until:
                return

    def _take_handovers(self) -> None:
        while self._handovers:
            handover = self._handovers.popleft()
            if isinstance(handover, Arrival):
                self._admit(handover)
                continue
            if handover.told is not None:
                self._told.append(handover.told)
            for request in handover.returning:
                request.come_home()
            for receivers, data in handover.deliveries:
                for receiver in receivers:
                    receiver.deliver(data)
            for receiver in handover.endings:
                receiver.dismiss()

    def _admit(self, arrival: Arrival) -> None:
        if arrival.is_balancer:
            herald = Herald(self, arrival.socket, arrival.address, arrival.label)
            self._heralds.add(herald)
            herald.start()
            return
        connection = Connection(
            self,
            sock=arrival.socket,
            address=arrival.address,
            label=arrival.label,
            make_session=lambda wire: self._make_session(wire, self._to_write.append),
            turned_away=arrival.turned_away,
        )
        self._connections.add(connection)
        self.restless.add(connection)
        connection.start()

    def _flush(self) -> None:
        while self.touched:
            touched, self.touched = self.touched, []
            for connection in touched:
                connection.flush()

    def _look_whether_drained(self) -> None:
        for connection in self._connections:
            connection.watch()
        if not any(connection.session.is_busy for connection in self._connections):
            self._drained.set()

    def _is_done(self) -> bool:
        if self._stop_at is None:
            return False
        # What others finished before the stop is told first.
        self._take_handovers()
        self._flush()
        self.farewell_seconds = HURRIED_FAREWELL_SECONDS
        for connection in list(self._connections):
            connection.dismiss()
        return not self._connections or time.monotonic() >= self._stop_at

    def _wake(self) -> None:
        with contextlib.suppress(OSError):  # full: it is awake anyway; closed: it has ended
            self._waker.send(b"\0")
