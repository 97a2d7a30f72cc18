"""The thread that removes files which nothing refers to any more, whenever and by whichever process they were left."""

import itertools
import logging
import threading
from collections.abc import Callable, Collection, Iterator

from sqlalchemy import Engine

from shared.errors import Refusal

from .context import Context, House
from .errands import Errand
from .file_store import PREFIXES
from .services.files import forget_unused
from .services.uploads import take_back_old
from .storage.files import known_files
from .storage.uploads import unfinished_uploads
from .storage.writer import Writer

log = logging.getLogger("hearth.files")

TURN_SECONDS = 1.0
"""How late it begins that the file of a deleted message goes from the disk. Nobody can fetch it meanwhile."""
LATER_SECONDS = 20.0
"""Between two folders once each was looked at: then what is left behind is left by a disk that failed, if at all."""
MOST_AT_ONCE = 16
"""Folders in one turn, of 256, so that nobody who writes waits for it."""


class Sweeper:
    """Looks first where something may have become useless just now, and besides goes through all folders in turn."""

    def __init__(self, writer: Writer, house: House, reading: Engine) -> None:
        self._writer = writer
        self._house = house
        self._reading = reading
        self._is_stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="sweeper", daemon=True)

    def start(self) -> None:
        """Begin to work."""
        self._thread.start()

    def stop(self, seconds: float) -> None:
        """End."""
        self._is_stopping.set()
        self._thread.join(seconds)

    def _run(self) -> None:
        turns = self._turns()
        while not self._is_stopping.wait(TURN_SECONDS):
            store = self._house.files
            prefixes = {*store.take_doubtful(MOST_AT_ONCE), *next(turns)}
            if not prefixes:
                continue
            try:
                self.sweep(prefixes)
            except Refusal as refusal:
                log.debug("files were not looked through: %s", refusal)
                store.doubt(prefixes)
            except Exception:
                if self._is_stopping.is_set():
                    # Nobody waits for a disk that does not answer; the next start begins with this anyway.
                    return
                log.exception("files could not be looked through; it will be tried again")
                store.doubt(prefixes)

    def _turns(self) -> Iterator[Collection[str]]:
        """In each turn, which folder is to be looked at besides; at first one after the other, later now and then."""
        yield from ((prefix,) for prefix in PREFIXES)
        for prefix in itertools.cycle(PREFIXES):
            yield from itertools.repeat((), round(LATER_SECONDS / TURN_SECONDS) - 1)
            yield (prefix,)

    def sweep(self, prefixes: Collection[str] = PREFIXES) -> int:
        """Remove what nothing refers to in these folders, and of uploads; how many files. Raises `Refusal`."""
        store = self._house.files
        noted = store.take_noted()
        try:
            self._write("forget files that nothing refers to", lambda context: _forget(context, prefixes))
        except Refusal:
            store.give_back(noted)
            raise
        # Whatever had noted them was written before.
        store.release(noted)
        count, parts = 0, store.parts()
        with self._reading.connect() as connection:
            needed = {prefix: known_files(connection, prefix) for prefix in prefixes}
            under_way = unfinished_uploads(connection)
        for prefix in prefixes:
            count += store.remove_unneeded(prefix, needed[prefix])
        for upload_id in parts:
            if upload_id not in under_way:
                store.drop(upload_id)
                count += 1
        return count

    def _write(self, name: str, function: Callable[[Context], None]) -> None:
        obstacle = self._writer.obstacle()
        if obstacle is not None:
            raise obstacle
        errand = Errand(name, self._house, function)
        self._writer.submit([errand])
        errand.wait()


def _forget(context: Context, prefixes: Collection[str]) -> None:
    take_back_old(context)
    for prefix in prefixes:
        forget_unused(context, prefix)
