"""Both rooms judge alike: right streams pass however they are cut; what was lost, doubled or reordered is named."""

import contextlib
import random
import socket
import threading
from collections.abc import Callable, Iterator, Sequence

import pytest

from benchmarks.dialects import PADDING, Dialect, Irc, Nats, Refused, Relayed
from benchmarks.rooms import Client, LoadFailed, Room
from benchmarks.transcript import StreamFault
from shared import codec, framing
from shared.events import PresenceChanged
from shared.requests import Nothing
from shared.types import UserId
from tests.benchmarks.frames import HEARTH, SENDERS, posted

MakeRoom = Callable[[Dialect, int, int], Room]


def said(number: int) -> bytes:
    """What NATS tells of message `number`."""
    text = b"##MARK%017d %b" % (number, PADDING.encode())
    return b"MSG load 1 %d\r\n%b\r\n" % (len(text), text)


def stream(*numbers: int) -> bytes:
    return b"".join(posted(number) for number in numbers)


def presence() -> bytes:
    return framing.frame(codec.encode(PresenceChanged(online_ids=(UserId(1),))))


@contextlib.contextmanager
def filled(make_room: MakeRoom, dialect: Dialect, clients: int) -> Iterator[tuple[Room, list[socket.socket]]]:
    """A room whose clients' servers are sockets here."""
    room = make_room(dialect, SENDERS, clients)
    with contextlib.ExitStack() as stack:
        servers = []
        for number in range(clients):
            server, line = (stack.enter_context(each) for each in socket.socketpair())
            line.setblocking(False)
            room.add(Client(number, line, number < SENDERS, is_timed=number == clients - 1), b"")
            servers.append(server)
        yield room, servers
        room.close()


def messages(dialect: Dialect, count: int, first: int = 0) -> list[bytes]:
    return [dialect.message(number % SENDERS, number) for number in range(first, first + count)]


def hear(make_room: MakeRoom, dialect: Dialect, streams: Sequence[bytes], count: int) -> Room:
    """Let every client get its stream while so many messages are said."""
    with filled(make_room, dialect, len(streams)) as (room, servers):
        for server, data in zip(servers, streams, strict=True):
            server.sendall(data)
        room.run(messages(dialect, count), window=count)
        return room


def test_everybody_who_got_the_same_messages_is_counted_run_after_run(make_room: MakeRoom) -> None:
    with filled(make_room, HEARTH, 3) as (room, servers):
        for first in (0, 3):
            for server in servers:
                server.sendall(stream(first, first + 1, first + 2))
            room.run(messages(HEARTH, 3, first), window=3)
            assert len(room.latencies()) == 3
        assert room.heard().deliveries == 18
        sent = servers[0].recv(65536)
    assert sent == b"".join(HEARTH.message(0, number) for number in (0, 2, 4))


def test_a_stream_may_be_cut_anywhere_and_hold_other_frames(make_room: MakeRoom) -> None:
    dice = random.Random(4)
    receipt = framing.frame(codec.done_payload(2, Nothing()))
    whole = stream(0, 1, 2) + presence() + receipt + stream(3, 4, 5) + presence() + stream(*range(6, 40))
    with filled(make_room, HEARTH, 2) as (room, servers):

        def write() -> None:
            for server in servers:
                left = whole
                while left:
                    size = dice.randint(1, 300)
                    server.sendall(left[:size])
                    left = left[size:]

        writer = threading.Thread(target=write)
        writer.start()
        room.run(messages(HEARTH, 40), window=40)
        writer.join()
        assert (room.heard().deliveries, room.heard().receipts) == (80, 2)


@pytest.mark.parametrize(
    ("numbers", "problem"),
    [
        pytest.param((0, 1, 3, 2), "message 3 arrived when 2 was due", id="lost"),
        pytest.param((0, 1, 1, 2), "message 1 arrived when 2 was due: doubled", id="doubled"),
        pytest.param((0, 2, 1, 3), "message 2 arrived when 1 was due", id="swapped"),
    ],
)
def test_a_receiver_that_got_something_else_than_the_others_is_named(
    make_room: MakeRoom, numbers: tuple[int, ...], problem: str
) -> None:
    with pytest.raises(StreamFault, match=problem):
        hear(make_room, HEARTH, [stream(0, 1, 2, 3), stream(*numbers)], 4)


@pytest.mark.parametrize("numbers", [(0, 1, 4), (0, 1, 2, 1), (2, 0, 1), (1, 3, 5, 3)])
def test_even_the_first_receiver_is_held_to_each_senders_order(make_room: MakeRoom, numbers: tuple[int, ...]) -> None:
    with pytest.raises(StreamFault):
        hear(make_room, HEARTH, [b"".join(posted(each, seq) for seq, each in enumerate(numbers, 1)), b""], 6)


def test_a_hole_in_the_channels_numbers_is_a_fault(make_room: MakeRoom) -> None:
    with pytest.raises(StreamFault, match="seq 3 after seq 1"):
        hear(make_room, HEARTH, [posted(0, seq=1) + posted(1, seq=3), b""], 2)


def test_other_bytes_for_the_same_message_are_a_fault(make_room: MakeRoom) -> None:
    other = posted(1).replace(b'"created_at":1', b'"created_at":2')
    with pytest.raises(StreamFault, match="other bytes"):
        hear(make_room, HEARTH, [stream(0, 1), posted(0) + other], 2)


def test_another_text_than_was_sent_is_a_fault(make_room: MakeRoom) -> None:
    with pytest.raises(StreamFault, match="another text"):
        hear(make_room, HEARTH, [stream(0).replace(b"xxx", b"yyy"), b""], 1)


def test_messages_of_two_senders_may_come_in_either_order_so_long_as_all_see_the_same(make_room: MakeRoom) -> None:
    swapped = posted(1, seq=1) + posted(0, seq=2)
    assert hear(make_room, HEARTH, [swapped, swapped], 2)


def test_where_there_is_no_one_order_each_senders_must_still_be_kept(make_room: MakeRoom) -> None:
    orders = ((0, 1, 2, 3), (1, 0, 3, 2), (0, 2, 1, 3))
    assert hear(make_room, Nats(), [b"".join(map(said, order)) for order in orders], 4)
    for wrong in ((2, 0, 1, 3), (0, 1, 1, 2), (1, 0, 1, 2), (0, 1, 3, 3)):
        with pytest.raises(StreamFault):
            hear(make_room, Nats(), [b"".join(map(said, (0, 1, 2, 3))), b"".join(map(said, wrong))], 4)


def test_who_does_not_hear_themselves_must_hear_all_the_others(make_room: MakeRoom) -> None:
    everything = [Irc().message(0, number) for number in range(4)]
    streams = [everything[1] + everything[3], everything[0] + everything[2], b"".join(everything)]
    assert hear(make_room, Irc(), streams, 4)
    with pytest.raises(StreamFault, match="came back to its sender"):
        hear(make_room, Irc(), [everything[0], *streams[1:]], 4)


def test_a_message_that_nobody_sent_is_a_fault(make_room: MakeRoom) -> None:
    with pytest.raises(StreamFault):
        hear(make_room, Nats(), [said(0) + said(1) + said(2) + said(3), b""], 2)


def test_a_message_that_never_comes_is_missed(make_room: MakeRoom, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("rooms", "native"):
        monkeypatch.setattr(f"benchmarks.{module}.STALL_SECONDS", 0.1)
    with pytest.raises(LoadFailed, match="1 of 6 deliveries never arrived"):
        hear(make_room, HEARTH, [stream(0, 1, 2), stream(0, 1)], 3)


def test_no_more_is_under_way_than_was_asked_for(make_room: MakeRoom, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("rooms", "native"):
        monkeypatch.setattr(f"benchmarks.{module}.STALL_SECONDS", 0.1)
    with filled(make_room, HEARTH, 2) as (room, servers):
        with pytest.raises(LoadFailed, match="20 of 20"):
            room.run(messages(HEARTH, 10), window=2)
        assert servers[0].recv(65536) == HEARTH.message(0, 0)
        assert servers[1].recv(65536) == HEARTH.message(1, 1)


def test_a_server_that_hangs_up_is_noticed(make_room: MakeRoom) -> None:
    with filled(make_room, HEARTH, 2) as (room, servers):
        servers[1].close()
        with pytest.raises(LoadFailed, match="closed connection 1"):
            room.run(messages(HEARTH, 1), window=1)


def test_a_refusal_ends_the_run(make_room: MakeRoom) -> None:
    refused = framing.frame(b'{"type":"refused","id":2,"code":"unavailable","message":"The disk is full."}')
    with pytest.raises(Refused, match="The disk is full"):
        hear(make_room, HEARTH, [refused, b""], 1)


def test_a_server_that_asks_whether_one_is_there_is_answered(make_room: MakeRoom) -> None:
    with filled(make_room, Relayed(), 1) as (room, servers):
        servers[0].sendall(b"PING :here\r\n")
        room.settle(0.05)
        assert servers[0].recv(100) == b"PONG :here\r\n"
