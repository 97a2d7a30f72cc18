"""Rows of messages: whatever happens, the splices told draw exactly the rows that are there."""

import datetime
import itertools
from collections.abc import Sequence

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from client_app.core.store import Unsent
from client_app.core.timeline.rows import GROUP_MILLISECONDS
from client_app.core.timeline.timeline import Entry, EntryKind, Outlook, SendState, Splice, Timeline
from shared.entities import Message
from shared.limits import MAX_INTEGER
from shared.types import MessageKind, Seq

from .world import ALICE, BOB, GENERAL, NOON, message

DAY = 24 * 60 * 60 * 1000


def timeline() -> Timeline:
    return Timeline("general", ALICE, lambda user_id: {ALICE: "alice", BOB: "Bob"}[user_id])


def unsent(name: str, body: str = "typed", error: str = "") -> Unsent:
    return Unsent(name, GENERAL, MessageKind.TEXT, body, NOON, error)


def kinds(rows: Sequence[Entry]) -> list[EntryKind]:
    return [row.kind for row in rows]


BEGINNING, DAY_LINE, UNREAD, MESSAGE = EntryKind


def test_a_whole_channel_begins_with_what_it_is_and_a_day() -> None:
    rows = timeline()
    rows.reset([message(1), message(2)], [], is_at_end=True)
    assert kinds(rows.entries) == [BEGINNING, DAY_LINE, MESSAGE, MESSAGE]
    assert rows.entries[0].text == "general"
    assert not rows.has_older


def test_an_empty_channel_shows_only_its_beginning_and_the_first_message_comes_below_it() -> None:
    rows = timeline()
    rows.reset([], [], is_at_end=True)
    assert kinds(rows.entries) == [BEGINNING]
    rows.append([message(1)], [])
    assert kinds(rows.entries) == [BEGINNING, DAY_LINE, MESSAGE]


def test_a_later_page_has_older_messages_and_no_beginning_until_they_are_loaded() -> None:
    rows = timeline()
    rows.reset([message(3), message(4)], [], is_at_end=True)
    assert rows.has_older
    assert kinds(rows.entries) == [DAY_LINE, MESSAGE, MESSAGE]
    rows.prepend([message(1), message(2)])
    assert not rows.has_older
    assert kinds(rows.entries) == [BEGINNING, DAY_LINE, MESSAGE, MESSAGE, MESSAGE, MESSAGE]


def test_each_day_has_its_line_in_words() -> None:
    rows = timeline()
    rows.reset([message(1), message(2, created_at=NOON + 2 * DAY)], [], is_at_end=True)
    assert kinds(rows.entries) == [BEGINNING, DAY_LINE, MESSAGE, DAY_LINE, MESSAGE]
    day = datetime.datetime.fromtimestamp((NOON + 2 * DAY) / 1000).date()
    assert rows.entries[3].text == f"{day:%A}, {day.day} {day:%B} {day.year}"
    assert rows.entries[3].time.tzinfo is not None


def test_messages_of_one_author_within_minutes_stand_in_one_group() -> None:
    rows = timeline()
    moments = [0, GROUP_MILLISECONDS - 1, 2 * GROUP_MILLISECONDS - 1, 2 * GROUP_MILLISECONDS]
    rows.reset(
        [message(seq, created_at=NOON + moment) for seq, moment in enumerate(moments, start=2)], [], is_at_end=True
    )
    shown = [row.is_grouped for row in rows.entries if row.kind is MESSAGE]
    assert shown == [False, True, False, True]


def test_another_author_an_action_and_the_unread_line_begin_a_new_group() -> None:
    said = [
        message(2),
        message(3, author_id=ALICE),
        message(4, author_id=ALICE, kind=MessageKind.ACTION),
        message(5, author_id=ALICE),
        message(6, author_id=ALICE),
    ]
    rows = timeline()
    rows.reset(said, [], is_at_end=True, unread_from=6)
    assert not any(row.is_grouped for row in rows.entries)
    assert [row.is_action for row in rows.entries if row.kind is MESSAGE] == [False, False, True, False, False]


def test_the_unread_line_stands_above_the_first_unread_message_and_goes() -> None:
    rows = timeline()
    rows.reset([message(1), message(2), message(3)], [], is_at_end=True)
    rows.set_unread_from(3, [])
    assert kinds(rows.entries) == [BEGINNING, DAY_LINE, MESSAGE, MESSAGE, UNREAD, MESSAGE]
    rows.set_unread_from(0, [])
    assert UNREAD not in kinds(rows.entries)
    assert rows.set_unread_from(0, []) == ()


def test_what_is_being_sent_stands_last_and_keeps_its_key_when_it_has_arrived() -> None:
    rows = timeline()
    rows.reset([message(1)], [unsent("mine")], is_at_end=True)
    pending = rows.entries[-1]
    assert (pending.state, pending.text, pending.is_own, pending.author) == (SendState.PENDING, "typed", True, "alice")
    rows.append([message(2, author_id=ALICE, client_id="mine")], [])
    assert (rows.entries[-1].state, rows.entries[-1].key) == (SendState.SENT, pending.key)
    assert len(rows.entries) == 4


def test_a_refused_message_says_why() -> None:
    rows = timeline()
    rows.reset([], [], is_at_end=True)
    rows.set_unsent([unsent("mine", error="Too long.")])
    assert (rows.entries[-1].state, rows.entries[-1].error) == (SendState.FAILED, "Too long.")


def test_after_a_jump_into_the_past_what_is_being_sent_is_not_shown_in_the_wrong_place() -> None:
    rows = timeline()
    rows.reset([message(5)], [unsent("mine")], is_at_end=False)
    assert kinds(rows.entries) == [DAY_LINE, MESSAGE]


def test_before_the_first_page_is_there_what_is_being_sent_is_shown_alone() -> None:
    rows = timeline()
    rows.set_unsent([unsent("mine")])
    assert kinds(rows.entries) == [MESSAGE]
    rows.reset([message(1)], [unsent("mine")], is_at_end=True)
    assert kinds(rows.entries) == [BEGINNING, DAY_LINE, MESSAGE, MESSAGE]


def test_a_message_that_is_there_already_is_not_shown_twice() -> None:
    rows = timeline()
    rows.reset([message(3), message(4)], [], is_at_end=True)
    assert rows.append([message(4)], []) == ()
    assert rows.prepend([message(3)]) == ()


def test_a_clock_that_has_gone_mad_stops_nothing() -> None:
    rows = timeline()
    rows.reset([message(1, created_at=MAX_INTEGER), message(2, created_at=0)], [], is_at_end=True)
    assert kinds(rows.entries) == [BEGINNING, DAY_LINE, MESSAGE, DAY_LINE, MESSAGE]


class ScrollingAbout(RuleBasedStateMachine):
    """A list that is drawn from splices alone, while pages come from both ends and messages are sent."""

    @initialize(
        gaps=st.lists(st.integers(0, DAY), min_size=1, max_size=40),
        authors=st.lists(st.sampled_from([ALICE, BOB]), min_size=40, max_size=40),
    )
    def fill(self, gaps: list[int], authors: list[int]) -> None:
        self.timeline = timeline()
        self.drawn: list[Entry] = []
        self.unsent: list[Unsent] = []
        self.names = itertools.count()
        moments = itertools.accumulate(gaps, initial=NOON)
        self.said: list[Message] = [
            message(seq, author_id=author, created_at=moment)  # type: ignore[arg-type]  # sampled from user ids
            for seq, (author, moment) in enumerate(zip(authors, moments, strict=False), start=1)
        ]
        self.unread_from: Seq = 0
        self.outlook = Outlook()
        self.reset(0, len(self.said), 0)

    def draw(self, splices: tuple[Splice, ...]) -> None:
        for splice in splices:
            assert splice.start + splice.removed <= len(self.drawn)
            self.drawn[splice.start : splice.start + splice.removed] = splice.inserted

    @rule(low=st.integers(0, 40), length=st.integers(0, 40), unread_from=st.integers(0, 40))
    def reset(self, low: int, length: int, unread_from: Seq) -> None:
        low = min(low, len(self.said) - 1)
        self.low, self.high = low, min(low + max(1, length), len(self.said))
        self.unread_from = unread_from
        is_at_end = self.high == len(self.said)
        page = self.said[self.low : self.high]
        self.draw(self.timeline.reset(page, self.unsent, is_at_end=is_at_end, unread_from=unread_from))

    @rule(length=st.integers(0, 10), overlap=st.integers(0, 2))
    def prepend(self, length: int, overlap: int) -> None:
        start = max(0, self.low - length)
        self.draw(self.timeline.prepend(self.said[start : min(self.low + overlap, self.high)]))
        self.low = start

    @rule(length=st.integers(0, 10), overlap=st.integers(0, 2))
    def append(self, length: int, overlap: int) -> None:
        end = min(len(self.said), self.high + length)
        self.timeline.is_at_end = end == len(self.said)
        self.draw(self.timeline.append(self.said[max(self.low, self.high - overlap) : end], self.unsent))
        self.high = end

    @rule(has_error=st.booleans())
    def type(self, has_error: bool) -> None:
        self.unsent = [*self.unsent, unsent(f"typed-{next(self.names)}", error="No." if has_error else "")]
        self.draw(self.timeline.set_unsent(self.unsent))

    @precondition(lambda self: self.unsent)
    @rule(data=st.data())
    def settle(self, data: st.DataObject) -> None:
        gone = data.draw(st.sampled_from(self.unsent))
        self.unsent = [each for each in self.unsent if each is not gone]
        self.draw(self.timeline.set_unsent(self.unsent))

    @rule(seq=st.integers(0, 41))
    def look(self, seq: Seq) -> None:
        self.unread_from = seq
        self.draw(self.timeline.set_unread_from(seq, self.unsent))

    @rule(blocks_bob=st.booleans(), may_delete=st.booleans())
    def judge(self, blocks_bob: bool, may_delete: bool) -> None:
        self.outlook = Outlook(frozenset({BOB} if blocks_bob else ()), may_delete)
        self.draw(self.timeline.look(self.outlook, self.unsent))

    @invariant()
    def what_is_drawn_is_what_is_there(self) -> None:
        assert self.drawn == self.timeline.entries

    @invariant()
    def the_rows_are_right(self) -> None:
        page = self.said[self.low : self.high]
        assert self.timeline.has_older is (self.low > 0)
        assert list(self.drawn) == self.expected(page)
        keys = [row.key for row in self.drawn]
        assert len(set(keys)) == len(keys)

    @invariant()
    def each_message_is_found_by_its_number(self) -> None:
        for seq in range(len(self.said) + 2):
            index = self.timeline.index_of(seq)
            if self.low < seq <= self.high:
                assert index is not None
                assert self.drawn[index].kind is MESSAGE
                assert self.drawn[index].seq == seq
            else:
                assert index is None

    def expected(self, page: list[Message]) -> list[Entry]:
        """The rows as one would write them down in one go, with the marks that are told by their neighbours alone."""
        fresh = timeline()
        fresh.look(self.outlook, [])
        fresh.reset(page, self.unsent, is_at_end=self.high == len(self.said), unread_from=self.unread_from)
        rows = fresh.entries
        assert (rows[0].kind is BEGINNING) is (self.low == 0)
        days = [datetime.datetime.fromtimestamp(each.created_at / 1000).date() for each in page]
        assert kinds(rows).count(DAY_LINE) == len(set(days))
        assert kinds(rows).count(UNREAD) == (self.low < self.unread_from <= self.high)
        assert [row.seq for row in rows if row.seq] == [each.seq for each in page]
        for above, row in itertools.pairwise(rows):
            if row.is_grouped:
                assert above.kind is MESSAGE
                assert above.author_id == row.author_id
            if row.kind is UNREAD:
                assert rows[rows.index(row) + 1].seq == self.unread_from
        return rows


TestScrollingAbout = ScrollingAbout.TestCase
TestScrollingAbout.settings = settings(max_examples=60, stateful_step_count=25, deadline=None, derandomize=True)
