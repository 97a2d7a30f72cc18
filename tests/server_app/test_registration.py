"""Who may make an account: the first one always, and then whoever the setting and the house allow."""

import ipaddress
import threading
from functools import partial

import pytest

from server_app.passwords import PasswordHasher
from server_app.settings import Settings, load
from shared.errors import Code, Refusal
from shared.requests import BanAddress, CreateInvite, Hello, Login, Register, SetPolicy
from shared.rights import MEMBER, OWNER
from shared.types import Registration, RoleId

from ..conftest import ConnectFactory, ServerFactory
from ..peer import PASSWORD, Peer
from .at_once import at_once
from .balancer import made_for
from .rooms import FREE, refusal


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.8.8", "::1", "localhost", "::ffff:127.0.0.1"])
def test_on_this_machine_alone_everybody_may_join(host: str) -> None:
    assert load(["--host", host], {}).registration_in_force is Registration.OPEN


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "2001:db8::1", "localhost.example.org", "chat"])
def test_where_others_can_reach_the_server_one_joins_by_invitation(host: str) -> None:
    assert load(["--host", host], {}).registration_in_force is Registration.INVITE


def test_behind_a_balancer_the_address_does_not_say_who_can_reach_the_server() -> None:
    settings = load(["--host", "127.0.0.1", "--proxy-protocol", "127.0.0.1"], {})
    assert settings.registration_in_force is Registration.INVITE


@pytest.mark.parametrize("registration", list(Registration))
@pytest.mark.parametrize("host", ["127.0.0.1", "0.0.0.0"])
def test_what_is_set_holds_wherever_one_listens(host: str, registration: Registration) -> None:
    settings = load(["--host", host, "--registration", registration.value], {})
    assert settings.registration_in_force is registration
    assert Settings(host=host).registration is None


@pytest.mark.parametrize("registration", list(Registration))
def test_the_first_account_needs_no_invite_and_is_the_owner(
    start_server: ServerFactory, connect: ConnectFactory, registration: Registration
) -> None:
    app = start_server(registration=registration)
    alice = connect(app).register("alice", invite="left over from elsewhere")
    assert alice.snapshot.me.role_id == OWNER


@pytest.mark.parametrize(("registration", "loser"), [(Registration.OPEN, MEMBER), (Registration.INVITE, None)])
def test_of_many_first_accounts_at_once_one_is_the_owner(
    start_server: ServerFactory, connect: ConnectFactory, registration: Registration, loser: RoleId | None
) -> None:
    app = start_server(registration=registration, limits=FREE)
    roles = at_once([partial(role_of, connect(app), f"person{number}") for number in range(16)])
    assert roles.count(OWNER) == 1
    assert roles.count(loser) == 15


def role_of(peer: Peer, name: str) -> RoleId | None:
    """What somebody becomes who registers; None where they are refused."""
    try:
        return peer.register(name).snapshot.me.role_id
    except Refusal:
        return None


def test_a_banned_address_makes_no_account(start_server: ServerFactory, connect: ConnectFactory) -> None:
    app = start_server(registration=Registration.OPEN, proxy_protocol=(ipaddress.ip_network("127.0.0.0/8"),))
    alice = connect(app, first=made_for("192.0.2.1")).register("alice")
    alice.request(BanAddress(address="203.0.113.7"))
    banned = connect(app, first=made_for("203.0.113.7"))
    assert refusal(banned, Register(name="bob", password=PASSWORD))[0] is Code.BANNED
    connect(app, first=made_for("203.0.113.8")).register("bob")


@pytest.mark.parametrize("is_raided", [False, True])
def test_the_greeting_says_who_may_join_at_this_moment(alice: Peer, connect: ConnectFactory, is_raided: bool) -> None:
    alice.request(SetPolicy(is_raided=is_raided))
    expected = Registration.CLOSED if is_raided else Registration.OPEN
    assert connect().request(Hello()).registration is expected


def test_during_a_raid_nobody_new_joins_and_everybody_else_comes_and_goes(
    alice: Peer, bob: Peer, connect: ConnectFactory
) -> None:
    code = alice.request(CreateInvite()).invite.code
    alice.request(SetPolicy(is_raided=True))
    for invite in (None, code):
        refused = refusal(connect(), Register(name="carol", password=PASSWORD, invite=invite))
        assert refused == (Code.FORBIDDEN, "This server takes no new accounts at the moment. Try again later.")
    connect().log_in("bob")
    connect().resume(bob.token)
    alice.request(SetPolicy(is_raided=False))
    connect().register("carol", invite=code)


def test_what_was_switched_while_a_password_was_hashed_counts(
    alice: Peer, connect: ConnectFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    has_begun, may_end, hashed = threading.Event(), threading.Event(), PasswordHasher.hash

    def slowly(hasher: PasswordHasher, password: str) -> str:
        has_begun.set()
        may_end.wait(30)
        return hashed(hasher, password)

    monkeypatch.setattr(PasswordHasher, "hash", slowly)
    bob, request = connect(), Register(name="bob", password=PASSWORD)
    asked = bob.ask(request)
    assert has_begun.wait(30)
    alice.request(SetPolicy(is_raided=True))
    may_end.set()
    with pytest.raises(Refusal, match="at the moment"):
        bob.answer(request, asked)


def test_a_refused_registration_can_be_asked_again_on_the_same_connection(alice: Peer, connect: ConnectFactory) -> None:
    peer = connect()
    assert refusal(peer, Register(name="alice", password=PASSWORD))[0] is Code.CONFLICT
    assert refusal(peer, Login(name="bob", password=PASSWORD))[0] is Code.UNAUTHORIZED
    assert peer.register("bob").snapshot.me.role_id == MEMBER
