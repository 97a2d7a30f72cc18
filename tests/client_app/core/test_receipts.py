"""Whether the other person of a direct conversation has read what I said, as the window is told."""

import pytest

from client_app.core.world.facts import apply
from client_app.core.world.state import State
from server_app.app import App
from shared.events import ChannelRemoved, MessagePosted, ReceiptChanged
from shared.types import ChannelId, Seq

from .conftest import DeviceFactory
from .headless import Headless, address_of
from .world import ALICE, BOB, BOB_AND_ALICE, direct, message, state


def knowing(**receipts: Seq) -> State:
    known = state(direct(BOB_AND_ALICE, ALICE, BOB, last_seq=5))
    return apply(known, ReceiptChanged(BOB_AND_ALICE, BOB, receipts["seq"])) if receipts else known


def test_a_receipt_is_what_was_told_last_or_nothing() -> None:
    assert knowing(seq=3).receipts == {BOB_AND_ALICE: 3}
    assert apply(knowing(seq=3), ReceiptChanged(BOB_AND_ALICE, BOB, 1)).receipts == {BOB_AND_ALICE: 1}
    assert apply(knowing(seq=3), ReceiptChanged(BOB_AND_ALICE, BOB, None)).receipts == {}
    assert apply(knowing(seq=3), ChannelRemoved(BOB_AND_ALICE)).receipts == {}


def test_whoever_answers_has_read_where_that_may_be_seen() -> None:
    answer = MessagePosted(message(6, channel_id=BOB_AND_ALICE))
    mine = MessagePosted(message(6, author_id=ALICE, channel_id=BOB_AND_ALICE))
    assert apply(knowing(seq=3), answer).receipts == {BOB_AND_ALICE: 6}
    assert apply(knowing(seq=3), mine).receipts == {BOB_AND_ALICE: 3}
    assert apply(knowing(), answer).receipts == {}


@pytest.fixture
def laptop(device: DeviceFactory, generous: App) -> Headless:
    return device("laptop", address_of(generous)).register("alice").open()


@pytest.fixture
def bobs(laptop: Headless, device: DeviceFactory, generous: App) -> Headless:
    bobs = device("bobs", address_of(generous)).register("bob").open()
    laptop.until(lambda: laptop.client.roster.named("bob"))
    return bobs


@pytest.fixture
def talk(laptop: Headless, bobs: Headless) -> ChannelId:
    """Where alice said two things to bob, who has the conversation open."""
    row = laptop.client.roster.named("bob")
    assert row
    opened: list[ChannelId] = []
    laptop.client.open_direct(row.user_id, opened.append)
    laptop.until(lambda: opened and opened[0] in laptop.client.state.channels)  # type: ignore[union-attr]
    laptop.open(opened[0])
    for text in ("one", "two"):
        laptop.client.send(opened[0], text)
    bobs.until(lambda: bobs.client.state and opened[0] in bobs.client.state.channels)
    bobs.open(opened[0])
    bobs.until(lambda: bobs.timeline(opened[0]).last_seq == 2)
    laptop.until(lambda: laptop.timeline(opened[0]).last_seq == 2)
    return opened[0]


def seen(device: Headless, channel_id: ChannelId) -> Seq:
    """The newest message of one's own that the other has read; 0 for none."""
    found = device.client.seen(channel_id)
    return found.seq if found else 0


def test_what_the_other_has_read_is_seen_and_what_came_since_is_not(
    laptop: Headless, bobs: Headless, talk: ChannelId
) -> None:
    assert seen(laptop, talk) == 0
    bobs.client.saw(talk)
    laptop.until(lambda: seen(laptop, talk) == 2)
    found = laptop.client.seen(talk)
    assert found
    assert found.name == "bob"
    laptop.client.send(talk, "three")
    laptop.until(lambda: laptop.timeline(talk).last_seq == 3)
    assert seen(laptop, talk) == 2
    bobs.client.send(talk, "an answer")
    laptop.until(lambda: seen(laptop, talk) == 3)


def test_a_device_that_comes_later_sees_it_too(
    laptop: Headless, bobs: Headless, talk: ChannelId, device: DeviceFactory, generous: App
) -> None:
    bobs.client.saw(talk)
    laptop.until(lambda: seen(laptop, talk) == 2)
    phone = device("phone", address_of(generous)).login("alice").open(talk)
    assert seen(phone, talk) == 2


def test_once_one_of_the_two_shares_it_no_more_neither_sees_it(
    laptop: Headless, bobs: Headless, talk: ChannelId
) -> None:
    bobs.client.saw(talk)
    laptop.until(lambda: seen(laptop, talk) == 2)
    bobs.client.share_receipts(False)
    laptop.until(lambda: not seen(laptop, talk))
    bobs.client.share_receipts(True)
    laptop.until(lambda: seen(laptop, talk) == 2)
    laptop.client.share_receipts(False)
    laptop.until(lambda: not seen(laptop, talk))
    assert laptop.client.state
    assert not laptop.client.state.choices.shares_receipts
