"""Ways in which programs of this kind fail; the numbers are those of the list in `docs/architecture.md`."""

import socket
import ssl
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from server_app.app import App
from server_app.limits import Limits
from server_app.services.accounts import WRONG
from shared.codec import encode
from shared.errors import Code, Refusal
from shared.events import ChannelCreated, MessagePosted, PresenceChanged, SessionEnded
from shared.framing import frame
from shared.limits import MAX_BODY, MAX_FRAME, MAX_TOPIC, MEBIBYTE
from shared.requests import (
    CreateChannel,
    FetchHistory,
    JoinChannel,
    LeaveChannel,
    ListSessions,
    LogOut,
    MarkRead,
    Ping,
    Resume,
    RevokeSession,
    SendMessage,
    SetTopic,
)
from shared.tls import verifying_context
from shared.types import GENERAL, ChannelId

from ..conftest import Certificate, ConnectFactory, ServerFactory
from ..peer import HungUp, Peer


def refusal_of(peer: Peer, *request_ids: int | None) -> Code:
    """The code with which any of these requests was refused (None: the whole connection)."""
    for request_id in request_ids:
        try:
            peer.done(request_id, deadline=2)
        except (TimeoutError, HungUp):
            continue
        except Refusal as refusal:
            return refusal.code
    raise AssertionError("nothing was refused")


FREE = Limits().without_rates_and_caps()
WaitUntil = Callable[..., None]


# --- 2: one large frame makes every later login fail, even after restart ----------------------------------------------


def test_2_the_largest_topics_and_messages_lock_nobody_out(
    start_server: ServerFactory, connect: ConnectFactory
) -> None:
    app = start_server(limits=FREE)
    alice = connect(app).register("alice")
    for number in range(30):
        alice.request(CreateChannel(name=f"c{number}", topic="🔥" * MAX_TOPIC))
    for number in range(100):
        alice.say("🔥" * MAX_BODY, client_id=f"message-{number}")
    app.stop(2)
    app = start_server()
    with Peer(app.address) as bob:
        assert len(encode(bob.register("bob").login)) < MAX_FRAME
        page = bob.request(FetchHistory(channel_id=GENERAL, limit=100))
        assert len(encode(page)) < MAX_FRAME
        assert page.more


def test_2_a_topic_over_the_limit_is_refused_and_changes_nothing(alice: Peer) -> None:
    with pytest.raises(Refusal, match="at most 250"):
        alice.request(SetTopic(channel_id=GENERAL, topic="x" * (MAX_TOPIC + 1)))
    assert alice.request(Ping()) is not None


# --- 3: a peer that never reads freezes others ------------------------------------------------------------------------


def test_3_a_peer_that_never_reads_is_sent_away_and_costs_nobody_else_anything(
    start_server: ServerFactory, connect: ConnectFactory, wait_until: WaitUntil
) -> None:
    app = start_server(limits=FREE, io_threads=1, tls=False)
    alice, bob = connect(app).register("alice"), connect(app).register("bob")
    deaf = connect(app).register("mallory")
    gone = threading.Event()

    def talk() -> float:
        began = time.monotonic()
        alice.say("x" * MAX_BODY)
        return time.monotonic() - began

    durations = []
    while not gone.is_set():
        durations.append(talk())
        bob.next_event(MessagePosted)
        if any(deaf.user_id in event.offline_ids for event in alice.heard(PresenceChanged)):
            gone.set()
        assert len(durations) < 20_000, "the peer that does not read was never sent away"
    assert statistics.median(durations) < 0.2
    with pytest.raises(Refusal, match="too slowly") as refused:
        deaf.done(None)
    assert refused.value.code is Code.SLOW_CONSUMER


# --- 4: running out of file descriptors ends the server ---------------------------------------------------------------

WITH_FEW_DESCRIPTORS = """
import resource, sys
resource.setrlimit(resource.RLIMIT_NOFILE, (90, 90))
from server_app.main import main
sys.exit(main(sys.argv[1:]))
"""


def test_4_a_server_without_descriptors_lives_and_heals(tmp_path: Path) -> None:
    child = subprocess.Popen(
        [
            sys.executable,
            "-c",
            WITH_FEW_DESCRIPTORS,
            "--no-tls",
            "--no-limits",
            "--port",
            "0",
            "--bcrypt-rounds",
            "4",
            "--db",
            str(tmp_path / "hearth.db"),
        ],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    try:
        address = address_of(child)
        with Peer(address, tls=False) as alice:
            alice.register("alice")
            crowd = [socket.create_connection(address) for _ in range(150)]
            alice.say("still there?")
            for each in crowd:
                each.close()
            until = time.monotonic() + 10
            while True:
                try:
                    with Peer(address, tls=False) as bob:
                        bob.register("bob")
                    break
                except (HungUp, OSError):
                    assert time.monotonic() < until, "nobody can come in any more"
            assert alice.say("good").seq == 2
        child.terminate()
        assert child.wait(10) == 0
    finally:
        child.kill()
        child.wait()
        assert child.stdout is not None
        child.stdout.close()


def address_of(child: "subprocess.Popen[str]") -> tuple[str, int]:
    assert child.stdout is not None
    for line in child.stdout:
        if "listening on" in line:
            host, _, port = line.split()[-1].rpartition(":")
            return host, int(port)
    raise AssertionError("the server did not start")


# --- 5: a person who only reads is cut off ----------------------------------------------------------------------------


def test_5_whoever_pings_stays_and_whoever_is_silent_goes(start_server: ServerFactory, connect: ConnectFactory) -> None:
    app = start_server(limits=Limits(idle_seconds=1.0, login_seconds=0.6))
    reader, silent = connect(app).register("alice"), connect(app).register("bob")
    assert reader.snapshot.idle_seconds == 1.0
    until = time.monotonic() + 1.5
    while time.monotonic() < until:
        reader.request(Ping())
        time.sleep(0.05)  # a person reading
    assert refusal_of(silent, None) is Code.IDLE
    silent.wait_until_closed()
    reader.request(Ping())


# --- 6: lone surrogates, NUL and malformed UTF-8 drop somebody else ---------------------------------------------------


@pytest.mark.parametrize(
    "body", [rb'"\ud800"', rb'"\udc00\ud800"', rb'"a\u0000b"', b'"\xff\xfe"', b'"\xed\xa0\x80"', rb'"\u001b[2J"']
)
def test_6_text_that_is_none_is_refused_and_nobody_else_is_dropped(alice: Peer, bob: Peer, body: bytes) -> None:
    payload = b'{"type":"send_message","id":77,"channel_id":1,"client_id":"some-client-id","body":' + body + b"}"
    alice.send_bytes(frame(payload))
    assert refusal_of(alice, 77, None) in (Code.BAD_REQUEST, Code.BAD_FRAME)
    assert bob.heard(MessagePosted) == []
    assert bob.say("unharmed").seq == 1


# --- 7: frames to one socket interleave under load --------------------------------------------------------------------


@pytest.mark.parametrize("tls", [True, False])
def test_7_frames_stay_whole_while_many_talk_at_once(start_server: ServerFactory, tls: bool) -> None:
    # More than the kernel takes on behalf of peers that do not read yet, so that the server has to keep the rest. Much
    # smaller buffers would close TCP's window again and again, and it waits up to a minute before it looks again.
    app = start_server(limits=replace(FREE, outgoing_bytes=64 * MEBIBYTE), tls=tls, io_threads=2)
    peers = [Peer(app.address, tls=tls, receive_buffer=65536).register(f"user{number}") for number in range(8)]
    first, then = 40, 15
    heard: dict[Peer, list[int]] = {peer: [] for peer in peers}

    def talk(peer: Peer, numbers: range, reads: int) -> None:
        for number in numbers:
            peer.ask(SendMessage(channel_id=GENERAL, client_id=f"message-{number}", body="🔥" * (4000 - number)))
            heard[peer] += [peer.next_event(MessagePosted).message.seq for _ in range(reads)]

    def everybody_talks(numbers: range, reads: int) -> None:
        talkers = [threading.Thread(target=talk, args=(peer, numbers, reads)) for peer in peers]
        for thread in talkers:
            thread.start()
        for thread in talkers:
            thread.join()

    everybody_talks(range(first), reads=0)
    # While the server sends what it kept, there is more: whatever overtakes or is cut shows here.
    everybody_talks(range(first, first + then), reads=20)
    total = (first + then) * len(peers)
    for peer, seqs in heard.items():
        seqs += [peer.next_event(MessagePosted).message.seq for _ in range(total - len(seqs))]
        assert seqs == list(range(1, total + 1))
        peer.close()


# --- 8: a silent TCP peer stalls everybody's TLS handshake ------------------------------------------------------------


def test_8_silent_peers_do_not_hold_up_anybodys_handshake(
    start_server: ServerFactory, connect: ConnectFactory, wait_until: WaitUntil
) -> None:
    app = start_server(io_threads=1, limits=Limits(handshake_seconds=1.0))
    silent = [socket.create_connection(app.address) for _ in range(50)]
    halfway = socket.create_connection(app.address)
    halfway.sendall(b"\x16\x03\x01")
    began = time.monotonic()
    connect(app).register("alice")
    assert time.monotonic() - began < 1.0
    for each in [*silent, halfway]:
        each.settimeout(10)
        assert each.recv(1) == b"", "a silent peer is sent away in time"
        each.close()


def test_8_the_certificate_is_one_that_a_client_can_verify(server: App, certificate: Certificate) -> None:
    context = verifying_context(certificate.certificate)
    with (
        socket.create_connection(server.address) as plain,
        context.wrap_socket(plain, server_hostname="localhost") as secure,
    ):
        assert secure.version() == "TLSv1.3"
    with socket.create_connection(server.address) as plain, pytest.raises(ssl.SSLCertVerificationError):
        context.wrap_socket(plain, server_hostname="elsewhere.example")


# --- 10: a mistyped password leaves a stale socket behind -------------------------------------------------------------


def test_10_after_a_mistyped_password_the_same_connection_logs_in_and_stays(
    start_server: ServerFactory, connect: ConnectFactory
) -> None:
    app = start_server(limits=Limits(login_seconds=0.5))
    connect(app).register("alice").close()
    peer = connect(app)
    with pytest.raises(Refusal, match=WRONG):
        peer.log_in("alice", "mistyped password")
    peer.log_in("alice")
    stale = connect(app)
    with pytest.raises(Refusal, match=WRONG):
        stale.log_in("alice", "mistyped password")
    stale.wait_until_closed()
    peer.say("the live session is none the worse")


# --- 12: private messages only to people online, one device, never stored ---------------------------------------------


def test_12_direct_messages_reach_every_device_and_whoever_was_offline(
    alice: Peer, bob: Peer, carol: Peer, connect: ConnectFactory
) -> None:
    channel_id = alice.direct(bob.user_id)
    laptop, phone = bob, connect().log_in("bob", device="phone")
    desk = connect().log_in("alice", device="desk")
    alice.say("just for you", channel_id)
    for device in (laptop, phone, desk):
        assert device.next_event(MessagePosted).message.body == "just for you"
    laptop.close()
    phone.close()
    alice.say("for later", channel_id)
    back = connect().log_in("bob")
    assert back.bodies(channel_id) == ["just for you", "for later"]
    assert carol.heard(MessagePosted) == []
    assert carol.heard(ChannelCreated) == []
    assert channel_id not in {channel.id for channel in connect().log_in("carol").snapshot.channels}
    with pytest.raises(Refusal, match="no such channel"):
        carol.say("let me in", channel_id)
    with pytest.raises(Refusal, match="no such channel"):
        carol.bodies(channel_id)


# --- 13: no unread badges, ghosts in the member list ------------------------------------------------------------------


def unread(peer: Peer) -> dict[ChannelId, int]:
    read = {position.channel_id: position.seq for position in peer.snapshot.read_positions}
    return {channel.id: channel.last_seq - read.get(channel.id, 0) for channel in peer.snapshot.channels}


def test_13_unread_counts_survive_a_restart(start_server: ServerFactory, connect: ConnectFactory) -> None:
    app = start_server()
    alice, bob = connect(app).register("alice"), connect(app).register("bob")
    for number in range(5):
        alice.say(str(number))
    bob.request(MarkRead(channel_id=GENERAL, seq=2))
    app.stop(2)
    app = start_server()
    assert unread(connect(app).resume(bob.token)) == {GENERAL: 3}
    assert unread(connect(app).resume(alice.token)) == {GENERAL: 0}, "what one said oneself is not unread"
    assert unread(connect(app).register("carol")) == {GENERAL: 0}, "a newcomer starts without unread messages"


def test_13_presence_is_right_with_several_devices_and_leaves_no_ghosts(
    alice: Peer, bob: Peer, connect: ConnectFactory
) -> None:
    while bob.user_id not in alice.next_event(PresenceChanged).online_ids:
        pass
    phone = connect().log_in("bob")
    bob.close()
    carol = connect().register("carol")
    news = alice.next_event(PresenceChanged)
    assert (news.online_ids, news.offline_ids) == ((carol.user_id,), ())
    assert bob.user_id in connect().log_in("alice").snapshot.online_ids
    phone.close()
    assert alice.next_event(PresenceChanged).offline_ids == (bob.user_id,)
    assert bob.user_id not in connect().log_in("alice").snapshot.online_ids


# --- 14: leaving costs O(N²) ------------------------------------------------------------------------------------------


def test_14_many_who_leave_at_once_make_few_events(start_server: ServerFactory, connect: ConnectFactory) -> None:
    app = start_server(limits=FREE, tls=False)
    alice = connect(app).register("alice")
    crowd = [Peer(app.address, tls=False).register(f"user{number}") for number in range(100)]
    ids = {peer.user_id for peer in crowd}
    online: set[int] = set()
    while not ids <= online:
        online.update(alice.next_event(PresenceChanged).online_ids)
    began = time.monotonic()
    for peer in crowd:
        peer.close()
    events = 0
    while ids & online:
        online.difference_update(alice.next_event(PresenceChanged).offline_ids)
        events += 1
    assert events <= 2 + 4 * (time.monotonic() - began)


# --- 15: no login throttle, timing tells who exists, … ----------------------------------------------------------------


def test_15_logins_are_throttled_by_account_and_say_when_to_come_back(
    start_server: ServerFactory, connect: ConnectFactory
) -> None:
    app = start_server(limits=Limits(login_failures=3))
    connect(app).register("alice")
    guesser = connect(app)
    for _ in range(3):
        with pytest.raises(Refusal, match=WRONG):
            guesser.log_in("alice", "a wrong guess")
    with pytest.raises(Refusal) as refused:
        connect(app).log_in("ALICE")
    assert refused.value.code is Code.RATE_LIMITED
    assert refused.value.retry_after is not None
    assert 0 < refused.value.retry_after <= 1


def test_15_an_unknown_name_costs_the_same_work_and_gets_the_same_answer(
    start_server: ServerFactory, connect: ConnectFactory
) -> None:
    app = start_server(bcrypt_rounds=9, limits=FREE)
    peer = connect(app).register("alice")
    peer = connect(app)

    def seconds(name: str) -> float:
        began = time.process_time()
        with pytest.raises(Refusal, match=f"^{WRONG}$") as refused:
            peer.log_in(name, "a wrong guess")
        assert refused.value.code is Code.UNAUTHORIZED
        return time.process_time() - began

    known = min(seconds("alice") for _ in range(5))
    unknown = min(seconds("nobody") for _ in range(5))
    assert 0.5 < known / unknown < 2


def test_15_the_message_rate_is_the_accounts_and_not_the_connections(alice: Peer, connect: ConnectFactory) -> None:
    devices = [alice, *(connect().log_in("alice") for _ in range(3))]
    refusals: list[Refusal] = []
    for number in range(24):
        try:
            devices[number % 4].say("again and again")
        except Refusal as refusal:
            refusals.append(refusal)
    assert len(refusals) >= 8
    assert all(each.code is Code.RATE_LIMITED and each.retry_after for each in refusals)


def test_15_a_revoked_token_opens_nothing_and_its_connection_ends(alice: Peer, connect: ConnectFactory) -> None:
    thief = connect().log_in("alice", device="lost phone")
    (lost,) = [each for each in alice.request(ListSessions()).sessions if each.device == "lost phone"]
    alice.request(RevokeSession(session_id=lost.id))
    assert "ended" in thief.next_event(SessionEnded).message
    thief.wait_until_closed()
    with pytest.raises(Refusal, match="Log in again"):
        connect().request(Resume(token=thief.token))
    alice.request(LogOut())
    alice.wait_until_closed()
    with pytest.raises(Refusal, match="Log in again"):
        connect().request(Resume(token=alice.token))


def test_15_nobody_posts_to_a_channel_they_are_not_in(alice: Peer, bob: Peer) -> None:
    plans = alice.request(CreateChannel(name="plans")).channel_id
    bob.request(LeaveChannel(channel_id=plans))
    with pytest.raises(Refusal, match="left") as refused:
        bob.say("hello?", plans)
    assert refused.value.code is Code.FORBIDDEN
    with pytest.raises(Refusal, match="no such channel"):
        bob.say("hello?", ChannelId(999))
    alice.say("without bob", plans)
    assert bob.heard(MessagePosted) == []
    bob.request(JoinChannel(channel_id=plans))
    assert bob.say("hello!", plans).seq == 2
