"""How pages of messages come, with the wire in the test's own hands."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from client_app.core.history.history import MOST_TO_CATCH_UP, PAGE
from client_app.core.timeline.timeline import EntryKind
from shared.errors import RateLimited, Unavailable
from shared.limits import MAX_PAGE
from shared.requests import FetchHistory
from shared.requests import History as Page
from shared.types import MessageKind

from .pane import Panes, numbers
from .world import ALICE, GENERAL, message, public, state


@pytest.fixture
def pane(tmp_path: Path) -> Iterator[Panes]:
    panes = Panes(tmp_path)
    yield panes
    panes.close()


def test_opening_a_channel_loads_its_newest_page_with_the_unread_line(pane: Panes) -> None:
    general = pane(last_seq=200, read=180)
    general.history.open(GENERAL)
    assert general.history.timeline(GENERAL).is_loading
    request = general.serve()
    assert isinstance(request, FetchHistory)
    assert (request.before_seq, request.after_seq, request.around_seq) == (None, None, None)
    assert general.shown == numbers(200 - PAGE + 1, 200)
    rows = general.history.timeline(GENERAL).entries
    (line,) = [index for index, row in enumerate(rows) if row.kind is EntryKind.UNREAD]
    assert rows[line + 1].seq == 181


def test_opening_it_again_asks_nothing_and_moves_the_line(pane: Panes) -> None:
    general = pane(last_seq=10)
    general.history.open(GENERAL)
    general.serve_all()
    assert "unread" in general.drawn[GENERAL]
    general.state = state(public(GENERAL, "general", last_seq=10), read={GENERAL: 10})
    general.history.open(GENERAL)
    assert general.wire.asked == []
    assert "unread" not in general.drawn[GENERAL]


def test_messages_are_added_as_they_are_heard(pane: Panes) -> None:
    general = pane(last_seq=1)
    general.history.open(GENERAL)
    general.serve_all()
    general.hear(message(2))
    general.hear(message(3))
    assert general.shown == [1, 2, 3]
    assert general.wire.asked == []


def test_what_is_heard_while_the_first_page_is_under_way_is_not_missing(pane: Panes) -> None:
    general = pane(last_seq=3)
    general.history.open(GENERAL)
    page = Page(messages=(message(1), message(2), message(3)), more=False)
    general.hear(message(4))
    general.hear(message(5))
    general.wire.answer(page)
    general.serve_all()
    assert general.shown == numbers(1, 5)


def test_a_gap_is_filled_before_anything_is_shown_after_it(pane: Panes) -> None:
    general = pane(last_seq=2)
    general.history.open(GENERAL)
    general.serve_all()
    general.hear(message(6))
    assert general.shown == [1, 2]
    general.hear(message(7))
    assert len(general.wire.asked) == 1
    general.serve_all()
    assert general.shown == numbers(1, 7)


def test_after_a_drop_what_was_missed_is_asked_for_and_nothing_else(pane: Panes) -> None:
    general = pane(last_seq=10)
    general.history.open(GENERAL)
    general.serve_all()
    general.come_back(last_seq=10 + 2 * MAX_PAGE + 5)
    assert general.serve_all() == 3
    assert general.shown == numbers(1, 215)


def test_after_a_long_absence_the_newest_page_is_shown(pane: Panes) -> None:
    general = pane(last_seq=10)
    general.history.open(GENERAL)
    general.serve_all()
    last = 10 + MOST_TO_CATCH_UP + 1
    general.come_back(last_seq=last)
    assert general.serve_all() == 1
    assert general.shown == numbers(last - PAGE + 1, last)


def test_a_drop_before_the_first_page_came_asks_for_it_again(pane: Panes) -> None:
    general = pane(last_seq=10)
    general.history.open(GENERAL)
    general.wire.answer(Unavailable("The connection broke."))
    assert not general.history.timeline(GENERAL).is_loading
    general.come_back()
    general.serve_all()
    assert general.shown == numbers(1, 10)


def test_what_is_written_before_the_first_page_came_is_shown_at_once_and_below_it_later(pane: Panes) -> None:
    general = pane(last_seq=10)
    general.outbox.add(GENERAL, MessageKind.TEXT, "typed before")
    general.history.open(GENERAL)
    general.wire.answer(Unavailable("The connection broke."))
    general.outbox.add(GENERAL, MessageKind.TEXT, "typed after")
    assert general.shown == [0, 0]
    general.come_back()
    general.serve_all()
    assert general.shown == [*numbers(1, 10), 0, 0]


def test_an_answer_from_before_the_drop_changes_nothing(pane: Panes) -> None:
    general = pane(last_seq=10)
    general.history.open(GENERAL)
    stale = general.wire.asked.pop()
    general.come_back()
    general.serve_all()
    stale[1](Page(messages=(message(1),), more=False))
    assert general.shown == numbers(1, 10)


def test_a_server_that_asks_to_wait_is_asked_again_later(pane: Panes) -> None:
    general = pane(last_seq=10)
    general.history.open(GENERAL)
    general.wire.answer(RateLimited("Slow down.", retry_after=0.3))
    assert general.wire.asked == []
    ((seconds, call),) = general.wire.due
    assert seconds == 0.3
    assert general.history.timeline(GENERAL).is_loading
    call()
    general.serve_all()
    assert general.shown == numbers(1, 10)


def test_older_pages_come_one_at_a_time_until_the_beginning(pane: Panes) -> None:
    general = pane(last_seq=120)
    general.history.open(GENERAL)
    general.serve_all()
    for first in (21, 1):
        general.history.load_older(GENERAL)
        general.history.load_older(GENERAL)
        assert general.serve_all() == 1
        assert general.shown == numbers(first, 120)
    general.history.load_older(GENERAL)
    assert general.wire.asked == []


def test_a_jump_shows_what_is_around_and_what_is_heard_meanwhile_waits_for_the_way_back(pane: Panes) -> None:
    general = pane(last_seq=500)
    general.history.open(GENERAL)
    general.serve_all()
    general.history.jump_to(GENERAL, 100)
    general.serve_all()
    assert 100 in general.shown
    assert not general.history.timeline(GENERAL).is_at_end
    general.hear(message(501))
    assert 501 not in general.shown
    while not general.history.timeline(GENERAL).is_at_end:
        general.history.load_newer(GENERAL)
        assert general.serve_all() == 1
    assert general.shown == numbers(general.shown[0], 501)
    general.hear(message(502))
    assert general.shown[-1] == 502


def test_a_jump_to_what_is_loaded_asks_nothing_and_one_replaces_a_page_under_way(pane: Panes) -> None:
    general = pane(last_seq=500)
    general.history.open(GENERAL)
    general.serve_all()
    general.history.jump_to(GENERAL, 490)
    assert general.wire.asked == []
    general.history.load_older(GENERAL)
    general.history.jump_to(GENERAL, 20)
    general.serve_all()
    assert 20 in general.shown
    assert general.shown == numbers(general.shown[0], general.shown[-1])
    general.history.jump_to_end(GENERAL)
    general.serve_all()
    assert general.shown == numbers(451, 500)
    general.history.jump_to_end(GENERAL)
    assert general.wire.asked == []


def test_ones_own_message_is_shown_once_from_typing_to_hearing_it(pane: Panes) -> None:
    general = pane(last_seq=1)
    general.history.open(GENERAL)
    general.serve_all()
    general.outbox.add(GENERAL, MessageKind.TEXT, "mine")
    assert len(general.shown) == 2
    (unsent,) = general.outbox.waiting(GENERAL, 1)
    general.hear(message(2, author_id=ALICE, client_id=unsent.client_id))
    assert general.shown == [1, 2]


def test_who_joins_again_gets_what_was_said_meanwhile(pane: Panes) -> None:
    general = pane(last_seq=1)
    general.history.open(GENERAL)
    general.serve_all()
    general.state = state(public(GENERAL, "general", last_seq=4))
    general.history.rejoined(GENERAL)
    general.serve_all()
    assert general.shown == numbers(1, 4)
