"""Whoever does not read is cut, costs the others nothing, and has lost nothing when it comes back."""

import statistics
import time
from collections.abc import Callable
from dataclasses import replace

import pytest

from server_app.app import App
from server_app.limits import Limits
from server_app.net.connection import Connection
from shared.entities import Message
from shared.errors import Code, Refusal
from shared.events import MessagePosted
from shared.limits import MEBIBYTE
from shared.requests import FetchHistory
from shared.types import GENERAL

from ..conftest import ConnectFactory, ServerFactory
from ..peer import Peer

DEAF = 6
LIMITS = replace(Limits().without_rates_and_caps(), outgoing_bytes=MEBIBYTE)
BODY = "x" * 4000


def connections(app: App) -> list[Connection]:
    return [each for io_thread in app._io_threads for each in list(io_thread._connections)]


def seconds_to_be_heard(speaker: Peer, listener: Peer) -> float:
    """From before a message is said until somebody else has heard it."""
    began = time.monotonic()
    speaker.say(BODY)
    listener.next_event(MessagePosted)
    return time.monotonic() - began


@pytest.mark.parametrize("tls", [True, False])
def test_those_who_do_not_read_are_cut_and_lose_nothing_and_nobody_else_notices(
    start_server: ServerFactory, connect: ConnectFactory, wait_until: Callable[..., None], tls: bool
) -> None:
    app = start_server(limits=LIMITS, tls=tls)
    alice, bob = connect(app).register("alice"), connect(app).register("bob")
    quiet = statistics.median(seconds_to_be_heard(alice, bob) for _ in range(100))
    deaf = [connect(app, receive_buffer=65536).register(f"deaf{number}") for number in range(DEAF)]
    first_seq = deaf[0].snapshot.channels[0].last_seq + 1
    cut = [each for each in connections(app) if each.session.user_id not in (alice.user_id, bob.user_id)]
    assert len(cut) == DEAF

    durations = []
    while any(each.is_open for each in cut):
        durations.append(seconds_to_be_heard(alice, bob))
        assert len(durations) < 5000, "those who do not read were never sent away"
    assert statistics.median(durations) < 4 * quiet + 0.005
    late, never = deaf[:2], deaf[2:]
    heard = {peer: read_until_told(peer) for peer in late}
    wait_until(lambda: len(connections(app)) == 2)
    assert [(each._outgoing.backlog, each._outgoing.chunks, each._held) for each in cut] == [(0, [], None)] * DEAF
    assert len(app._hub._devices) == 2
    for peer in never:
        peer.wait_until_closed()
        heard[peer] = messages(peer)

    last_seq = alice.say("the last one").seq
    for peer in deaf:
        got = [message.seq for message in heard[peer]]
        assert got == list(range(first_seq, first_seq + len(got))), "what came is whole and in order"
        back = connect(app).resume(peer.token)
        assert [message.seq for message in missing(back, got[-1])] == list(range(got[-1] + 1, last_seq + 1))
        back.close()


def read_until_told(peer: Peer) -> list[Message]:
    """What arrived, up to the word that it was too slow."""
    with pytest.raises(Refusal, match="too slowly") as refused:
        peer.done(None)
    assert refused.value.code is Code.SLOW_CONSUMER
    assert refused.value.retry_after
    return messages(peer)


def messages(peer: Peer) -> list[Message]:
    return [event.message for event in peer._events if isinstance(event, MessagePosted)]


def missing(peer: Peer, after: int) -> list[Message]:
    found: list[Message] = []
    while True:
        page = peer.request(FetchHistory(channel_id=GENERAL, after_seq=found[-1].seq if found else after, limit=100))
        found += page.messages
        if not page.more:
            return found
