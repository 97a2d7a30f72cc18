"""Floods: many connections, slow ones, tries without end; who does nothing of the kind comes in and is heard."""

import gc
import ipaddress
import socket
import time
from collections.abc import Callable, Iterator

import pytest

from server_app.app import App
from server_app.descriptors import most_connections
from server_app.limits import Limits
from server_app.net.connection import Connection
from server_app.net.doorkeeper import MAX_BEING_REFUSED
from server_app.net.io_thread import STRANGERS_SECONDS
from shared.errors import Code, Refusal
from shared.framing import frame
from shared.limits import MAX_FRAME_BEFORE_LOGIN
from shared.requests import ChangePassword, ListSessions, Login, LogOut, Resume, RevokeSession
from shared.types import Token

from ..conftest import ConnectFactory, ServerFactory
from ..peer import PASSWORD, HungUp, Peer
from ..server_app.balancer import made_for

HOME, ELSEWHERE = "198.51.100.7", "203.0.113.9"
LOOPBACK = (ipaddress.ip_network("127.0.0.0/8"),)
CONNECTIONS = 5000
SLOW = 100
CLIENT_HELLO = bytes.fromhex("160301020001")
"""How a TLS handshake begins."""

Wires = Callable[..., list[socket.socket]]


@pytest.fixture
def wires() -> Iterator[Wires]:
    """A function that opens many connections which each say these bytes, and no more unless the test does."""
    opened: list[socket.socket] = []

    def dial(app: App, number: int, says: bytes = b"") -> list[socket.socket]:
        for _ in range(number):
            wire = socket.create_connection(app.address, timeout=30)
            opened.append(wire)
            if says:
                wire.sendall(says)
            wire.setblocking(False)
        return opened[-number:]

    yield dial
    for wire in opened:
        wire.close()


def is_closed(wire: socket.socket) -> bool:
    """Whether the server hung up; what it says before that is read and forgotten."""
    try:
        while wire.recv(4096):
            pass
    except BlockingIOError:
        return False
    except ConnectionError:
        return True
    return True


def standing(wires: list[socket.socket]) -> int:
    return sum(not is_closed(wire) for wire in wires)


# --- many connections -------------------------------------------------------------------------------------------------


def test_thousands_of_connections_from_one_address_leave_room_for_all_others(
    start_server: ServerFactory, connect: ConnectFactory, wires: Wires, wait_until: Callable[..., None]
) -> None:
    app = start_server(proxy_protocol=LOOPBACK)
    number = int(min(CONNECTIONS, most_connections() / 2))
    flood = wires(app, number, made_for(ELSEWHERE))
    alice = connect(app, first=made_for(HOME)).register("alice")
    alice.say("who is knocking?")
    limits = app.settings.limits
    wait_until(lambda: standing(flood) <= limits.connections_per_address + MAX_BEING_REFUSED)
    assert standing(flood) >= limits.connections_per_address
    bob = connect(app, first=made_for("198.51.100.8")).register("bob")
    assert bob.bodies() == ["who is knocking?"]
    alice.say("nobody of note")


def test_who_dials_again_and_again_is_hung_up_on_before_it_costs_a_handshake(
    start_server: ServerFactory, wires: Wires, wait_until: Callable[..., None]
) -> None:
    app = start_server(limits=Limits(arrivals_per_second=0.001, arrivals_burst=20))
    flood = wires(app, 100, CLIENT_HELLO)
    wait_until(lambda: standing(flood) == 20)


# --- slow ones --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("says", [b"", CLIENT_HELLO[:1], CLIENT_HELLO], ids=["nothing", "a byte", "half a greeting"])
def test_slow_handshakes_end_and_keep_nobody_waiting(
    start_server: ServerFactory, connect: ConnectFactory, wires: Wires, wait_until: Callable[..., None], says: bytes
) -> None:
    app = start_server(limits=Limits(handshake_seconds=1))
    slow = wires(app, SLOW, says)
    connect(app).register("alice").say("so quiet here")
    wait_until(lambda: standing(slow) == 0)


def test_frames_that_come_byte_by_byte_do_not_put_off_the_end(
    start_server: ServerFactory, connect: ConnectFactory, wires: Wires
) -> None:
    app = start_server(tls=False, limits=Limits(login_seconds=0.5))
    slow = wires(app, SLOW, MAX_FRAME_BEFORE_LOGIN.to_bytes(4))
    alice = connect(app).register("alice")
    until = time.monotonic() + 30
    while standing(slow):
        assert time.monotonic() < until, "they still stand"
        for wire in slow:
            drip(wire)
        alice.say("still here", client_id=None)
        time.sleep(0.25)
    alice.say("and now it is quiet")


def drip(wire: socket.socket) -> None:
    """Send one byte more, if anybody takes it."""
    try:
        wire.send(b" ")
    except OSError:
        return


def test_a_connection_on_which_nobody_logs_in_ends(
    start_server: ServerFactory, wires: Wires, wait_until: Callable[..., None]
) -> None:
    app = start_server(tls=False, limits=Limits(login_seconds=0.3))
    slow = wires(app, SLOW, frame(b'{"type":"hello","id":1}'))
    wait_until(lambda: standing(slow) == 0)


def test_wrong_logins_put_off_the_end_a_few_times_and_no_more(
    start_server: ServerFactory, connect: ConnectFactory
) -> None:
    app = start_server(limits=Limits(login_seconds=0.5, login_tries=3, stranger_frames_per_second=20))
    assert 3 <= tries_until_hung_up_on(connect(app)) <= 20


def tries_until_hung_up_on(guesser: Peer) -> int:
    tries = 0
    while True:
        try:
            guesser.request(Login(name="alice", password="a wrong guess"))
        except Refusal:
            tries += 1
        except (HungUp, OSError):
            return tries
        time.sleep(0.1)


def test_a_flood_of_guesses_is_read_slowly_and_others_are_heard(
    start_server: ServerFactory, connect: ConnectFactory
) -> None:
    app = start_server(limits=Limits(messages_burst=100))
    alice, guesser = connect(app).register("alice"), connect(app)
    guess = Login(name="alice", password="a wrong guess")
    asked = [guesser.ask(guess) for _ in range(300)]
    for number in range(50):
        alice.say(f"message {number}")
    with pytest.raises(TimeoutError):
        guesser.done(asked[-1], deadline=0.1)


def test_what_a_flood_leaves_behind_is_freed_at_once(
    server: App, connect: ConnectFactory, wait_until: Callable[..., None]
) -> None:
    """Otherwise the garbage collector has to find it, and stops all threads meanwhile."""
    gc.collect()
    gc.disable()
    try:
        for _ in range(20):
            guesser = connect(server)
            with pytest.raises(Refusal):
                guesser.request(Login(name="alice", password="a wrong guess"))
            guesser.close()
        wait_until(lambda: not any(isinstance(each, Connection) for each in gc.get_objects()), deadline=10)
    finally:
        gc.enable()


def test_strangers_take_no_more_of_a_turn_than_their_share(server: App) -> None:
    served: list[int] = []

    class Slow:
        def on_ready(self, events: int) -> None:
            served.append(events)
            until = time.perf_counter() + 2 * STRANGERS_SECONDS
            while time.perf_counter() < until:
                pass

    server._io_threads[0]._serve([(Slow(), number) for number in range(3)])  # type: ignore[misc]  # as slow as needed
    assert served == [0]


# --- tokens that are over ---------------------------------------------------------------------------------------------


def resume(app: App, connect: ConnectFactory, token: Token) -> Code | None:
    """How coming back by this token is refused; None where it is not."""
    try:
        connect(app).request(Resume(token=token))
    except Refusal as refusal:
        return refusal.code
    return None


def test_a_token_opens_nothing_after_its_session_was_left(server: App, connect: ConnectFactory) -> None:
    alice = connect(server).register("alice")
    token = alice.token
    assert resume(server, connect, token) is None
    alice.request(LogOut())
    assert resume(server, connect, token) is Code.UNAUTHORIZED


def test_a_token_opens_nothing_after_the_password_was_changed_elsewhere(server: App, connect: ConnectFactory) -> None:
    alice = connect(server).register("alice")
    thief = connect(server).log_in("alice")
    alice.request(ChangePassword(old_password=PASSWORD, new_password="another horse"))
    thief.wait_until_closed()
    assert resume(server, connect, thief.token) is Code.UNAUTHORIZED
    assert resume(server, connect, alice.token) is None
    with pytest.raises(Refusal):
        connect(server).log_in("alice")


def test_a_token_opens_nothing_after_its_session_was_ended_from_another_device(
    server: App, connect: ConnectFactory
) -> None:
    alice = connect(server).register("alice")
    lost = connect(server).log_in("alice")
    (session,) = [each for each in alice.request(ListSessions()).sessions if not each.is_current]
    alice.request(RevokeSession(session_id=session.id))
    lost.wait_until_closed()
    assert resume(server, connect, lost.token) is Code.UNAUTHORIZED


def test_tokens_cannot_be_made_up(server: App, connect: ConnectFactory) -> None:
    alice = connect(server).register("alice")
    changed = alice.token[:-1] + ("A" if alice.token[-1] != "A" else "B")
    for token in (changed, alice.token.upper(), "", "\u0000", alice.token + " "):
        assert resume(server, connect, Token(token)) is not None
