"""Reports: a message as it was, shown to those who handle them, wherever it was said."""

from collections.abc import Callable

import pytest

from server_app.limits import Limits
from shared.errors import Code, Refusal
from shared.events import MessageReported
from shared.requests import (
    CloseReport,
    CreateChannel,
    DeleteMessage,
    EditMessage,
    FetchAudit,
    GiveRole,
    ListReports,
    OpenGroup,
    ReportMessage,
)
from shared.rights import MODERATOR
from shared.types import GENERAL, AuditAction, ReportId

from ..conftest import ConnectFactory, ServerFactory
from ..peer import Peer

FREE = Limits().without_rates_and_caps()


def code(ask: Callable[[], object]) -> Code:
    with pytest.raises(Refusal) as refused:
        ask()
    return refused.value.code


@pytest.fixture
def mona(alice: Peer, connect: ConnectFactory) -> Peer:
    """A moderator."""
    peer = connect().register("mona")
    alice.request(GiveRole(user_id=peer.user_id, role_id=MODERATOR))
    return peer


def test_a_report_shows_the_message_as_it_was_to_those_who_handle_them(
    alice: Peer, bob: Peer, carol: Peer, mona: Peer
) -> None:
    bob.say("rude")
    report_id = carol.request(ReportMessage(channel_id=GENERAL, seq=1, reason="this is rude")).report_id
    bob.request(EditMessage(channel_id=GENERAL, seq=1, body="polite"))
    bob.request(DeleteMessage(channel_id=GENERAL, seq=1))
    for keeper in (alice, mona):
        report = keeper.next_event(MessageReported).report
        assert (report.id, report.body, report.reason) == (report_id, "rude", "this is rude")
        assert (report.author_id, report.reporter_id) == (bob.user_id, carol.user_id)
        assert keeper.request(ListReports()).reports == (report,)
    assert bob.heard(MessageReported) == carol.heard(MessageReported) == []
    assert code(lambda: carol.request(ListReports())) is Code.FORBIDDEN


def test_a_report_is_decided_on_once_and_everybody_who_handles_them_hears_of_it(
    alice: Peer, bob: Peer, carol: Peer, mona: Peer
) -> None:
    bob.say("rude")
    report_id = carol.request(ReportMessage(channel_id=GENERAL, seq=1)).report_id
    mona.request(CloseReport(report_id=report_id, outcome="talked to them"))
    alice.request(CloseReport(report_id=report_id, outcome="too late"))
    assert [event.report.closed_by for event in alice.heard(MessageReported)] == [None, mona.user_id]
    assert alice.request(ListReports()).reports == ()
    (closed,) = alice.request(ListReports(only_open=False)).reports
    assert (closed.closed_by, closed.outcome) == (mona.user_id, "talked to them")
    (entry,) = alice.request(FetchAudit(text="talked")).entries
    assert (entry.action, entry.actor_id, entry.user_id) == (AuditAction.REPORT_CLOSED, mona.user_id, bob.user_id)


def test_what_was_said_in_a_group_can_be_reported_to_people_who_are_not_in_it(
    bob: Peer, carol: Peer, mona: Peer
) -> None:
    for channel_id in (bob.direct(carol.user_id), bob.request(OpenGroup(user_ids=(carol.user_id,))).channel_id):
        bob.say("rude", channel_id)
        report_id = carol.request(ReportMessage(channel_id=channel_id, seq=1)).report_id
        assert mona.next_event(MessageReported).report.body == "rude"
        mona.request(CloseReport(report_id=report_id))


def test_nobody_reports_what_they_do_not_see_what_is_not_there_or_what_they_said(
    alice: Peer, bob: Peer, carol: Peer
) -> None:
    private = bob.request(CreateChannel(name="private", private=True)).channel_id
    bob.say("secret", private)
    bob.say("deleted")
    bob.request(DeleteMessage(channel_id=GENERAL, seq=1))
    assert code(lambda: carol.request(ReportMessage(channel_id=private, seq=1))) is Code.NOT_FOUND
    assert code(lambda: carol.request(ReportMessage(channel_id=GENERAL, seq=1))) is Code.NOT_FOUND
    assert code(lambda: carol.request(ReportMessage(channel_id=GENERAL, seq=2))) is Code.NOT_FOUND
    assert code(lambda: bob.request(ReportMessage(channel_id=private, seq=1))) is Code.BAD_REQUEST
    assert alice.request(ListReports(only_open=False)).reports == ()


def test_to_report_the_same_again_changes_nothing(alice: Peer, bob: Peer, carol: Peer) -> None:
    bob.say("rude")
    first = carol.request(ReportMessage(channel_id=GENERAL, seq=1))
    assert carol.request(ReportMessage(channel_id=GENERAL, seq=1, reason="really")) == first
    assert len(alice.heard(MessageReported)) == 1


def test_nobody_decides_about_what_they_said_themselves(alice: Peer, bob: Peer, mona: Peer) -> None:
    mona.say("rude")
    report_id = bob.request(ReportMessage(channel_id=GENERAL, seq=1)).report_id
    assert code(lambda: mona.request(CloseReport(report_id=report_id))) is Code.FORBIDDEN
    alice.request(CloseReport(report_id=report_id))
    assert code(lambda: alice.request(CloseReport(report_id=ReportId(999)))) is Code.NOT_FOUND


def test_one_person_has_so_many_reports_open_at_once(start_server: ServerFactory, connect: ConnectFactory) -> None:
    house = start_server(tls=False, limits=Limits(**{**vars(FREE), "open_reports_per_account": 2}))
    alice, bob = connect(house).register("alice"), connect(house).register("bob")
    for number in range(3):
        alice.say(str(number))
    ids = [bob.request(ReportMessage(channel_id=GENERAL, seq=seq)).report_id for seq in (1, 2)]
    assert code(lambda: bob.request(ReportMessage(channel_id=GENERAL, seq=3))) is Code.RATE_LIMITED
    alice.request(CloseReport(report_id=ids[0]))
    bob.request(ReportMessage(channel_id=GENERAL, seq=3))


def test_reports_come_in_pages_that_fit_into_a_frame(start_server: ServerFactory, connect: ConnectFactory) -> None:
    house = start_server(tls=False, limits=FREE)
    alice, bob = connect(house).register("alice"), connect(house).register("bob")
    for seq in range(1, 91):
        alice.say("𝔛" * 4000)
        bob.request(ReportMessage(channel_id=GENERAL, seq=seq))
    found, before_id, more = 0, None, True
    while more:
        page = alice.request(ListReports(before_id=before_id, limit=100))
        assert [each.seq for each in page.reports] == list(range(90 - found, 90 - found - len(page.reports), -1))
        found, before_id, more = found + len(page.reports), page.reports[-1].id, page.more
    assert found == 90
