"""Files on their way to the server, one after the other: hashed, brought in pieces, resumed after whatever happened."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from client_app.core.network.asks import Asker, wait_after
from client_app.core.signals import FileProgress, Signal
from client_app.core.store import Upload
from shared.errors import Code, Refusal
from shared.limits import MAX_CHUNK
from shared.requests import (
    BeginUpload,
    CancelUpload,
    FinishUpload,
    Received,
    Request,
    SendChunk,
    UploadBegun,
    Uploaded,
)
from shared.types import UploadId

from .consignment import Consignment, ConsignmentId, Consignor
from .place import Key
from .progress import Meter, Progress
from .source import identify, read_piece
from .worker import Worker

R = TypeVar("R")

UNDER_WAY = 2
"""Pieces that wait for their answer: with one the line stands still meanwhile, with more a message waits longer."""
FIRST_CHUNK = 32 * 1024
QUICK, SLOW = 0.1, 0.4
"""Seconds that a piece takes within which the next one is larger, and beyond which it is smaller."""
MOST_ATTEMPTS = 3
"""How often a file is begun again where its pieces do not fit together, before that counts as a failure."""


@dataclass(slots=True, eq=False)
class _Current:
    """The file that is being brought."""

    consignment: ConsignmentId
    upload: Upload
    meter: Meter
    upload_id: UploadId | None = None
    asked: int = 0
    """Up to where pieces were read or sent."""
    received: int = 0
    under_way: int = 0
    turn: int = 0
    """Counts how often it was begun: what was asked before that is not heeded any more."""
    attempts: int = 0
    """How often it was begun again since a piece of it was taken."""
    hindrance: str = ""
    """Why the server does not take it at the moment, a sentence; empty while it does."""
    goes_one_by_one: bool = False
    """Whether each piece waits for the one before it: where two came in another order than they were sent."""


class Uploads:
    """All files that wait to be brought, in the order in which that was asked for."""

    def __init__(self, asker: Asker, worker: Worker, emit: Callable[[Signal], None]) -> None:
        self._asker, self._worker, self._emit = asker, worker, emit
        self._waiting: dict[ConsignmentId, Consignment] = {}
        self._hashes: dict[Key, str] = {}
        self._whole: dict[Key, UploadId] = {}
        """Files that have come whole: whatever was not heard of that can be asked once more."""
        self._current: _Current | None = None
        self._is_online = False
        self._chunk = FIRST_CHUNK

    def add(
        self, consignment: ConsignmentId, uploads: tuple[Upload, ...], consignor: Consignor, *, goes_first: bool = False
    ) -> None:
        """Bring those of these files that are not there; before all that waits already where somebody looks on."""
        added = {consignment: Consignment(uploads, consignor)}
        self._waiting = {**added, **self._waiting} if goes_first else {**self._waiting, **added}
        self._next()

    def drop(self, consignment: ConsignmentId) -> None:
        """Nobody waits for these files any more."""
        self._waiting.pop(consignment, None)
        current = self._current
        if current is not None and current.consignment == consignment:
            self._current = None
            self._whole.pop(current.upload.key, None)
            if current.upload_id is not None and self._is_online:
                self._asker.ask(CancelUpload(upload_id=current.upload_id), lambda _: None, lambda _: None)
        self._next()

    def throw_away(self, uploads: tuple[Upload, ...]) -> None:
        """A message is said, or given up: what Hearth itself made for it of something pasted is not needed any more."""
        for upload in uploads:
            self._hashes.pop(upload.key, None)
            self._whole.pop(upload.key, None)
            if upload.is_ours:
                self._worker.do(partial(Path(upload.path).unlink, missing_ok=True))

    def progress(self, key: Key) -> Progress | None:
        """How far a file has come; None where it is not the one under way."""
        current = self._current
        return current.meter.progress if current is not None and current.upload.key == key else None

    def hindrance(self, key: Key) -> str:
        """Why a file does not come further until the server can take it, as a sentence; empty where it does."""
        current = self._current
        return current.hindrance if current is not None and current.upload.key == key else ""

    def set_online(self, is_online: bool) -> None:
        """The session is open (again), or its connection is gone: the server knows how far each file has come."""
        self._is_online = is_online
        self._current = None
        self._next()

    def _next(self) -> None:
        if not self._is_online or self._current is not None:
            return
        for consignment, waiting in self._waiting.items():
            for upload in waiting.uploads:
                if upload.attachment is None:
                    self._current = _Current(consignment, upload, Meter(upload.size))
                    self._identify(self._current)
                    return

    # --- one file -----------------------------------------------------------------------------------------------------

    def _identify(self, current: _Current) -> None:
        """Find out what the file holds, and whether it is still the one that was chosen."""
        current.turn += 1
        upload, known = current.upload, self._hashes.get(current.upload.key, "")
        self._do(current, lambda: identify(upload, known), partial(self._begin, current))

    def _begin(self, current: _Current, sha256: str) -> None:
        self._hashes[current.upload.key] = sha256
        if (upload_id := self._whole.pop(current.upload.key, None)) is not None:
            # It has come whole, and the answer to that was lost, or the message that was to hold it was refused.
            current.upload_id = upload_id
            self._go_on_from(current, current.upload.size)
            return
        request = BeginUpload(name=current.upload.name, size=current.upload.size, sha256=sha256)
        self._ask(current, request, partial(self._begun, current), partial(self._fail, current))

    def _begun(self, current: _Current, begun: UploadBegun) -> None:
        current.upload_id = begun.upload_id
        self._go_on_from(current, begun.received)

    def _go_on_from(self, current: _Current, received: int) -> None:
        current.asked = current.received = received
        current.under_way = 0
        current.meter.reached(received)
        self._pump(current)

    def _pump(self, current: _Current) -> None:
        size, upload_id = current.upload.size, current.upload_id
        assert upload_id is not None
        if current.received >= size:
            self._whole[current.upload.key] = upload_id
            request = FinishUpload(upload_id=upload_id)
            self._ask(current, request, partial(self._finished, current), partial(self._turned_down, current))
            return
        while current.under_way < (1 if current.goes_one_by_one else UNDER_WAY) and current.asked < size:
            offset, length = current.asked, min(self._chunk, size - current.asked)
            current.asked += length
            current.under_way += 1
            read = partial(read_piece, current.upload, offset, length)
            self._do(current, read, partial(self._send, current, upload_id, offset))

    def _send(self, current: _Current, upload_id: UploadId, offset: int, data: bytes) -> None:
        began = time.monotonic()
        request = SendChunk(upload_id=upload_id, offset=offset, data=data)
        self._ask(
            current, request, partial(self._received, current, began, len(data)), partial(self._turned_down, current)
        )

    def _received(self, current: _Current, began: float, length: int, answer: Received) -> None:
        seconds = time.monotonic() - began
        if seconds < QUICK and length >= self._chunk:
            self._chunk = min(2 * self._chunk, MAX_CHUNK)
        elif seconds > SLOW:
            self._chunk = max(self._chunk // 2, FIRST_CHUNK)
        current.under_way -= 1
        current.attempts = 0
        current.received = max(current.received, min(answer.received, current.upload.size))
        current.meter.reached(current.received)
        if current.meter.is_due():
            self._emit(FileProgress(current.upload.key))
        if current.received < current.upload.size or not current.under_way:
            self._pump(current)

    def _finished(self, current: _Current, uploaded: Uploaded) -> None:
        consignment, key = current.consignment, current.upload.key
        self._current = None
        waiting, done = self._waiting[consignment], current.upload.made(uploaded.attachment)
        uploads = tuple(done if each.key == key else each for each in waiting.uploads)
        self._waiting[consignment] = Consignment(uploads, waiting.consignor)
        if all(each.attachment is not None for each in uploads):
            del self._waiting[consignment]
        self._emit(FileProgress(key))
        waiting.consignor.uploaded(consignment, key, uploaded.attachment)
        self._next()

    # --- what goes wrong ----------------------------------------------------------------------------------------------

    def _turned_down(self, current: _Current, refusal: Refusal) -> None:
        """A piece, or the whole, was not taken: begin again, where the server says how far it is; not for ever."""
        current.attempts += 1
        current.goes_one_by_one = True
        self._whole.pop(current.upload.key, None)
        if current.attempts >= MOST_ATTEMPTS:
            self._fail(current, refusal)
        else:
            self._identify(current)

    def _fail(self, current: _Current, refusal: Refusal) -> None:
        self._give_up(current, refusal.message)

    def _give_up(self, current: _Current, sentence: str) -> None:
        self._current = None
        consignor = self._waiting.pop(current.consignment).consignor
        consignor.upload_failed(current.consignment, sentence)
        self._next()

    def _ask(
        self,
        current: _Current,
        request: Request[R],
        done: Callable[[R], None],
        refused: Callable[[Refusal], None],
    ) -> None:
        """Ask, and again whenever the server asks to wait; an answer is heeded while the file is still in its turn."""
        turn = current.turn

        def is_current() -> bool:
            return self._current is current and current.turn == turn

        def answered(result: R) -> None:
            if is_current():
                self._hinder(current, "")
                done(result)

        def turned_down(refusal: Refusal) -> None:
            if not is_current():
                return
            if (wait := wait_after(refusal)) is not None:
                self._hinder(current, refusal.message if refusal.code is Code.UNAVAILABLE else current.hindrance)
                self._asker.after(wait, lambda: ask() if is_current() else None)
            else:
                refused(refusal)

        def ask() -> None:
            self._asker.ask(request, answered, turned_down)

        ask()

    def _hinder(self, current: _Current, hindrance: str) -> None:
        if hindrance != current.hindrance:
            current.hindrance = hindrance
            self._emit(FileProgress(current.upload.key))

    def _do(self, current: _Current, work: Callable[[], R], done: Callable[[R], None]) -> None:
        """Have the worker read; where that fails, so does the message."""
        turn = current.turn

        def finished(result: Any) -> None:
            if self._current is current and current.turn == turn:
                done(result)

        def failed(sentence: str) -> None:
            if self._current is current and current.turn == turn:
                self._give_up(current, sentence)

        self._worker.do(work, finished, failed)
