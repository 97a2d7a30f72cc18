"""Whatever a peer sends, it gets a clear refusal or a closed connection, and nobody else notices."""

import socket
import ssl
import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server_app.app import App
from server_app.limits import Limits
from shared.errors import Code, Refusal
from shared.events import MessagePosted
from shared.framing import frame
from shared.limits import MAX_FRAME, MAX_FRAME_BEFORE_LOGIN
from shared.requests import Ping
from shared.tls import pinning_context

from ..conftest import ConnectFactory, ServerFactory
from ..peer import HungUp, Peer


def refused(peer: Peer, request_id: int | None) -> Refusal:
    with pytest.raises(Refusal) as refusal:
        peer.done(request_id)
    return refusal.value


def unharmed(alice: Peer, bob: Peer) -> None:
    alice.say("are you there?")
    assert bob.next_event(MessagePosted).message.body == "are you there?"


@pytest.mark.parametrize("length", [0, 2**32 - 1, MAX_FRAME_BEFORE_LOGIN + 1])
def test_a_stranger_with_a_wrong_length_is_told_and_sent_away(
    alice: Peer, bob: Peer, connect: ConnectFactory, length: int
) -> None:
    stranger = connect()
    stranger.send_bytes(struct.pack(">I", length))
    assert refused(stranger, None).code is Code.BAD_FRAME
    stranger.wait_until_closed()
    unharmed(alice, bob)


def test_a_member_with_a_frame_one_byte_too_long_is_sent_away(alice: Peer, bob: Peer, carol: Peer) -> None:
    carol.send_bytes(struct.pack(">I", MAX_FRAME + 1))
    assert refused(carol, None).code is Code.BAD_FRAME
    carol.wait_until_closed()
    unharmed(alice, bob)


def test_a_frame_of_the_largest_size_is_read(alice: Peer) -> None:
    padding = MAX_FRAME - len(b'{"type":"ping","id":5,"x":""}')
    alice.send_bytes(frame(b'{"type":"ping","id":5,"x":"%b"}' % (b"x" * padding)))
    assert alice.done(5)


def test_a_truncated_frame_costs_nobody_anything(alice: Peer, bob: Peer, connect: ConnectFactory) -> None:
    stranger = connect()
    stranger.send_bytes(b"\0\0\0\x20{half")
    stranger.close()
    unharmed(alice, bob)


@pytest.mark.parametrize(
    "payload",
    [
        b"{",
        b"nonsense",
        b"[]",
        b"17",
        b'"text"',
        b"{}",
        b'{"type":5}',
        b'{"id":1}',
        b"\xff\xff",
        b"\x00",
        b"[" * 60000,
        b'{"type":"ping","id":1e999}',
        b'{"type":"ping","id":-1}',
    ],
)
def test_what_is_no_request_is_told_and_sent_away(
    alice: Peer, bob: Peer, connect: ConnectFactory, payload: bytes
) -> None:
    stranger = connect()
    stranger.send_bytes(frame(payload))
    assert refused(stranger, None).code is Code.BAD_REQUEST
    stranger.wait_until_closed()
    unharmed(alice, bob)


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        (b'"type":"no_such_thing"', Code.UNKNOWN_TYPE),
        (b'"type":"send_message"', Code.BAD_REQUEST),
        (b'"type":"send_message","channel_id":"one","client_id":"abcdefgh","body":"x"', Code.BAD_REQUEST),
        (b'"type":"send_message","channel_id":1.5,"client_id":"abcdefgh","body":"x"', Code.BAD_REQUEST),
        (
            b'"type":"send_message","channel_id":99999999999999999999,"client_id":"abcdefgh","body":"x"',
            Code.BAD_REQUEST,
        ),
        (b'"type":"send_message","channel_id":9007199254740991,"client_id":"abcdefgh","body":"x"', Code.NOT_FOUND),
        (b'"type":"send_message","channel_id":-1,"client_id":"abcdefgh","body":"x"', Code.BAD_REQUEST),
        (b'"type":"send_message","channel_id":1,"client_id":"abcdefgh","body":""', Code.BAD_REQUEST),
        (b'"type":"send_message","channel_id":1,"client_id":"\' OR 1=1 --","body":"x"', Code.BAD_REQUEST),
        (b'"type":"fetch_history","channel_id":1,"limit":100000', Code.BAD_REQUEST),
        (b'"type":"fetch_history","channel_id":1,"before_seq":1,"after_seq":1', Code.BAD_REQUEST),
    ],
)
def test_a_bad_request_is_refused_by_its_id_and_the_connection_stays(alice: Peer, fields: bytes, code: Code) -> None:
    alice.send_bytes(frame(b'{"id":41,' + fields + b"}"))
    refusal = refused(alice, 41)
    assert refusal.code is code
    assert refusal.message.endswith(".")
    alice.request(Ping())


def test_deep_nesting_in_a_field_that_nobody_reads_is_refused(alice: Peer, bob: Peer, connect: ConnectFactory) -> None:
    stranger = connect()
    stranger.send_bytes(frame(b'{"type":"ping","id":3,"x":%b}' % (b"[" * 30_000 + b"]" * 30_000)))
    with pytest.raises((Refusal, HungUp)):
        stranger.done(None)
    unharmed(alice, bob)


def test_a_duplicate_id_is_refused_while_the_first_still_waits(alice: Peer) -> None:
    same_id = b'{"type":"send_message","id":9,"channel_id":1,"client_id":"client-%d","body":"x"}'
    alice.send_bytes(frame(same_id % 1) + frame(same_id % 2))
    refusal = refused(alice, 9)
    assert refusal.code is Code.BAD_REQUEST
    assert alice.done(9)


@pytest.mark.parametrize(
    "request_json",
    [
        b'"type":"send_message","channel_id":1,"client_id":"abcdefgh","body":"x"',
        b'"type":"list_sessions"',
        b'"type":"log_out"',
        b'"type":"fetch_history","channel_id":1',
        b'"type":"open_direct","user_id":1',
    ],
)
def test_requests_before_login_are_refused(alice: Peer, connect: ConnectFactory, request_json: bytes) -> None:
    stranger = connect()
    stranger.send_bytes(frame(b'{"id":4,' + request_json + b"}"))
    assert refused(stranger, 4).code is Code.LOGIN_REQUIRED
    stranger.register("bob")


def test_a_second_login_on_a_connection_is_refused_and_the_first_stays(alice: Peer) -> None:
    with pytest.raises(Refusal, match="logged in already"):
        alice.log_in("alice")
    assert alice.say("still me").seq == 1


@pytest.mark.parametrize("tls", [True, False])
def test_ten_thousand_requests_at_once_are_answered_in_order_and_hold_up_nobody(
    start_server: ServerFactory, connect: ConnectFactory, tls: bool
) -> None:
    app = start_server(tls=tls, io_threads=1, limits=Limits(frames_per_second=20_000, messages_burst=50))
    flooder, alice, bob = (connect(app).register(name) for name in ("mallory", "alice", "bob"))
    for start in range(0, 10_000, 1000):
        flooder.send_bytes(b"".join(frame(b'{"type":"ping","id":%d}' % i) for i in range(start + 10, start + 1010)))
        unharmed(alice, bob) if start % 3000 == 0 else None
    for request_id in range(10, 10_010):
        assert flooder.done(request_id).id == request_id


def test_who_sends_frames_too_fast_is_read_later(start_server: ServerFactory, connect: ConnectFactory) -> None:
    app = start_server(tls=False, limits=Limits(frames_per_second=100, frames_burst=100))
    alice = connect(app).register("alice")
    alice.send_bytes(b"".join(frame(b'{"type":"ping","id":%d}' % i) for i in range(10, 211)))
    alice.done(210)
    alice.send_bytes(frame(b'{"type":"ping","id":999}'))
    with pytest.raises(TimeoutError):
        alice.done(999, deadline=0.1)
    assert alice.done(999)


def test_tls_to_a_plain_port_is_closed(start_server: ServerFactory, connect: ConnectFactory) -> None:
    app = start_server(tls=False)
    with socket.create_connection(app.address, timeout=10) as sock, pytest.raises((ssl.SSLError, ConnectionError)):
        pinning_context().wrap_socket(sock)
    connect(app).register("alice")


def test_plain_to_a_tls_port_is_told_so(start_server: ServerFactory, connect: ConnectFactory) -> None:
    app = start_server()
    with Peer(app.address, tls=False) as stranger:
        stranger.send_bytes(frame(b'{"type":"ping","id":1}'))
        assert "TLS" in refused(stranger, None).message
        stranger.wait_until_closed()
    connect(app).register("alice")


@pytest.mark.parametrize("tls", [True, False])
def test_http_is_told_that_it_is_wrong_here(start_server: ServerFactory, connect: ConnectFactory, tls: bool) -> None:
    app = start_server(tls=tls)
    with Peer(app.address, tls=False) as browser:
        browser.send_bytes(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert refused(browser, None).code is Code.BAD_FRAME
        browser.wait_until_closed()
    connect(app).register("alice")


def test_no_bytes_whatever_end_the_server(server: App, alice: Peer) -> None:
    @settings(max_examples=60, deadline=None)
    @given(data=st.one_of(st.binary(max_size=300), st.binary(min_size=1, max_size=200).map(frame)))
    def send(data: bytes) -> None:
        with Peer(server.address) as stranger:
            stranger.send_bytes(data)
        alice.request(Ping())

    send()
