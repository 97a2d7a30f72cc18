"""Files: bringing them here piece by piece, and getting them."""

from typing import Annotated

from msgspec import Meta, Struct

from shared.entities import Attachment
from shared.limits import MAX_CHUNK, MAX_INTEGER
from shared.types import AttachmentId, ChannelId, FileName, FileVariant, Seq, Sha256, UploadId

from .asking import Nothing, Request

FileSize = Annotated[int, Meta(ge=0, le=MAX_INTEGER)]
"""Bytes."""


class UploadBegun(Struct, frozen=True):
    """The file may come."""

    upload_id: UploadId
    received: FileSize
    """How much of it is here already, from an earlier try: go on from there."""


class Received(Struct, frozen=True):
    """The piece is here."""

    received: FileSize
    """How much of the file is here, from its beginning."""


class Uploaded(Struct, frozen=True):
    """The file is on disk, and can be attached to a message."""

    attachment: Attachment


class FilePart(Struct, frozen=True):
    """A piece of a file; empty past its end."""

    data: bytes
    size: FileSize
    """Of the whole."""


class BeginUpload(Request[UploadBegun], frozen=True, kw_only=True):
    """Announce a file. What is too large, or has no room, is refused now.

    The same content announced again goes on where it was broken off, also on another connection or after a restart.
    """

    name: FileName
    size: FileSize
    sha256: Sha256
    """Of the whole content; what comes is checked against it."""


class SendChunk(Request[Received], frozen=True, kw_only=True):
    """Send the next piece. One that came already does no harm; one that does not follow is refused."""

    upload_id: UploadId
    offset: FileSize
    """Where in the file the piece begins."""
    data: Annotated[bytes, Meta(max_length=MAX_CHUNK)]


class FinishUpload(Request[Uploaded], frozen=True, kw_only=True):
    """Say that all has come. Asked again before the file is said, it is answered the same."""

    upload_id: UploadId


class CancelUpload(Request[Nothing], frozen=True, kw_only=True):
    """Take an upload back, also one that is finished and not said yet. Harmless where there is none."""

    upload_id: UploadId


class FetchFile(Request[FilePart], frozen=True, kw_only=True):
    """Read a piece of a file that a message holds. Of a message that is hidden from one, it is what one may reveal."""

    channel_id: ChannelId
    seq: Seq
    attachment_id: AttachmentId
    variant: FileVariant = FileVariant.ORIGINAL
    """A small picture is its own thumbnail."""
    offset: FileSize = 0
