"""Where a file is to be had: in which message, and by which key it is known here."""

from dataclasses import dataclass

from shared.entities import Attachment
from shared.types import ChannelId, FileVariant, Seq

Key = str
"""By which a file, or the thumbnail of a picture, is known on this computer; also that of an upload."""


@dataclass(frozen=True, slots=True)
class FilePlace:
    """A file, and the message that has it."""

    channel_id: ChannelId
    seq: Seq
    attachment: Attachment


def key_of(attachment: Attachment, variant: FileVariant = FileVariant.ORIGINAL) -> Key:
    """The key of a file's content, or of its thumbnail: the same for the same content, wherever it was said."""
    return attachment.sha256 if variant is FileVariant.ORIGINAL else f"{attachment.sha256}.{variant.value}"
