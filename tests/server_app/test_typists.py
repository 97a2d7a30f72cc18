"""Who is writing: told to the others who hear it, past the writer, and never loudly refused for coming too often."""

import pytest

from server_app.app import App
from server_app.limits import Limits
from shared.errors import Code
from shared.events import MessagePosted, PersonTyping
from shared.requests import ArchiveChannel, CreateChannel, LeaveChannel, Nothing, SetAvailability, SetBlock, Typing
from shared.types import GENERAL, Availability, BlockKind, ChannelId

from ..conftest import ConnectFactory, ServerFactory
from ..peer import Peer
from .rooms import refusal


def test_the_others_hear_of_it_and_ones_own_devices_do_not(alice: Peer, bob: Peer, connect: ConnectFactory) -> None:
    phone = connect().log_in("bob")
    assert bob.request(Typing(channel_id=GENERAL)) == Nothing()
    assert alice.next_event(PersonTyping) == PersonTyping(channel_id=GENERAL, user_id=bob.user_id)
    assert phone.heard(PersonTyping) == bob.heard(PersonTyping) == []


def test_in_a_direct_channel_only_the_other_person_hears_of_it(alice: Peer, bob: Peer, connect: ConnectFactory) -> None:
    carol = connect().register("carol")
    direct = bob.direct(alice.user_id)
    bob.request(Typing(channel_id=direct))
    assert alice.next_event(PersonTyping).channel_id == direct
    assert carol.heard(PersonTyping) == []


def test_whoever_blocks_somebody_does_not_see_them_write(alice: Peer, bob: Peer, connect: ConnectFactory) -> None:
    carol = connect().register("carol")
    alice.request(SetBlock(user_id=bob.user_id, kind=BlockKind.BLOCK))
    bob.request(Typing(channel_id=GENERAL))
    assert carol.next_event(PersonTyping).user_id == bob.user_id
    assert alice.heard(PersonTyping) == []
    alice.request(Typing(channel_id=GENERAL))
    assert bob.next_event(PersonTyping).user_id == alice.user_id, "the blocked person can tell nothing"


def test_whoever_left_a_channel_writes_nothing_there(alice: Peer, bob: Peer) -> None:
    plans = alice.request(CreateChannel(name="plans")).channel_id
    bob.request(LeaveChannel(channel_id=plans))
    assert refusal(bob, Typing(channel_id=plans)) == (
        Code.FORBIDDEN,
        "You left this channel. Join it again to write here.",
    )
    alice.request(Typing(channel_id=plans))
    assert bob.heard(PersonTyping) == [], "nor do they hear who writes there"
    assert alice.heard(PersonTyping) == []


def test_where_nobody_may_write_nobody_is_writing(alice: Peer, bob: Peer) -> None:
    plans = alice.request(CreateChannel(name="plans")).channel_id
    alice.request(ArchiveChannel(channel_id=plans))
    assert refusal(bob, Typing(channel_id=plans))[0] is Code.FORBIDDEN
    secret = alice.request(CreateChannel(name="secret", private=True)).channel_id
    of_no_channel = refusal(bob, Typing(channel_id=ChannelId(987654321)))
    assert refusal(bob, Typing(channel_id=secret)) == of_no_channel


@pytest.fixture
def strict(start_server: ServerFactory) -> App:
    return start_server(limits=Limits(typing_burst=3, typing_per_second=0.001))


def test_what_comes_too_often_is_left_out_in_silence(strict: App, connect: ConnectFactory) -> None:
    alice, bob = connect(strict).register("alice"), connect(strict).register("bob")
    for _ in range(20):
        assert bob.request(Typing(channel_id=GENERAL)) == Nothing()
    bob.say("done")
    alice.next_event(MessagePosted)
    assert len(alice.heard(PersonTyping)) == 3


def test_whoever_is_invisible_is_not_seen_writing(alice: Peer, bob: Peer) -> None:
    bob.request(SetAvailability(availability=Availability.INVISIBLE))
    bob.request(Typing(channel_id=GENERAL))
    assert alice.heard(PersonTyping) == []


def test_who_is_writing_is_told_to_nobody_later(alice: Peer, bob: Peer, connect: ConnectFactory) -> None:
    bob.request(Typing(channel_id=GENERAL))
    alice.next_event(PersonTyping)
    assert connect().log_in("alice").heard(PersonTyping) == []
