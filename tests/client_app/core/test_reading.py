"""How far one has read: shown at once, right on every device, whatever the connection does in between."""

import random
from collections.abc import Iterator
from dataclasses import replace

import pytest

from client_app.core.history.reading import Reading
from client_app.core.signals import Notice, Phase, Undoable
from client_app.core.timeline.timeline import EntryKind
from client_app.core.world.facts import apply
from client_app.core.world.state import State
from server_app.app import App
from shared.errors import BadRequest, RateLimited, Unavailable
from shared.events import ChannelRead, MessagePosted
from shared.requests import MarkManyRead, MarkRead, MarkUnread, Nothing
from shared.types import GENERAL, ChannelId, Seq
from tests.conftest import ConnectFactory
from tests.peer import Peer

from .conftest import DeviceFactory
from .headless import Headless, address_of
from .network import Relay, at
from .world import ALICE, PLANS, Recorder, message, public, state

ROUNDS = 12


class Desk:
    """Somebody who reads, and a server that answers when the test says so."""

    def __init__(self, read: Seq = 4) -> None:
        channels = public(GENERAL, "general", last_seq=10), public(PLANS, "plans", last_seq=3)
        self.state = state(*channels, read={GENERAL: read})
        self.wire = Recorder()
        self.reading = Reading(self.wire, lambda: self.state, self._put)

    def _put(self, state: State) -> None:
        self.state = state

    def hear(self, seq: Seq) -> None:
        self.state = apply(self.state, ChannelRead(GENERAL, seq))

    @property
    def unread(self) -> int:
        return self.state.unread(GENERAL)


def test_what_is_read_is_read_at_once_and_told() -> None:
    desk = Desk()
    assert desk.reading.mark_read(GENERAL)
    assert desk.unread == 0
    assert desk.wire.requests == [MarkRead(channel_id=GENERAL, seq=10)]
    desk.wire.answer(Nothing())
    assert (desk.unread, desk.state.read, desk.state.wishes) == (0, {GENERAL: 10}, {})
    assert not desk.reading.mark_read(GENERAL), "there is nothing to tell any more"


def test_what_is_marked_as_unread_is_unread_at_once_and_told() -> None:
    desk = Desk()
    assert desk.reading.mark_unread(GENERAL, 3)
    assert desk.unread == 8
    assert desk.wire.requests == [MarkUnread(channel_id=GENERAL, seq=3)]
    desk.wire.answer(Nothing())
    assert (desk.state.read, desk.state.wishes) == ({GENERAL: 2}, {})


@pytest.mark.parametrize("seq", [0, 5, 99], ids=["no message", "unread already", "still to come"])
def test_to_mark_as_unread_what_is_so_already_asks_nothing(seq: Seq) -> None:
    desk = Desk()
    assert not desk.reading.mark_unread(GENERAL, seq)
    assert desk.wire.requests == []


def test_what_another_device_did_first_does_not_flicker_here() -> None:
    desk = Desk()
    desk.reading.mark_read(GENERAL)
    desk.hear(6)
    assert desk.unread == 0
    desk.wire.answer(Nothing())
    desk.hear(10)
    assert desk.unread == 0


def test_what_another_device_did_later_counts() -> None:
    desk = Desk()
    desk.reading.mark_read(GENERAL)
    desk.wire.answer(Nothing())
    desk.hear(10)
    desk.hear(2)
    assert desk.unread == 8


def test_read_without_a_connection_and_then_marked_as_unread_comes_to_what_it_looks_like() -> None:
    desk = Desk()
    desk.reading.mark_read(GENERAL)
    desk.wire.answer(Unavailable("The connection is gone."))
    desk.reading.mark_unread(GENERAL, 8)
    desk.wire.asked.clear()
    assert desk.unread == 3
    desk.reading.dropped()
    before, desk.state = desk.state, replace(desk.state, wishes={})
    desk.reading.resumed(before)
    assert desk.unread == 3
    assert desk.wire.requests == [MarkRead(channel_id=GENERAL, seq=7), MarkUnread(channel_id=GENERAL, seq=8)]
    desk.wire.answer(Nothing())
    desk.wire.answer(Nothing())
    assert (desk.state.read, desk.state.wishes) == ({GENERAL: 7}, {})


def test_what_the_server_had_already_is_not_told_again_after_a_drop() -> None:
    desk = Desk(read=10)
    desk.reading.dropped()
    before, desk.state = desk.state, replace(desk.state, read={GENERAL: 2})
    desk.reading.resumed(before)
    assert desk.wire.requests == []
    assert desk.unread == 8, "another device marked it as unread meanwhile"


def test_a_server_that_asks_to_wait_is_told_later_how_far_it_is_by_then() -> None:
    desk = Desk()
    desk.reading.mark_read(GENERAL)
    desk.wire.answer(RateLimited("Slow down.", retry_after=3.0))
    desk.state = apply(desk.state, MessagePosted(message(11)))
    desk.reading.mark_read(GENERAL)
    assert desk.wire.requests == []
    ((seconds, call),) = desk.wire.due
    call()
    assert (seconds, desk.wire.requests) == (3.0, [MarkRead(channel_id=GENERAL, seq=11)])


def test_what_the_server_refuses_for_good_is_not_shown_any_longer() -> None:
    desk = Desk()
    desk.reading.mark_read(GENERAL)
    desk.wire.answer(BadRequest("There is no such message yet."))
    assert (desk.unread, desk.state.wishes) == (6, {})


def test_everything_is_read_by_one_request_and_put_back_by_one() -> None:
    desk = Desk()
    before = desk.reading.mark_all_read()
    assert before == {GENERAL: 4, PLANS: 0}
    (request,) = desk.wire.requests
    assert isinstance(request, MarkManyRead)
    assert [(each.channel_id, each.seq) for each in request.positions] == [(GENERAL, 10), (PLANS, 3)]
    desk.wire.answer(Nothing())
    assert [desk.state.unread(each) for each in (GENERAL, PLANS)] == [0, 0]
    desk.reading.put_back(before)
    (request,) = desk.wire.requests
    assert isinstance(request, MarkManyRead)
    assert request.goes_back
    desk.wire.answer(Nothing())
    assert (desk.state.read, desk.state.wishes) == ({GENERAL: 4}, {})


def test_my_own_message_ends_nothing_that_another_device_marked_later() -> None:
    known = apply(state(public(GENERAL, "general", last_seq=7)), MessagePosted(message(8, author_id=ALICE)))
    assert apply(known, ChannelRead(GENERAL, 3)).unread(GENERAL) == 5
    assert apply(apply(known, ChannelRead(GENERAL, 3)), MessagePosted(message(9))).unread(GENERAL) == 6


# --- with a server ----------------------------------------------------------------------------------------------------


@pytest.fixture
def relay(generous: App) -> Iterator[Relay]:
    with Relay(generous.address) as relay:
        yield relay


@pytest.fixture
def laptop(device: DeviceFactory, relay: Relay, generous: App) -> Headless:
    """Alice's laptop, whose line can be cut, with general open."""
    return device("laptop", at(relay, address_of(generous))).register("alice", remember=True).open()


@pytest.fixture
def phone(laptop: Headless, device: DeviceFactory, generous: App) -> Headless:
    """Her phone, whose line is good."""
    return device("phone", address_of(generous)).login("alice")


@pytest.fixture
def bob(laptop: Headless, connect: ConnectFactory, generous: App) -> Peer:
    """Bob, who said ten things."""
    bob = connect(generous).register("bob")
    for number in range(1, 11):
        bob.say(f"message {number}")
    laptop.until(lambda: laptop.timeline().last_seq == 10)
    return bob


def lines(device: Headless, channel_id: ChannelId = GENERAL) -> list[Seq]:
    """Below which messages a line says that they are new."""
    entries = device.timeline(channel_id).entries
    return [entries[at + 1].seq for at, entry in enumerate(entries) if entry.kind is EntryKind.UNREAD]


def test_unread_from_here_is_so_on_the_other_device_too(laptop: Headless, phone: Headless, bob: Peer) -> None:
    laptop.client.mark_read(GENERAL)
    phone.until(lambda: phone.unread() == 0)
    laptop.client.mark_unread(GENERAL, 7)
    assert (laptop.unread(), lines(laptop)) == (4, [7])
    laptop.client.saw(GENERAL)
    assert laptop.unread() == 4, "to look at it leaves it so"
    phone.until(lambda: phone.unread() == 4)
    laptop.client.mark_read(GENERAL)
    assert (laptop.unread(), lines(laptop)) == (0, [])
    phone.until(lambda: phone.unread() == 0)


def test_what_is_marked_as_unread_on_the_phone_stays_so_before_the_laptops_eyes(
    laptop: Headless, phone: Headless, bob: Peer
) -> None:
    laptop.client.mark_read(GENERAL)
    phone.until(lambda: phone.client.state and phone.client.state.read_seq(GENERAL) == 10)
    phone.client.mark_unread(GENERAL, 9)
    laptop.until(lambda: laptop.unread() == 2)
    laptop.client.saw(GENERAL)
    assert (laptop.unread(), lines(laptop)) == (2, [9])


def test_once_the_channel_was_left_looking_at_it_reads_it_again(laptop: Headless, bob: Peer) -> None:
    laptop.client.mark_read(GENERAL)
    laptop.client.create_channel("plans")
    laptop.until(lambda: laptop.client.channels.named("plans"))
    laptop.open()
    laptop.client.mark_unread(GENERAL, 9)
    plans = laptop.client.channels.named("plans")
    assert plans
    laptop.open(plans.channel_id)
    laptop.open()
    laptop.client.saw(GENERAL)
    assert laptop.unread() == 0


def test_all_is_marked_as_read_and_taken_back(laptop: Headless, phone: Headless, bob: Peer) -> None:
    laptop.client.mark_unread(GENERAL, 3)
    laptop.until(lambda: laptop.unread() == 10)
    laptop.client.mark_all_read()
    done = laptop.next(Undoable)
    assert (done.text, laptop.unread()) == ("One channel is read.", 0)
    phone.until(lambda: phone.unread() == 0)
    done.undo()
    assert laptop.unread() == 10
    phone.until(lambda: phone.unread() == 10)


def test_where_nothing_is_unread_there_is_nothing_to_take_back(laptop: Headless, bob: Peer) -> None:
    laptop.client.mark_read(GENERAL)
    laptop.signals.clear()
    laptop.client.mark_all_read()
    assert laptop.next(Notice).text == "There is nothing unread."
    assert not any(isinstance(each, Undoable) for each in laptop.signals)


def test_the_first_of_what_is_new_is_known_and_can_be_jumped_to(laptop: Headless, bob: Peer) -> None:
    laptop.client.mark_read(GENERAL)
    for number in range(11, 131):
        bob.say(f"message {number}")
    laptop.until(lambda: laptop.unread() == 120)
    laptop.open()
    new = laptop.client.new(GENERAL)
    assert new
    assert (new.first_seq, new.count) == (11, 120)
    laptop.client.saw(GENERAL)
    assert laptop.unread() == 0
    laptop.client.jump_to(GENERAL, new.first_seq)
    laptop.until(lambda: laptop.timeline().index_of(11) is not None)
    assert lines(laptop) == [11], "it stays where it was, though all is read"
    new = laptop.client.new(GENERAL)
    assert new
    assert new.since


def test_what_was_said_during_a_drop_is_new_when_the_connection_is_back(
    laptop: Headless, bob: Peer, relay: Relay
) -> None:
    laptop.client.mark_read(GENERAL)
    relay.freeze()
    relay.cut()
    laptop.until(lambda: laptop.is_at(Phase.RECONNECTING))
    bob.say("message 11")
    bob.say("message 12")
    relay.thaw()
    laptop.client.reconnect_now()
    laptop.until(lambda: laptop.timeline().last_seq == 12)
    laptop.client.saw(GENERAL)
    assert (laptop.unread(), lines(laptop)) == (0, [11])


@pytest.mark.parametrize("seed", range(3))
def test_two_devices_and_a_line_that_breaks_agree_in_the_end(
    laptop: Headless, phone: Headless, bob: Peer, relay: Relay, connect: ConnectFactory, generous: App, seed: int
) -> None:
    chance = random.Random(seed)
    said = 10
    for _ in range(ROUNDS):
        for _ in range(chance.randint(1, 4)):
            device, seq = chance.choice([laptop, phone]), chance.randint(1, said)
            match chance.randint(0, 4):
                case 0:
                    device.client.mark_read(GENERAL)
                case 1:
                    device.client.mark_unread(GENERAL, seq)
                case 2:
                    bob.say(f"message {said}")
                    said += 1
                case 3:
                    device.client.mark_all_read()
                case 4:
                    device.client.drain()
        if chance.random() < 0.5:
            relay.cut()
            laptop.until(lambda: laptop.is_at(Phase.RECONNECTING))
        if chance.random() < 0.5:
            laptop.client.reconnect_now()
            laptop.until(lambda: laptop.is_at(Phase.ONLINE))
    laptop.client.reconnect_now()
    laptop.until(lambda: laptop.is_at(Phase.ONLINE))

    def fresh() -> Seq:
        with connect(generous).log_in("alice") as newcomer:
            return next((each.seq for each in newcomer.snapshot.read_positions if each.channel_id == GENERAL), 0)

    def agree() -> bool:
        states = [each.client.state for each in (laptop, phone)]
        seqs = {each.read_seq(GENERAL) for each in states if each}
        settled = all(each is not None and not each.wishes for each in states)
        return settled and seqs == {fresh()}

    laptop.until(agree)
    assert laptop.unread() == phone.unread() == said - fresh()
