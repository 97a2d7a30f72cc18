"""Roles: made, changed, removed and given by those who may, and never beyond what they have themselves."""

from dataclasses import replace
from typing import Any

import pytest

from shared.entities import Override
from shared.errors import Code, Refusal
from shared.events import ChannelChanged, RoleChanged, RoleRemoved, UserChanged
from shared.requests import (
    ChangeChannel,
    ChangeRole,
    CreateChannel,
    CreateRole,
    FetchAudit,
    GiveRole,
    KickPerson,
    RemoveRole,
    Request,
    SetPolicy,
    TimeOutPerson,
)
from shared.rights import ADMIN, BUILTIN, GUEST, MEMBER, MODERATOR, OWNER
from shared.types import AuditAction, Permission, RoleId, UserId

from ..conftest import ConnectFactory, ServerFactory
from ..peer import Peer
from .rooms import FREE, refusal, told, told_of

KICK, ROLES, SEND = Permission.KICK_PEOPLE, Permission.MANAGE_ROLES, Permission.SEND_MESSAGES


@pytest.fixture
def steward(alice: Peer, bob: Peer) -> RoleId:
    """Bob's role: of rank 50, may kick and manage roles."""
    made = alice.request(CreateRole(name="Steward", rank=50, permissions=(KICK, ROLES))).role_id
    alice.request(GiveRole(user_id=bob.user_id, role_id=made))
    return made


def test_a_role_is_told_to_everybody_and_holds_at_once(alice: Peer, bob: Peer, carol: Peer) -> None:
    role_id = alice.request(CreateRole(name="  Door   keeper ", rank=30, permissions=(KICK, SEND))).role_id
    role = carol.next_event(RoleChanged).role
    assert (role.id, role.name, role.rank, role.permissions) == (role_id, "Door keeper", 30, (SEND, KICK))
    kick = KickPerson(user_id=carol.user_id)
    assert refusal(bob, kick)[0] is Code.FORBIDDEN
    alice.request(GiveRole(user_id=bob.user_id, role_id=role_id))
    changed = carol.next_event(UserChanged).user
    assert (changed.id, changed.role_id, changed.rev > 3) == (bob.user_id, role_id, True)
    bob.request(kick)
    carol.wait_until_closed()
    alice.request(ChangeRole(role_id=role_id, name="Door keeper", rank=30, permissions=(SEND,)))
    assert refusal(bob, kick)[0] is Code.FORBIDDEN


@pytest.mark.parametrize("name", ["Owner", "ΟWNER", "оwner", "", "  ", "a/b", "...", "x" * 31])
def test_names_that_are_taken_or_malformed_are_refused_with_a_sentence(alice: Peer, name: str) -> None:
    code, sentence = refusal(alice, CreateRole(name=name, rank=1)) if name else (Code.BAD_REQUEST, ".")
    assert code in (Code.CONFLICT, Code.BAD_REQUEST)
    assert sentence.endswith(".")


@pytest.mark.parametrize(
    "request_",
    [
        CreateRole(name="new", rank=50),
        CreateRole(name="new", rank=99),
        CreateRole(name="new", rank=1, permissions=(Permission.BAN_PEOPLE,)),
        ChangeRole(role_id=MODERATOR, name="moderator", rank=60, permissions=()),
        ChangeRole(role_id=MEMBER, name="member", rank=20, permissions=(Permission.ANNOUNCE,)),
        ChangeRole(role_id=MEMBER, name="friend", rank=20, permissions=()),
        ChangeRole(role_id=MEMBER, name="member", rank=21, permissions=()),
        ChangeRole(role_id=OWNER, name="owner", rank=99, permissions=()),
        RemoveRole(role_id=GUEST),
        RemoveRole(role_id=ADMIN),
        GiveRole(user_id=UserId(3), role_id=MODERATOR),
        GiveRole(user_id=UserId(3), role_id=OWNER),
        GiveRole(user_id=UserId(1), role_id=MEMBER),
        GiveRole(user_id=UserId(2), role_id=GUEST),
    ],
    ids=str,
)
def test_nobody_goes_beyond_their_own_rank_and_permissions(
    bob: Peer, carol: Peer, steward: RoleId, request_: Request[Any]
) -> None:
    for peer in (bob, carol):
        told(peer)
    assert refusal(bob, request_)[0] is Code.FORBIDDEN
    assert told(carol) == []
    own = ChangeRole(role_id=steward, name="Steward", rank=49, permissions=(KICK, ROLES))
    assert refusal(bob, own)[0] is Code.FORBIDDEN, "not even one's own role"


def test_what_a_role_has_already_can_stay_whoever_changes_it(bob: Peer, steward: RoleId) -> None:
    member = next(each.role for each in BUILTIN if each.role.id == MEMBER)
    assert not set(member.permissions) <= {KICK, ROLES}
    told(bob)
    bob.request(ChangeRole(role_id=MEMBER, name="member", rank=20, permissions=(*member.permissions, KICK)))
    assert KICK in bob.next_event(RoleChanged).role.permissions


def test_the_owners_role_is_nobodys_to_change(alice: Peer) -> None:
    for request in (
        ChangeRole(role_id=OWNER, name="owner", rank=99, permissions=()),
        RemoveRole(role_id=OWNER),
    ):
        assert refusal(alice, request)[0] is Code.FORBIDDEN
    assert refusal(alice, RemoveRole(role_id=RoleId(99)))[0] is Code.NOT_FOUND


def test_the_people_of_a_removed_role_are_members_and_channels_forget_it(
    alice: Peer, bob: Peer, carol: Peer, steward: RoleId, connect: ConnectFactory
) -> None:
    plans = alice.request(CreateChannel(name="plans")).channel_id
    secret = alice.request(CreateChannel(name="secret", private=True)).channel_id
    kept = Override(GUEST, allow=(SEND,))
    for channel_id in (plans, secret):
        alice.request(ChangeChannel(channel_id=channel_id, overrides=(kept, Override(steward, deny=(SEND,)))))
    for peer in (alice, carol):
        told(peer)
    alice.request(RemoveRole(role_id=steward))
    heard = told(carol)
    assert [type(each) for each in heard] == [UserChanged, ChannelChanged, RoleRemoved]
    assert [each.user.role_id for each in heard if isinstance(each, UserChanged)] == [MEMBER]
    assert [(each.channel_id, each.overrides) for each in told_of(alice, ChannelChanged)] == [
        (plans, (kept,)),
        (secret, (kept,)),
    ]
    snapshot = connect().resume(bob.token).snapshot
    assert snapshot.me.role_id == MEMBER
    assert steward not in {role.id for role in snapshot.roles}
    assert refusal(bob, CreateRole(name="new", rank=1))[0] is Code.FORBIDDEN


def test_who_ranks_below_members_cannot_make_people_members_by_removing_their_role(alice: Peer, bob: Peer) -> None:
    low = alice.request(CreateRole(name="low", rank=15, permissions=(ROLES,))).role_id
    lower = alice.request(CreateRole(name="lower", rank=5)).role_id
    alice.request(GiveRole(user_id=bob.user_id, role_id=low))
    assert refusal(bob, RemoveRole(role_id=lower))[0] is Code.FORBIDDEN


def test_ownership_goes_to_another_in_one_step(alice: Peer, bob: Peer, carol: Peer) -> None:
    alice.request(TimeOutPerson(user_id=bob.user_id, seconds=3600))
    told(carol)
    alice.request(GiveRole(user_id=bob.user_id, role_id=OWNER))
    changed = {each.user.id: each.user for each in told_of(carol, UserChanged)}
    assert {user_id: user.role_id for user_id, user in changed.items()} == {bob.user_id: OWNER, alice.user_id: ADMIN}
    assert changed[bob.user_id].timeout_until == 0
    assert refusal(alice, GiveRole(user_id=carol.user_id, role_id=OWNER))[0] is Code.FORBIDDEN
    assert refusal(alice, GiveRole(user_id=bob.user_id, role_id=MEMBER))[0] is Code.FORBIDDEN
    bob.request(SetPolicy(is_raided=False))


def test_of_two_gifts_of_ownership_at_once_one_counts(start_server: ServerFactory, connect: ConnectFactory) -> None:
    app = start_server(tls=False, limits=FREE)
    alice, bob, carol = (connect(app).register(name) for name in ("alice", "bob", "carol"))
    phone = connect(app).resume(alice.token)
    asked = []
    for device, other in ((alice, bob), (phone, carol)):
        request = GiveRole(user_id=other.user_id, role_id=OWNER)
        asked.append((device, request, device.ask(request)))
    refused = 0
    for device, request, request_id in asked:
        try:
            device.answer(request, request_id)
        except Refusal:
            refused += 1
    assert refused == 1
    users = connect(app).resume(alice.token).snapshot.users
    assert sorted(user.role_id for user in users) == [OWNER, ADMIN, MEMBER]


def test_there_are_not_more_roles_than_the_limits_say(start_server: ServerFactory, connect: ConnectFactory) -> None:
    alice = connect(start_server(limits=replace(FREE, roles=6))).register("alice")
    alice.request(CreateRole(name="sixth", rank=1))
    assert "as many roles" in refusal(alice, CreateRole(name="seventh", rank=1))[1]


def test_the_log_says_who_did_what_with_roles(alice: Peer, bob: Peer, steward: RoleId) -> None:
    alice.request(ChangeRole(role_id=steward, name="Warden", rank=50, permissions=(KICK,)))
    alice.request(RemoveRole(role_id=steward))
    entries = [(each.action, each.user_id, each.detail) for each in alice.request(FetchAudit()).entries]
    assert entries == [
        (AuditAction.ROLE_REMOVED, None, "Warden"),
        (AuditAction.ROLE_CHANGED, None, "Steward, now Warden, rank 50: kick_people"),
        (AuditAction.ROLE_GIVEN, bob.user_id, "Steward"),
        (AuditAction.ROLE_CREATED, None, "Steward, rank 50: manage_roles kick_people"),
    ]
