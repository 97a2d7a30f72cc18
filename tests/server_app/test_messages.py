"""Messages: one order, retries, pages, read positions."""

import threading

import pytest

from server_app.app import App
from server_app.limits import Limits
from shared.errors import Code, Refusal
from shared.events import MessagePosted
from shared.requests import FetchHistory, SendMessage
from shared.types import GENERAL, MessageKind, Seq

from ..conftest import ConnectFactory, ServerFactory
from ..peer import Peer

FREE = Limits().without_rates_and_caps()


def test_a_retry_returns_the_first_result_and_is_told_to_nobody(alice: Peer, bob: Peer) -> None:
    first = alice.say("once", client_id="client-id-1")
    assert alice.say("once", client_id="client-id-1") == first
    assert bob.next_event(MessagePosted).message.seq == 1
    assert bob.heard(MessagePosted) == []
    assert alice.bodies() == ["once"]


def test_a_retry_within_one_batch_returns_the_first_result_too(alice: Peer, bob: Peer) -> None:
    request = SendMessage(channel_id=GENERAL, client_id="client-id-1", body="once")
    ids = [alice.ask(request) for _ in range(5)]
    assert len({alice.answer(request, request_id) for request_id in ids}) == 1
    assert bob.next_event(MessagePosted).message.seq == 1
    assert bob.heard(MessagePosted) == []


def test_another_message_under_the_same_client_id_is_a_conflict(alice: Peer) -> None:
    alice.say("one", client_id="client-id-1")
    with pytest.raises(Refusal) as refused:
        alice.say("two", client_id="client-id-1")
    assert refused.value.code is Code.CONFLICT


def test_two_authors_may_choose_the_same_client_id(alice: Peer, bob: Peer) -> None:
    assert alice.say("one", client_id="client-id-1").seq == 1
    assert bob.say("two", client_id="client-id-1").seq == 2


def test_many_authors_make_one_order_without_holes(start_server: ServerFactory, connect: ConnectFactory) -> None:
    app = start_server(limits=FREE)
    peers = [connect(app).register(f"user{number}") for number in range(4)]

    def talk(peer: Peer) -> None:
        for number in range(25):
            peer.ask(SendMessage(channel_id=GENERAL, client_id=f"client-id-{number}", body=f"{number}"))

    threads = [threading.Thread(target=talk, args=(peer,)) for peer in peers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    heard = [[peer.next_event(MessagePosted).message for _ in range(100)] for peer in peers]
    assert all(each == heard[0] for each in heard)
    assert [message.seq for message in heard[0]] == list(range(1, 101))
    for peer in peers:
        mine = [message.body for message in heard[0] if message.author_id == peer.user_id]
        assert mine == [str(number) for number in range(25)], "what one person says stays in its order"


def test_a_refused_message_does_not_harm_its_neighbours(alice: Peer) -> None:
    requests = [
        SendMessage(channel_id=channel, client_id=f"client-id-{number}", body=f"{number}")  # type: ignore[arg-type]
        for number, channel in enumerate((1, 999, 1))
    ]
    ids = [alice.ask(request) for request in requests]
    assert alice.answer(requests[0], ids[0]).seq == 1
    with pytest.raises(Refusal, match="no such channel"):
        alice.done(ids[1])
    assert alice.answer(requests[2], ids[2]).seq == 2


def test_the_event_carries_the_whole_message(alice: Peer, bob: Peer) -> None:
    posted = alice.request(
        SendMessage(channel_id=GENERAL, client_id="client-id-1", body="waves\nboth hands", kind=MessageKind.ACTION)
    )
    message = bob.next_event(MessagePosted).message
    assert (message.id, message.seq, message.author_id) == (posted.message_id, posted.seq, alice.user_id)
    assert (message.kind, message.body, message.client_id) == (MessageKind.ACTION, "waves\nboth hands", "client-id-1")
    assert alice.next_event(MessagePosted).message == message
    assert bob.request(FetchHistory(channel_id=GENERAL)).messages == (message,)


@pytest.fixture
def free_server(start_server: ServerFactory) -> App:
    """A server without limits."""
    return start_server(limits=FREE)


@pytest.fixture
def reader(free_server: App, connect: ConnectFactory) -> Peer:
    """Alice, in front of a channel with the messages 1 to 10."""
    peer = connect(free_server).register("alice")
    for number in range(1, 11):
        peer.say(str(number))
    return peer


@pytest.mark.parametrize(
    ("place", "seqs", "more"),
    [
        ({}, [8, 9, 10], True),
        ({"before_seq": 8}, [5, 6, 7], True),
        ({"before_seq": 4}, [1, 2, 3], False),
        ({"before_seq": 1}, [], False),
        ({"after_seq": 0}, [1, 2, 3], True),
        ({"after_seq": 7}, [8, 9, 10], False),
        ({"after_seq": 10}, [], False),
        ({"around_seq": 5}, [4, 5, 6], True),
        ({"around_seq": 1}, [1, 2], False),
    ],
)
def test_history_is_read_in_both_directions_and_around(
    reader: Peer, place: dict[str, Seq], seqs: list[int], more: bool
) -> None:
    page = reader.request(FetchHistory(channel_id=GENERAL, limit=3, **place))
    assert [message.seq for message in page.messages] == seqs
    assert page.more is more


def test_to_have_spoken_is_to_have_read(alice: Peer, bob: Peer, connect: ConnectFactory) -> None:
    alice.say("a question")
    bob.say("an answer")
    (position,) = connect().log_in("bob").snapshot.read_positions
    assert position.seq == 2
