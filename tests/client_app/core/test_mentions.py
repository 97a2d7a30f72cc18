"""Mentions and levels in a client: counted, shown under today's name, told once, completed."""

from collections.abc import Iterator
from unittest.mock import create_autospec

import pytest

from client_app.core.actions import BY_ID, complete, perform
from client_app.core.signals import MessageArrived
from client_app.core.surface import Surface
from client_app.core.timeline.timeline import Entry
from server_app.app import App
from shared.types import GENERAL, ChannelId, Level

from .conftest import DeviceFactory
from .headless import Headless, address_of


@pytest.fixture
def server(generous: App) -> App:
    return generous


@pytest.fixture
def alice(device: DeviceFactory) -> Headless:
    """The owner, who may mention everybody."""
    return device("alice").register("alice").open()


@pytest.fixture
def bob(alice: Headless, device: DeviceFactory) -> Headless:
    bob = device("bob").register("bob", remember=True).open()
    alice.until(lambda: alice.client.roster.named("bob"))
    return bob


def say(sender: Headless, text: str, channel_id: ChannelId = GENERAL) -> None:
    sender.until(lambda: sender.client.channels.row(channel_id))
    if sender.client.open_channel_id != channel_id:
        sender.open(channel_id)
    sender.client.send(channel_id, text)
    sender.until(lambda: not sender.client.session or not sender.client.session.outbox.failed(channel_id))
    sender.until(lambda: sender.timeline(channel_id).entries[-1].seq)


def counts(device: Headless, channel_id: ChannelId = GENERAL) -> tuple[int, int, int]:
    """Unread, of it mentions, and what calls one."""
    row = device.client.channels.row(channel_id)
    assert row is not None
    return row.unread, row.mentions, row.counted


def last(device: Headless) -> Entry:
    entry: Entry = device.timeline().entries[-1]
    return entry


def arrived(device: Headless) -> Iterator[tuple[str, bool]]:
    """What is worth a notification: its text, and whether it is a mention."""
    for signal in device.signals:
        if isinstance(signal, MessageArrived):
            yield signal.message.body, signal.is_mention


def test_a_mention_is_counted_and_read_on_all_devices(alice: Headless, bob: Headless, device: DeviceFactory) -> None:
    phone = device("phone").login("bob")
    say(alice, "nothing")
    say(alice, "@bob something")
    bob.until(lambda: counts(bob) == counts(phone) == (2, 1, 2))
    bob.client.mark_read(GENERAL)
    bob.until(lambda: counts(bob) == counts(phone) == (0, 0, 0))


def test_who_was_away_finds_the_mentions_and_those_of_an_edit(
    alice: Headless, bob: Headless, device: DeviceFactory
) -> None:
    bob.close()
    say(alice, "@bob one")
    say(alice, "two")
    alice.client.edit(GENERAL, 2, "@bob two")
    alice.client.edit(GENERAL, 1, "one")
    alice.until(lambda: last(alice).text == "@bob two" and last(alice).edited_at)
    alice.until(lambda: alice.bodies()[0] == "one")
    again = device("bob").login("bob")
    again.until(lambda: counts(again) == (2, 1, 2))
    assert again.client.state is not None
    assert again.client.state.unread_mentions(GENERAL) == (2,)


def test_a_mention_that_comes_by_an_edit_is_told_once(alice: Headless, bob: Headless) -> None:
    say(alice, "hello")
    alice.client.edit(GENERAL, 1, "hello @bob")
    bob.until(lambda: ("hello @bob", True) in arrived(bob))
    alice.client.edit(GENERAL, 1, "hello @bob again")
    bob.until(lambda: bob.bodies() == ["hello @bob again"])
    assert list(arrived(bob)) == [("hello", False), ("hello @bob", True)]


def test_a_message_shows_who_is_named_and_whether_it_is_for_me(alice: Headless, bob: Headless) -> None:
    say(alice, "hello @BOB and @alice")
    bob.until(bob.bodies)
    entry = last(bob)
    assert entry.is_for_me
    assert not last(alice).is_for_me
    assert [entry.text[each.start : each.end] for each in entry.named] == ["@bob", "@alice"]
    assert entry.written == "hello @BOB and @alice"


def test_whoever_is_called_otherwise_since_stays_mentioned(alice: Headless, bob: Headless) -> None:
    say(alice, "hello @bob")
    bob.until(lambda: bob.bodies() == ["hello @bob"])
    bob.client.profiles.set_profile(name="Bob the Builder")
    bob.until(lambda: bob.bodies() == alice.bodies() == ["hello @Bob the Builder"])
    entry = last(alice)
    (named,) = entry.named
    assert entry.text[named.start : named.end] == "@Bob the Builder"
    assert entry.written == "hello @bob"


def test_a_muted_channel_counts_only_mentions_until_that_is_over(alice: Headless, bob: Headless) -> None:
    bob.client.mute_channel(GENERAL, seconds=3600)
    bob.until(lambda: (row := bob.client.channels.row(GENERAL)) and row.is_muted)
    say(alice, "one")
    say(alice, "@bob two")
    bob.until(lambda: counts(bob) == (2, 1, 1))
    bob.client.set_level(GENERAL, Level.NONE)
    bob.until(lambda: counts(bob) == (2, 1, 0))
    row = bob.client.channels.row(GENERAL)
    assert row is not None
    assert row.is_muted, "another level does not end it"
    bob.client.mute_channel(GENERAL, seconds=1)
    bob.until(lambda: (row := bob.client.channels.row(GENERAL)) and row.muted_until)
    bob.until(lambda: (row := bob.client.channels.row(GENERAL)) and not row.is_muted)


def test_levels_and_mentions_are_there_before_the_server_answers(
    alice: Headless, bob: Headless, device: DeviceFactory, server: App
) -> None:
    bob.client.set_level(GENERAL, Level.MENTIONS)
    say(alice, "@bob")
    bob.until(lambda: counts(bob) == (1, 1, 1))
    bob.until(lambda: (row := bob.client.channels.row(GENERAL)) and row.level is Level.MENTIONS)
    bob.close()
    address = address_of(server)
    server.stop()
    again = device("bob", address)
    assert again.client.resume_remembered()
    again.until(lambda: again.client.channels.row(GENERAL))
    assert counts(again) == (1, 1, 1)
    row = again.client.channels.row(GENERAL)
    assert row is not None
    assert row.level is Level.MENTIONS


def labels(device: Headless, text: str) -> list[str]:
    return [item.label for item in complete(device.client, text, len(text)).items]


def test_a_name_is_completed_with_recent_speakers_first_and_everybody_where_one_may(
    alice: Headless, bob: Headless, device: DeviceFactory
) -> None:
    carol = device("carol").register("carol").open()
    device("anton").register("anton")
    device("berta").register("berta")
    alice.until(lambda: alice.client.roster.named("anton") and alice.client.roster.named("berta"))
    assert labels(alice, "hi @") == ["anton", "berta", "bob", "carol", "channel", "here"]
    say(bob, "one")
    say(carol, "two")
    alice.until(lambda: alice.bodies() == ["one", "two"])
    assert labels(alice, "hi @") == ["carol", "bob", "anton", "berta", "channel", "here"]
    assert labels(alice, "@b") == ["bob", "berta"]
    assert labels(alice, "@HE") == ["here"]
    carol.until(lambda: carol.client.roster.named("berta"))
    assert labels(carol, "@h") == labels(carol, "@ch") == []
    (item,) = complete(alice.client, "@ber", 4).items
    assert (item.text, item.user_id is not None, item.presence is not None) == ("@berta ", True, True)


def test_one_goes_to_the_next_channel_that_calls_one(alice: Headless, bob: Headless) -> None:
    client = alice.client
    for name in ("first", "second", "third"):
        client.create_channel(name)
    alice.until(lambda: all(bob.client.channels.named(name) for name in ("first", "second", "third")))
    first, second, third = (row.channel_id for row in bob.client.channels.joined()[1:])
    say(alice, "nothing", first)
    say(alice, "nothing", second)
    say(alice, "@bob", third)
    bob.until(lambda: counts(bob, third) == (1, 1, 1))
    bob.client.mute_channel(first)
    bob.until(lambda: (row := bob.client.channels.row(first)) and row.is_muted)
    visited = []
    for action in ("next-mention", "next-unread", "previous-unread"):
        bob.client.open_channel(GENERAL)
        perform(bob.client, create_autospec(Surface), BY_ID[action])
        visited.append(bob.client.open_channel_id)
    assert visited == [third, second, third]
