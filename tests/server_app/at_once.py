"""Doing many things at the same moment."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")


def at_once(calls: Sequence[Callable[[], T]]) -> list[T]:
    """Call each on a thread of its own, all let go together; what they returned."""
    gate = threading.Barrier(len(calls))

    def wait_and_call(call: Callable[[], T]) -> T:
        gate.wait(60)
        return call()

    with ThreadPoolExecutor(len(calls)) as threads:
        return list(threads.map(wait_and_call, calls))
