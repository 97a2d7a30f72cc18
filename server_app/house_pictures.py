"""The pictures that everybody may see who is logged in: of people, of the house, and its own emoji."""

from collections.abc import Iterable

from msgspec import Raw

from shared.codec import encode
from shared.entities import CustomEmoji, User
from shared.events import EmojiAdded, EmojiRemoved, IconChanged
from shared.types import CustomEmojiId, PictureId


class HousePictures:
    """The directory's, and called under its lock."""

    def __init__(self, icon: PictureId, emoji: Iterable[CustomEmoji]) -> None:
        self.icon = icon
        """What stands for the house; empty for none."""
        self._emoji: dict[CustomEmojiId, CustomEmoji] = {each.id: each for each in emoji}
        self._encoded: Raw | None = None
        self._shown: frozenset[PictureId] | None = None

    def learn(self, event: IconChanged | EmojiAdded | EmojiRemoved) -> None:
        """Of what was just committed."""
        match event:
            case IconChanged(icon=icon):
                self.icon = icon
            case EmojiAdded(emoji=emoji):
                self._emoji[emoji.id] = emoji
            case EmojiRemoved(emoji_id=emoji_id):
                self._emoji.pop(emoji_id, None)
        self._encoded = None
        self.doubt()

    def doubt(self) -> None:
        """Somebody has another picture, or there is somebody new."""
        self._shown = None

    def encoded_emoji(self) -> Raw:
        """JSON of the emoji, by name."""
        if self._encoded is None:
            self._encoded = Raw(encode(sorted(self._emoji.values(), key=lambda each: each.name)))
        return self._encoded

    def is_shown(self, picture: PictureId, people: Iterable[User]) -> bool:
        """Whether it is in use, by the house or by one of these, who are everybody."""
        if self._shown is None:
            of_house = (self.icon, *(each.picture for each in self._emoji.values()))
            self._shown = frozenset((*of_house, *(each.avatar for each in people))) - {""}
        return picture in self._shown
