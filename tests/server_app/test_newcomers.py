"""Approval of newcomers: who waits is nobody to anybody until somebody lets them in."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from server_app.limits import Limits
from shared.entities import Override
from shared.errors import Code
from shared.events import NewcomerSettled, NewcomerWaiting, UserRegistered
from shared.moderation import Newcomer
from shared.requests import (
    ApproveNewcomer,
    BanPerson,
    ChangeChannel,
    CreateChannel,
    CreateInvite,
    FetchAudit,
    GiveRole,
    KickPerson,
    ListInvites,
    ListNewcomers,
    Login,
    OpenDirect,
    Register,
    RejectNewcomer,
    Resume,
    SetBlock,
    SetPolicy,
)
from shared.rights import ADMIN, MEMBER, MODERATOR
from shared.types import AuditAction, BlockKind, Permission

from ..conftest import ConnectFactory, ServerFactory
from ..peer import PASSWORD, Peer
from .rooms import refusal

Arrive = Callable[..., Newcomer]


@pytest.fixture
def strict(alice: Peer) -> Peer:
    """The owner of a house in which newcomers wait."""
    alice.request(SetPolicy(needs_approval=True))
    return alice


@pytest.fixture
def arrive(strict: Peer, connect: ConnectFactory) -> Arrive:
    """A function that makes an account, which then waits: `arrive("dave")`."""

    def arrive(name: str, invite: str | None = None) -> Newcomer:
        code, sentence = refusal(connect(), Register(name=name, password=PASSWORD, invite=invite))
        assert code is Code.APPROVAL_PENDING
        assert name in sentence
        return next(each for each in waiting(strict) if each.name == name)

    return arrive


def waiting(peer: Peer) -> tuple[Newcomer, ...]:
    return peer.request(ListNewcomers()).newcomers


def login(connect: ConnectFactory, name: str, password: str = PASSWORD) -> tuple[Code, str]:
    return refusal(connect(), Login(name=name, password=password))


def test_those_who_may_let_in_are_told_of_who_waits_and_nobody_else(
    bob: Peer, carol: Peer, strict: Peer, arrive: Arrive
) -> None:
    strict.request(GiveRole(user_id=bob.user_id, role_id=MODERATOR))
    dave = arrive("dave")
    assert (dave.role_id, dave.invited_by) == (MEMBER, None)
    for keeper in (strict, bob):
        assert keeper.next_event(NewcomerWaiting).newcomer == dave
    for event in (NewcomerWaiting, UserRegistered):
        assert carol.heard(event) == []
    assert refusal(carol, ListNewcomers())[0] is Code.FORBIDDEN


def test_who_waits_cannot_come_in_and_is_told_so_only_by_the_right_password(
    arrive: Arrive, connect: ConnectFactory
) -> None:
    arrive("dave")
    code, sentence = login(connect, "dave")
    assert (code, "let you in" in sentence) == (Code.APPROVAL_PENDING, True)
    assert login(connect, "dave", "a wrong guess") == login(connect, "nobody", "a wrong guess")


def test_who_waits_is_in_no_list_and_nothing_can_be_done_to_them(
    strict: Peer, arrive: Arrive, connect: ConnectFactory
) -> None:
    dave = arrive("dave").user_id
    assert [user.name for user in connect().log_in("alice").snapshot.users] == ["alice"]
    for request in (
        OpenDirect(user_id=dave),
        SetBlock(user_id=dave, kind=BlockKind.BLOCK),
        GiveRole(user_id=dave, role_id=ADMIN),
        KickPerson(user_id=dave),
        BanPerson(user_id=dave),
    ):
        assert refusal(strict, request)[0] is Code.NOT_FOUND, request


def test_who_is_let_in_is_told_to_everybody_and_begins_with_nothing_unread(
    bob: Peer, strict: Peer, arrive: Arrive, connect: ConnectFactory
) -> None:
    dave = arrive("dave")
    said = bob.say("hello").seq
    strict.request(ApproveNewcomer(user_id=dave.user_id))
    came = bob.next_event(UserRegistered).user
    assert (came.id, came.name, came.role_id) == (dave.user_id, "dave", MEMBER)
    assert strict.next_event(NewcomerSettled).user_id == dave.user_id
    assert bob.heard(NewcomerSettled) == []
    snapshot = connect().log_in("dave").snapshot
    assert snapshot.me == came
    assert [(each.channel_id, each.seq) for each in snapshot.read_positions] == [(1, said)]
    assert waiting(strict) == ()


def test_whoever_was_away_learns_of_who_was_let_in_meanwhile(
    bob: Peer, carol: Peer, strict: Peer, arrive: Arrive, connect: ConnectFactory
) -> None:
    dave = arrive("dave")
    known = max(user.rev for user in carol.snapshot.users)
    strict.request(ApproveNewcomer(user_id=dave.user_id))
    resumed = connect().request(Resume(token=bob.token, users_rev=known)).snapshot
    assert [user.name for user in resumed.users] == ["dave"]


def test_who_is_turned_away_leaves_the_name_free(
    bob: Peer, strict: Peer, arrive: Arrive, connect: ConnectFactory
) -> None:
    dave = arrive("dave")
    assert refusal(connect(), Register(name="DAVE", password=PASSWORD))[0] is Code.CONFLICT
    strict.request(RejectNewcomer(user_id=dave.user_id))
    assert strict.next_event(NewcomerSettled).user_id == dave.user_id
    assert login(connect, "dave")[0] is Code.UNAUTHORIZED
    strict.request(SetPolicy(needs_approval=False))
    connect().register("dave")
    assert bob.next_event(UserRegistered).user.name == "dave"


def test_what_is_decided_is_decided(strict: Peer, arrive: Arrive) -> None:
    dave, erin = arrive("dave"), arrive("erin")
    strict.request(ApproveNewcomer(user_id=dave.user_id))
    strict.request(RejectNewcomer(user_id=erin.user_id))
    for request in (ApproveNewcomer(user_id=dave.user_id), RejectNewcomer(user_id=dave.user_id)):
        assert refusal(strict, request)[0] is Code.NOT_FOUND
    assert refusal(strict, ApproveNewcomer(user_id=erin.user_id))[0] is Code.NOT_FOUND


def test_the_invited_wait_too_and_a_spent_invite_stays_spent(
    strict: Peer, arrive: Arrive, connect: ConnectFactory
) -> None:
    code = strict.request(CreateInvite(role_id=ADMIN)).invite.code
    dave = arrive("dave", code)
    assert (dave.role_id, dave.invited_by) == (ADMIN, strict.user_id)
    (invite,) = strict.request(ListInvites()).invites
    assert (invite.uses, invite.used_by) == (1, ())
    strict.request(RejectNewcomer(user_id=dave.user_id))
    assert refusal(connect(), Register(name="dave", password=PASSWORD, invite=code))[0] is Code.FORBIDDEN
    erin = arrive("erin", strict.request(CreateInvite(role_id=ADMIN)).invite.code)
    strict.request(ApproveNewcomer(user_id=erin.user_id))
    assert connect().log_in("erin").snapshot.me.role_id == ADMIN
    assert [each.used_by for each in strict.request(ListInvites()).invites] == [(erin.user_id,), ()]


def test_nobody_decides_on_somebody_who_will_outrank_them(bob: Peer, strict: Peer, arrive: Arrive) -> None:
    strict.request(GiveRole(user_id=bob.user_id, role_id=MODERATOR))
    dave = arrive("dave", strict.request(CreateInvite(role_id=MODERATOR)).invite.code)
    for request in (ApproveNewcomer(user_id=dave.user_id), RejectNewcomer(user_id=dave.user_id)):
        assert refusal(bob, request)[0] is Code.FORBIDDEN
    bob.request(ApproveNewcomer(user_id=arrive("erin").user_id))


def test_while_the_raid_switch_is_on_nobody_is_let_in(strict: Peer, arrive: Arrive) -> None:
    dave, erin = arrive("dave"), arrive("erin")
    strict.request(SetPolicy(is_raided=True))
    assert "raid switch" in refusal(strict, ApproveNewcomer(user_id=dave.user_id))[1]
    strict.request(RejectNewcomer(user_id=dave.user_id))
    strict.request(SetPolicy(is_raided=False))
    strict.request(ApproveNewcomer(user_id=erin.user_id))


def test_strangers_who_wait_are_capped_and_do_not_shut_the_invited_out(
    start_server: ServerFactory, connect: ConnectFactory
) -> None:
    app = start_server(limits=Limits(waiting_newcomers=1))
    alice = connect(app).register("alice")
    alice.request(SetPolicy(needs_approval=True))
    code = alice.request(CreateInvite(max_uses=2)).invite.code
    for name, invite in (("bob", code), ("carol", None), ("dave", code)):
        refused = refusal(connect(app), Register(name=name, password=PASSWORD, invite=invite))
        assert refused[0] is Code.APPROVAL_PENDING
    assert "ask for an invite" in refusal(connect(app), Register(name="erin", password=PASSWORD))[1]


def test_who_waits_is_still_waiting_after_a_restart(start_server: ServerFactory, connect: ConnectFactory) -> None:
    app = start_server()
    alice = connect(app).register("alice")
    alice.request(SetPolicy(needs_approval=True))
    refusal(connect(app), Register(name="bob", password=PASSWORD))
    app.stop(2)
    app = start_server()
    alice = connect(app).resume(alice.token)
    assert [user.name for user in alice.snapshot.users] == ["alice"]
    (bob,) = waiting(alice)
    alice.request(ApproveNewcomer(user_id=bob.user_id))
    connect(app).log_in("bob")


def test_the_audit_log_tells_who_decided_and_never_the_wrong_person(
    strict: Peer, arrive: Arrive, tmp_path: Path
) -> None:
    erin = arrive("erin")
    strict.request(ApproveNewcomer(user_id=erin.user_id))
    dave = arrive("dave")
    strict.request(RejectNewcomer(user_id=dave.user_id))
    # The number of somebody who was turned away is free for the next one.
    assert arrive("frank").user_id == dave.user_id
    rejected, approved, _policy = strict.request(FetchAudit()).entries
    assert (approved.action, approved.user_id) == (AuditAction.NEWCOMER_APPROVED, erin.user_id)
    assert (rejected.action, rejected.user_id, rejected.detail) == (AuditAction.NEWCOMER_REJECTED, None, "dave")
    with closing(sqlite3.connect(tmp_path / "hearth.db")) as database:
        assert database.execute("SELECT count(*) FROM users WHERE name = 'dave'").fetchone() == (0,)


@pytest.mark.parametrize("settle", [ApproveNewcomer, RejectNewcomer])
def test_who_waits_can_be_let_in_or_turned_away_after_their_role_came_to_see_a_channel(
    strict: Peer, arrive: Arrive, settle: type[ApproveNewcomer | RejectNewcomer]
) -> None:
    plans = strict.request(CreateChannel(name="plans")).channel_id
    strict.say("hello", plans)
    dave = arrive("dave")
    hidden = (Override(MEMBER, deny=(Permission.VIEW_CHANNELS,)),)
    for overrides in (hidden, ()):
        strict.request(ChangeChannel(channel_id=plans, overrides=overrides))
    strict.request(settle(user_id=dave.user_id))
    assert waiting(strict) == ()
