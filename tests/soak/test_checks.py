"""Each check finds what it is for, and nothing where all is well."""

import hashlib
from dataclasses import replace
from pathlib import Path

import msgspec

from shared.requests import Posted
from shared.types import ChannelId, MessageId, UserId

from . import checks
from .faults import Kind, Lane, Outage, schedule
from .keeping import Keeping
from .ledger import Ledger, Place, Promise
from .orders import Showing, Shown, ShownChannel
from .record import Record, Row
from .report import Report, longest_return
from .texts import FLOOD, WITH_FILE, body, file_of, mark, mark_of, rewritten

GENERAL, ALICE = ChannelId(1), UserId(1)


def row(seq: int, **different: object) -> Row:
    usual = Row(MessageId(seq), GENERAL, seq, ALICE, f"client-{seq}", body(1, "alice/1", seq))
    return replace(usual, **different)  # type: ignore[arg-type]  # the fields of a row


def record(*rows: Row, marks: dict[Place, str] | None = None, last_rev: int = 0, read: int = 2) -> Record:
    rows = rows or (row(1), row(2), row(3))
    last = {GENERAL: max(each.seq for each in rows)}
    return Record(rows, last, {GENERAL: last_rev}, {(GENERAL, ALICE): read}, marks or {})


def showing(*rows: Row, unread: int = 1) -> Showing:
    rows = rows or (row(1), row(2), row(3))
    shown = tuple(Shown(each.seq, each.body, each.is_edited, each.is_deleted, each.reactions) for each in rows)
    return Showing("alice", "alice/1", ALICE, (), (ShownChannel(GENERAL, unread, shown, True),))


MARKS = [mark("alice/1", number) for number in (1, 2, 3)]


def test_nothing_is_found_where_all_is_well() -> None:
    ours, shown = record(), showing()
    promises = {f"client-{n}": Promise(MARKS[n - 1], GENERAL, n, MessageId(n)) for n in (1, 2, 3)}
    assert not checks.lost(ours, MARKS)
    assert not checks.doubled(ours)
    assert not checks.unknown(ours, set(MARKS), {})
    assert not checks.overtaken(ours, {"alice/1"})
    assert not checks.holes(ours)
    assert not checks.broken_promises(ours, promises)
    assert not checks.gaps(shown)
    assert not checks.disorder(shown, ours)
    assert not checks.shown_twice(shown)
    assert not checks.differences(shown, ours)
    assert not checks.incomplete(shown, ours)
    assert not checks.unread_wrong(shown, ours)
    assert not checks.unsent(shown)
    assert not checks.unheard("raw", {GENERAL: 3}, ours)
    assert not checks.stale(Keeping("alice/1", ours.rows, ()), ours)
    assert not checks.tracebacks({"server.log": "INFO all is well"})


# --- the database -----------------------------------------------------------------------------------------------------


def test_a_message_holds_the_file_that_went_out_with_it(tmp_path: Path) -> None:
    text_mark = mark(f"alice/1{WITH_FILE}", 2)
    content = file_of(1, text_mark)
    sha256 = hashlib.sha256(content).hexdigest()
    said = row(2, body=f"{text_mark} look")
    ours = replace(record(row(1), said), files={said.place: (sha256,)})
    path = tmp_path / sha256[:2] / sha256
    path.parent.mkdir()
    path.write_bytes(content)
    assert not checks.files_wrong(ours, 1, tmp_path)
    assert checks.files_wrong(replace(ours, files={}), 1, tmp_path), "it is gone"
    assert checks.files_wrong(replace(ours, files={**ours.files, (GENERAL, 1): (sha256,)}), 1, tmp_path), "another's"
    deleted = replace(ours, rows=(row(1), replace(said, is_deleted=True)), marks={said.place: text_mark})
    assert checks.files_wrong(deleted, 1, tmp_path), "it is held by what is deleted"
    path.write_bytes(content[:-1])
    assert checks.files_wrong(ours, 1, tmp_path), "it broke off"


def test_a_loss_is_found() -> None:
    assert len(checks.lost(record(row(1), row(2)), MARKS)) == 1


def test_a_deleted_text_is_not_lost_where_its_place_is_known() -> None:
    deleted = row(3, body="", is_deleted=True, rev=1)
    assert not checks.lost(record(row(1), row(2), deleted, marks={(GENERAL, 3): MARKS[2]}), MARKS)
    assert checks.lost(record(row(1), row(2), deleted), MARKS)


def test_a_double_is_found_by_its_text_and_by_its_id() -> None:
    again = row(4, body=row(3).body)
    assert len(checks.doubled(record(row(3), again))) == 1
    assert len(checks.doubled(record(row(3), row(4, client_id="client-3")))) == 1


def test_a_double_of_which_one_was_deleted_is_found() -> None:
    deleted = row(4, body="", is_deleted=True, rev=1)
    assert checks.doubled(record(row(3), deleted, marks={(GENERAL, 4): MARKS[2]}))


def test_a_text_that_nobody_said_is_found() -> None:
    assert checks.unknown(record(row(1, body="hello")), set(MARKS), {})


def test_an_edit_that_nobody_made_is_found() -> None:
    edited = row(1, body=rewritten(MARKS[0], 7), is_edited=True, rev=1)
    assert checks.unknown(record(edited), set(MARKS), {(GENERAL, 1): {rewritten(MARKS[0], 6)}})
    assert not checks.unknown(record(edited), set(MARKS), {(GENERAL, 1): {edited.body}})


def test_a_swap_is_found() -> None:
    swapped = row(1, body=row(2).body), row(2, body=row(1).body)
    assert checks.overtaken(record(*swapped), {"alice/1"})


def test_a_hole_a_number_given_twice_and_a_wrong_end_are_found() -> None:
    assert checks.holes(record(row(1), row(3)))
    assert checks.holes(record(row(1), row(2), row(2, id=MessageId(9))))
    assert checks.holes(replace(record(), last_seqs={GENERAL: 4}))


def test_ids_and_revisions_that_do_not_fit_are_found() -> None:
    assert checks.holes(record(row(1, id=MessageId(5)), row(2)))
    assert checks.holes(record(row(1, rev=1), row(2, rev=1), last_rev=1))
    assert checks.holes(record(row(1, rev=1), last_rev=2))


def test_an_answer_that_is_not_true_is_found() -> None:
    assert checks.broken_promises(record(), {"client-1": Promise(MARKS[0], GENERAL, 2, MessageId(2))})


def test_two_answers_for_one_text_are_found() -> None:
    ledger = Ledger()
    for seq in (1, 2):
        ledger.promise("client-1", MARKS[0], GENERAL, Posted(message_id=MessageId(seq), seq=seq))
    assert len(ledger.flaws) == 1


def test_a_lost_edit_and_a_lost_deletion_are_found() -> None:
    assert checks.lost_changes(record(), {(GENERAL, 1): "another text"})
    assert checks.lost_changes(record(), {(GENERAL, 1): None})
    assert not checks.lost_changes(record(row(1, body="", is_deleted=True)), {(GENERAL, 1): None})


# --- what is shown and kept -------------------------------------------------------------------------------------------


def test_a_gap_that_does_not_show_is_found() -> None:
    assert checks.gaps(showing(row(1), row(3)))


def test_another_order_and_what_is_not_there_are_found() -> None:
    assert checks.disorder(showing(row(2), row(1)), record())
    assert checks.disorder(showing(row(4)), record())


def test_what_is_shown_twice_is_found() -> None:
    assert checks.shown_twice(showing(row(1), row(1)))
    assert checks.shown_twice(showing(row(1), row(2, body=row(1).body)))


def test_a_change_that_was_not_caught_up_is_found() -> None:
    edited = record(row(1, body=rewritten(MARKS[0], 7), is_edited=True, rev=1), row(2), row(3))
    deleted = record(row(1, body="", is_deleted=True, rev=1), row(2), row(3))
    assert checks.differences(showing(), edited)
    assert checks.differences(showing(), deleted)
    assert checks.stale(Keeping("alice/1", record().rows, ()), edited)


def test_a_reaction_that_is_not_shown_or_not_kept_is_found_and_is_no_edit() -> None:
    reacted = record(row(1), row(2, rev=1, reactions="👍 1"), row(3))
    assert checks.differences(showing(), reacted)
    assert not checks.differences(showing(*reacted.rows), reacted)
    assert checks.stale(Keeping("alice/1", record().rows, ()), reacted)
    assert not checks.unknown(reacted, set(MARKS), {})


def test_a_newest_message_that_is_not_shown_or_heard_is_found() -> None:
    assert checks.incomplete(showing(row(1), row(2)), record())
    assert checks.unheard("raw", {GENERAL: 2}, record())


def test_a_wrong_unread_count_is_found() -> None:
    assert checks.unread_wrong(showing(unread=2), record())


def test_what_still_waits_is_found() -> None:
    assert checks.unsent(msgspec.structs.replace(showing(), unsent=("hello",)))
    assert checks.unsent(Keeping("alice/1", (), ("hello",)))


def test_a_traceback_is_found_with_its_error() -> None:
    text = 'INFO fine\nTraceback (most recent call last):\n  File "x"\nValueError: bad\nINFO fine'
    assert checks.tracebacks({"server.log": text}) == ["server.log: ValueError: bad"]


# --- the run ----------------------------------------------------------------------------------------------------------


def test_the_same_seed_makes_the_same_faults_and_every_kind_comes() -> None:
    for lane in Lane:
        faults = schedule(7, 120, tuple(Kind), lane)
        assert faults == schedule(7, 120, tuple(Kind), lane)
        assert {fault.kind for fault in faults} == {kind for kind in Kind if kind.lane is lane}


def test_the_same_seed_makes_the_same_texts_and_each_is_unique() -> None:
    texts = [body(7, speaker, number) for speaker in ("a/1", "a/2") for number in (1, 2, FLOOD)]
    assert texts == [body(7, speaker, number) for speaker in ("a/1", "a/2") for number in (1, 2, FLOOD)]
    assert len({mark_of(text) for text in texts}) == len(texts)


def test_a_report_with_a_finding_is_not_clean_and_says_it() -> None:
    report = Report(7, "there", {"messages": "3"}, {"tear": 1}, {"lost": ["alice/1#3 is lost"], "doubled": []})
    assert not report.is_clean
    assert "seed 7" in str(report)
    assert "alice/1#3 is lost" in str(report)


def test_coming_back_is_counted_from_the_end_of_what_kept_one_away() -> None:
    outages = [Outage(Kind.KILL_SERVER, 9.0, 14.0), Outage(Kind.CUT_ONE, 30.0, 30.0)]
    assert longest_return([(10.0, 15.0), (20.0, 22.0)], outages) == (5.0, 2.0)
    assert longest_return([], []) == (0.0, 0.0)
