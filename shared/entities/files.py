"""What people give beside words: attached files, and emoji of the house."""

from msgspec import Struct

from shared.types import AttachmentId, CustomEmojiId, PictureId, Sha256, UserId


class Attachment(Struct, frozen=True, omit_defaults=True):
    """A file that belongs to a message."""

    id: AttachmentId
    name: str
    """What it is called: safe as a file's name on any system."""
    size: int
    """Bytes."""
    sha256: Sha256
    media_type: str
    """What it is, found out from its content where that can be: `image/png`. Never to be believed for opening it."""
    width: int = 0
    """Of a picture, in pixels, as it is to be shown; 0 of all else."""
    height: int = 0
    is_animated: bool = False
    preview: bytes = b""
    """The picture in a few pixels, WebP, to be shown until the real one is there."""

    @property
    def is_picture(self) -> bool:
        """Whether it is shown as a picture: the server has seen that it is one."""
        return self.width > 0 and self.height > 0


class CustomEmoji(Struct, frozen=True, omit_defaults=True):
    """An emoji of the house: `:name:` in messages and reactions."""

    id: CustomEmojiId
    name: str
    picture: PictureId
    added_by: UserId | None = None
    """Who added it; None where nobody is known to have."""
    is_animated: bool = False
