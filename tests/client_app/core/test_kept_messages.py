"""What was said, as it is kept on disk: a gap is where the numbers jump, and the newest revision wins."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from client_app.core.store import Mark, Messages, Store, writing
from client_app.core.store import messages as module
from shared.entities import Message
from shared.types import Seq

from .world import GENERAL, PLANS, changed, message


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store(tmp_path)
    yield store
    store.close()


@pytest.fixture
def messages(store: Store) -> Messages:
    return store.of("alice").messages


def said(first: Seq, last: Seq) -> list[Message]:
    return [message(seq) for seq in range(first, last + 1)]


def seqs(found: list[Message]) -> list[Seq]:
    return [each.seq for each in found]


def test_reading_goes_as_far_as_the_numbers_follow_each_other(messages: Messages, store: Store) -> None:
    messages.put(GENERAL, said(1, 10), 0)
    messages.put(GENERAL, said(15, 30), 0)
    messages.put(PLANS, [message(11, channel_id=PLANS)], 0)
    for _ in range(2):
        assert seqs(messages.before(GENERAL, 31, 5)) == [26, 27, 28, 29, 30]
        assert seqs(messages.before(GENERAL, 17, 5)) == [15, 16]
        assert messages.before(GENERAL, 15, 5) == []
        assert seqs(messages.before(GENERAL, 11, 50)) == list(range(1, 11))
        assert seqs(messages.after(GENERAL, 8, 5)) == [9, 10]
        assert seqs(messages.after(GENERAL, 15, 3)) == [16, 17, 18]
        assert messages.after(GENERAL, 10, 3) == []
        assert seqs(messages.newest(GENERAL, 50)) == list(range(15, 31))
        assert messages.last_seq(GENERAL) == 30
        assert seqs(messages.all(GENERAL)) == [*range(1, 11), *range(15, 31)]
        assert store.finish(30), "and once more, when all is on disk"


def test_the_newest_revision_wins_in_whichever_order_they_come(messages: Messages, store: Store) -> None:
    messages.put(GENERAL, said(1, 3), 0)
    messages.change(GENERAL, [changed(2, rev=5, body="later")], 5)
    for _ in range(2):
        messages.put(GENERAL, said(1, 3), 5)
        messages.change(GENERAL, [changed(2, rev=4, body="sooner")], 5)
        assert [each.body for each in messages.all(GENERAL)] == ["message 1", "later", "message 3"]
        assert store.finish(30)
    assert store.of("alice").messages.all(GENERAL)[1].body == "later"


def test_a_change_to_what_is_not_here_is_kept_for_the_page_that_may_be_on_its_way(
    messages: Messages, store: Store
) -> None:
    messages.put(GENERAL, said(5, 9), 0)
    messages.change(GENERAL, [changed(2, rev=1, is_deleted=True), changed(40, rev=2)], 2)
    assert store.finish(30)
    messages.put(GENERAL, said(1, 4), 2)
    assert store.finish(30)
    assert [each.is_deleted for each in messages.before(GENERAL, 5, 9)] == [False, True, False, False]
    assert messages.last_seq(GENERAL) == 9, "one that is newer than all that is here would only be an island"


def test_marks_say_what_is_kept(messages: Messages, store: Store) -> None:
    messages.put(GENERAL, said(1, 3), 7)
    messages.change(PLANS, [], 2)
    assert store.finish(30)
    assert store.of("alice").messages.marks() == {GENERAL: Mark(7, 3), PLANS: Mark(2, 0)}


def test_a_channel_that_is_dropped_is_gone_at_once_and_can_begin_anew(messages: Messages, store: Store) -> None:
    messages.put(GENERAL, said(1, 9), 7)
    messages.drop(GENERAL)
    assert messages.all(GENERAL) == []
    messages.put(GENERAL, said(20, 21), 9)
    assert seqs(messages.all(GENERAL)) == [20, 21]
    assert store.finish(30)
    assert seqs(messages.all(GENERAL)) == [20, 21]
    assert messages.marks() == {GENERAL: Mark(9, 21)}


def test_where_nothing_is_to_be_kept_nothing_is(store: Store) -> None:
    guest = store.of("alice", keeps_history=False).messages
    guest.put(GENERAL, said(1, 3), 0)
    guest.change(GENERAL, said(1, 3), 1)
    guest.drop(GENERAL)
    assert store.finish(30)
    assert (guest.all(GENERAL), guest.marks()) == ([], {})
    assert store.of("alice").messages.all(GENERAL) == []


def test_the_newest_of_each_channel_are_kept_and_of_all_not_more_than_bound(
    messages: Messages, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST_IN_A_CHANNEL", 20)
    monkeypatch.setattr(module, "MOST_IN_ALL", 24)
    monkeypatch.setattr(module, "PRUNE_EVERY", 1_000)
    messages.put(GENERAL, said(1, 500), 0)
    messages.put(PLANS, [message(seq, channel_id=PLANS) for seq in range(1, 5)], 0)
    messages.put(GENERAL, said(501, 996), 0)
    assert store.finish(30)
    assert seqs(messages.all(GENERAL)) == list(range(977, 997))
    assert seqs(messages.all(PLANS)) == [1, 2, 3, 4]
    for seq in range(5, 1005):
        messages.put(PLANS, [message(seq, channel_id=PLANS)], 0)
    assert store.finish(30)
    assert len(messages.all(GENERAL)) + len(messages.all(PLANS)) <= 24
    assert seqs(messages.all(GENERAL))[-1] == 996


def test_a_disk_that_takes_nothing_for_long_costs_no_memory_and_leaves_nothing_stale(
    messages: Messages, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "RETRY_SECONDS", 0.01)
    messages.put(GENERAL, said(1, 9), 0)
    assert store.finish(30)
    other = sqlite3.connect(store.path("alice"), isolation_level=None)
    store.in_order(lambda: messages._file.writer().execute("pragma busy_timeout = 1"))
    other.execute("begin immediate")
    monkeypatch.setattr(writing, "MOST_WAITING", -1)
    messages.change(GENERAL, [changed(3, rev=1, is_deleted=True)], 1)
    monkeypatch.setattr(writing, "MOST_WAITING", 1_000)
    messages.change(GENERAL, [changed(4, rev=2, is_deleted=True)], 2)
    other.execute("rollback")
    other.close()
    assert store.finish(30)
    assert messages.all(GENERAL) == [], "better nothing than something that was deleted"


def test_a_row_that_makes_no_sense_is_a_gap_that_heals(messages: Messages, store: Store) -> None:
    messages.put(GENERAL, said(1, 3), 0)
    assert store.finish(30)
    other = sqlite3.connect(store.path("alice"), isolation_level=None)
    other.execute("update messages set payload = '{' where seq = 2")
    other.close()
    assert seqs(messages.newest(GENERAL, 9)) == [3]
    messages.put(GENERAL, said(1, 3), 0)
    assert seqs(messages.newest(GENERAL, 9)) == [1, 2, 3]


Step = tuple[str, int, int]


@settings(max_examples=40, deadline=None, derandomize=True)
@given(
    st.lists(
        st.tuples(st.sampled_from(["put", "change", "drop", "finish"]), st.integers(1, 12), st.integers(0, 6)),
        max_size=30,
    )
)
def test_reading_sees_all_that_was_written_whether_it_is_on_disk_or_not(
    tmp_path_factory: pytest.TempPathFactory, steps: list[Step]
) -> None:
    store = Store(tmp_path_factory.mktemp("store"))
    kept = store.of("alice").messages
    model: dict[Seq, Message] = {}
    for step, seq, rev in steps:
        if step == "drop":
            kept.drop(GENERAL)
            model.clear()
        elif step == "finish":
            assert store.finish(30)
        else:
            each = changed(seq, rev=rev, body=f"{seq} at {rev}")
            if step == "put":
                kept.put(GENERAL, [each], rev)
            elif seq in model:
                kept.change(GENERAL, [each], rev)
            else:
                continue
            if seq not in model or model[seq].rev <= rev:
                model[seq] = each
        assert kept.all(GENERAL) == [model[seq] for seq in sorted(model)]
    store.close()
