"""Invite codes under attack: all at once, and by guessing."""

from functools import partial

import pytest

from server_app.app import App
from server_app.limits import Limits
from server_app.services.invites import VOID, new_code
from shared.errors import Code, Refusal
from shared.events import UserRegistered
from shared.requests import CreateInvite, ListInvites, Register
from shared.types import Registration

from ..conftest import ConnectFactory, ServerFactory
from ..peer import PASSWORD, Peer
from ..server_app.at_once import at_once

CROWD = 100


@pytest.fixture
def server(start_server: ServerFactory) -> App:
    return start_server(registration=Registration.INVITE, limits=Limits().without_rates_and_caps())


def came(peer: Peer, name: str, code: str) -> str:
    """The name of whoever came in, or what they were told."""
    try:
        return peer.register(name, invite=code).snapshot.me.name
    except Refusal as refusal:
        return refusal.message


@pytest.mark.parametrize("uses", [1, 3])
def test_a_hundred_registrations_at_once_make_as_many_accounts_as_the_code_has_uses(
    alice: Peer, connect: ConnectFactory, uses: int
) -> None:
    code = alice.request(CreateInvite(max_uses=uses)).invite.code
    said = at_once([partial(came, connect(), f"person{number}", code) for number in range(CROWD)])
    assert said.count(VOID) == CROWD - uses
    inside = set(said) - {VOID}
    assert len(inside) == uses
    assert {event.user.name for event in alice.heard(UserRegistered)} == inside
    (invite,) = alice.request(ListInvites()).invites
    assert (invite.uses, len(invite.used_by)) == (uses, uses)
    assert {user.name for user in connect().log_in("alice").snapshot.users} == {"alice", *inside}


def test_whoever_guesses_codes_is_slowed_down_and_learns_nothing(
    start_server: ServerFactory, connect: ConnectFactory
) -> None:
    limits = Limits(registrations_burst=20, registrations_per_second=0.001)
    app = start_server(registration=Registration.INVITE, limits=limits)
    alice = connect(app).register("alice")
    used = alice.request(CreateInvite()).invite.code
    connect(app).register("bob", invite=used)
    told = []
    for code in [used, *(new_code() for _ in range(30))]:
        with pytest.raises(Refusal) as refused:
            connect(app).request(Register(name="mallory", password=PASSWORD, invite=code))
        told.append((refused.value.code, refused.value.message))
    assert set(told[:18]) == {(Code.FORBIDDEN, VOID)}
    assert {code for code, _ in told[18:]} == {Code.RATE_LIMITED}
