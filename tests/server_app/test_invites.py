"""Invite codes: who makes them, what they open, and that nobody learns anything from those that open nothing."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from server_app.app import App
from server_app.limits import Limits
from server_app.services.invites import as_made, new_code
from shared.errors import Code
from shared.moderation import Invite
from shared.requests import (
    BanPerson,
    CreateInvite,
    CreateRole,
    FetchAudit,
    GiveRole,
    ListInvites,
    Register,
    RevokeInvite,
    TimeOutPerson,
    UnbanPerson,
)
from shared.rights import ADMIN, GUEST, MEMBER, MODERATOR, OWNER
from shared.types import AuditAction, Permission, Registration, RoleId

from ..conftest import ConnectFactory, ServerFactory
from ..peer import PASSWORD, Peer
from .rooms import FREE, refusal

DAY = 24 * 60 * 60 * 1000
Bring = Callable[..., Peer]
Told = Callable[[str], tuple[Code, str]]


@pytest.fixture
def server(start_server: ServerFactory) -> App:
    return start_server(registration=Registration.INVITE, limits=FREE)


@pytest.fixture
def bring(alice: Peer, connect: ConnectFactory) -> Bring:
    """A function that lets somebody in: `bring("bob", GUEST)`."""

    def bring(name: str, role_id: RoleId = MEMBER) -> Peer:
        return connect().register(name, invite=made(alice, role_id=role_id).code)

    return bring


@pytest.fixture
def told(connect: ConnectFactory) -> Told:
    """A function that gives the refusal of a code."""
    return lambda code: refusal(connect(), Register(name="mallory", password=PASSWORD, invite=code))


def made(peer: Peer, **different: object) -> Invite:
    return peer.request(CreateInvite(**different)).invite  # type: ignore[arg-type]  # by name


def listed(peer: Peer) -> list[Invite]:
    return list(peer.request(ListInvites()).invites)


def change(database: Path, statement: str) -> None:
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute(statement)


def test_an_invite_lets_one_person_in_as_a_member_for_a_week(alice: Peer, connect: ConnectFactory, told: Told) -> None:
    invite = made(alice)
    assert (invite.role_id, invite.max_uses, invite.uses, invite.created_by) == (MEMBER, 1, 0, alice.user_id)
    assert invite.expires_at == invite.created_at + 7 * DAY
    bob = connect().register("bob", invite=invite.code)
    assert bob.snapshot.me.role_id == MEMBER
    told(invite.code)
    (used,) = listed(alice)
    assert (used.uses, used.used_by) == (1, (bob.user_id,))


def test_whoever_comes_by_an_invite_becomes_what_it_says(bring: Bring) -> None:
    assert bring("bob", GUEST).snapshot.me.role_id == GUEST
    assert bring("carol", ADMIN).snapshot.me.role_id == ADMIN


def test_an_invite_of_many_uses_counts_them(alice: Peer, connect: ConnectFactory, told: Told) -> None:
    code = made(alice, max_uses=2, seconds=None).code
    people = tuple(connect().register(name, invite=code).user_id for name in ("bob", "carol"))
    told(code)
    (invite,) = listed(alice)
    assert (invite.uses, invite.used_by, invite.expires_at) == (2, people, None)


def test_all_codes_that_open_nothing_are_told_the_same(
    alice: Peer, bring: Bring, connect: ConnectFactory, told: Told, tmp_path: Path
) -> None:
    admin, used, over, revoked = bring("admin", ADMIN), made(alice).code, made(alice).code, made(alice).code
    demoted, outranked, banned = made(bring("eve", ADMIN)).code, made(admin, role_id=MODERATOR).code, made(admin).code
    eve = next(each for each in listed(alice) if each.code == demoted).created_by
    assert eve is not None
    connect().register("bob", invite=used)
    change(tmp_path / "hearth.db", f"UPDATE invites SET expires_at = created_at WHERE code = '{over}'")
    alice.request(RevokeInvite(code=revoked))
    alice.request(GiveRole(user_id=eve, role_id=MEMBER))
    alice.request(GiveRole(user_id=admin.user_id, role_id=MODERATOR))
    sentences = {told(code) for code in (used, over, revoked, demoted, outranked, new_code(), "nonsense", "'", "0")}
    connect().register("carol", invite=banned)
    banned = made(admin).code
    alice.request(BanPerson(user_id=admin.user_id))
    sentences.add(told(banned))
    assert sentences == {(Code.FORBIDDEN, told(used)[1])}
    alice.request(UnbanPerson(user_id=admin.user_id))
    assert connect().register("dave", invite=banned).snapshot.me.role_id == MEMBER


def test_a_timeout_of_its_maker_does_not_void_an_invite(alice: Peer, bring: Bring, connect: ConnectFactory) -> None:
    moderator = bring("bob", MODERATOR)
    code = made(moderator).code
    alice.request(TimeOutPerson(user_id=moderator.user_id, seconds=3600))
    connect().register("carol", invite=code)
    assert refusal(moderator, CreateInvite())[0] is Code.FORBIDDEN


def test_a_code_is_long_and_can_be_typed_as_one_likes(alice: Peer, connect: ConnectFactory) -> None:
    codes = [new_code() for _ in range(200)]
    assert len(set(codes)) == 200
    digits = set("".join(codes)) - {"-"}
    assert len(digits) == 32
    assert not digits & set("OILU")
    assert {len(code) for code in codes} == {24}
    assert as_made(codes[0].lower().replace("-", " ").replace("0", "o").replace("1", "l")) == codes[0]
    code = made(alice).code
    connect().register("bob", invite=f"  {code.replace('-', '').lower()}  ".replace("0", "O").replace("1", "i"))


def test_without_a_code_the_sentence_says_whom_to_ask(alice: Peer, connect: ConnectFactory) -> None:
    for nothing in (None, ""):
        refused = refusal(connect(), Register(name="bob", password=PASSWORD, invite=nothing))
        assert refused[0] is Code.FORBIDDEN
        assert "by invitation only" in refused[1]


def test_an_invite_gives_its_role_where_everybody_may_join(
    start_server: ServerFactory, connect: ConnectFactory
) -> None:
    app = start_server(registration=Registration.OPEN)
    code = made(connect(app).register("alice"), role_id=GUEST).code
    assert connect(app).register("bob", invite=code).snapshot.me.role_id == GUEST
    refused = refusal(connect(app), Register(name="carol", password=PASSWORD, invite=code))
    assert "Ask for a new one" in refused[1]


def test_a_closed_server_takes_no_invite(start_server: ServerFactory, connect: ConnectFactory) -> None:
    app = start_server(registration=Registration.CLOSED)
    code = made(connect(app).register("alice")).code
    refused = refusal(connect(app), Register(name="bob", password=PASSWORD, invite=code))
    assert "takes no new accounts" in refused[1]


def test_a_name_is_told_to_be_taken_only_to_the_invited(alice: Peer, connect: ConnectFactory) -> None:
    assert refusal(connect(), Register(name="alice", password=PASSWORD))[0] is Code.FORBIDDEN
    code = made(alice).code
    assert refusal(connect(), Register(name="alice", password=PASSWORD, invite=code))[0] is Code.CONFLICT
    assert listed(alice)[0].uses == 0


def test_nobody_invites_to_a_role_that_they_could_not_give(alice: Peer, bring: Bring) -> None:
    moderator, member = bring("bob", MODERATOR), bring("carol")
    assert "may not invite" in refusal(member, CreateInvite())[1]
    for role_id in (MODERATOR, ADMIN, OWNER):
        assert refusal(moderator, CreateInvite(role_id=role_id))[0] is Code.FORBIDDEN
    assert refusal(alice, CreateInvite(role_id=OWNER))[0] is Code.FORBIDDEN
    assert refusal(alice, CreateInvite(role_id=RoleId(99)))[0] is Code.NOT_FOUND
    keeper = CreateRole(name="keeper", rank=5, permissions=(Permission.MANAGE_SERVER,))
    low_but_mighty = alice.request(keeper).role_id
    assert "nothing that you may not" in refusal(moderator, CreateInvite(role_id=low_but_mighty))[1]
    assert made(alice, role_id=low_but_mighty).role_id == low_but_mighty


def test_whoever_may_invite_may_invite_members_and_guests(alice: Peer, bring: Bring) -> None:
    greeter = CreateRole(name="greeter", rank=30, permissions=(Permission.CREATE_INVITES,))
    bob = bring("bob", alice.request(greeter).role_id)
    assert [made(bob, role_id=role_id).role_id for role_id in (MEMBER, GUEST)] == [MEMBER, GUEST]
    lower = CreateRole(name="helper", rank=25, permissions=(Permission.CREATE_CHANNELS,))
    assert refusal(bob, CreateInvite(role_id=alice.request(lower).role_id))[0] is Code.FORBIDDEN


def test_open_invites_are_capped_and_those_that_are_over_make_room(
    start_server: ServerFactory, connect: ConnectFactory
) -> None:
    app = start_server(limits=Limits(open_invites_per_account=2))
    alice = connect(app).register("alice")
    first, _second = made(alice), made(alice)
    assert "Revoke one" in refusal(alice, CreateInvite())[1]
    connect(app).register("bob", invite=first.code)
    alice.request(RevokeInvite(code=made(alice).code))
    made(alice)


def test_one_sees_ones_own_invites_and_manages_others_that_one_could_have_made(alice: Peer, bring: Bring) -> None:
    admin, moderator = bring("bob", ADMIN), bring("carol", MODERATOR)
    to_admins, to_members = made(alice, role_id=ADMIN), made(alice)
    of_admin, of_moderator = made(admin), made(moderator, role_id=GUEST)
    assert listed(moderator) == [of_moderator]
    seen = {each.code for each in listed(admin)}
    assert {of_moderator.code, of_admin.code, to_members.code} <= seen
    assert to_admins.code not in seen
    assert [each.code for each in listed(alice)][:4] == [
        each.code for each in (of_moderator, of_admin, to_members, to_admins)
    ]


def test_one_revokes_what_one_sees_and_nothing_else_seems_to_be_there(alice: Peer, bring: Bring, told: Told) -> None:
    admin, moderator = bring("bob", ADMIN), bring("carol", MODERATOR)
    to_admins, own = made(alice, role_id=ADMIN).code, made(moderator).code
    unknown = refusal(moderator, RevokeInvite(code=new_code()))
    assert unknown[0] is Code.NOT_FOUND
    assert refusal(moderator, RevokeInvite(code=to_admins)) == unknown
    assert refusal(admin, RevokeInvite(code=to_admins)) == unknown
    admin.request(RevokeInvite(code=own.lower()))
    admin.request(RevokeInvite(code=own))
    moderator.request(RevokeInvite(code=own))
    told(own)
    assert [each.is_revoked for each in listed(moderator)] == [True]


def test_the_audit_log_tells_of_invites_and_gives_none_away(alice: Peer) -> None:
    invite = made(alice, role_id=GUEST, max_uses=None, seconds=None)
    alice.request(RevokeInvite(code=invite.code))
    alice.request(RevokeInvite(code=invite.code))
    revoked, created = alice.request(FetchAudit()).entries
    assert (created.action, revoked.action) == (AuditAction.INVITE_CREATED, AuditAction.INVITE_REVOKED)
    assert created.detail == f"{invite.code[:4]}-… as guest, any number of uses, for good"
    assert revoked.detail == f"{invite.code[:4]}-…"
