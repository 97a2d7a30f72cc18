"""Pins, saved messages and earlier versions, as a client knows them, against a real server."""

from typing import Any

import pytest

from client_app.core.actions import MESSAGE_ACTIONS, offers, perform_on, submit
from client_app.core.signals import Notice, Phase, PinsChanged, SavedMessagesChanged
from client_app.core.timeline.listed import listed_rows
from client_app.core.timeline.timeline import EntryKind
from client_app.core.world.clock import now
from server_app.app import App
from shared.requests import Pins, SavedMessages, Versions
from shared.types import GENERAL, ChannelId, Seq

from .conftest import DeviceFactory
from .headless import Headless, address_of
from .network import Relay, at
from .test_actions import Screen

BY_ID = {action.id: action for action in MESSAGE_ACTIONS}


@pytest.fixture
def screen() -> Any:
    return Screen()


@pytest.fixture
def laptop(device: DeviceFactory) -> Headless:
    return device("laptop").register("alice").open()


def say(device: Headless, *texts: str) -> None:
    for text in texts:
        device.client.send(GENERAL, text)
    device.until(lambda: device.bodies()[-len(texts) :] == list(texts) and device.timeline().entries[-1].seq)


def pinned(device: Headless, channel_id: ChannelId = GENERAL) -> list[str]:
    found: list[Pins] = []
    device.client.pins.list(channel_id, None, found.append)
    device.until(lambda: found)
    return [message.body for message in found[0].messages]


def saved(device: Headless) -> list[str]:
    found: list[SavedMessages] = []
    device.client.saved.list(None, found.append)
    device.until(lambda: found)
    return [each.message.body for each in found[0].saved]


def is_pinned(device: Headless, seq: Seq) -> bool:
    index = device.timeline().index_of(seq)
    return index is not None and bool(device.timeline().entries[index].is_pinned)


def test_a_pin_shows_on_all_devices_and_the_menu_takes_it_off_again(
    laptop: Headless, device: DeviceFactory, screen: Any
) -> None:
    phone = device("phone").login("alice").open()
    say(laptop, "rules")
    entry = laptop.timeline().entries[-1]
    assert perform_on(laptop.client, screen, BY_ID["pin"], entry)
    phone.until(lambda: is_pinned(phone, 1))
    assert phone.next(PinsChanged).channel_id == GENERAL
    laptop.until(lambda: is_pinned(laptop, 1))
    entry = laptop.timeline().entries[-1]
    assert {"pin", "unpin"} & {action.id for action in offers(laptop.client, entry)} == {"unpin"}
    assert pinned(laptop) == ["rules"]
    assert perform_on(laptop.client, screen, BY_ID["unpin"], entry)
    phone.until(lambda: not is_pinned(phone, 1))
    assert pinned(phone) == []


def test_whoever_may_not_pin_is_not_offered_it(laptop: Headless, device: DeviceFactory) -> None:
    bobs = device("bobs").register("bob").open()
    say(bobs, "hello")
    assert not {"pin", "unpin"} & {action.id for action in offers(bobs.client, bobs.timeline().entries[-1])}


def test_a_client_that_was_away_gets_pins_of_old_messages(device: DeviceFactory, server: App) -> None:
    with Relay(server.address) as relay:
        laptop = device("laptop", at(relay, address_of(server))).register("alice").open()
        phone = device("phone").login("alice").open()
        say(laptop, "one", "two")
        relay.freeze()
        relay.cut()
        laptop.until(lambda: laptop.is_at(Phase.RECONNECTING))
        phone.client.pins.set(GENERAL, 1, is_on=True)
        phone.until(lambda: is_pinned(phone, 1))
        assert not is_pinned(laptop, 1)
        relay.thaw()
        laptop.client.reconnect_now()
        laptop.until(lambda: is_pinned(laptop, 1))


def test_the_pin_is_kept_on_this_computer(device: DeviceFactory) -> None:
    laptop = device("laptop").register("alice", remember=True).open()
    say(laptop, "rules")
    laptop.client.pins.set(GENERAL, 1, is_on=True)
    laptop.until(lambda: is_pinned(laptop, 1))
    laptop.close()
    again = device("laptop")
    assert again.client.resume_remembered()
    again.client.open_channel(GENERAL)
    assert is_pinned(again, 1), "before the server has answered"


def test_what_is_saved_is_told_to_ones_other_devices(laptop: Headless, device: DeviceFactory, screen: Any) -> None:
    phone = device("phone").login("alice").open()
    say(laptop, "one", "two")
    assert perform_on(laptop.client, screen, BY_ID["save"], laptop.timeline().entries[-1])
    assert laptop.next(Notice).text.startswith("Saved.")
    phone.next(SavedMessagesChanged)
    assert saved(phone) == ["two"]
    phone.client.saved.set(GENERAL, 2, is_on=False)
    laptop.until(lambda: saved(laptop) == [])


def test_earlier_versions_are_offered_of_what_was_edited(laptop: Headless, device: DeviceFactory, screen: Any) -> None:
    bobs = device("bobs").register("bob").open()
    say(laptop, "frist")
    assert "versions" not in {action.id for action in offers(laptop.client, laptop.timeline().entries[-1])}
    laptop.client.edit(GENERAL, 1, "first")
    laptop.until(lambda: laptop.bodies() == ["first"])
    entry = laptop.timeline().entries[-1]
    assert perform_on(laptop.client, screen, BY_ID["versions"], entry)
    assert screen.asked == [("show_versions", 1)]
    bobs.until(lambda: bobs.bodies() == ["first"])
    assert "versions" not in {action.id for action in offers(bobs.client, bobs.timeline().entries[-1])}
    found: list[Versions] = []
    laptop.client.versions.fetch(GENERAL, 1, None, found.append)
    laptop.until(lambda: found)
    assert [each.body for each in found[0].versions] == ["frist"]


def test_slash_words_open_the_lists(laptop: Headless, screen: Any) -> None:
    assert submit(laptop.client, screen, "/pins")
    assert submit(laptop.client, screen, "/saved")
    assert screen.asked == [("show_pins",), ("show_saved",)]


def test_listed_messages_say_where_they_were_said_and_by_whom(laptop: Headless) -> None:
    say(laptop, "one", "two")
    found: list[SavedMessages] = []
    for seq in (1, 2):
        laptop.client.saved.set(GENERAL, seq, is_on=True)
    laptop.client.saved.list(None, found.append)
    laptop.until(lambda: found)
    state = laptop.client.state
    assert state
    rows = listed_rows([each.message for each in found[0].saved], state, now(), names_place=True)
    assert [row.kind for row in rows] == [EntryKind.DAY, EntryKind.MESSAGE, EntryKind.MESSAGE]
    shown = [(row.text, row.author, row.place) for row in rows[1:]]
    assert shown == [("two", "alice", "#general"), ("one", "alice", "#general")]
    assert len({row.key for row in rows}) == 3
