"""Forwarding: what somebody said goes elsewhere in one's own name, by the outbox, with who said it first."""

import pytest

from client_app.core.timeline.timeline import Entry, EntryKind
from shared.errors import BadRequest
from shared.types import GENERAL, ChannelId, UserId

from .conftest import DeviceFactory
from .headless import Headless


@pytest.fixture
def alice(device: DeviceFactory) -> Headless:
    return device("laptop").register("alice").open()


@pytest.fixture
def bobs(alice: Headless, device: DeviceFactory) -> Headless:
    """Bob, who said something."""
    bobs = device("bobs").register("bob").open()
    bobs.client.send(GENERAL, "the original")
    alice.until(lambda: alice.timeline(GENERAL).last_seq == 1)
    return bobs


def channel(alice: Headless, name: str, *, private: bool = False) -> ChannelId:
    alice.client.create_channel(name, private=private)
    alice.until(lambda: (row := alice.client.channels.named(name)) is not None and row.is_open)
    row = alice.client.channels.named(name)
    assert row is not None
    return row.channel_id


def said(alice: Headless, channel_id: ChannelId) -> list[Entry]:
    """What was sent there, as she sees it."""
    rows = alice.timeline(channel_id).entries
    return [row for row in rows if row.kind is EntryKind.MESSAGE and row.seq]


def test_a_message_goes_to_several_places_with_a_comment_below_it(alice: Headless, bobs: Headless) -> None:
    plans = channel(alice, "plans")
    notes: list[ChannelId] = []
    alice.client.open_direct(alice.client.me.id, notes.append)  # type: ignore[union-attr]
    alice.until(lambda: notes)
    alice.client.forward(GENERAL, [1], [plans, *notes], comment="look")
    for place in (plans, *notes):
        alice.client.open_channel(place)
        alice.until(lambda place=place: len(said(alice, place)) == 2)  # type: ignore[misc]  # a default binds it
        first, second = said(alice, place)
        assert (first.text, first.forwarded, first.author, second.text) == ("the original", "bob", "alice", "look")


def test_a_message_goes_to_somebody_with_whom_there_is_no_conversation_yet(alice: Headless, bobs: Headless) -> None:
    bob_id = UserId(bobs.client.me.id)  # type: ignore[union-attr]
    alice.client.forward(GENERAL, [1], [], [bob_id])
    bobs.until(lambda: bobs.client.state.direct_with(alice.client.me.id))  # type: ignore[union-attr]
    direct = bobs.client.state.direct_with(alice.client.me.id)  # type: ignore[union-attr]
    assert direct is not None
    bobs.client.open_channel(direct)
    bobs.until(lambda: said(bobs, direct))
    assert said(bobs, direct)[0].forwarded == "bob"
    assert alice.client.open_channel_id == GENERAL, "to forward is not to go there"


def test_it_says_whether_a_public_channel_would_read_what_was_not_said_in_public(
    alice: Headless, bobs: Headless
) -> None:
    secret, plans = channel(alice, "secret", private=True), channel(alice, "plans")
    assert alice.client.made_public(secret, [plans, secret, GENERAL]) == ("#plans", "#general")
    assert alice.client.made_public(GENERAL, [plans]) == ()


def test_what_was_deleted_cannot_be_forwarded(alice: Headless, bobs: Headless) -> None:
    bobs.client.delete(GENERAL, 1)
    alice.until(lambda: alice.timeline(GENERAL).entries[-1].is_deleted)
    with pytest.raises(BadRequest, match="Nothing is left"):
        alice.client.forward(GENERAL, [1], [GENERAL])


def test_what_blocked_people_said_first_stays_hidden_whoever_forwards_it(
    alice: Headless, bobs: Headless, device: DeviceFactory
) -> None:
    plans = channel(alice, "plans")
    carol = device("carols").register("carol").open()
    bob_id = bobs.client.me.id  # type: ignore[union-attr]
    carol.client.block(bob_id)
    carol.until(lambda: carol.client.block_of(bob_id))
    alice.client.forward(GENERAL, [1], [plans])
    carol.until(lambda: carol.client.channels.row(plans))
    carol.client.open_channel(plans)
    carol.until(lambda: said(carol, plans))
    assert (said(carol, plans)[0].is_hidden, said(carol, plans)[0].text) == (True, "")
    carol.client.reveal(plans, 1)
    carol.until(lambda: said(carol, plans)[0].text == "the original")
    carol.client.unblock(bob_id)
    carol.until(lambda: not said(carol, plans)[0].is_revealed and said(carol, plans)[0].text == "the original")
