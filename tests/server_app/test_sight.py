"""Who sees which public channel: felt at once on every device, whatever it was that changed."""

from collections.abc import Callable

import pytest

from server_app.app import App
from shared.entities import Override
from shared.errors import Code
from shared.events import (
    ChannelChanged,
    ChannelCreated,
    ChannelRead,
    ChannelRemoved,
    ChannelRenamed,
    MessagePosted,
    RoleChanged,
    UserChanged,
)
from shared.requests import (
    ChangeChannel,
    ChangeRole,
    CreateChannel,
    CreateRole,
    FetchChanges,
    FetchHistory,
    GiveRole,
    JoinChannel,
    MarkRead,
    RemoveRole,
    RenameChannel,
    SendMessage,
)
from shared.rights import BUILTIN, GUEST, MEMBER
from shared.types import GENERAL, ChannelId, Permission

from ..conftest import ConnectFactory
from ..peer import Peer
from .rooms import refusal, sees, told

VIEW = Permission.VIEW_CHANNELS
HIDDEN, SHOWN = (Override(MEMBER, deny=(VIEW,)),), (Override(GUEST, allow=(VIEW,)),)
MEMBERS = next(each.role for each in BUILTIN if each.role.id == MEMBER)
BLIND = tuple(each for each in MEMBERS.permissions if each is not VIEW)


@pytest.fixture
def plans(alice: Peer, bob: Peer) -> ChannelId:
    """A channel of the owner's in which bob and she have said something."""
    channel_id = alice.request(CreateChannel(name="plans")).channel_id
    alice.say("the first plan", channel_id)
    bob.say("the second plan", channel_id)
    return channel_id


def by_override(alice: Peer, _bob: Peer, plans: ChannelId, hide: bool) -> None:
    alice.request(ChangeChannel(channel_id=plans, overrides=HIDDEN if hide else ()))


def by_permission(alice: Peer, _bob: Peer, _plans: ChannelId, hide: bool) -> None:
    permissions = BLIND if hide else MEMBERS.permissions
    alice.request(ChangeRole(role_id=MEMBER, name="member", rank=20, permissions=permissions))


def by_role(alice: Peer, bob: Peer, _plans: ChannelId, hide: bool) -> None:
    alice.request(GiveRole(user_id=bob.user_id, role_id=GUEST if hide else MEMBER))


WAYS = [by_override, by_permission, by_role]
Way = Callable[[Peer, Peer, ChannelId, bool], None]


@pytest.mark.parametrize("way", WAYS)
def test_who_sees_a_channel_no_more_has_nothing_of_it_on_any_device(
    alice: Peer, bob: Peer, plans: ChannelId, connect: ConnectFactory, way: Way
) -> None:
    phone = connect().resume(bob.token)
    for device in (bob, phone):
        told(device)
    way(alice, bob, plans, True)
    alice.say("without bob", plans)
    alice.request(RenameChannel(channel_id=plans, name="secret plans"))
    for device in (bob, phone):
        heard = [each for each in told(device) if not isinstance(each, RoleChanged | UserChanged)]
        assert heard == [ChannelRemoved(channel_id=plans)]
        assert not sees(device, plans)
        for request in (
            FetchHistory(channel_id=plans),
            FetchChanges(channel_id=plans, after_rev=0),
            JoinChannel(channel_id=plans),
            MarkRead(channel_id=plans, seq=1),
            SendMessage(channel_id=plans, client_id="client-id", body="still here"),
        ):
            assert refusal(device, request) == (Code.NOT_FOUND, "There is no such channel.")
    snapshot = connect().resume(bob.token).snapshot
    assert [each.id for each in snapshot.channels] == [GENERAL]
    assert plans not in {each.channel_id for each in snapshot.read_positions}


@pytest.mark.parametrize("way", WAYS)
def test_who_sees_it_again_gets_the_whole_of_it_and_nothing_counts_as_unread(
    alice: Peer, bob: Peer, plans: ChannelId, connect: ConnectFactory, way: Way
) -> None:
    phone = connect().resume(bob.token)
    way(alice, bob, plans, True)
    alice.say("without bob", plans)
    alice.request(RenameChannel(channel_id=plans, name="new plans"))
    for device in (bob, phone):
        told(device)
    way(alice, bob, plans, False)
    alice.say("with bob", plans)
    for device in (bob, phone):
        assert (shown := device.next_event(ChannelCreated).channel).name == "new-plans"
        assert (shown.id, shown.last_seq) == (plans, 3)
        assert device.next_event(ChannelRead) == ChannelRead(channel_id=plans, seq=3)
        assert device.next_event(MessagePosted).message.body == "with bob"
    snapshot = connect().resume(bob.token).snapshot
    assert {each.channel_id: each.seq for each in snapshot.read_positions}[plans] == 3


def test_who_goes_on_seeing_it_is_told_the_rules_and_nothing_else(alice: Peer, bob: Peer, carol: Peer) -> None:
    plans = alice.request(CreateChannel(name="plans")).channel_id
    alice.request(GiveRole(user_id=bob.user_id, role_id=GUEST))
    for peer in (bob, carol):
        told(peer)
    alice.request(ChangeChannel(channel_id=plans, overrides=SHOWN))
    assert [type(each) for each in told(carol)] == [ChannelChanged]
    assert [type(each) for each in told(bob)] == [ChannelCreated, ChannelChanged]
    alice.request(RenameChannel(channel_id=plans, name="other"))
    assert bob.next_event(ChannelRenamed).name == "other"


def test_the_people_of_a_removed_role_see_what_members_see(alice: Peer, bob: Peer) -> None:
    friends = alice.request(CreateRole(name="friends", rank=30, permissions=(Permission.SEND_MESSAGES,))).role_id
    theirs = alice.request(CreateChannel(name="theirs")).channel_id
    all_but_theirs = alice.request(CreateChannel(name="all")).channel_id
    rules = (Override(friends, allow=(VIEW,)), *HIDDEN)
    alice.request(ChangeChannel(channel_id=theirs, overrides=rules))
    alice.request(GiveRole(user_id=bob.user_id, role_id=friends))
    assert (sees(bob, theirs), sees(bob, all_but_theirs)) == (True, False)
    told(bob)
    alice.request(RemoveRole(role_id=friends))
    assert bob.next_event(ChannelRemoved).channel_id == theirs
    assert bob.next_event(ChannelCreated).channel.id == all_but_theirs
    assert (sees(bob, theirs), sees(bob, all_but_theirs)) == (False, True)


def test_a_newcomer_who_may_not_see_a_channel_learns_nothing_of_it(
    server: App, alice: Peer, plans: ChannelId, connect: ConnectFactory
) -> None:
    alice.request(ChangeChannel(channel_id=plans, overrides=HIDDEN))
    snapshot = connect().register("dave").snapshot
    assert [each.id for each in snapshot.channels] == [GENERAL]
    assert plans not in {each.channel_id for each in snapshot.read_positions}


def test_a_name_is_taken_only_by_what_one_sees(alice: Peer, bob: Peer, carol: Peer, plans: ChannelId) -> None:
    alice.request(ChangeChannel(channel_id=plans, overrides=HIDDEN))
    second = bob.request(CreateChannel(name="Plans")).channel_id
    assert carol.next_event(ChannelCreated).channel.id in (plans, second)
    assert refusal(carol, CreateChannel(name="plans"))[0] is Code.CONFLICT
    assert refusal(alice, CreateChannel(name="plans"))[0] is Code.CONFLICT
    third = carol.request(CreateChannel(name="designs")).channel_id
    assert refusal(carol, RenameChannel(channel_id=third, name="plans"))[0] is Code.CONFLICT


def test_the_owner_sees_every_public_channel_whatever_is_set(alice: Peer, bob: Peer, plans: ChannelId) -> None:
    alice.request(ChangeChannel(channel_id=plans, overrides=HIDDEN))
    assert sees(alice, plans)
    alice.request(FetchHistory(channel_id=plans))
