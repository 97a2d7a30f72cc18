"""A file of this computer as it is read to be brought to the server: only as long as it is what was chosen."""

import hashlib
import os
from pathlib import Path

from client_app.core.store import Upload
from shared.errors import BadRequest

_BLOCK = 1024 * 1024


def identify(upload: Upload, known: str = "") -> str:
    """The SHA-256 of a file, which need not be read where it is `known` and the file is as it was.

    Raises `BadRequest` where it is another file by now, or none.
    """
    path = Path(upload.path)
    try:
        _check(upload, path.stat())
        if known:
            return known
        found = hashlib.sha256()
        with path.open("rb") as file:
            while block := file.read(_BLOCK):
                found.update(block)
            _check(upload, os.fstat(file.fileno()))
    except OSError as error:
        raise _unreadable(upload, error) from None
    return found.hexdigest()


def read_piece(upload: Upload, offset: int, length: int) -> bytes:
    """So many bytes of a file from there on. Raises `BadRequest` where they are not there any more."""
    try:
        with Path(upload.path).open("rb") as file:
            file.seek(offset)
            data = file.read(length)
    except OSError as error:
        raise _unreadable(upload, error) from None
    if len(data) != length:
        raise _changed(upload)
    return data


def _check(upload: Upload, state: os.stat_result) -> None:
    if (state.st_size, state.st_mtime_ns) != (upload.size, upload.modified_at):
        raise _changed(upload)


def _changed(upload: Upload) -> BadRequest:
    return BadRequest(f"“{upload.name}” has changed since you attached it. Attach it again.")


def _unreadable(upload: Upload, error: OSError) -> BadRequest:
    if isinstance(error, FileNotFoundError):
        return BadRequest(f"“{upload.name}” is not there any more.")
    return BadRequest(f"“{upload.name}” cannot be read: {error.strerror or error}.")
