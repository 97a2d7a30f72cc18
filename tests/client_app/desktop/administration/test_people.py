"""People: found by a few letters, given roles, timed out, kicked, banned and purged by an owner in the window."""

import pytest

from client_app.desktop.administration.bans import BansPage
from client_app.desktop.administration.people import BANNED, PeoplePage
from client_app.desktop.dialogs.judgement import JudgementDialog
from client_app.desktop.dialogs.role import RoleDialog
from client_app.desktop.lists import EntryRow
from shared.errors import Refusal
from shared.requests import GiveRole
from shared.rights import ADMIN, MODERATOR
from tests.conftest import ConnectFactory

from .conftest import Join
from .keeper import Keeper, facts_of


def titles(rows: tuple[EntryRow, ...]) -> list[str]:
    return [row.title for row in rows]


@pytest.fixture
def page(owner: Keeper) -> PeoplePage:
    """The page, open."""
    return owner.open("people", PeoplePage)


def test_a_few_letters_find_people(owner: Keeper, page: PeoplePage, join: Join) -> None:
    join("bob")
    join("bobby")
    owner.until_rows(page, lambda rows: titles(rows) == ["alice", "bob", "bobby"])
    page.focus_first()
    owner.person.app.root.update()
    page.search.set("BOBB")
    owner.person.press("KeyRelease-b")
    owner.until(lambda: titles(page.rows()) == ["bobby"])
    page.find("nobody of this name")
    assert page.words == "Nobody fits that."


def test_five_thousand_people_are_a_screenful_of_rows(owner: Keeper, page: PeoplePage) -> None:
    rows = tuple(EntryRow(str(n), f"person {n}", "member", avatar=n) for n in range(5000))
    page.list.set_rows(rows)
    owner.person.app.root.update()
    assert len(page.list._painted) < 25


def test_somebody_gets_another_role(owner: Keeper, page: PeoplePage, join: Join) -> None:
    join("bob")
    owner.choose(page, "bob")
    page.panel.act("Change role…")
    dialog = owner.dialog(RoleDialog)
    dialog.choose(MODERATOR)
    dialog.confirm()
    owner.until_said(page, "bob is moderator now.")
    owner.until(lambda: page.panel.card is not None and page.panel.card.subtitle.startswith("moderator"))


def test_a_timeout_is_given_and_ended(owner: Keeper, page: PeoplePage, join: Join) -> None:
    bob = join("bob")
    owner.choose(page, "bob")
    page.panel.act("Time out…")
    dialog = owner.dialog(JudgementDialog)
    dialog.span.set("1 day")
    dialog.reason.set("calm down")
    dialog.confirm()
    owner.until_said(page, "bob is timed out.")
    owner.until(lambda: "Timed out until" in facts_of(page))
    with pytest.raises(Refusal, match="timed out"):
        bob.say("no")
    page.panel.act("End the timeout")
    owner.until_said(page, "bob may write again.")
    bob.say("thanks")


def test_a_kick_ends_the_sessions_and_lets_them_come_back(
    owner: Keeper, page: PeoplePage, join: Join, connect: ConnectFactory
) -> None:
    bob = join("bob")
    owner.choose(page, "bob")
    page.panel.act("Kick…")
    owner.dialog(JudgementDialog).confirm()
    bob.wait_until_closed()
    owner.until_said(page, "bob was sent away, and may log in again.")
    connect().log_in("bob")


def test_a_ban_is_given_listed_with_its_reason_and_taken_back(
    owner: Keeper, page: PeoplePage, join: Join, connect: ConnectFactory
) -> None:
    bob = join("bob")
    owner.choose(page, "bob")
    page.panel.act("Ban…")
    dialog = owner.dialog(JudgementDialog)
    dialog.reason.set("spam")
    dialog.confirm()
    bob.wait_until_closed()
    owner.until_said(page, "bob is banned.")
    page.filter.set(BANNED)
    owner.until_rows(page, lambda rows: titles(rows) == ["bob"])
    with pytest.raises(Refusal):
        connect().log_in("bob")
    bans = owner.open("bans", BansPage)
    owner.choose(bans, "bob")
    assert facts_of(bans)["Why"] == "spam"
    assert facts_of(bans)["Until"] == "for ever"
    bans.panel.act("Unban")
    owner.until_said(bans, "bob may come back.")
    owner.until(lambda: bans.words.startswith("Nobody is banned."))
    connect().log_in("bob")


def test_an_address_is_banned_and_let_in_again(owner: Keeper) -> None:
    bans = owner.open("bans", BansPage)
    bans.ask_address()
    dialog = owner.dialog(JudgementDialog)
    dialog.confirm()
    assert dialog.address.complaint == "Type the address that is to be kept out."
    dialog.address.set("203.0.113.7")
    dialog.confirm()
    owner.until_said(bans, "The address is banned.")
    owner.choose(bans, "203.0.113.7")
    bans.panel.act("Unban")
    owner.until(lambda: bans.words.startswith("Nobody is banned."))


def test_a_refusal_is_told_in_the_dialog_where_one_acted(owner: Keeper) -> None:
    bans = owner.open("bans", BansPage)
    bans.ask_address()
    dialog = owner.dialog(JudgementDialog)
    dialog.address.set("not an address")
    dialog.confirm()
    owner.until(lambda: "is not an address" in str(dialog._error.cget("text")))
    assert dialog.confirm_button.cget("state") == "normal"


def test_a_purge_deletes_what_somebody_said(owner: Keeper, page: PeoplePage, join: Join) -> None:
    bob = join("bob")
    bob.say("one")
    bob.say("two")
    owner.choose(page, "bob")
    page.panel.act("Purge messages…")
    owner.dialog(JudgementDialog).confirm()
    owner.until_said(page, "2 messages of bob deleted.")
    assert bob.bodies() == ["", ""]


def test_on_oneself_nothing_can_be_done_and_it_says_why(owner: Keeper, page: PeoplePage) -> None:
    owner.choose(page, "alice")
    assert page.panel.buttons == {}
    assert facts_of(page)["What you can do"].startswith("This is you.")


def test_what_others_do_is_seen_while_the_page_is_open(
    owner: Keeper, page: PeoplePage, join: Join, connect: ConnectFactory
) -> None:
    join("bob")
    owner.choose(page, "bob")
    page.find("bo")
    connect().log_in("alice").request(GiveRole(user_id=owner.id_of("bob"), role_id=ADMIN))
    owner.until(lambda: page.panel.card is not None and page.panel.card.subtitle.startswith("admin"))
    assert titles(page.rows()) == ["bob"]
