"""Messages of people whom I blocked, as rows, and how their texts come back."""

from collections.abc import Sequence
from pathlib import Path

import msgspec
import pytest

from client_app.core.store import Store
from client_app.core.timeline.timeline import Entry, EntryKind, Outlook, Timeline
from shared.entities import Message
from shared.requests import FetchHistory
from shared.requests import History as Page
from shared.types import GENERAL, MessageKind, UserId

from .pane import Pane
from .world import ALICE, BOB, CAROL, NOON, changed, message

BLOCKED = Outlook(frozenset({BOB}))


def redacted(seq: int, author_id: UserId = BOB) -> Message:
    """A message as the server tells it to whoever blocks its author."""
    return msgspec.structs.replace(message(seq, author_id=author_id), body="", is_hidden=True)


def timeline(messages: Sequence[Message], outlook: Outlook = BLOCKED) -> Timeline:
    rows = Timeline("general", ALICE, lambda user_id: f"person {user_id}")
    rows.look(outlook, [])
    rows.reset(messages, [], is_at_end=True)
    return rows


def shown(rows: Timeline) -> list[Entry]:
    return [row for row in rows.entries if row.kind is EntryKind.MESSAGE]


def texts(rows: Timeline) -> list[str]:
    return [row.text for row in shown(rows)]


def test_what_a_blocked_person_said_has_no_text_whatever_is_here_of_it() -> None:
    rows = timeline([message(1), redacted(2), message(3, author_id=CAROL)])
    assert texts(rows) == ["", "", "message 3"]
    assert [row.is_hidden for row in shown(rows)] == [True, True, False]


def test_what_is_deleted_and_what_i_said_myself_is_not_hidden() -> None:
    rows = timeline([changed(1, 1, is_deleted=True), message(2, author_id=ALICE)], Outlook(frozenset({ALICE, BOB})))
    assert [(row.is_hidden, row.is_deleted) for row in shown(rows)] == [(False, True), (False, False)]


def test_a_message_is_revealed_alone_and_hidden_again() -> None:
    rows = timeline([redacted(1), redacted(2)])
    rows.reveal(message(2, "the truth"))
    assert [(row.text, row.is_hidden, row.is_revealed) for row in shown(rows)] == [
        ("", True, False),
        ("the truth", False, True),
    ]
    rows.hide(2)
    assert texts(rows) == ["", ""]
    assert rows.hide(2) == ()


def test_what_is_written_anew_is_hidden_again_unless_the_newer_text_is_revealed() -> None:
    rows = timeline([redacted(1)])
    rows.reveal(message(1))
    anew = msgspec.structs.replace(redacted(1), rev=3, edited_at=NOON)
    rows.change(anew)
    assert texts(rows) == [""]
    rows.reveal(changed(1, 4))
    rows.change(msgspec.structs.replace(anew, rev=4))
    assert texts(rows) == ["message 1 as of 4"]


def test_rows_say_what_may_be_done_with_each_message() -> None:
    said = [message(1), message(2, author_id=ALICE), changed(3, 1, is_deleted=True)]
    for outlook, deletable in ((Outlook(), [False, True, False]), (Outlook(may_delete=True), [True, True, False])):
        rows = shown(timeline(said, outlook))
        assert [row.may_delete for row in rows] == deletable
        assert [row.may_report for row in rows] == [True, False, False]


def test_an_announcement_is_told_from_other_messages_and_stands_alone() -> None:
    rows = shown(timeline([message(1, kind=MessageKind.ANNOUNCEMENT), message(2)], Outlook()))
    assert [(row.is_announcement, row.is_grouped) for row in rows] == [(True, False), (False, False)]


def test_only_what_need_not_be_hidden_is_filled_in() -> None:
    rows = timeline([redacted(1), redacted(2, CAROL), message(3, author_id=CAROL)])
    assert rows.newest_redacted() == 2
    assert rows.newest_redacted(before_seq=2) == 0
    rows.fill_in([message(2, "back", CAROL), message(3, "another", CAROL)])
    assert texts(rows) == ["", "back", "message 3"]


@pytest.fixture
def pane(tmp_path: Path) -> Pane:
    return Pane(tmp_path, last_seq=250, keeps_history=True)


def block_bob(pane: Pane, *, is_blocked: bool) -> None:
    pane.outlook = BLOCKED if is_blocked else Outlook()
    (pane.history.hidden.look_again if is_blocked else pane.history.hidden.hear_again)()


def test_texts_come_back_page_by_page_and_each_place_is_asked_for_once(pane: Pane) -> None:
    block_bob(pane, is_blocked=True)
    pane.changed = {seq: redacted(seq) for seq in range(1, 251)}
    pane.history.open(GENERAL)
    pane.serve_all()
    for _ in range(3):
        pane.history.load_older(GENERAL)
        pane.serve_all()
    assert set(pane.bodies.values()) == {""}
    pane.changed.clear()
    block_bob(pane, is_blocked=False)
    asked = []
    while pane.wire.asked:
        asked.append(pane.serve())
    assert [each.before_seq for each in asked if isinstance(each, FetchHistory)] == [251, 151]
    assert pane.bodies == {seq: f"message {seq}" for seq in range(51, 251)}


def test_a_server_that_goes_on_hiding_is_not_asked_for_ever(pane: Pane) -> None:
    pane.changed = {seq: redacted(seq) for seq in range(1, 251)}
    pane.history.open(GENERAL)
    pane.serve_all()
    for _, call in pane.wire.due:
        call()
    assert pane.serve_all() == 1
    assert set(pane.bodies.values()) == {""}
    assert pane.on_disk == {}, "what may come back is not kept without its text"


def test_a_page_that_was_on_its_way_when_the_block_ended_is_filled_in(pane: Pane) -> None:
    block_bob(pane, is_blocked=True)
    pane.history.open(GENERAL)
    request = pane.wire.requests[0]
    block_bob(pane, is_blocked=False)
    pane.wire.answer(Page(messages=tuple(redacted(seq) for seq in range(201, 251)), more=True))
    assert request.before_seq is None
    for _, call in pane.wire.due:
        call()
    pane.serve_all()
    assert pane.bodies == {seq: f"message {seq}" for seq in range(201, 251)}


def test_what_was_kept_without_its_text_is_dropped_when_its_author_is_heard_again(tmp_path: Path) -> None:
    store = Store(tmp_path)
    messages = store.of("alice").messages
    said = [message(1), redacted(2), redacted(3, CAROL), message(4, 'says "is_hidden":true, and means it')]
    messages.put(GENERAL, said, 0)
    messages.drop_redacted(frozenset({CAROL}))
    assert store.finish(30)
    assert [each.seq for each in messages.all(GENERAL)] == [1, 3, 4]
    store.close()
