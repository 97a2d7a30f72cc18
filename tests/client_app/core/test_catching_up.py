"""What is kept is shown at once, and whatever was missed comes: messages, changes, and that a backup was restored."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from client_app.core.history.changes import MOST_TO_CATCH_UP as MOST_CHANGES
from client_app.core.history.history import MOST_TO_CATCH_UP, PAGE
from shared.errors import RateLimited, Unavailable
from shared.limits import MAX_PAGE
from shared.requests import FetchChanges, FetchHistory
from shared.types import MessageId, MessageKind

from .pane import Pane, Panes, numbers
from .world import ALICE, GENERAL, NOON, message


@pytest.fixture
def pane(tmp_path: Path) -> Iterator[Panes]:
    panes = Panes(tmp_path)
    yield panes
    panes.close()


def settled(pane: Panes, last_seq: int, pages: int = 0) -> Pane:
    """Somebody who has looked at general and scrolled up."""
    general = pane(last_seq=last_seq, keeps_history=True)
    general.history.open(GENERAL)
    general.serve_all()
    for _ in range(pages):
        general.history.load_older(GENERAL)
        general.serve_all()
    return general


# --- what is kept -----------------------------------------------------------------------------------------------------


def test_without_a_connection_what_is_kept_can_be_read_up_to_where_it_ends(pane: Panes) -> None:
    settled(pane, 500, pages=2)
    again = pane(last_seq=500, keeps_history=True, is_online=False)
    again.history.open(GENERAL)
    assert again.shown == numbers(451, 500)
    for _ in range(5):
        again.history.load_older(GENERAL)
    assert again.shown == numbers(351, 500)
    assert again.history.timeline(GENERAL).has_older
    assert again.history.timeline(GENERAL).is_at_end
    assert not again.history.timeline(GENERAL).is_loading
    assert again.wire.asked == []


def test_what_is_kept_is_shown_at_once_and_only_what_follows_is_asked_for(pane: Panes) -> None:
    settled(pane, 500)
    again = pane(last_seq=507, keeps_history=True)
    again.history.open(GENERAL)
    assert again.shown == numbers(451, 500)
    request = again.serve()
    assert isinstance(request, FetchHistory)
    assert request.after_seq == 499, "with the newest that is kept, to compare it"
    assert again.shown == numbers(451, 507)
    assert again.wire.asked == []


def test_what_was_heard_in_a_channel_that_nobody_looked_at_is_kept(pane: Panes) -> None:
    general = pane(last_seq=9, keeps_history=True)
    general.hear(message(10))
    general.hear(message(11))
    assert list(general.on_disk) == [10, 11]


def test_a_gap_is_never_shown_as_if_there_were_none_and_is_filled_on_scrolling(pane: Panes) -> None:
    settled(pane, 400, pages=1)
    far = 400 + MOST_TO_CATCH_UP + 200
    again = pane(last_seq=far, keeps_history=True)
    again.history.open(GENERAL)
    assert again.serve_all() == 1
    assert again.shown == numbers(far - PAGE + 1, far)
    asked = 0
    while again.shown[0] > 1:
        again.history.load_older(GENERAL)
        asked += again.serve_all()
        assert again.shown == numbers(again.shown[0], far)
    missing = far - PAGE - 400
    assert asked == missing // PAGE + 300 // PAGE, "the hundred that were kept were not asked for"


def test_with_a_gap_below_it_older_messages_are_read_offline_after_a_jump(pane: Panes) -> None:
    settled(pane, 100)
    general = pane(last_seq=1000, keeps_history=True)
    general.history.open(GENERAL)
    general.serve_all()
    general.go()
    general.history.jump_to(GENERAL, 80)
    assert general.shown == numbers(56, 100)
    general.history.load_newer(GENERAL)
    assert general.shown == numbers(56, 100)
    assert not general.history.timeline(GENERAL).is_at_end
    general.history.jump_to_end(GENERAL)
    assert general.shown == numbers(951, 1000)


def test_scrolling_down_after_a_jump_goes_from_what_is_kept_to_what_the_server_has(pane: Panes) -> None:
    settled(pane, 100)
    general = pane(last_seq=1000, keeps_history=True)
    general.history.open(GENERAL)
    general.serve_all()
    general.history.jump_to(GENERAL, 80)
    while not general.history.timeline(GENERAL).is_at_end:
        general.history.load_newer(GENERAL)
        general.serve_all()
        assert general.shown == numbers(56, general.shown[-1])
    assert general.shown[-1] == 1000


def test_what_is_typed_offline_stands_below_what_is_kept(pane: Panes) -> None:
    settled(pane, 10)
    again = pane(last_seq=10, keeps_history=True, is_online=False)
    again.history.open(GENERAL)
    again.outbox.add(GENERAL, MessageKind.TEXT, "typed")
    assert again.shown == [*numbers(1, 10), 0]


def test_a_message_that_is_kept_is_not_on_its_way_any_more(pane: Panes) -> None:
    general = settled(pane, 3)
    general.outbox.add(GENERAL, MessageKind.TEXT, "mine")
    (mine,) = general.outbox.waiting(GENERAL, 3)
    general.kept.messages.put(GENERAL, [message(4, author_id=ALICE, client_id=mine.client_id)], 0)
    again = pane(last_seq=4, keeps_history=True, is_online=False)
    again.history.open(GENERAL)
    assert again.shown == numbers(1, 4), "killed between the two, it would stand there twice"


def test_a_page_upwards_does_not_hold_up_the_one_downwards(pane: Panes) -> None:
    general = settled(pane, 100)
    general.history.load_older(GENERAL)
    general.hear(message(103))
    assert [request.after_seq for request in general.wire.requests] == [None, 100]
    general.serve_all()
    assert general.shown == numbers(1, 103)


def test_what_the_snapshot_knew_already_comes_with_what_became_of_it(pane: Panes) -> None:
    general = settled(pane, 3)
    deleted = general.change(4, rev=1, is_deleted=True)
    general.come_back(last_seq=4, last_rev=1)
    general.history.heard(message(4), is_new=False)
    assert 4 not in general.on_disk
    general.serve_all()
    assert general.shown == numbers(1, 4)
    assert general.on_disk[4] == deleted


# --- changes ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("keeps_history", [True, False])
def test_the_next_change_is_shown_and_kept_at_once(pane: Panes, keeps_history: bool) -> None:
    general = pane(last_seq=5, keeps_history=keeps_history)
    general.history.open(GENERAL)
    general.serve_all()
    general.hear_change(general.change(3, rev=1, body="edited"))
    assert general.bodies[3] == "edited"
    assert general.wire.asked == []
    if keeps_history:
        assert general.on_disk[3].body == "edited"


def test_a_change_after_some_that_were_missed_makes_them_be_fetched(pane: Panes) -> None:
    general = settled(pane, 5)
    general.change(2, rev=1, body="missed")
    general.change(4, rev=2, is_deleted=True)
    general.hear_change(general.change(3, rev=3, body="heard"))
    assert general.bodies[3] == "heard"
    (request,) = general.wire.requests
    assert (request.after_rev, type(request)) == (0, FetchChanges)
    general.serve_all()
    assert general.bodies == {1: "message 1", 2: "missed", 3: "heard", 4: "", 5: "message 5"}
    assert {seq: each.rev for seq, each in general.on_disk.items()} == {1: 0, 2: 1, 3: 3, 4: 2, 5: 0}


@pytest.mark.parametrize("is_open", [True, False])
def test_changes_while_one_was_away_are_caught_up_with_page_by_page(pane: Panes, is_open: bool) -> None:
    settled(pane, 400, pages=7)
    again = pane(last_seq=400, keeps_history=True, is_online=False)
    if is_open:
        again.history.open(GENERAL)
    for rev in range(1, 2 * MAX_PAGE + 3):
        again.change(400 - rev, rev)
    again.come_back(last_rev=2 * MAX_PAGE + 2)
    assert again.serve_all() == 3
    assert {seq: each.rev for seq, each in again.on_disk.items() if each.rev} == {
        400 - rev: rev for rev in range(1, 203)
    }
    if is_open:
        assert all(body.endswith(f"as of {400 - seq}") for seq, body in again.bodies.items() if seq < 400)
    once_more = pane(last_seq=400, keeps_history=True, is_online=False)
    once_more.come_back(last_rev=2 * MAX_PAGE + 2)
    assert once_more.wire.asked == [], "how far it is known is known after a restart"


def test_too_many_changes_make_the_channel_begin_anew(pane: Panes) -> None:
    general = settled(pane, 200, pages=2)
    general.change(100, rev=MOST_CHANGES + 1)
    general.come_back(last_rev=MOST_CHANGES + 1)
    assert [type(request) for request in general.wire.requests] == [FetchHistory]
    general.serve_all()
    assert general.shown == numbers(151, 200)
    assert list(general.on_disk) == numbers(151, 200)
    general.history.load_older(GENERAL)
    general.serve_all()
    assert general.bodies[100 + 1] == "message 101"
    general.hear_change(general.change(160, rev=MOST_CHANGES + 2))
    assert general.wire.asked == [], "from here on nothing is missing"


@pytest.mark.parametrize("keeps_history", [True, False])
def test_a_page_that_was_read_before_a_change_and_comes_after_it_brings_nothing_back(
    pane: Panes, keeps_history: bool
) -> None:
    general = pane(last_seq=100, keeps_history=keeps_history)
    general.history.open(GENERAL)
    general.serve_all()
    general.history.load_older(GENERAL)
    (request,) = general.wire.requests
    stale = general.answer_to(request)
    general.hear_change(general.change(20, rev=1, is_deleted=True))
    general.hear_change(general.change(30, rev=2, body="edited"))
    general.wire.answer(stale)
    assert (general.bodies[20], general.bodies[30]) == ("", "edited")
    general.go()
    general.history.jump_to(GENERAL, 20)
    assert general.bodies[20] == ""
    if keeps_history:
        assert (general.on_disk[20].is_deleted, general.on_disk[30].body) == (True, "edited")


def test_a_change_told_while_the_first_page_is_under_way_is_not_lost(pane: Panes) -> None:
    general = pane(last_seq=10, keeps_history=True)
    general.history.open(GENERAL)
    stale = general.answer_to(general.wire.requests[0])
    general.hear_change(general.change(4, rev=1, body="edited"))
    general.wire.answer(stale)
    assert general.bodies[4] == "edited"
    assert general.on_disk[4].body == "edited"
    general.hear_change(general.change(5, rev=2, body="edited"))
    assert general.wire.asked == []


def test_a_change_heard_twice_or_late_changes_nothing_more(pane: Panes) -> None:
    general = settled(pane, 5)
    first = general.change(3, rev=1, body="first")
    general.hear_change(first)
    general.hear_change(general.change(3, rev=2, body="second"))
    general.hear_change(first)
    assert general.bodies[3] == "second"
    assert general.on_disk[3].body == "second"
    assert general.wire.asked == []


def test_changes_are_asked_for_again_when_the_server_says_and_after_a_drop(pane: Panes) -> None:
    general = settled(pane, 5)
    general.change(3, rev=1, body="edited")
    general.come_back(last_rev=1)
    general.wire.answer(RateLimited("Slow down.", retry_after=0.2))
    ((seconds, call),) = general.wire.due
    assert seconds == 0.2
    general.go()
    call()
    assert general.wire.asked == []
    general.come_back(last_rev=1)
    general.wire.answer(Unavailable("The server's disk does not answer."))
    assert general.wire.asked == []
    general.history.open(GENERAL)
    general.serve_all()
    assert general.bodies[3] == "edited"


def test_a_server_that_makes_no_sense_is_not_asked_for_ever(pane: Panes) -> None:
    general = settled(pane, 5)
    general.come_back(last_rev=4)
    assert general.serve_all() == 1


# --- a backup was restored --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("is_open", [True, False])
def test_a_server_that_knows_fewer_messages_makes_the_channel_begin_anew(pane: Panes, is_open: bool) -> None:
    settled(pane, 100, pages=1)
    again = pane(last_seq=100, keeps_history=True, is_online=False)
    if is_open:
        again.history.open(GENERAL)
    again.come_back(last_seq=90)
    again.serve_all()
    assert again.history.timeline(GENERAL).last_seq == (90 if is_open else 0)
    assert list(again.on_disk) == (numbers(41, 90) if is_open else [])
    if is_open:
        assert again.shown == numbers(41, 90)


def test_it_is_seen_from_what_is_kept_even_if_the_world_is_an_old_one(pane: Panes) -> None:
    settled(pane, 100)
    again = pane(last_seq=80, keeps_history=True, is_online=False)
    again.come_back(last_seq=95)
    assert list(again.on_disk) == []


def test_a_server_that_was_restored_and_knows_more_by_now_is_seen_from_other_messages(pane: Panes) -> None:
    settled(pane, 100)
    again = pane(last_seq=100, keeps_history=True, is_online=False)
    again.history.open(GENERAL)
    for seq in range(90, 121):
        again.changed[seq] = replace(message(seq, "after the backup"), id=MessageId(70_000 + seq))
    again.come_back(last_seq=120)
    again.serve_all()
    assert again.shown == numbers(71, 120)
    assert {again.bodies[seq] for seq in range(90, 121)} == {"after the backup"}
    assert {each.body for seq, each in again.on_disk.items() if seq >= 90} == {"after the backup"}


def test_what_is_kept_above_a_gap_is_compared_as_well(pane: Panes) -> None:
    settled(pane, 100)
    again = pane(last_seq=100, keeps_history=True, is_online=False)
    for seq in range(90, 101):
        again.changed[seq] = replace(message(seq, "after the backup"), id=MessageId(70_000 + seq))
    again.come_back(last_seq=1010)
    again.history.open(GENERAL)
    while again.history.timeline(GENERAL).first_seq != 1:
        again.serve_all()
        again.history.load_older(GENERAL)
    assert {again.bodies[seq] for seq in range(90, 101)} == {"after the backup"}


def test_fewer_changes_and_another_channel_of_the_same_number_are_seen_as_well(pane: Panes) -> None:
    general = settled(pane, 10)
    general.hear_change(general.change(3, rev=1))
    general.changed.clear()
    general.come_back(last_rev=0)
    general.serve_all()
    assert general.bodies[3] == "message 3"
    general.come_back(created_at=NOON + 1, last_seq=12)
    assert general.wire.requests[0].after_seq is None
    general.serve_all()
    assert general.shown == numbers(1, 12)
