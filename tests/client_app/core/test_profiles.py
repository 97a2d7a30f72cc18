"""What people tell of themselves, on several devices and for who was away, against a real server."""

from typing import Any

import pytest

from client_app.core import actions
from client_app.core.actions import BY_ID, perform, submit
from client_app.core.signals import Notice, Phase
from client_app.core.world.presence import Presence
from server_app.app import App
from shared.entities import Status
from shared.requests import FullProfile
from shared.types import Availability

from .conftest import DeviceFactory
from .headless import Headless, address_of
from .network import Relay, at
from .test_actions import Screen


@pytest.fixture
def server(generous: App) -> App:
    return generous


@pytest.fixture
def laptop(device: DeviceFactory) -> Headless:
    return device("laptop").register("alice").open()


@pytest.fixture
def bobs(laptop: Headless, device: DeviceFactory) -> Headless:
    bobs = device("bobs").register("bob").open()
    laptop.until(lambda: laptop.client.roster.named("bob"))
    return bobs


def looks(device: Headless, name: str) -> Presence:
    row = device.client.roster.named(name)
    assert row is not None
    return row.presence


def status(device: Headless, name: str) -> str:
    row = device.client.roster.named(name)
    assert row is not None
    return row.status.text if row.status is not None else ""


def known_of(device: Headless, name: str) -> FullProfile:
    row = device.client.roster.named(name)
    assert row is not None
    found: list[FullProfile] = []
    device.client.profiles.fetch(row.user_id, found.append)
    device.until(lambda: found)
    return found[0]


def type_in(device: Headless, text: str) -> None:
    """As if it had been typed and sent."""
    screen: Any = Screen()
    submit(device.client, screen, text)


# --- how people look --------------------------------------------------------------------------------------------------


def test_somebody_who_touches_nothing_is_idle_to_others_until_they_do(laptop: Headless, bobs: Headless) -> None:
    bobs.client.idleness.untouched()
    laptop.until(lambda: looks(laptop, "bob") is Presence.IDLE)
    assert [group.title for group in laptop.client.roster.groups()] == ["Owner", "Member"], "they are here"
    bobs.client.idleness.touched()
    laptop.until(lambda: looks(laptop, "bob") is Presence.ONLINE)


def test_whoever_went_away_stays_so_while_they_type_until_they_come_back(laptop: Headless, bobs: Headless) -> None:
    type_in(bobs, "/away")
    laptop.until(lambda: looks(laptop, "bob") is Presence.IDLE)
    bobs.client.idleness.untouched()
    bobs.client.idleness.touched()
    type_in(bobs, "/online")
    laptop.until(lambda: looks(laptop, "bob") is Presence.ONLINE)


def test_a_device_that_rests_says_so_again_once_it_is_back(
    server: App, laptop: Headless, device: DeviceFactory
) -> None:
    with Relay(server.address) as relay:
        bobs = device("bobs", at(relay, address_of(server))).register("bob").open()
        bobs.client.idleness.untouched()
        laptop.until(lambda: looks(laptop, "bob") is Presence.IDLE)
        relay.cut()
        bobs.until(lambda: bobs.is_at(Phase.RECONNECTING))
        bobs.until(lambda: bobs.is_at(Phase.ONLINE))
        bobs.client.profiles.set_status("back")
        laptop.until(lambda: status(laptop, "bob") == "back" and looks(laptop, "bob") is Presence.IDLE)
        bobs.until(lambda: looks(bobs, "bob") is Presence.IDLE)


def test_what_one_chose_is_so_on_all_devices_and_kept_for_the_next_start(
    laptop: Headless, bobs: Headless, device: DeviceFactory
) -> None:
    phone = device("phone").login("bob", remember=True)
    type_in(bobs, "/dnd")
    laptop.until(lambda: looks(laptop, "bob") is Presence.DO_NOT_DISTURB)
    phone.until(lambda: phone.client.is_left_in_peace)
    assert bobs.client.presence_of_mine is Presence.DO_NOT_DISTURB
    phone.client.flush()
    phone.client.close()
    again = device("phone")
    assert again.client.resume_remembered()
    assert again.client.is_left_in_peace, "before the server has answered"


def test_an_invisible_person_sees_it_and_nobody_else_sees_them(laptop: Headless, bobs: Headless) -> None:
    laptop.until(lambda: looks(laptop, "bob") is Presence.ONLINE)
    type_in(bobs, "/invisible")
    laptop.until(lambda: looks(laptop, "bob") is Presence.OFFLINE)
    bobs.until(lambda: bobs.client.presence_of_mine is Presence.INVISIBLE)
    type_in(bobs, "/online")
    laptop.until(lambda: looks(laptop, "bob") is Presence.ONLINE)


# --- what they are up to ----------------------------------------------------------------------------------------------


def test_a_status_is_set_for_a_while_and_taken_away_by_a_command(laptop: Headless, bobs: Headless) -> None:
    type_in(bobs, "/status 30m 🍽️ At lunch")
    assert bobs.next(Notice).text == "Your status is “🍽️ At lunch” for 30 minutes."
    laptop.until(lambda: status(laptop, "bob") == "🍽️ At lunch")
    type_in(bobs, "/status off")
    laptop.until(lambda: not status(laptop, "bob"))


def test_a_status_goes_at_its_moment_though_nobody_tells_of_it(laptop: Headless, bobs: Headless) -> None:
    bobs.client.profiles.set_status("back in a second", 1)
    laptop.until(lambda: status(laptop, "bob"))
    laptop.until(lambda: not status(laptop, "bob"), deadline=10)


def test_a_status_that_is_too_long_is_refused_and_what_was_typed_stays(laptop: Headless) -> None:
    screen: Any = Screen()
    assert not submit(laptop.client, screen, "/status " + "x" * 10_000)
    assert laptop.next(Notice).text == "A status has at most 128 characters; this one has 10,000."
    assert not submit(laptop.client, screen, "/status 30m")
    assert "what you are up to" in laptop.next(Notice).text
    assert perform(laptop.client, screen, BY_ID["status"])
    assert perform(laptop.client, screen, BY_ID["profile-of-mine"])
    assert screen.asked == [("ask_status",), ("show_own_profile",)]


def test_who_was_away_knows_what_became_of_everybody_meanwhile(
    server: App, laptop: Headless, bobs: Headless, device: DeviceFactory
) -> None:
    carols = device("carols").register("carol")
    laptop.until(lambda: laptop.client.roster.named("carol"))
    with Relay(server.address) as relay:
        phone = device("phone", at(relay, address_of(server))).login("alice")
        bobs.client.profiles.set_status("before")
        carols.client.profiles.set_status("carol is here")
        phone.until(lambda: status(phone, "bob") and status(phone, "carol"))
        relay.freeze()
        relay.cut()
        phone.until(lambda: phone.is_at(Phase.RECONNECTING))
        laptop.client.block(carols.client.me.id)  # type: ignore[union-attr]  # she is logged in
        bobs.client.profiles.set_status("after")
        bobs.client.profiles.set_profile(name="Robert")
        bobs.client.profiles.set_availability(Availability.DO_NOT_DISTURB)
        laptop.until(lambda: looks(laptop, "bob") is Presence.DO_NOT_DISTURB and not status(laptop, "carol"))
        laptop.until(lambda: laptop.client.state and laptop.client.state.name(bobs.client.me.id) == "Robert")  # type: ignore[union-attr]  # he is
        relay.thaw()
        phone.until(lambda: phone.is_at(Phase.ONLINE) and status(phone, "bob") == "after")
        assert phone.client.state is not None
        assert laptop.client.state is not None
        phone.until(lambda: phone.client.state.statuses == laptop.client.state.statuses)  # type: ignore[union-attr]  # both are in
        phone.until(lambda: phone.client.state.users == laptop.client.state.users)  # type: ignore[union-attr]  # both are in
        assert looks(phone, "bob") is Presence.DO_NOT_DISTURB


# --- what they are called ---------------------------------------------------------------------------------------------


def test_a_display_name_is_shown_wherever_a_name_is_and_both_names_find_the_person(
    laptop: Headless, bobs: Headless
) -> None:
    bobs.client.send(laptop.client.open_channel_id, "hello")  # type: ignore[arg-type]  # a channel is open
    laptop.until(lambda: laptop.bodies() == ["hello"])
    type_in(bobs, "/nick Robert Smith")
    assert bobs.next(Notice).text == "You are called “Robert Smith” now."
    laptop.until(lambda: laptop.timeline().entries[-1].author == "Robert Smith")
    row = laptop.client.roster.named("robert smith")
    assert row == laptop.client.roster.named("@bob")
    assert row is not None
    assert (row.name, row.handle) == ("Robert Smith", "bob")
    assert row.is_called("smi")
    assert row.is_called("BO")
    laptop.client.open_direct(row.user_id)
    laptop.until(lambda: [each.title for each in laptop.client.channels.directs()] == ["Robert Smith"])
    type_in(bobs, "/nick off")
    laptop.until(lambda: laptop.timeline().entries[-1].author == "bob")


def test_a_display_name_that_cannot_be_is_refused_here_or_by_the_server_in_a_sentence(
    laptop: Headless, bobs: Headless
) -> None:
    type_in(bobs, "/nick " + "x" * 41)
    assert bobs.next(Notice).text == "A display name has at most 40 characters; this one has 41."
    type_in(bobs, "/nick A.l.i.c.e")
    assert bobs.next(Notice).text == "“A.l.i.c.e” is somebody else’s name, or looks like it. Choose another."


def test_commands_complete_to_the_name_that_nobody_else_has(laptop: Headless, bobs: Headless) -> None:
    bobs.client.profiles.set_profile(name="Robert Smith")
    laptop.until(lambda: laptop.client.roster.named("Robert Smith"))
    for typed in ("/kick b", "/kick rob", "/kick smi"):
        found = actions.complete(laptop.client, typed, len(typed))
        assert [item.text for item in found.items] == ["bob "]


# --- what only a card tells -------------------------------------------------------------------------------------------


def test_a_card_tells_what_was_told_and_a_note_is_there_on_every_device_of_mine(
    laptop: Headless, bobs: Headless, device: DeviceFactory
) -> None:
    bobs.client.profiles.set_profile(pronouns=" he/him ", about="Boats.\n\nAnd tea.  ")
    bobs.until(lambda: known_of(bobs, "bob").about)
    phone = device("phone").login("alice")
    laptop.client.profiles.set_note(bobs.client.me.id, "owes me a coffee")  # type: ignore[union-attr]  # he is logged in
    laptop.until(lambda: known_of(laptop, "bob").note)
    known = known_of(phone, "bob")
    assert known == FullProfile(pronouns="he/him", about="Boats.\n\nAnd tea.", note="owes me a coffee")
    assert known_of(bobs, "bob").note == ""


def test_a_profile_is_cleared_by_who_may(laptop: Headless, bobs: Headless) -> None:
    bobs.client.profiles.set_profile(name="Rude", about="rude")
    bobs.client.profiles.set_status("rude")
    laptop.until(lambda: status(laptop, "bob") and laptop.client.roster.named("Rude"))
    user_id = bobs.client.me.id  # type: ignore[union-attr]  # he is logged in
    assert laptop.client.roster.profile(user_id).may_clear  # type: ignore[union-attr]  # he is there
    laptop.client.profiles.clear(user_id)
    bobs.until(lambda: bobs.client.me == bobs.client.state.users[user_id] and not bobs.client.me.display_name)  # type: ignore[union-attr]  # he is
    assert laptop.next(Notice).text == "What bob told of themselves is taken away."
    bobs.until(lambda: bobs.client.status_of_mine is None)


def test_what_is_over_is_not_shown_though_it_was_not_taken_away_yet(laptop: Headless) -> None:
    me = laptop.client.me
    state = laptop.client.state
    assert me is not None
    assert state is not None
    state.statuses[me.id] = Status("long ago", until=1)
    assert laptop.client.status_of_mine is None


def test_shortcodes_become_emoji_in_what_one_tells(laptop: Headless, bobs: Headless) -> None:
    type_in(bobs, "/status :palm_tree: On holiday")
    type_in(bobs, "/nick Bob :guitar:")
    laptop.until(lambda: status(laptop, "bob") == "🌴 On holiday")
    laptop.until(lambda: laptop.client.roster.named("Bob 🎸"))
