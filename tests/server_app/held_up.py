"""A writer that is held up, so that a test decides what it finds when it goes on."""

import contextlib
import threading
import time
from collections.abc import Callable, Iterator

from server_app.app import App
from server_app.context import Context
from server_app.tasks import Chore


@contextlib.contextmanager
def held_up(app: App) -> Iterator[Callable[[int], None]]:
    """Until the end of the block, the writer writes nothing; gives a function that waits until so many jobs wait."""
    reached, released = threading.Event(), threading.Event()
    writer = app._writer  # nothing outside of tests holds it up

    def hold(_context: Context) -> None:
        reached.set()
        released.wait(30)

    def wait_for_jobs(count: int) -> None:
        until = time.monotonic() + 10
        while len(writer._intake) < count:  # only a test wants to know
            assert time.monotonic() < until, "what was asked did not come to the writer"
            time.sleep(0.002)  # the pause between two looks

    writer.submit([Chore("wait", app._house, hold)])  # as the housekeeper has it
    assert reached.wait(10)
    try:
        yield wait_for_jobs
    finally:
        released.set()
