"""Reports are read and dealt with; the audit log tells of it and is searched; the limits are told."""

import pytest

from client_app.desktop.administration.audit import AuditPage
from client_app.desktop.administration.limits import LimitsPage
from client_app.desktop.administration.reports import ALL, ReportsPage
from client_app.desktop.dialogs.judgement import JudgementDialog
from client_app.desktop.toolkit import Dialog
from client_app.desktop.widgets.fields import LabelledEntry
from shared.requests import CreateInvite, GiveRole, KickPerson, ReportMessage
from shared.rights import GUEST, MEMBER
from shared.types import GENERAL
from tests.conftest import ConnectFactory

from .conftest import Join
from .keeper import Keeper, facts_of


@pytest.fixture
def reported(owner: Keeper, join: Join) -> ReportsPage:
    """The page with a report of carol's about something that bob said."""
    bob, carol = join("bob"), join("carol")
    seq = bob.say("you are all idiots").seq
    carol.request(ReportMessage(channel_id=GENERAL, seq=seq, reason="be kind"))
    page = owner.open("reports", ReportsPage)
    owner.choose(page, "bob")
    return page


def test_a_report_shows_the_message_and_who_reported_it(reported: ReportsPage) -> None:
    facts = facts_of(reported)
    assert "you are all idiots" in facts.values()
    assert any(label.startswith("Reported by carol") and text == "be kind" for label, text in facts.items())
    assert any(label.startswith("In #general") for label in facts)


def test_a_report_is_closed_with_a_note_and_found_among_all(owner: Keeper, reported: ReportsPage) -> None:
    reported.panel.act("Close with a note…")
    dialog = owner.dialog(Dialog)
    owner.person.type_into(dialog, "talked to them")
    dialog.confirm()
    owner.until_said(reported, "The report is closed.")
    owner.until(lambda: reported.words == "No open reports: all is well.")
    reported.filter.set(ALL)
    reported._switch()
    owner.choose(reported, "bob")
    assert any(
        label.startswith("Closed by alice") and text == "talked to them" for label, text in facts_of(reported).items()
    )
    assert "Close with a note…" not in reported.panel.buttons


def test_the_reported_message_is_deleted_and_its_author_timed_out(
    owner: Keeper, reported: ReportsPage, connect: ConnectFactory
) -> None:
    reported.panel.act("Delete the message")
    owner.until_said(reported, "The message is deleted for everybody.")
    assert connect().log_in("alice").bodies() == [""]
    reported.panel.act("Time out…")
    owner.dialog(JudgementDialog).confirm()
    owner.until_said(reported, "bob is timed out.")


def test_a_report_that_comes_in_while_the_page_is_open_is_shown(owner: Keeper, join: Join) -> None:
    page = owner.open("reports", ReportsPage)
    assert page.words == "No open reports: all is well."
    bob, carol = join("bob"), join("carol")
    seq = bob.say("spam").seq
    carol.request(ReportMessage(channel_id=GENERAL, seq=seq))
    owner.until_rows(page, lambda rows: len(rows) == 1)


def test_the_log_tells_in_sentences_and_is_searched(owner: Keeper, join: Join, connect: ConnectFactory) -> None:
    join("bob")
    join("carol")
    alice = connect().log_in("alice")
    alice.request(KickPerson(user_id=owner.id_of("bob"), reason="enough"))
    alice.request(CreateInvite())
    page = owner.open("audit", AuditPage)
    owner.until_rows(page, lambda rows: [row.title for row in rows] == ["alice made an invite", "alice kicked bob"])
    assert page.rows()[1].detail == "enough"
    page.find("bob")
    owner.until_rows(page, lambda rows: [row.title for row in rows] == ["alice kicked bob"])
    page.find("no such word")
    owner.until(lambda: page.words == "Nothing fits that.")


def test_the_log_goes_on_as_one_scrolls(owner: Keeper, join: Join, connect: ConnectFactory) -> None:
    join("bob")
    alice = connect().log_in("alice")
    for number in range(120):
        alice.request(GiveRole(user_id=owner.id_of("bob"), role_id=(GUEST, MEMBER)[number % 2]))
    page = owner.open("audit", AuditPage)
    assert len(page.rows()) == 50
    for count in (100, 120):
        page.list.focus_set()
        page.list._step(len(page.rows()))
        owner.until_rows(page, lambda rows, wanted=count: len(rows) == wanted)  # type: ignore[misc]  # a default binds it
    alice.request(KickPerson(user_id=owner.id_of("bob")))
    page.refresh()
    owner.until_rows(page, lambda rows: len(rows) == 121)
    keys = [int(row.key) for row in page.rows()]
    assert keys == sorted(keys, reverse=True)


def test_limits_are_told_in_words_and_found(owner: Keeper) -> None:
    page = owner.open("limits", LimitsPage)
    owner.until_rows(page, lambda rows: len(rows) > 20)
    page.find("handshake")
    first = page.rows()[0]
    assert all("handshake" in f"{row.title} {row.detail}".casefold() for row in page.rows())
    assert first.note


def test_the_note_of_a_report_is_not_endless(owner: Keeper, reported: ReportsPage) -> None:
    reported.panel.act("Close with a note…")
    dialog = owner.dialog(Dialog)
    field = next(child for child in dialog.body.winfo_children() if isinstance(child, LabelledEntry))
    field.set("x" * 501)
    dialog.confirm()
    assert field.complaint.startswith("A note has at most 500 characters")
