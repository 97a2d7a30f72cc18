"""Pictures of people and of the house, and its own emoji: each made from a file that was brought here and not said."""

from msgspec import Struct

from shared.types import AttachmentId, CustomEmojiId, CustomEmojiName, PictureId

from .asking import Nothing, Request
from .files import FilePart, FileSize


class EmojiMade(Struct, frozen=True):
    """The emoji is there."""

    emoji_id: CustomEmojiId


class SetAvatar(Request[Nothing], frozen=True, kw_only=True):
    """Show the middle of this picture wherever one is shown, or no picture any more."""

    attachment_id: AttachmentId | None = None
    """A finished upload of one's own, which is gone afterwards."""


class SetIcon(Request[Nothing], frozen=True, kw_only=True):
    """Let the middle of this picture stand for the house, or no picture any more."""

    attachment_id: AttachmentId | None = None
    """A finished upload of one's own, which is gone afterwards."""


class AddEmoji(Request[EmojiMade], frozen=True, kw_only=True):
    """Make an emoji of the house: `:name:` in messages and reactions."""

    name: CustomEmojiName
    """2 to 32 of a–z, 0–9 and `_`, and not the shortcode of an emoji that Unicode knows."""
    attachment_id: AttachmentId
    """A finished upload of one's own, which is gone afterwards. What moves goes on moving, for its first 60 frames."""


class RemoveEmoji(Request[Nothing], frozen=True, kw_only=True):
    """Take an emoji of the house away; where it was used, its name is left. Harmless where there is none."""

    emoji_id: CustomEmojiId


class FetchPicture(Request[FilePart], frozen=True, kw_only=True):
    """Read a piece of a picture of somebody, of the house, or of an emoji, WebP."""

    picture: PictureId
    offset: FileSize = 0
