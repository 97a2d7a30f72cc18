"""What is sent again is stored once, whoever sends it and whatever became of it meanwhile."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import pytest

from server_app.limits import Limits
from shared.entities import Message
from shared.errors import Code, Refusal
from shared.events import MessagePosted
from shared.requests import DeleteMessage, EditMessage, FetchHistory, Posted
from shared.types import GENERAL, ClientId, Seq

from ..conftest import ConnectFactory, ServerFactory
from ..peer import Peer

T = TypeVar("T")
ROUNDS = 60
DEVICES = 3


@pytest.fixture
def devices(start_server: ServerFactory, connect: ConnectFactory) -> list[Peer]:
    """Several devices of alice, on the I/O threads in turn."""
    app = start_server(limits=Limits().without_rates_and_caps())
    first = connect(app).register("alice")
    return [first, *(connect(app).log_in("alice") for _ in range(DEVICES - 1))]


def race(devices: list[Peer], act: Callable[[Peer, int], T]) -> list[list[T]]:
    """Have all of them do the same at the same moment, round after round; what each round brought each of them."""
    barrier = threading.Barrier(len(devices))

    def run(device: Peer) -> list[T]:
        results = []
        for number in range(ROUNDS):
            barrier.wait(30)
            results.append(act(device, number))
        return results

    with ThreadPoolExecutor(len(devices)) as pool:
        return [list(each) for each in zip(*pool.map(run, devices), strict=True)]


def all_of(peer: Peer) -> list[Message]:
    found: list[Message] = []
    while True:
        after = found[-1].seq if found else 0
        page = peer.request(FetchHistory(channel_id=GENERAL, after_seq=after, limit=100))
        found += page.messages
        if not page.more:
            return found


def name(number: int) -> ClientId:
    return f"client-id-{number}"


def test_devices_that_send_the_same_at_the_same_moment_get_the_same_result(devices: list[Peer]) -> None:
    rounds = race(devices, lambda device, number: device.say(f"round {number}", client_id=name(number)))
    for number, results in enumerate(rounds):
        assert len(set(results)) == 1, f"in round {number}"
        assert results[0].seq == number + 1
    assert [message.body for message in all_of(devices[0])] == [f"round {number}" for number in range(ROUNDS)]
    for device in devices:
        heard = [event.message.client_id for event in device.heard(MessagePosted)]
        assert heard == [name(number) for number in range(ROUNDS)], "each is told once"


def test_of_devices_that_send_something_else_under_the_same_id_one_is_stored(devices: list[Peer]) -> None:
    def say(device: Peer, number: int) -> Posted | Code:
        try:
            return device.say(f"device {devices.index(device)}", client_id=name(number))
        except Refusal as refusal:
            return refusal.code

    for results in race(devices, say):
        assert results.count(Code.CONFLICT) == DEVICES - 1
    messages = all_of(devices[0])
    assert [message.seq for message in messages] == list(range(1, ROUNDS + 1))
    assert [message.client_id for message in messages] == [name(number) for number in range(ROUNDS)]


@pytest.mark.parametrize("deletes", [False, True])
def test_a_retry_that_meets_an_edit_or_a_deletion_gets_the_first_result(devices: list[Peer], deletes: bool) -> None:
    """One device changes what the others are still trying to send; whichever comes first, there is one message."""
    changing, *sending = devices
    first = [changing.say(f"round {number}", client_id=name(number)) for number in range(ROUNDS)]

    def act(device: Peer, number: int) -> Posted | None:
        if device in sending:
            return device.say(f"round {number}", client_id=name(number))
        seq: Seq = first[number].seq
        if deletes:
            device.request(DeleteMessage(channel_id=GENERAL, seq=seq))
        else:
            device.request(EditMessage(channel_id=GENERAL, seq=seq, body="edited"))
        return None

    for number, results in enumerate(race(devices, act)):
        assert [each for each in results if each] == [first[number]] * len(sending)
    messages = all_of(changing)
    assert [message.body for message in messages] == ["" if deletes else "edited"] * ROUNDS
    assert [message.rev for message in messages] == list(range(1, ROUNDS + 1))
