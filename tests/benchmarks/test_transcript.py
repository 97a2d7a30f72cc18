"""The generator's proof: a right stream passes however it is cut; lost, doubled or reordered messages are named."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.dialects import Irc, Nats, marked_number
from benchmarks.transcript import Follower, StreamFault, Transcript, Walker
from shared import codec, framing
from shared.events import PresenceChanged
from shared.requests import Posted, SendMessage
from shared.types import MessageId, UserId
from tests.benchmarks.frames import HEARTH, SENDERS, posted


def stream(*numbers: int) -> bytes:
    return b"".join(posted(number) for number in numbers)


def other() -> bytes:
    return framing.frame(codec.encode(PresenceChanged(online_ids=(UserId(1),))))


def followers(count: int) -> tuple[list[Follower], list[bytes]]:
    others: list[bytes] = []
    transcript = Transcript(HEARTH, SENDERS)
    return [Follower(transcript, others.append) for _ in range(count)], others


def test_everybody_who_got_the_same_messages_is_counted() -> None:
    (ahead, behind), _ = followers(2)
    assert ahead.feed(stream(0, 1, 2)) == 3
    assert behind.feed(stream(0, 1)) == 2
    assert behind.feed(stream(2, 3)) == 2
    assert ahead.feed(stream(3)) == 1
    assert ahead.newest(2) == [2, 3]


@given(cuts=st.lists(st.integers(0, 4000), max_size=12), turns=st.lists(st.booleans(), min_size=13, max_size=13))
def test_a_stream_may_be_cut_anywhere_and_hold_other_frames(cuts: list[int], turns: list[bool]) -> None:
    (one, two), others = followers(2)
    whole = stream(0, 1, 2) + other() + stream(3, 4, 5) + other() + stream(6)
    edges = [0, *sorted(min(cut, len(whole)) for cut in cuts), len(whole)]
    pieces = [whole[start:end] for start, end in itertools.pairwise(edges)]
    for first_goes_first, piece in zip(turns, pieces, strict=False):
        for reader in (one, two) if first_goes_first else (two, one):
            reader.feed(memoryview(piece))
    assert (one.index, two.index) == (7, 7)
    assert others == [other()] * 4


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        ((0, 1, 3), "message 3 arrived when 2 was due: lost"),
        ((0, 1, 1, 2), "message 1 arrived when 2 was due: doubled"),
        ((0, 2, 1), "message 2 arrived when 1 was due: lost or out of order"),
    ],
)
def test_a_receiver_that_got_something_else_than_the_others_is_named(numbers: tuple[int, ...], said: str) -> None:
    (right, wrong), _ = followers(2)
    right.feed(stream(0, 1, 2, 3))
    with pytest.raises(StreamFault, match=said):
        wrong.feed(stream(*numbers))


@pytest.mark.parametrize("numbers", [(0, 1, 4), (0, 1, 2, 1), (2, 0, 1), (1, 3, 5, 3)])
def test_even_the_first_receiver_is_held_to_each_senders_order(numbers: tuple[int, ...]) -> None:
    (ahead,), _ = followers(1)
    with pytest.raises(StreamFault):
        ahead.feed(stream(*numbers))


def test_a_hole_in_the_channels_numbers_is_a_fault() -> None:
    (ahead,), _ = followers(1)
    with pytest.raises(StreamFault, match="seq 3 after seq 1"):
        ahead.feed(posted(0, seq=1) + posted(1, seq=3))


def test_other_bytes_for_the_same_message_are_a_fault() -> None:
    (right, wrong), _ = followers(2)
    right.feed(posted(0))
    with pytest.raises(StreamFault, match="other bytes"):
        wrong.feed(posted(0).replace(b"xxx", b"yyy"))


def test_messages_of_two_senders_may_come_in_either_order_so_long_as_all_see_the_same() -> None:
    (one, two), _ = followers(2)
    swapped = posted(1, seq=1) + posted(0, seq=2)
    assert one.feed(swapped) == 2
    assert two.feed(swapped) == 2


def test_a_walker_expects_everybody_but_the_sender_itself() -> None:
    walker = Walker(Irc(), SENDERS, 0, lambda _: None)
    said = Irc().message(0, 1) + Irc().message(0, 3)
    assert walker.feed(said[:50]) + walker.feed(said[50:]) == 2
    with pytest.raises(StreamFault, match="came back to its sender"):
        walker.feed(Irc().message(0, 4))


def test_a_walker_names_a_lost_message() -> None:
    walker = Walker(Irc(), SENDERS, None, lambda _: None)
    with pytest.raises(StreamFault, match="message 2 arrived when 0 was due: lost"):
        walker.feed(Irc().message(0, 2))


def test_a_delivery_of_nats_is_a_line_and_a_payload() -> None:
    nats, text = Nats(), b"##MARK%017d end" % 5
    delivery = b"MSG load 1 %d\r\n%b\r\n" % (len(text), text)
    assert nats.cut(delivery + b"PING\r\n", 0) == len(delivery)
    assert nats.cut(delivery[:-1], 0) == 0
    assert (nats.is_delivery(delivery), marked_number(delivery)) == (True, 5)


def test_hearths_requests_are_what_the_protocol_asks_for() -> None:
    request = codec.decode_request(HEARTH.message(1, 41)[4:])
    assert isinstance(request, SendMessage)
    assert len(request.body) == 104
    receipt = framing.frame(codec.done_payload(request.id, Posted(message_id=MessageId(1), seq=1)))
    assert HEARTH.is_receipt(receipt)
    assert not HEARTH.is_delivery(receipt)
    for client in range(10):
        codec.decode_request(HEARTH.opening(client)[0].say[4:])
