"""The one crossing from the network thread to the thread that draws."""

import threading
import time
from collections import deque
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Inbox(Generic[T]):
    """A queue that wakes its reader once, however much arrives before the reader comes.

    `put` may be called from any thread, `drain` from one. A deque's `append` and `popleft` are atomic. An item is there
    before the flag is looked at, and the flag is cleared before the first item is taken, each under the lock: so an
    item can wake the reader once too often but never once too few.
    """

    def __init__(self, wake: Callable[[], None]) -> None:
        self._wake = wake
        self._items: deque[T] = deque()
        self._lock = threading.Lock()
        self._is_reader_awake = False

    def put(self, item: T) -> None:
        """Leave an item for the reader. Any thread; never blocks."""
        self._items.append(item)
        with self._lock:
            is_reader_awake, self._is_reader_awake = self._is_reader_awake, True
        if not is_reader_awake:
            self._wake()

    def drain(self, take: Callable[[T], None], budget: float) -> bool:
        """Hand items to `take` for about `budget` seconds; whether some were left, so that the caller comes again."""
        with self._lock:
            self._is_reader_awake = False
        deadline = time.monotonic() + budget
        while self._items:
            take(self._items.popleft())
            if time.monotonic() >= deadline:
                break
        with self._lock:
            self._is_reader_awake = bool(self._items)
            return self._is_reader_awake
