"""Behind a balancer: who somebody is counts by where they are, and only a balancer is believed where that is."""

import contextlib
import ipaddress
import logging
import socket
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server_app.app import App
from server_app.errors import StartError
from server_app.limits import Limits
from server_app.net.proxy_header import SIGNATURE, BadHeader, ProxyHeader
from server_app.settings import load
from shared.codec import encode
from shared.errors import Code, Refusal
from shared.framing import frame
from shared.requests import Ping

from ..conftest import ConnectFactory, ServerFactory
from ..peer import HungUp, Peer
from .balancer import LOCAL, PROXY, header, made_for, made_for_itself

LOOPBACK = (ipaddress.ip_network("127.0.0.0/8"),)
ELSEWHERE = (ipaddress.ip_network("192.0.2.0/24"),)
HOME = "198.51.100.7"
addresses = st.ip_addresses().map(str)


def parsed(data: bytes, cuts: list[int] | None = None) -> tuple[str | None, int]:
    """The address that a header tells, read in pieces, and how many bytes were read."""
    reader, start = ProxyHeader(), 0
    pieces = iter(cuts or [])
    while reader.missing:
        size = min(reader.missing, next(pieces, reader.missing))
        assert start + size <= len(data), "more is wanted than there is"
        reader.feed(data[start : start + size])
        start += size
    return reader.address, start


# --- the header -------------------------------------------------------------------------------------------------------


@given(addresses, st.binary(max_size=300), st.binary(max_size=50), st.lists(st.integers(1, 40), max_size=20))
def test_the_address_comes_out_however_the_header_is_cut(
    address: str, more: bytes, behind: bytes, cuts: list[int]
) -> None:
    data = made_for(address, more)
    assert parsed(data + behind, cuts) == (address, len(data))


def test_a_header_can_be_cut_at_every_byte() -> None:
    data = made_for(HOME, b"\x04\x00\x03...")
    for cut in range(1, len(data)):
        assert parsed(data, [cut]) == (HOME, len(data))
    assert parsed(data, [1] * len(data)) == (HOME, len(data))


@given(st.binary(max_size=100))
def test_a_balancer_that_looks_whether_the_server_is_well_stands_for_itself(more: bytes) -> None:
    data = made_for_itself(more)
    assert parsed(data) == (None, len(data))


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(header(PROXY, 0x00, b""), id="of an unknown family"),
        pytest.param(header(PROXY, 0x12, bytes(12)), id="of datagrams"),
        pytest.param(header(PROXY, 0x31, bytes(216)), id="of a path"),
        pytest.param(header(LOCAL, 0xFF, b"anything"), id="of whatever, for itself"),
        pytest.param(header(LOCAL, 0x11, bytes(12)), id="with an address, for itself"),
    ],
)
def test_what_tells_no_address_is_taken_for_the_balancer_itself(data: bytes) -> None:
    assert parsed(data) == (None, len(data))


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"GET / HTTP/1.1\r\n\r\n", "signature"),
        (b"PROXY TCP4 198.51.100.7 192.0.2.1 4711 5050\r\n", "signature"),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\x00\x00\x00\x00\x00\x00", "signature"),
        (SIGNATURE + b"\x11\x11\x00\x0c" + bytes(12), "version 1"),
        (header(0x22, 0x11, bytes(12)), "command is 2"),
        (header(PROXY, 0x41, bytes(12)), "0x41"),
        (header(PROXY, 0x13, bytes(12)), "0x13"),
        (header(PROXY, 0x11, bytes(11)), "too short"),
        (header(PROXY, 0x21, bytes(12)), "too short"),
        (header(PROXY, 0x31, bytes(215)), "too short"),
    ],
)
def test_what_is_no_header_is_refused_with_a_reason(data: bytes, reason: str) -> None:
    with pytest.raises(BadHeader, match=reason):
        parsed(data)


@given(st.binary(min_size=1, max_size=600))
def test_any_bytes_are_a_header_or_are_refused(data: bytes) -> None:
    reader = ProxyHeader()
    with contextlib.suppress(BadHeader):
        while reader.missing and data:
            reader.feed(data[: reader.missing])
            data = data[reader.missing :]


@given(st.binary(min_size=4, max_size=4), st.binary(max_size=400))
def test_any_bytes_behind_the_signature_are_a_header_or_are_refused(prefix: bytes, rest: bytes) -> None:
    data = SIGNATURE + prefix + rest + bytes(max(0, int.from_bytes(prefix[2:]) - len(rest)))
    try:
        address, size = parsed(data)
    except BadHeader:
        return
    assert size == 16 + int.from_bytes(prefix[2:])
    assert address is None or ipaddress.ip_address(address)


# --- the server -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("tls", [True, False])
def test_people_behind_a_balancer_are_counted_where_they_are(
    start_server: ServerFactory, connect: ConnectFactory, tls: bool
) -> None:
    app = start_server(tls=tls, proxy_protocol=LOOPBACK, limits=Limits(connections_per_address=1))
    alice = connect(app, first=made_for(HOME)).register("alice")
    connect(app, first=made_for("2001:db8::1")).register("bob")
    third = connect(app, first=made_for(HOME))
    with pytest.raises(Refusal) as refused:
        third.done(None)
    assert refused.value.code is Code.TOO_MANY_CONNECTIONS
    alice.say("none the worse")


def test_who_left_leaves_room_for_others_from_there(
    start_server: ServerFactory, connect: ConnectFactory, wait_until: Callable[..., None]
) -> None:
    app = start_server(proxy_protocol=LOOPBACK, limits=Limits(connections_per_address=1))
    for _ in range(3):
        peer = connect(app, first=made_for(HOME))
        peer.request(Ping())
        peer.close()
        wait_until(lambda: inside(app) == 0)


def inside(app: App) -> int:
    return app._doorkeeper._total  # what no peer can see


def test_registrations_are_limited_by_where_people_are(start_server: ServerFactory, connect: ConnectFactory) -> None:
    app = start_server(proxy_protocol=LOOPBACK, limits=Limits(registrations_burst=1, registrations_per_second=0.001))
    connect(app, first=made_for("2001:db8:1:2::3")).register("alice")
    with pytest.raises(Refusal) as refused:
        connect(app, first=made_for("2001:db8:1:2::4")).register("bob")
    assert refused.value.code is Code.RATE_LIMITED
    connect(app, first=made_for("2001:db8:1:3::3")).register("bob")


def test_a_header_may_come_byte_by_byte_and_with_the_first_words_right_behind(
    start_server: ServerFactory, wait_until: Callable[..., None]
) -> None:
    app = start_server(tls=False, proxy_protocol=LOOPBACK)
    data = made_for(HOME) + frame(encode(Ping(id=1)))
    with socket.create_connection(app.address) as slow:
        slow.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for number in range(len(data)):
            slow.sendall(data[number : number + 1])
        slow.settimeout(30)
        assert b"done" in slow.recv(1000)


@pytest.mark.parametrize("tls", [True, False])
def test_a_balancer_that_sends_no_header_is_closed_and_named_in_the_log(
    start_server: ServerFactory, caplog: pytest.LogCaptureFixture, tls: bool
) -> None:
    app = start_server(tls=tls, proxy_protocol=LOOPBACK)
    with caplog.at_level(logging.WARNING, "hearth.net"), socket.create_connection(app.address) as wrong:
        wrong.settimeout(30)
        wrong.sendall(frame(encode(Ping(id=1))))
        assert hears_nothing(wrong)
    assert "from 127.0.0.1: the balancer sent no PROXY header of version 2" in caplog.text


def hears_nothing(wire: socket.socket) -> bool:
    """Whether it is closed without a word."""
    try:
        return wire.recv(100) == b""
    except ConnectionError:
        return True


def test_a_header_that_does_not_come_in_time_ends_the_connection(
    start_server: ServerFactory, caplog: pytest.LogCaptureFixture
) -> None:
    app = start_server(proxy_protocol=LOOPBACK, limits=Limits(handshake_seconds=0.2))
    with socket.create_connection(app.address) as slow:
        slow.settimeout(30)
        slow.sendall(made_for(HOME)[:-1])
        assert hears_nothing(slow)
    assert "no PROXY header in time" in caplog.text
    assert inside(app) == 0


def test_nobody_else_is_believed_where_they_are(start_server: ServerFactory, connect: ConnectFactory) -> None:
    app = start_server(tls=False, proxy_protocol=ELSEWHERE)
    connect(app).register("alice")
    liar = connect(app, first=made_for(HOME))
    with pytest.raises(Refusal) as refused:
        liar.done(None)
    assert refused.value.code is Code.BAD_FRAME
    liar.wait_until_closed()


def test_nobody_else_gets_past_tls_with_a_header(start_server: ServerFactory) -> None:
    app = start_server(proxy_protocol=ELSEWHERE)
    with pytest.raises((OSError, HungUp)):
        Peer(app.address, first=made_for(HOME)).register("alice")


def test_a_balancer_may_look_whether_the_server_is_well(start_server: ServerFactory, connect: ConnectFactory) -> None:
    app = start_server(proxy_protocol=LOOPBACK, limits=Limits(connections_per_address=2))
    connect(app, first=made_for_itself()).request(Ping())


def test_a_server_stops_while_a_balancer_has_not_said_for_whom_it_is(start_server: ServerFactory) -> None:
    app = start_server(proxy_protocol=LOOPBACK)
    with socket.create_connection(app.address) as silent:
        silent.settimeout(30)
        app.stop(2)
        assert hears_nothing(silent)
    assert inside(app) == 0


def test_balancers_are_named_by_address_or_network() -> None:
    settings = load(["--proxy-protocol", "192.0.2.1, 2001:db8::/32"], {})
    assert [str(network) for network in settings.proxy_protocol] == ["192.0.2.1/32", "2001:db8::/32"]
    with pytest.raises(StartError, match="addresses or networks"):
        load(["--proxy-protocol", "balancer.example.org"], {})
