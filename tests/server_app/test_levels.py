"""Of what somebody wants to be notified in each channel: the same on all of their devices, told to nobody else."""

import pytest

from server_app.app import App
from shared.entities import ChannelLevel, Override
from shared.errors import Code
from shared.events import ChannelCreated, ChannelLevelChanged, ChannelRemoved
from shared.requests import AddMember, ChangeChannel, CreateChannel, RemoveMember, SetChannelLevel
from shared.rights import MEMBER
from shared.types import GENERAL, ChannelId, Level, Permission

from ..conftest import ConnectFactory, ServerFactory
from ..peer import Peer
from .rooms import FREE, refusal, told, told_of


@pytest.fixture
def server(start_server: ServerFactory) -> App:
    return start_server(limits=FREE)


def levels(peer: Peer, connect: ConnectFactory) -> dict[ChannelId, ChannelLevel]:
    """What somebody who logs in now is told."""
    with connect().resume(peer.token) as device:
        return {each.channel_id: each for each in device.snapshot.levels}


def test_all_of_ones_own_devices_hear_of_it_and_nobody_else(alice: Peer, bob: Peer, connect: ConnectFactory) -> None:
    phone = connect().log_in("alice")
    alice.request(SetChannelLevel(channel_id=GENERAL, level=Level.MENTIONS))
    chosen = ChannelLevel(GENERAL, Level.MENTIONS, 0)
    for device in (alice, phone):
        assert device.next_event(ChannelLevelChanged).level == chosen
    assert told_of(bob, ChannelLevelChanged) == []
    assert levels(alice, connect) == {GENERAL: chosen}
    assert levels(bob, connect) == {}


def test_what_is_usual_is_not_told_of(alice: Peer, connect: ConnectFactory) -> None:
    alice.request(SetChannelLevel(channel_id=GENERAL, level=Level.NONE))
    alice.request(SetChannelLevel(channel_id=GENERAL))
    assert levels(alice, connect) == {}


def test_a_channel_is_muted_for_a_time_or_for_ever(alice: Peer, connect: ConnectFactory, server: App) -> None:
    before = server._house.clock.steady()
    alice.request(SetChannelLevel(channel_id=GENERAL, is_muted=True, seconds=60))
    until = levels(alice, connect)[GENERAL].muted_until
    assert until is not None
    assert before + 60_000 <= until <= server._house.clock.steady() + 60_000
    alice.request(SetChannelLevel(channel_id=GENERAL, level=Level.ALL, is_muted=True))
    assert levels(alice, connect)[GENERAL] == ChannelLevel(GENERAL, Level.ALL, None)


def test_it_outlasts_a_restart(alice: Peer, server: App, start_server: ServerFactory, connect: ConnectFactory) -> None:
    alice.request(SetChannelLevel(channel_id=GENERAL, level=Level.NONE))
    server.stop()
    device = connect(start_server(limits=FREE)).resume(alice.token)
    assert device.snapshot.levels == (ChannelLevel(GENERAL, Level.NONE, 0),)


def test_a_channel_that_one_cannot_see_is_not_there(alice: Peer, bob: Peer) -> None:
    private = alice.request(CreateChannel(name="private", private=True)).channel_id
    assert refusal(bob, SetChannelLevel(channel_id=private)) == (Code.NOT_FOUND, "There is no such channel.")


def test_it_holds_again_for_whoever_sees_the_channel_again(alice: Peer, bob: Peer, connect: ConnectFactory) -> None:
    plans = alice.request(CreateChannel(name="plans")).channel_id
    bob.request(SetChannelLevel(channel_id=plans, level=Level.NONE))
    hidden = (Override(MEMBER, deny=(Permission.VIEW_CHANNELS,)),)
    alice.request(ChangeChannel(channel_id=plans, overrides=hidden))
    assert levels(bob, connect) == {}, "it would tell that the channel is there"
    told(bob)
    alice.request(ChangeChannel(channel_id=plans, overrides=()))
    heard = [each for each in told(bob) if isinstance(each, ChannelCreated | ChannelLevelChanged)]
    assert [type(each) for each in heard] == [ChannelCreated, ChannelLevelChanged]
    assert levels(bob, connect) == {plans: ChannelLevel(plans, Level.NONE, 0)}


def test_whoever_comes_back_into_a_private_channel_begins_anew(alice: Peer, bob: Peer, connect: ConnectFactory) -> None:
    private = alice.request(CreateChannel(name="private", private=True)).channel_id
    alice.request(AddMember(channel_id=private, user_id=bob.user_id))
    bob.request(SetChannelLevel(channel_id=private, level=Level.NONE))
    alice.request(RemoveMember(channel_id=private, user_id=bob.user_id))
    alice.request(AddMember(channel_id=private, user_id=bob.user_id))
    assert bob.next_event(ChannelRemoved).channel_id == private
    assert levels(bob, connect) == {}
