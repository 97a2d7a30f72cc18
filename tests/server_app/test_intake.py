"""How a batch grows: not at all where people talk, to what is usual where much is said."""

import threading

import pytest

from server_app.storage import intake as module
from server_app.storage.intake import MAX_BATCH, Intake


def taken(intake: Intake[int]) -> list[int]:
    batch: list[int] = []
    intake.take(batch)
    return batch


def test_a_batch_is_all_that_waits_in_its_order() -> None:
    intake: Intake[int] = Intake()
    intake.put([1, 2])
    intake.put([3])
    assert len(intake) == 3
    assert taken(intake) == [1, 2, 3]
    assert len(intake) == 0


def test_where_much_is_going_on_a_batch_waits_to_become_as_large_as_the_former_ones(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "MOST_SECONDS", 60.0)
    intake: Intake[int] = Intake()
    intake.note(8, seconds=1000.0)
    intake.put([1, 2, 3, 4])
    batch: list[int] = []
    thread = threading.Thread(target=intake.take, args=(batch,))
    thread.start()
    intake.put([5, 6, 7])
    intake.put([8, 9])
    thread.join()
    assert batch == [1, 2, 3, 4, 5, 6, 7, 8, 9]


def test_it_does_not_wait_for_ever_for_what_does_not_come() -> None:
    intake: Intake[int] = Intake()
    intake.note(8, seconds=1000.0)
    intake.put([1])
    assert taken(intake) == [1]


def test_people_who_talk_do_not_wait_for_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LEAST_SECONDS", 60.0)
    monkeypatch.setattr(module, "MOST_SECONDS", 60.0)
    intake: Intake[int] = Intake()
    intake.note(3, seconds=1000.0)
    intake.put([1])
    assert taken(intake) == [1]


def test_a_large_batch_is_forgotten_when_small_ones_follow(monkeypatch: pytest.MonkeyPatch) -> None:
    intake: Intake[int] = Intake()
    intake.note(16, seconds=1.0)
    for _ in range(10):
        intake.note(1, seconds=1.0)
    monkeypatch.setattr(module, "MOST_SECONDS", 60.0)
    intake.put([1])
    assert taken(intake) == [1]


def test_a_batch_does_not_grow_without_bound() -> None:
    intake: Intake[int] = Intake()
    for _ in range(3):
        intake.put(range(MAX_BATCH))
    assert len(taken(intake)) == MAX_BATCH


def test_what_waits_is_taken_before_the_end() -> None:
    intake: Intake[int] = Intake()
    intake.put([1])
    intake.close()
    batch: list[int] = []
    assert intake.take(batch)
    assert batch == [1]
