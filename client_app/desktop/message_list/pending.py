"""Pictures on their way to the server, shown as they will be once they are there."""

from collections.abc import Callable
from dataclasses import replace

from client_app.core.store import Upload
from client_app.core.timeline.timeline import Entry
from shared.entities import Attachment
from shared.types import AttachmentId

from .pictures import PlacedPicture, lay_out_pictures

SizeOf = Callable[[Upload], tuple[int, int] | None]
"""Width and height of a file of this computer that is a picture; None of others, and while that is not known."""
_NO_CONTENT = "0" * 64


def picture_of(upload: Upload, size_of: SizeOf) -> Attachment | None:
    """What will be shown of it, by what the server found or else by what is known here; None of what is no picture."""
    if upload.attachment is not None:
        return upload.attachment if upload.attachment.is_picture else None
    size = size_of(upload)
    if size is None:
        return None
    return Attachment(AttachmentId(0), upload.name, upload.size, _NO_CONTENT, "", *size)


def lay_out_row_pictures(
    entry: Entry, size_of: SizeOf, place: tuple[int, int], room: int, px: Callable[[float], int]
) -> tuple[PlacedPicture, ...]:
    """The pictures that a message has, or will have, in the same boxes."""
    if not entry.uploads:
        return lay_out_pictures(entry.attachments, place, room, px)
    pending = [(upload, picture) for upload in entry.uploads if (picture := picture_of(upload, size_of)) is not None]
    placed = lay_out_pictures([picture for _, picture in pending], place, room, px)
    return tuple(replace(each, upload=upload) for each, (upload, _) in zip(placed, pending, strict=True))
