"""The crossing from threads to the thread that draws: nothing is lost, and one wake is enough."""

import threading

from client_app.core.network.inbox import Inbox


class Sleeper:
    """A reader that counts how often it was woken."""

    def __init__(self) -> None:
        self.wakes = 0
        self.inbox: Inbox[int] = Inbox(self.wake)
        self.taken: list[int] = []

    def wake(self) -> None:
        self.wakes += 1

    def drain(self, budget: float = 10.0) -> bool:
        return self.inbox.drain(self.taken.append, budget)


def test_many_items_wake_the_reader_once() -> None:
    reader = Sleeper()
    for item in range(100):
        reader.inbox.put(item)
    assert reader.wakes == 1
    assert reader.drain() is False
    assert reader.taken == list(range(100))


def test_after_a_drain_the_next_item_wakes_again() -> None:
    reader = Sleeper()
    reader.inbox.put(1)
    reader.drain()
    reader.inbox.put(2)
    assert reader.wakes == 2


def test_a_drain_stops_when_its_time_is_over_and_says_that_more_waits() -> None:
    reader = Sleeper()
    for item in range(3):
        reader.inbox.put(item)
    assert reader.drain(budget=0.0) is True
    assert reader.taken == [0]
    reader.inbox.put(3)
    assert reader.wakes == 1, "the reader comes again by itself"
    assert reader.drain() is False
    assert reader.taken == [0, 1, 2, 3]


def test_what_arrives_while_the_reader_takes_is_not_left_lying() -> None:
    reader = Sleeper()

    def take(item: int) -> None:
        reader.taken.append(item)
        if item < 3:
            reader.inbox.put(item + 1)

    reader.inbox.put(0)
    assert reader.inbox.drain(take, 10.0) is False
    assert reader.taken == [0, 1, 2, 3]


def test_many_threads_put_and_one_reader_that_only_comes_when_woken_gets_everything_in_each_ones_order() -> None:
    woken = threading.Semaphore(0)
    inbox: Inbox[tuple[int, int]] = Inbox(woken.release)
    taken: list[tuple[int, int]] = []

    def write(writer: int) -> None:
        for number in range(2000):
            inbox.put((writer, number))

    writers = [threading.Thread(target=write, args=(writer,)) for writer in range(4)]
    for writer in writers:
        writer.start()
    while len(taken) < 8000:
        assert woken.acquire(timeout=10), "items lie in the inbox and nobody was woken"
        while inbox.drain(taken.append, 0.001):
            pass
    for index in range(4):
        assert [number for writer, number in taken if writer == index] == list(range(2000))
    for writer in writers:
        writer.join()
