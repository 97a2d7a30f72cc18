"""Who comes in: invites that are made, copied and revoked, newcomers that wait, and the rules of it."""

import pytest

from client_app.core.network.address import Address
from client_app.desktop.administration.invite_form import InviteDialog
from client_app.desktop.administration.invites import InvitesPage
from client_app.desktop.administration.rules import RulesPage
from client_app.desktop.administration.waiting import WaitingPage
from client_app.desktop.toolkit import Dialog
from shared.errors import Refusal
from shared.requests import SetPolicy
from tests.conftest import ConnectFactory

from .conftest import Join
from .keeper import Keeper, facts_of


def test_an_invite_is_made_and_its_link_copied(owner: Keeper, connect: ConnectFactory) -> None:
    page = owner.open("invites", InvitesPage)
    assert page.words.startswith("There are no invites yet.")
    page.ask_new()
    dialog = owner.dialog(InviteDialog)
    dialog.uses.set("5")
    dialog.confirm()
    owner.until(lambda: page.panel.card)
    code = page.chosen
    assert code is not None
    link = owner.person.app.root.clipboard_get()
    assert link == owner.client.administration.invite_link(code)
    assert isinstance(owner.client.address, Address)
    connect().register("bob", invite=code)
    owner.until(lambda: owner.client.roster.named("bob"))
    owner.until(lambda: facts_of(page)["Came in with it"] == "bob")
    assert facts_of(page)["Used"] == "1 of 5 times"


def test_a_revoked_invite_cannot_be_used_any_more(owner: Keeper) -> None:
    page = owner.open("invites", InvitesPage)
    owner.client.administration.create_invite(then=lambda _invite: page.refresh())
    owner.client.tell()
    owner.until(page.rows)
    page.choose(page.rows()[0].key)
    page.panel.act("Revoke…")
    owner.dialog(Dialog).confirm()
    owner.until_said(page, "The invite is revoked.")
    owner.until(lambda: page.rows()[0].note == "revoked")
    assert page.panel.buttons == {}


def test_newcomers_wait_once_the_rule_is_on_and_are_let_in(owner: Keeper, connect: ConnectFactory) -> None:
    rules = owner.open("rules", RulesPage)
    owner.until(lambda: rules.is_loaded)
    rules.approval.toggle()
    owner.until_said(rules, "Newcomers wait from now on.")
    with pytest.raises(Refusal):
        connect().register("bob")
    with pytest.raises(Refusal):
        connect().register("carol")
    waiting = owner.open("waiting", WaitingPage)
    owner.choose(waiting, "bob")
    assert facts_of(waiting)["How they came"] == "Without an invite"
    waiting.panel.act("Let them in")
    owner.until_said(waiting, "bob may log in now.")
    connect().log_in("bob")
    owner.choose(waiting, "carol")
    waiting.panel.act("Turn away…")
    owner.dialog(Dialog).confirm()
    owner.until_said(waiting, "carol was turned away.")
    owner.until(lambda: waiting.words.startswith("Nobody is waiting."))
    with pytest.raises(Refusal):
        connect().log_in("carol")


def test_the_raid_switch_lets_nobody_new_in_and_says_so(owner: Keeper, connect: ConnectFactory) -> None:
    rules = owner.open("rules", RulesPage)
    owner.until(lambda: rules.is_loaded)
    rules.raid.toggle()
    owner.until_said(rules, "Nobody new can join until you turn this off.")
    owner.until(lambda: str(rules._warning.cget("text")).startswith("On:"))
    with pytest.raises(Refusal):
        connect().register("bob")
    rules.raid.toggle()
    owner.until_said(rules, "New people can join again.")
    connect().register("bob")


def test_words_are_saved_one_a_line(owner: Keeper, join: Join) -> None:
    bob = join("bob")
    rules = owner.open("rules", RulesPage)
    owner.until(lambda: rules.is_loaded)
    assert rules.save.cget("state") == "disabled"
    rules.words.set("Casino\n\n  free   money \ncasino2\n")
    rules.words.text.focus_force()
    owner.person.press("KeyRelease-Return", rules.words.text)
    assert rules.save.cget("state") == "normal"
    rules.save.invoke()
    owner.until_said(rules, "The words are saved.")
    owner.until(lambda: not rules.is_changed)
    with pytest.raises(Refusal):
        bob.say("come to the casino")


def test_words_that_are_being_typed_stay_when_somebody_else_changes_the_rules(
    owner: Keeper, connect: ConnectFactory
) -> None:
    rules = owner.open("rules", RulesPage)
    owner.until(lambda: rules.is_loaded)
    rules.words.set("half a wo")
    connect().log_in("alice").request(SetPolicy(needs_approval=True, filtered_words=("spam",)))
    owner.until(rules.approval.get)
    assert rules.words.get() == "half a wo"
    assert str(rules._note.cget("text")).startswith("Somebody else changed this list")
