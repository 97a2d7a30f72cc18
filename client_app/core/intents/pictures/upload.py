"""A picture that is not said: read beside the window's thread, and brought to the server piece by piece."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from shared.errors import BadRequest
from shared.requests import BeginUpload, FinishUpload, Received, SendChunk, UploadBegun, Uploaded
from shared.types import AttachmentId, Sha256, UploadId

from ..house import House, Refused

PIECE = 64 * 1024
"""Bytes in one request: little enough that what is typed meanwhile need not wait on a slow line."""


@dataclass(frozen=True, slots=True)
class PictureFile:
    """What a file holds."""

    name: str
    content: bytes
    sha256: Sha256


def read_picture(path: Path, most_bytes: int) -> PictureFile:
    """Read it whole; `most_bytes` is what the server takes, 0 where that is not known. Raises `BadRequest`."""
    try:
        size = path.stat().st_size
        if most_bytes and size > most_bytes:
            raise BadRequest(f"“{path.name}” is too large for this server. Choose a smaller picture.")
        content = path.read_bytes()
    except OSError as error:
        raise BadRequest(f"“{path.name}” cannot be read: {error.strerror or error}.") from None
    return PictureFile(path.name, content, hashlib.sha256(content).hexdigest())


class PictureUpload:
    """One on its way: `then` gets what the server calls it, or `refused` why it does not take it."""

    def __init__(self, house: House, file: PictureFile, then: Callable[[AttachmentId], None], refused: Refused) -> None:
        self._house, self._file, self._then, self._refused = house, file, then, refused
        request = BeginUpload(name=file.name, size=len(file.content), sha256=file.sha256)
        house.ask(request, self._begun, refused)

    def _begun(self, begun: UploadBegun) -> None:
        self._go_on(begun.upload_id, begun.received)

    def _go_on(self, upload_id: UploadId, start: int) -> None:
        def received(answer: Received) -> None:
            self._go_on(upload_id, answer.received)

        def finished(answer: Uploaded) -> None:
            self._then(answer.attachment.id)

        if start >= len(self._file.content):
            self._house.ask(FinishUpload(upload_id=upload_id), finished, self._refused)
        else:
            piece = self._file.content[start : start + PIECE]
            self._house.ask(SendChunk(upload_id=upload_id, offset=start, data=piece), received, self._refused)
