"""The rules of the house and its limits: read and set by those who run it, told to them, kept across a restart."""

import dataclasses
import math

import pytest

from server_app.limits import Limits
from shared.errors import Code
from shared.events import PolicyChanged
from shared.moderation import Policy
from shared.requests import FetchAudit, FetchPolicy, GiveRole, Hello, ListLimits, SetPolicy
from shared.rights import ADMIN, MODERATOR
from shared.types import AuditAction, Registration

from ..conftest import ConnectFactory, ServerFactory
from ..peer import Peer
from .rooms import refusal


def rules(peer: Peer) -> Policy:
    return peer.request(FetchPolicy()).policy


def test_a_new_house_has_no_rules_but_who_may_register(alice: Peer) -> None:
    assert rules(alice) == Policy(registration=Registration.OPEN)


def test_what_is_given_is_set_and_told_to_those_who_may_set_it(alice: Peer, bob: Peer, carol: Peer) -> None:
    alice.request(GiveRole(user_id=bob.user_id, role_id=ADMIN))
    alice.request(GiveRole(user_id=carol.user_id, role_id=MODERATOR))
    alice.request(SetPolicy(needs_approval=True))
    bob.request(SetPolicy(is_raided=True))
    expected = Policy(registration=Registration.OPEN, needs_approval=True, is_raided=True)
    assert rules(alice) == rules(bob) == expected
    for keeper in (alice, bob):
        assert [event.policy.is_raided for event in keeper.heard(PolicyChanged)] == [False, True]
    assert carol.heard(PolicyChanged) == []


@pytest.mark.parametrize("request_type", [FetchPolicy, SetPolicy, ListLimits])
def test_the_rules_are_for_those_who_run_the_house(
    alice: Peer, bob: Peer, request_type: type[FetchPolicy | SetPolicy | ListLimits]
) -> None:
    alice.request(GiveRole(user_id=bob.user_id, role_id=MODERATOR))
    assert refusal(bob, request_type())[0] is Code.FORBIDDEN


def test_filtered_words_are_kept_once_whatever_their_case_and_spaces(alice: Peer) -> None:
    alice.request(SetPolicy(filtered_words=("  Rude ", "RUDE", "Straße", "STRASSE", "two   words", "", "  ")))
    assert rules(alice).filtered_words == ("rude", "strasse", "two words")
    alice.request(SetPolicy(needs_approval=True))
    assert rules(alice).filtered_words == ("rude", "strasse", "two words")
    alice.request(SetPolicy(filtered_words=()))
    assert rules(alice).filtered_words == ()


def test_filtered_words_are_capped(start_server: ServerFactory, connect: ConnectFactory) -> None:
    alice = connect(start_server(limits=Limits(filtered_words=2))).register("alice")
    alice.request(SetPolicy(filtered_words=("one", "two", "Two")))
    assert "at most 2" in refusal(alice, SetPolicy(filtered_words=("one", "two", "three")))[1]


def test_setting_what_is_set_already_is_told_to_nobody(alice: Peer) -> None:
    alice.request(SetPolicy(needs_approval=False, filtered_words=()))
    alice.request(SetPolicy())
    assert alice.heard(PolicyChanged) == []
    assert alice.request(FetchAudit()).entries == ()


def test_the_audit_log_tells_what_became_different_and_no_word(alice: Peer) -> None:
    alice.request(SetPolicy(needs_approval=True, filtered_words=("rude", "ruder")))
    alice.request(SetPolicy(is_raided=True, filtered_words=("rudest",)))
    alice.request(SetPolicy(is_raided=False, needs_approval=False))
    entries = alice.request(FetchAudit()).entries
    assert {each.action for each in entries} == {AuditAction.POLICY_CHANGED}
    assert [each.detail for each in entries] == [
        "newcomers need no approval; raid switch off",
        "raid switch on: nobody new joins; word filter: 1 added, 2 removed, 1 in all",
        "newcomers wait for approval; word filter: 2 added, 0 removed, 2 in all",
    ]


def test_the_rules_outlive_a_restart_and_who_may_register_is_as_it_is_started(
    start_server: ServerFactory, connect: ConnectFactory
) -> None:
    app = start_server()
    token = connect(app).register("alice").token
    connect(app).resume(token).request(SetPolicy(is_raided=True, filtered_words=("rude",)))
    app.stop(2)
    app = start_server(registration=Registration.INVITE)
    alice = connect(app).resume(token)
    assert rules(alice) == Policy(registration=Registration.INVITE, is_raided=True, filtered_words=("rude",))
    assert connect(app).request(Hello()).registration is Registration.CLOSED
    alice.request(SetPolicy(is_raided=False))
    assert connect(app).request(Hello()).registration is Registration.INVITE


def test_every_limit_is_listed_as_it_is_in_force(start_server: ServerFactory, connect: ConnectFactory) -> None:
    alice = connect(start_server(limits=Limits(messages_per_second=7, accounts=math.inf))).register("alice")
    rows = {row.name: row for row in alice.request(ListLimits()).limits}
    assert list(rows) == [each.name for each in dataclasses.fields(Limits)]
    assert (rows["messages_per_second"].value, rows["messages_per_second"].per) == (7, "account")
    assert (rows["accounts"].value, rows["connections"].value) == (None, None)
    assert all(row.reason.endswith(".") for row in rows.values())
