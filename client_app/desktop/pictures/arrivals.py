"""Files of pictures on their way here: who waits for which, and what becomes of the wait."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Failed:
    """There is no picture, for this reason: a sentence."""

    reason: str


def _nothing() -> str:
    """There is nothing to be done, and nothing to be told."""
    return ""


@dataclass(frozen=True, slots=True)
class Source:
    """Where the file of a picture comes from."""

    key: str
    """What whoever brings the file calls it."""
    ask: Callable[[], Path | None]
    """Where it is; None while it has to be fetched first, which asking begins: `arrived` or `failed` follows."""
    failure: Callable[[], str] = _nothing
    """Why it could not be had before, a sentence: then asking begins nothing."""
    try_again: Callable[[], object] = _nothing
    """Let asking begin something again."""
    drop: Callable[[], object] = _nothing
    """Nobody waits for it any more."""


@dataclass(slots=True, eq=False)
class Awaiting:
    """Somebody who waits for a file."""

    source: Source
    then: Callable[[Path | Failed], None]


class Arrivals:
    """Tells each who waits, once. Belongs to the window's thread."""

    def __init__(self) -> None:
        self._awaited: dict[str, list[Awaiting]] = {}

    def fetch(self, source: Source, then: Callable[[Path | Failed], None]) -> Awaiting:
        """Give `then` the file, before this returns where it is here, or why there is none."""
        awaiting = Awaiting(source, then)
        path = source.ask()
        if path is not None:
            then(path)
        elif reason := source.failure():
            then(Failed(reason))
        else:
            self._awaited.setdefault(source.key, []).append(awaiting)
        return awaiting

    def cancel(self, awaiting: Awaiting) -> None:
        """This one does not wait any more. Harmless where it did not."""
        waiting = self._awaited.get(awaiting.source.key, [])
        if awaiting in waiting:
            waiting.remove(awaiting)
            if not waiting:
                del self._awaited[awaiting.source.key]
                awaiting.source.drop()

    def arrived(self, key: str, path: Path) -> None:
        """A file that was asked for is here."""
        self._tell(key, path)

    def failed(self, key: str, reason: str) -> None:
        """A file that was asked for will not come, for this reason: a sentence."""
        self._tell(key, Failed(reason))

    def _tell(self, key: str, outcome: Path | Failed) -> None:
        for awaiting in self._awaited.pop(key, []):
            awaiting.then(outcome)
