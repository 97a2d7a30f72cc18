"""How people look while they are here: on several devices, by choice, and not at all."""

from collections.abc import Callable

import pytest

from server_app.app import App
from server_app.blocks import whom_it_shows
from server_app.presence import Presence
from shared.codec import encode
from shared.events import ChoicesChanged, Event, PresenceChanged
from shared.framing import frame
from shared.requests import FetchProfile, SetAvailability, SetBlock, SetIdle, SetPrivacy
from shared.types import Availability, BlockKind, UserId

from ..conftest import ConnectFactory, ServerFactory
from ..peer import Peer
from .rooms import FREE

ALICE, BOB, CAROL = (UserId(number) for number in (1, 2, 3))
AUTOMATIC, UNDISTURBED, INVISIBLE = Availability
WaitUntil = Callable[..., None]


# --- what is told -----------------------------------------------------------------------------------------------------


def test_somebody_is_idle_once_all_of_their_devices_are() -> None:
    presence = Presence()
    presence.device_came(ALICE, "laptop")
    presence.device_came(ALICE, "phone")
    presence.news()
    presence.device_rests(ALICE, "laptop", is_idle=True)
    assert presence.news() is None
    presence.device_rests(ALICE, "phone", is_idle=True)
    assert presence.news() == PresenceChanged(idle_ids=(ALICE,))
    presence.device_rests(ALICE, "laptop", is_idle=False)
    assert presence.news() == PresenceChanged(online_ids=(ALICE,))
    presence.device_went(ALICE, "laptop")
    assert presence.news() == PresenceChanged(idle_ids=(ALICE,)), "the one that is left is idle"


def test_whoever_wants_to_be_left_in_peace_is_told_as_such_whatever_their_devices_do() -> None:
    presence = Presence({ALICE: UNDISTURBED})
    presence.device_came(ALICE, "phone")
    assert presence.news() == PresenceChanged(do_not_disturb_ids=(ALICE,))
    presence.device_rests(ALICE, "phone", is_idle=True)
    assert presence.news() is None
    presence.choose(ALICE, AUTOMATIC)
    assert presence.news() == PresenceChanged(idle_ids=(ALICE,))
    presence.device_went(ALICE, "phone")
    assert presence.news() == PresenceChanged(offline_ids=(ALICE,))


def test_an_invisible_person_comes_goes_and_rests_without_a_word() -> None:
    presence = Presence({ALICE: INVISIBLE})
    presence.device_came(ALICE, "phone")
    assert presence.news() is None
    presence.device_rests(ALICE, "phone", is_idle=True)
    assert presence.news() is None
    presence.device_went(ALICE, "phone")
    assert presence.news() is None
    assert presence.present().everybody == ()
    assert presence.news_of(ALICE) is None


def test_whoever_has_just_come_knows_that_they_are_here_though_nobody_was_told_yet() -> None:
    presence = Presence()
    presence.device_came(BOB, "phone")
    presence.news()
    presence.device_came(ALICE, "phone")
    known, mine = presence.present(), presence.news_of(ALICE)
    assert known.online_ids == (BOB,)
    assert mine is not None
    assert known.joined_by(ALICE, mine).online_ids == (ALICE, BOB)
    assert presence.news_of(BOB) is None


def test_five_thousand_members_of_whom_a_thousand_come_and_go_cost_bytes_for_those_alone() -> None:
    presence = Presence()
    for number in range(1, 5001):
        presence.device_came(UserId(number), "phone")
    presence.news()
    told, moves = 0, 0
    # A minute of four looks a second, in which a thousand people go and come back.
    for look in range(240):
        moving = [UserId(1 + (look * 9 + each) % 1000) for each in range(9 if look < 223 else 0)]
        for user_id in moving:
            if presence.look(user_id) is None:
                presence.device_came(user_id, "phone")
            else:
                presence.device_went(user_id, "phone")
        moves += len(moving)
        news = presence.news()
        told += len(frame(encode(news))) if news is not None else 0
    assert moves >= 2000
    assert told / moves < 15, "some five bytes for an id, and a frame for each look that found anything"


# --- over the wire ----------------------------------------------------------------------------------------------------


@pytest.fixture
def server(start_server: ServerFactory) -> App:
    return start_server(limits=FREE)


def until_told(peer: Peer, field: str, user_id: UserId) -> None:
    while user_id not in getattr(peer.next_event(PresenceChanged), field):
        pass


def test_others_see_somebody_idle_until_they_touch_one_of_their_devices(
    alice: Peer, bob: Peer, connect: ConnectFactory
) -> None:
    phone = connect().log_in("bob")
    for device in (bob, phone):
        device.request(SetIdle(is_idle=True))
    until_told(alice, "idle_ids", bob.user_id)
    assert bob.user_id in connect().resume(alice.token).snapshot.idle_ids
    phone.request(SetIdle(is_idle=False))
    until_told(alice, "online_ids", bob.user_id)


def test_what_one_chose_holds_on_all_devices_and_after_a_restart(
    alice: Peer, bob: Peer, connect: ConnectFactory, server: App, start_server: ServerFactory
) -> None:
    phone = connect().log_in("bob")
    bob.request(SetAvailability(availability=UNDISTURBED))
    for device in (bob, phone):
        assert device.next_event(ChoicesChanged).choices.availability is UNDISTURBED
    until_told(alice, "do_not_disturb_ids", bob.user_id)
    assert not alice.heard(ChoicesChanged), "what somebody chose is told to nobody else"
    bob.request(SetAvailability(availability=UNDISTURBED))
    assert not bob.heard(ChoicesChanged), "to choose the same again is no news"
    server.stop(5)
    again = start_server(limits=FREE, database=server.settings.database)
    back = connect(again).resume(bob.token)
    assert back.snapshot.choices.availability is UNDISTURBED
    assert back.snapshot.do_not_disturb_ids == (bob.user_id,)


def test_an_invisible_person_is_offline_to_everybody_in_every_way(
    alice: Peer, bob: Peer, connect: ConnectFactory, server: App, wait_until: WaitUntil
) -> None:
    wait_until(lambda: bob.user_id in server._hub.online_ids())
    bob.request(SetAvailability(availability=INVISIBLE))
    until_told(alice, "offline_ids", bob.user_id)
    went_at = alice.request(FetchProfile(user_id=bob.user_id)).last_seen_at
    assert went_at is not None, "as for anybody who goes"
    alice.heard(Event)
    phone = connect().log_in("bob")
    assert bob.user_id not in phone.snapshot.online_ids
    phone.request(SetIdle(is_idle=True))
    phone.close()
    bob.close()
    # Somebody who comes after all that is told of; so whatever there was to tell before has been told.
    carol = connect().register("carol")
    until_told(alice, "online_ids", carol.user_id)
    told = (user_id for each in alice.heard(PresenceChanged) for user_id in whom_it_shows(each))
    assert bob.user_id not in told
    assert alice.request(FetchProfile(user_id=bob.user_id)).last_seen_at == went_at


# --- when they were here last -----------------------------------------------------------------------------------------


def test_when_somebody_was_here_last_is_told_to_those_who_share_theirs(
    alice: Peer, bob: Peer, carol: Peer, server: App, wait_until: WaitUntil
) -> None:
    ask = FetchProfile(user_id=bob.user_id)
    wait_until(lambda: bob.user_id in server._hub.online_ids())
    assert alice.request(ask).last_seen_at is None, "he is here"
    before = server._house.now()
    bob.close()
    until_told(alice, "offline_ids", bob.user_id)
    wait_until(lambda: alice.request(ask).last_seen_at)
    seen = alice.request(ask).last_seen_at
    assert seen is not None
    assert before <= seen <= server._house.now()
    carol.request(SetPrivacy(shares_last_seen=False))
    assert carol.request(ask).last_seen_at is None
    alice.request(SetBlock(user_id=bob.user_id, kind=BlockKind.BLOCK))
    assert alice.request(ask).last_seen_at is None, "to her he is not there, nor was he"


def test_whoever_does_not_share_when_they_were_here_is_not_seen(
    alice: Peer, bob: Peer, server: App, wait_until: WaitUntil
) -> None:
    bob.request(SetPrivacy(shares_last_seen=False))
    wait_until(lambda: bob.user_id in server._hub.online_ids())
    bob.close()
    until_told(alice, "offline_ids", bob.user_id)
    assert alice.request(FetchProfile(user_id=bob.user_id)).last_seen_at is None


def test_when_people_were_here_last_outlives_the_server(
    alice: Peer, bob: Peer, connect: ConnectFactory, server: App, start_server: ServerFactory, wait_until: WaitUntil
) -> None:
    wait_until(lambda: bob.user_id in server._hub.online_ids())
    server.stop(5)
    again = start_server(limits=FREE, database=server.settings.database)
    back = connect(again).resume(alice.token)
    assert back.request(FetchProfile(user_id=bob.user_id)).last_seen_at is not None
