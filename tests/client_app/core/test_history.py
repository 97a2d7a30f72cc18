"""How pages of messages come, with the wire in the test's own hands."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from client_app.core.history import MOST_TO_CATCH_UP, PAGE, History
from client_app.core.outbox import Outbox
from client_app.core.state import State, apply
from client_app.core.store import Store
from client_app.core.timeline import EntryKind, Splice
from shared.entities import Message
from shared.errors import RateLimited, Unavailable
from shared.events import MessagePosted
from shared.requests import FetchHistory
from shared.requests import History as Page
from shared.types import MAX_PAGE, ChannelId, MessageKind, Seq

from .world import ALICE, GENERAL, Recorder, message, public, state


class Pane:
    """Somebody who looks at general, in which `last_seq` messages were said."""

    def __init__(
        self, folder: Path, last_seq: Seq, read: Seq = 0, *, keeps_history: bool = False, is_online: bool = True
    ) -> None:
        self.wire = Recorder()
        self.state: State = state(public(GENERAL, "general", last_seq=last_seq), read={GENERAL: read})
        self.store = Store(folder)
        self.kept = self.store.of("alice", keeps_history=keeps_history)
        self.outbox = Outbox(self.kept.unsent, self.wire, self.unsent_changed)
        self.drawn: dict[ChannelId, list[str]] = {}
        self.history = History(self.wire, self.outbox, self.kept.messages, lambda: self.state, self.draw)
        if is_online:
            self.history.resumed(self.state)

    def unsent_changed(self, channel_id: ChannelId) -> None:
        self.history.unsent_changed(channel_id)

    def draw(self, channel_id: ChannelId, splices: tuple[Splice, ...]) -> None:
        rows = self.drawn.setdefault(channel_id, [])
        for splice in splices:
            rows[splice.start : splice.start + splice.removed] = [row.key for row in splice.inserted]

    def serve(self) -> FetchHistory:
        """Answer the oldest request as the server would; the request."""
        request: FetchHistory = self.wire.requests[0]
        last = self.state.channels[GENERAL].last_seq
        if request.before_seq is not None:
            low, high = max(1, request.before_seq - request.limit), request.before_seq - 1
            more = low > 1
        elif request.after_seq is not None:
            low, high = request.after_seq + 1, min(last, request.after_seq + request.limit)
            more = high < last
        elif request.around_seq is not None:
            low = max(1, request.around_seq - request.limit // 2)
            high, more = min(last, low + request.limit - 1), low > 1
        else:
            low, high = max(1, last - request.limit + 1), last
            more = low > 1
        self.wire.answer(Page(messages=tuple(message(seq) for seq in range(low, high + 1)), more=more))
        return request

    def serve_all(self) -> int:
        """Answer until nothing is asked any more; how many requests that were."""
        count = 0
        while self.wire.asked:
            self.serve()
            count += 1
        return count

    def come_back(self, **changes: Any) -> None:
        """A drop is over, and the server told this of general."""
        before, general = self.state, self.state.channels[GENERAL]
        self.history.dropped()
        self.state = state(replace(general, **changes), read=self.state.read)
        self.history.resumed(before)

    def hear(self, said: Message) -> None:
        self.state = apply(self.state, MessagePosted(said))
        self.history.heard(said)

    @property
    def shown(self) -> list[Seq]:
        timeline = self.history.timeline(GENERAL)
        rows = [row.key for row in timeline.entries]
        assert rows == self.drawn.get(GENERAL, []), "what was told is what is there"
        return [row.seq for row in timeline.entries if row.kind is EntryKind.MESSAGE]


class Panes:
    """Makes panes, and closes their stores."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._made: list[Pane] = []

    def __call__(self, last_seq: Seq, read: Seq = 0, **options: Any) -> Pane:
        self._made.append(Pane(self._folder, last_seq, read, **options))
        return self._made[-1]

    def close(self) -> None:
        for each in self._made:
            each.store.close()


@pytest.fixture
def pane(tmp_path: Path) -> Iterator[Panes]:
    panes = Panes(tmp_path)
    yield panes
    panes.close()


def numbers(first: Seq, last: Seq) -> list[Seq]:
    return list(range(first, last + 1))


def test_opening_a_channel_loads_its_newest_page_with_the_unread_line(pane: Panes) -> None:
    general = pane(last_seq=200, read=180)
    general.history.open(GENERAL)
    assert general.history.timeline(GENERAL).is_loading
    request = general.serve()
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
