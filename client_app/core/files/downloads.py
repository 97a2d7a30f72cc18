"""Files on their way here: asked for piece by piece, kept by their content, checked before anybody sees them."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from client_app.core.network.asks import Asker, wait_after
from client_app.core.signals import FileArrived, FileFailed, FileProgress, Signal
from shared.errors import BadRequest, Refusal
from shared.requests import FilePart, Request

from .cache import FileCache
from .place import Key
from .progress import Meter, Progress
from .worker import Worker

AT_ONCE = 3
"""Files that are fetched at a time: more would only wait for each other."""
MOST_UNKNOWN = 4 * 1024 * 1024
"""Bytes of what nobody told the size of: a thumbnail, an avatar."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Something that can be fetched."""

    key: Key
    name: str
    """As a sentence calls it."""
    part_from: Callable[[int], Request[FilePart]]
    """The request for what stands at this offset and behind it."""
    size: int | None = None
    """Bytes, where that was told before."""
    sha256: str = ""
    """Of its content, where that is known before."""


@dataclass(slots=True, eq=False)
class _Fetch:
    """One of them on its way. A worker has its file and its hash, nobody else."""

    wanted: Wanted
    meter: Meter
    path: Path | None = None
    received: int = 0
    turn: int = 0
    """Counts how often it was begun or interrupted: what was asked before that is not heeded any more."""
    is_under_way: bool = False
    hash: "hashlib._Hash" = field(default_factory=hashlib.sha256)


class Downloads:
    """What is wanted, the latest first, a few at a time; what has failed stays so until somebody tries again."""

    def __init__(self, asker: Asker, cache: FileCache, worker: Worker, emit: Callable[[Signal], None]) -> None:
        self._asker, self._cache, self._worker, self._emit = asker, cache, worker, emit
        self._fetches: dict[Key, _Fetch] = {}
        self._failures: dict[Key, str] = {}
        self._is_online = False

    def want(self, wanted: Wanted) -> Path | None:
        """The file, where it is here. Else `FileArrived` or `FileFailed` follows, once, whoever wants it how often."""
        if (path := self._cache.find(wanted.key)) is not None:
            return path
        if wanted.key in self._failures:
            return None
        fetch = self._fetches.pop(wanted.key, None) or _Fetch(wanted, Meter(wanted.size or 0))
        self._fetches[wanted.key] = fetch
        self._next()
        return None

    def try_again(self, key: Key) -> None:
        """Whatever it was that failed, the next `want` asks for it again."""
        self._failures.pop(key, None)

    def failure(self, key: Key) -> str:
        """Why this could not be had; empty where nothing failed."""
        return self._failures.get(key, "")

    def progress(self, key: Key) -> Progress | None:
        """How far it has come; None where it is not on its way."""
        fetch = self._fetches.get(key)
        return fetch.meter.progress if fetch is not None else None

    def cancel(self, key: Key) -> None:
        """Nobody wants this any more. Harmless where it is not on its way."""
        if (fetch := self._fetches.pop(key, None)) is not None:
            self._throw_away(fetch)
            self._next()

    def set_online(self, is_online: bool) -> None:
        """The session is open (again), or its connection is gone: what has come of each file stays."""
        self._is_online = is_online
        for fetch in self._fetches.values():
            fetch.turn += 1
            fetch.is_under_way = False
        self._next()

    def _next(self) -> None:
        if not self._is_online:
            return
        free = AT_ONCE - sum(fetch.is_under_way for fetch in self._fetches.values())
        for fetch in [fetch for fetch in reversed(self._fetches.values()) if not fetch.is_under_way][: max(free, 0)]:
            fetch.is_under_way = True
            if fetch.path is None:
                self._do(fetch, self._cache.begin, partial(self._begun, fetch), whatever_comes=True)
            else:
                self._ask(fetch)

    def _begun(self, fetch: _Fetch, path: Path) -> None:
        """There is a file for it; perhaps nobody wants that any more, or a drop has made another attempt of it."""
        if fetch.path is not None or self._fetches.get(fetch.wanted.key) is not fetch:
            self._worker.do(partial(path.unlink, missing_ok=True))
            return
        fetch.path = path
        if fetch.is_under_way:
            self._ask(fetch)

    def _ask(self, fetch: _Fetch) -> None:
        turn = fetch.turn
        self._asker.ask(
            fetch.wanted.part_from(fetch.received),
            lambda part: self._came(fetch, part) if self._is_current(fetch, turn) else None,
            lambda refusal: self._refused(fetch, refusal) if self._is_current(fetch, turn) else None,
        )

    def _came(self, fetch: _Fetch, part: FilePart) -> None:
        size = fetch.wanted.size if fetch.wanted.size is not None else min(part.size, MOST_UNKNOWN)
        end = fetch.received + len(part.data)
        if part.size != size or end > size or (not part.data and end < size):
            self._fail(fetch, f"The server did not send “{fetch.wanted.name}” as it was announced.")
            return
        fetch.received, fetch.meter.size = end, size
        fetch.meter.reached(end)
        self._do(fetch, partial(_append, fetch, part.data), lambda _: None)
        if end < size:
            self._ask(fetch)
            if fetch.meter.is_due():
                self._emit(FileProgress(fetch.wanted.key))
        else:
            self._do(fetch, partial(self._settle, fetch), partial(self._arrived, fetch))

    def _refused(self, fetch: _Fetch, refusal: Refusal) -> None:
        if (wait := wait_after(refusal)) is None:
            self._fail(fetch, refusal.message)
            return
        turn = fetch.turn
        self._asker.after(wait, lambda: self._ask(fetch) if self._is_current(fetch, turn) else None)

    def _settle(self, fetch: _Fetch) -> Path:
        """On the worker: everything is there."""
        assert fetch.path is not None
        if fetch.wanted.sha256 and fetch.hash.hexdigest() != fetch.wanted.sha256:
            raise BadRequest(f"“{fetch.wanted.name}” did not arrive as it was sent: its checksum is wrong.")
        return self._cache.settle(fetch.path, fetch.wanted.key)

    def _arrived(self, fetch: _Fetch, path: Path) -> None:
        del self._fetches[fetch.wanted.key]
        self._emit(FileArrived(fetch.wanted.key, path))
        self._next()

    def _fail(self, fetch: _Fetch, sentence: str) -> None:
        key = fetch.wanted.key
        self._fetches.pop(key, None)
        self._failures[key] = sentence
        self._throw_away(fetch)
        self._emit(FileFailed(key, sentence))
        self._next()

    def _do(
        self,
        fetch: _Fetch,
        work: Callable[[], Path | None],
        done: Callable[[Path], None],
        *,
        whatever_comes: bool = False,
    ) -> None:
        """Have the worker do something for a file; where that fails, so does the file."""

        def finished(path: Path | None) -> None:
            if path is not None and (whatever_comes or self._fetches.get(fetch.wanted.key) is fetch):
                done(path)

        def failed(sentence: str) -> None:
            if self._fetches.get(fetch.wanted.key) is fetch:
                self._fail(fetch, _why(fetch.wanted.name, sentence))

        self._worker.do(work, finished, failed)

    def _throw_away(self, fetch: _Fetch) -> None:
        fetch.turn += 1
        path = fetch.path
        if path is not None:
            self._worker.do(lambda: path.unlink(missing_ok=True))

    def _is_current(self, fetch: _Fetch, turn: int) -> bool:
        return fetch.turn == turn and self._fetches.get(fetch.wanted.key) is fetch


def _append(fetch: _Fetch, data: bytes) -> None:
    """On the worker: a piece came."""
    assert fetch.path is not None
    fetch.hash.update(data)
    with fetch.path.open("ab") as file:
        file.write(data)


def _why(name: str, sentence: str) -> str:
    """What the disk said, or what a check found, as a sentence of its own."""
    return sentence if name in sentence else f"“{name}” could not be kept on this computer: {sentence}"
