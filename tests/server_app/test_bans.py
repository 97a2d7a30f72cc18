"""Bans: who is kept out stays out, on every device and connection, until it ends; and nobody locks out the house."""

import ipaddress
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from server_app import housekeeper
from server_app.app import App
from server_app.limits import Limits
from shared.errors import Code, Refusal
from shared.events import SessionEnded, UserChanged
from shared.moderation import AuditEntry
from shared.requests import (
    BanAddress,
    BanPerson,
    Bans,
    ChangePassword,
    FetchAudit,
    GiveRole,
    Hello,
    ListBans,
    Login,
    Register,
    Request,
    SendMessage,
    SetBlock,
    UnbanAddress,
    UnbanPerson,
)
from shared.rights import MODERATOR
from shared.types import GENERAL, AuditAction, BlockKind, Registration

from ..conftest import ConnectFactory, ServerFactory
from ..peer import PASSWORD, Peer
from .balancer import made_for
from .held_up import held_up

HOME, ELSEWHERE, NEXT_DOOR = "203.0.113.7", "198.51.100.9", "198.51.100.10"
Come = Callable[..., Peer]


def refusal(ask: Callable[[], object]) -> Refusal:
    with pytest.raises(Refusal) as refused:
        ask()
    return refused.value


def code(ask: Callable[[], object]) -> Code:
    return refusal(ask).code


def banned_address(peer: Peer) -> Code:
    return code(lambda: peer.request(Login(name="nobody", password="whatever it is", device="test")))


def log_of(peer: Peer, text: str = "") -> tuple[AuditEntry, ...]:
    return peer.request(FetchAudit(text=text)).entries


@pytest.fixture
def house(start_server: ServerFactory) -> App:
    """A server behind a balancer, so that people can come from anywhere."""
    balancers = (ipaddress.ip_network("127.0.0.0/8"),)
    limits = Limits().without_rates_and_caps()
    return start_server(tls=False, proxy_protocol=balancers, limits=limits, registration=Registration.OPEN)


@pytest.fixture
def come(house: App, connect: ConnectFactory) -> Come:
    """A function that connects somebody who comes from an address."""
    return lambda address: connect(house, first=made_for(address))


# --- people -----------------------------------------------------------------------------------------------------------


def test_a_banned_person_is_out_on_every_device_and_everybody_sees_it(
    alice: Peer, bob: Peer, connect: ConnectFactory
) -> None:
    phone = connect().log_in("bob")
    alice.request(BanPerson(user_id=bob.user_id, reason="spam"))
    for device in (bob, phone):
        assert device.next_event(SessionEnded).message == (
            "You are banned from this server. The reason that was given: “spam”."
        )
        device.wait_until_closed()
    assert alice.next_event(UserChanged).user.is_banned
    (found,) = connect().log_in("alice").request(ListBans()).bans
    assert (found.user_id, found.address, found.reason, found.created_by) == (bob.user_id, "", "spam", alice.user_id)


def test_the_ban_is_told_after_the_right_password_alone(alice: Peer, bob: Peer, connect: ConnectFactory) -> None:
    alice.request(BanPerson(user_id=bob.user_id, reason="spam", seconds=3600))
    wrong = refusal(lambda: connect().log_in("bob", "some other password"))
    unknown = refusal(lambda: connect().log_in("nobody", "some other password"))
    assert (wrong.code, wrong.message) == (unknown.code, unknown.message)
    right = refusal(lambda: connect().log_in("bob"))
    assert right.code is Code.BANNED
    assert "spam" in right.message
    assert "UTC" in right.message


def test_a_device_that_comes_back_is_told_and_its_token_is_void_when_the_ban_is_over(
    alice: Peer, bob: Peer, connect: ConnectFactory
) -> None:
    alice.request(BanPerson(user_id=bob.user_id, reason="spam"))
    assert code(lambda: connect().resume(bob.token)) is Code.BANNED
    alice.request(UnbanPerson(user_id=bob.user_id))
    assert code(lambda: connect().resume(bob.token)) is Code.UNAUTHORIZED
    assert not connect().log_in("bob").snapshot.me.is_banned
    assert [entry.action for entry in log_of(alice)] == [AuditAction.PERSON_UNBANNED, AuditAction.PERSON_BANNED]


def test_what_was_asked_behind_the_ban_is_refused(alice: Peer, bob: Peer, server: App) -> None:
    """The writer is held up, so that it finds the ban and what the banned person asked behind one another."""
    with held_up(server) as wait_for_jobs:
        ban = alice.ask(BanPerson(user_id=bob.user_id))
        wait_for_jobs(1)
        asked: list[Request[Any]] = [
            SendMessage(channel_id=GENERAL, client_id="last-words-1", body="last words"),
            SendMessage(channel_id=GENERAL, client_id="last-words-2", body="more of them"),
            SetBlock(user_id=alice.user_id, kind=BlockKind.BLOCK),
        ]
        ids = [bob.ask(each) for each in asked]
        wait_for_jobs(4)
    alice.done(ban)
    assert [code(partial(bob.done, each)) for each in ids] == [Code.BANNED] * 3
    assert alice.bodies() == []


def test_a_ban_ends_by_itself(
    start_server: ServerFactory, connect: ConnectFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(housekeeper, "BANS_SECONDS", 0.05)
    house = start_server(tls=False)
    alice, bob = connect(house).register("alice"), connect(house).register("bob")
    alice.request(BanPerson(user_id=bob.user_id, seconds=1))
    assert alice.next_event(UserChanged).user.is_banned
    assert not alice.next_event(UserChanged).user.is_banned
    assert alice.request(ListBans()) == Bans(bans=())
    connect(house).log_in("bob")


def test_whoever_logs_in_when_the_ban_is_over_need_not_wait_for_anything(
    start_server: ServerFactory,
    connect: ConnectFactory,
    wait_until: Callable[..., None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(housekeeper, "BANS_SECONDS", 3600.0)
    house = start_server(tls=False, limits=Limits().without_rates_and_caps())
    alice, bob = connect(house).register("alice"), connect(house).register("bob")
    alice.request(BanPerson(user_id=bob.user_id, seconds=1))

    def is_let_in() -> bool:
        try:
            connect(house).log_in("bob")
        except Refusal as refused:
            return refused.code is not Code.BANNED
        return True

    wait_until(is_let_in)
    assert [event.user.is_banned for event in alice.heard(UserChanged)] == [True, False]


def test_a_second_ban_takes_the_place_of_the_first(alice: Peer, bob: Peer) -> None:
    alice.request(BanPerson(user_id=bob.user_id, seconds=60))
    alice.request(BanPerson(user_id=bob.user_id, reason="for good this time"))
    (found,) = alice.request(ListBans()).bans
    assert (found.until, found.reason) == (None, "for good this time")


def test_bans_survive_a_restart(start_server: ServerFactory, connect: ConnectFactory) -> None:
    house = start_server(tls=False)
    alice, bob = connect(house).register("alice"), connect(house).register("bob")
    alice.request(BanPerson(user_id=bob.user_id))
    house.stop()
    again = start_server(tls=False)
    assert code(lambda: connect(again).log_in("bob")) is Code.BANNED
    assert code(lambda: connect(again).resume(bob.token)) is Code.BANNED


def test_to_unban_whoever_is_not_banned_is_harmless(alice: Peer, bob: Peer) -> None:
    alice.request(UnbanPerson(user_id=bob.user_id))
    assert bob.heard(UserChanged) == []
    assert log_of(alice) == ()


def test_changing_the_password_does_not_end_a_ban(alice: Peer, bob: Peer, connect: ConnectFactory) -> None:
    bob.request(ChangePassword(old_password=PASSWORD, new_password="another password"))
    alice.request(BanPerson(user_id=bob.user_id))
    assert code(lambda: connect().log_in("bob", "another password")) is Code.BANNED


# --- addresses --------------------------------------------------------------------------------------------------------


def test_from_a_banned_address_nobody_comes_in_and_who_is_there_stays(come: Come) -> None:
    alice, bob = come(HOME).register("alice"), come(ELSEWHERE).register("bob")
    alice.request(BanAddress(address=ELSEWHERE, reason="robots"))
    for ask in (
        lambda: come(ELSEWHERE).log_in("bob"),
        lambda: come(ELSEWHERE).resume(bob.token),
        lambda: come(ELSEWHERE).request(Register(name="robot", password=PASSWORD, device="test")),
    ):
        refused = refusal(ask)
        assert refused.code is Code.BANNED
        assert refused.message == "Your address is banned from this server. The reason that was given: “robots”."
    come(ELSEWHERE).request(Hello())
    come(NEXT_DOOR).log_in("bob")
    bob.say("I am still here")


def test_an_address_is_let_in_again(come: Come) -> None:
    alice = come(HOME).register("alice")
    alice.request(BanAddress(address=ELSEWHERE))
    alice.request(UnbanAddress(address=ELSEWHERE))
    alice.request(UnbanAddress(address=ELSEWHERE))
    come(ELSEWHERE).register("bob")
    assert [entry.detail for entry in log_of(alice)] == [
        "the address 198.51.100.9",
        "the address 198.51.100.9 for good",
    ]


def test_of_ipv6_a_household_is_banned_and_let_in_as_it_is_listed(come: Come) -> None:
    alice = come(HOME).register("alice")
    alice.request(BanAddress(address="2001:db8::1"))
    assert banned_address(come("2001:db8::ffff")) is Code.BANNED
    (found,) = alice.request(ListBans()).bans
    assert found.address == "2001:db8::/64"
    alice.request(UnbanAddress(address=found.address))
    assert banned_address(come("2001:db8::ffff")) is Code.UNAUTHORIZED


def test_a_person_is_banned_with_the_address_from_which_they_came_last(come: Come) -> None:
    alice, bob = come(HOME).register("alice"), come(ELSEWHERE).register("bob")
    come(NEXT_DOOR).resume(bob.token)
    alice.request(BanPerson(user_id=bob.user_id, with_address=True))
    assert {ban.address for ban in alice.request(ListBans()).bans} == {"", NEXT_DOOR}
    assert banned_address(come(NEXT_DOOR)) is Code.BANNED
    assert banned_address(come(ELSEWHERE)) is Code.UNAUTHORIZED


def test_from_where_a_device_came_back_is_stored(
    start_server: ServerFactory, connect: ConnectFactory, house: App, come: Come
) -> None:
    come(HOME).register("alice")
    bob = come(ELSEWHERE).register("bob")
    come(NEXT_DOOR).resume(bob.token)
    house.stop()
    again = start_server(tls=False, proxy_protocol=house.settings.proxy_protocol)
    alice = connect(again, first=made_for(HOME)).log_in("alice")
    alice.request(BanPerson(user_id=bob.user_id, with_address=True))
    assert {ban.address for ban in alice.request(ListBans()).bans} == {"", NEXT_DOOR}


def test_nobody_bans_the_server_itself_or_where_they_are(come: Come) -> None:
    alice, bob = come(HOME).register("alice"), come(HOME).register("bob")
    for address in ("127.0.0.1", "::1", "127.8.8.8", "::ffff:127.0.0.1", HOME):
        refused = refusal(partial(alice.request, BanAddress(address=address)))
        assert refused.code is Code.FORBIDDEN
        assert ("your own address" if address == HOME else "the server’s own address") in refused.message
    assert code(lambda: alice.request(BanPerson(user_id=bob.user_id, with_address=True))) is Code.FORBIDDEN
    assert alice.request(ListBans()).bans == ()
    bob.say("and nothing of it was done by halves")


def test_nobody_locks_out_those_above_them_by_their_address(come: Come) -> None:
    alice, mona = come(HOME).register("alice"), come(NEXT_DOOR).register("mona")
    alice.request(GiveRole(user_id=mona.user_id, role_id=MODERATOR))
    assert code(lambda: mona.request(BanAddress(address=HOME))) is Code.FORBIDDEN
    mona.request(BanAddress(address="192.0.2.1"))
    come(ELSEWHERE).resume(alice.token)
    assert code(lambda: mona.request(BanAddress(address=ELSEWHERE))) is Code.FORBIDDEN


@pytest.mark.parametrize("typed", ["here", "203.0.113.7/24", "203.0.113", "300.1.1.1"])
def test_what_is_no_address_is_told(alice: Peer, typed: str) -> None:
    assert code(lambda: alice.request(BanAddress(address=typed))) is Code.BAD_REQUEST


def test_a_ban_of_an_address_ends(come: Come, wait_until: Callable[..., None]) -> None:
    alice = come(HOME).register("alice")
    alice.request(BanAddress(address=ELSEWHERE, seconds=1))
    wait_until(lambda: banned_address(come(ELSEWHERE)) is Code.UNAUTHORIZED)
