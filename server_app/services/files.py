"""Giving files out, piece by piece, and finding those that nothing refers to any more."""

from msgspec import Raw

from server_app.context import Context
from server_app.storage import attachments, files
from shared.codec import encode
from shared.errors import NotFound
from shared.limits import MAX_CHUNK
from shared.requests import FetchFile, FilePart
from shared.types import FileVariant, Sha256


def fetch_file(context: Context, request: FetchFile, _value: None) -> Raw:
    """A piece of what a message holds, for whoever sees its channel. A deleted message holds nothing."""
    found = attachments.said(context.connection, context.channel.id, request.seq, request.attachment_id)
    if found is None:
        raise NotFound("There is no such file. The message that held it may have been deleted.")
    return file_part(context, found, request.offset, small=request.variant is FileVariant.THUMBNAIL)


def file_part(context: Context, sha256: Sha256, offset: int, *, small: bool = False) -> Raw:
    """JSON of a `FilePart`, made here and not where those who chat would wait. Raises `NotFound` where it is lost."""
    try:
        with context.house.files.opened(sha256, small=small) as content:
            size = content.seek(0, 2)
            content.seek(min(offset, size))
            return Raw(encode(FilePart(data=content.read(MAX_CHUNK), size=size)))
    except FileNotFoundError:
        raise NotFound("The server has lost this file. Ask whoever sent it to send it again.") from None


def forget_unused(context: Context, prefix: str) -> None:
    """Forget those contents in a folder that nothing refers to any more."""
    files.remove_unused_files(context.connection, prefix)
