"""People who carry files as fast as they can: `python -m benchmarks.carrier PORT SECONDS PEOPLE MEGABYTES WAY`.

WAY is `up`, `down`, or `talk` for no files at all. With `PEOPLE` 1, that one talks meanwhile on the same connection, in
a channel of their own. It says when all are at it, goes on for so many seconds, and writes a line of JSON: the bytes
that went over since then, and how many milliseconds each message took to be stored.
"""

import hashlib
import json
import os
import selectors
import ssl
import sys
import time
from collections.abc import Callable
from typing import Any

from shared import codec, framing
from shared.answers import Done, Refused
from shared.limits import MAX_CHUNK, MAX_FRAME, MEBIBYTE
from shared.requests import (
    AnyRequest,
    BeginUpload,
    CreateChannel,
    FetchFile,
    FinishUpload,
    SendChunk,
    SendMessage,
)
from shared.types import GENERAL

from .chat import framed, registered
from .load import Target
from .rooms import LoadFailed

UNDER_WAY = 2
"""Pieces of a file at a time, as a client has them."""
SAYS_EVERY_SECONDS = 0.05
_READ = 256 * 1024
_ZEROS = bytes(MAX_CHUNK)


class Carrier:
    """One connection. What it asks is answered in any order, so each request knows what to do with its answer."""

    def __init__(self, wire: ssl.SSLSocket, size: int, number: int, mark: int) -> None:
        self.wire = wire
        self._mark = mark
        self.bytes_moved = 0
        self.latencies: list[float] = []
        self.outgoing = bytearray()
        self.is_at_it = False
        self.channel_id = GENERAL
        self._reader = framing.FrameReader(MAX_FRAME)
        self._answers: dict[int, Callable[[Done], None]] = {}
        self._last_id = 1
        self._size, self._number, self._files = size, number, 0
        self._place: dict[str, Any] = {}
        """Of the file that is fetched."""
        self._offset = self._arrived = 0
        self._head = b""

    # --- the wire -----------------------------------------------------------------------------------------------------

    def on_ready(self) -> None:
        """Read what there is, and send what can be sent."""
        try:
            while data := self.wire.recv(_READ):
                for payload in self._reader.feed(data):
                    self._hear(payload)
            raise LoadFailed("The server hung up.")
        except (ssl.SSLWantReadError, ssl.SSLWantWriteError):
            self.flush()

    def flush(self) -> None:
        """Send what can be sent."""
        try:
            while self.outgoing:
                del self.outgoing[: self.wire.send(self.outgoing)]
        except (ssl.SSLWantReadError, ssl.SSLWantWriteError):
            pass

    def ask(self, request: Any, then: Callable[[Done], None]) -> None:
        """Send a request, and do this with its answer."""
        self._last_id += 1
        self._answers[self._last_id] = then
        self.outgoing += framed(_numbered(request, self._last_id))

    def _hear(self, payload: bytes) -> None:
        told = codec.decode_from_server(payload)
        if isinstance(told, Refused):
            raise LoadFailed(told.message)
        if isinstance(told, Done):
            self._answers.pop(told.id)(told)

    # --- what it does -------------------------------------------------------------------------------------------------

    def begin(self, way: str) -> None:
        """Make a channel of one's own, and carry."""
        follows: Callable[[], None] | None = {"up": self.send_file, "down": self.fetch_file}.get(way)

        def made(done: Done) -> None:
            self.channel_id = codec.decode_result(CreateChannel, done).channel_id
            if follows is None:
                self.is_at_it = True
            else:
                follows()

        self.ask(CreateChannel(name=f"own-{self._mark}-{self._number}", private=True), made)

    def talk(self) -> None:
        """Say something, and note how long it takes until it is stored."""
        said_at = time.perf_counter()

        def note(_done: Done) -> None:
            self.latencies.append((time.perf_counter() - said_at) * 1000)

        client_id = f"at-{time.perf_counter_ns()}-{self._number}"
        self.ask(SendMessage(channel_id=self.channel_id, client_id=client_id, body="hello"), note)

    def send_file(self, then: Callable[[Done], None] | None = None) -> None:
        """Send one after the other, each with another content."""
        self._files += 1
        head = f"{self._number} {self._files} {time.perf_counter_ns()} ".encode()
        self._head = head.ljust(MAX_CHUNK)
        self._offset = self._arrived = 0
        digest = hashlib.sha256(self._head)
        for start in range(MAX_CHUNK, self._size, MAX_CHUNK):
            digest.update(_ZEROS[: self._size - start])
        sha256 = digest.hexdigest()
        begin = BeginUpload(name="file.bin", size=self._size, sha256=sha256)

        def begun(done: Done) -> None:
            upload_id = codec.decode_result(BeginUpload, done).upload_id
            for _ in range(UNDER_WAY):
                self._send_chunk(upload_id, then)

        self.ask(begin, begun)

    def _send_chunk(self, upload_id: Any, then: Callable[[Done], None] | None) -> None:
        start, self._offset = self._offset, min(self._size, self._offset + MAX_CHUNK)
        if start == self._offset:
            return

        def received(_done: Done) -> None:
            self._arrived += 1
            self.bytes_moved += min(MAX_CHUNK, self._size - start)
            self.is_at_it = self.is_at_it or then is None
            if self._arrived * MAX_CHUNK >= self._size:
                self.ask(FinishUpload(upload_id=upload_id), then or (lambda _done: self.send_file()))
            else:
                self._send_chunk(upload_id, then)

        data = (_ZEROS if start else self._head)[: self._offset - start]
        self.ask(SendChunk(upload_id=upload_id, offset=start, data=data), received)

    def fetch_file(self) -> None:
        """Send one and say it; then fetch it over and over."""

        def finished(done: Done) -> None:
            file = codec.decode_result(FinishUpload, done).attachment
            said = SendMessage(
                channel_id=self.channel_id, client_id=f"client-id-{self._number}", body="", attachments=(file.id,)
            )
            self.ask(said, lambda done: posted(file.id, codec.decode_result(SendMessage, done).seq))

        def posted(attachment_id: Any, seq: int) -> None:
            self._place = {"channel_id": self.channel_id, "seq": seq, "attachment_id": attachment_id}
            self._offset, self.is_at_it = 0, True
            for _ in range(UNDER_WAY):
                self._fetch_part()

        self.send_file(finished)

    def _fetch_part(self) -> None:
        start, self._offset = self._offset % self._size, self._offset % self._size + MAX_CHUNK

        def came(done: Done) -> None:
            self.bytes_moved += len(codec.decode_result(FetchFile, done).data)
            self._fetch_part()

        self.ask(FetchFile(offset=start, **self._place), came)


def _numbered(request: Any, number: int) -> AnyRequest:
    fields = {name: getattr(request, name) for name in request.__struct_fields__}
    numbered: AnyRequest = type(request)(**fields | {"id": number})
    return numbered


def main(port: str, seconds: str, people: str, megabytes: str, way: str) -> None:
    """Carry for so many seconds."""
    # The chat that is measured is written and read on the same core.
    os.nice(19)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    target = Target(int(port), context)
    selector, carriers = selectors.DefaultSelector(), []
    mark = time.perf_counter_ns() % 10**8
    for number in range(int(people)):
        wire = registered(target, f"c{mark}-{number}").wire
        wire.setblocking(False)
        carriers.append(Carrier(wire, int(megabytes) * MEBIBYTE, number, mark))
        selector.register(wire, selectors.EVENT_READ, carriers[-1])
    for carrier in carriers:
        carrier.begin(way)
    while not all(carrier.is_at_it for carrier in carriers):
        _turn(selector, carriers, 1.0)
    for carrier in carriers:
        carrier.bytes_moved = 0
    print("ready", flush=True)
    _carry(selector, carriers, time.perf_counter() + float(seconds))
    latencies = [each for carrier in carriers for each in carrier.latencies]
    print(json.dumps({"bytes": sum(each.bytes_moved for each in carriers), "latencies": latencies}))


def _carry(selector: selectors.BaseSelector, carriers: list[Carrier], until: float) -> None:
    talks_at = time.perf_counter() + SAYS_EVERY_SECONDS if len(carriers) == 1 else until
    while (now := time.perf_counter()) < until:
        if now >= talks_at:
            talks_at += SAYS_EVERY_SECONDS
            carriers[0].talk()
        _turn(selector, carriers, max(0.0, min(talks_at, until) - time.perf_counter()))


def _turn(selector: selectors.BaseSelector, carriers: list[Carrier], seconds: float) -> None:
    for carrier in carriers:
        if carrier.outgoing:
            carrier.flush()
        events = selectors.EVENT_READ | (selectors.EVENT_WRITE if carrier.outgoing else 0)
        if selector.get_key(carrier.wire).events != events:
            selector.modify(carrier.wire, events, carrier)
    for key, _ in selector.select(seconds):
        key.data.on_ready()


if __name__ == "__main__":
    main(*sys.argv[1:])
