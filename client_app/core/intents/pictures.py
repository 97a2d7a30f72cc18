"""Pictures of people and of the house, and its own emoji: which there are, and how somebody changes them."""

from collections.abc import Callable
from pathlib import Path

from client_app.core.files import Files
from client_app.core.world.permissions import Permissions
from shared.emoji import by_shortcode
from shared.entities import CustomEmoji
from shared.errors import BadRequest, Conflict
from shared.names import emoji_name
from shared.requests import AddEmoji, RemoveEmoji, SetAvatar, SetIcon
from shared.types import AttachmentId, BlockKind, CustomEmojiId, Emoji, PictureId, UserId

from .house import House, Refused


def _nothing() -> None:
    """What follows where nobody asked for more."""


class Pictures:
    """Every method returns at once. `refused` takes why something was not done; without it, a `Notice` tells."""

    def __init__(self, house: House, permissions: Permissions, files: Files) -> None:
        self._house, self._permissions, self._files = house, permissions, files

    # --- which there are ----------------------------------------------------------------------------------------------

    @property
    def icon(self) -> PictureId:
        """What stands for the house; empty for none."""
        return self._house.state.icon if self._house.state else ""

    def of_person(self, user_id: UserId) -> PictureId:
        """How somebody wants to be seen; empty for nothing, and of those whom I block."""
        state = self._house.state
        user = state.users.get(user_id) if state else None
        if user is None or not user.avatar:
            return ""
        block = self._permissions.block_of(user_id)
        return "" if block is not None and block.kind is BlockKind.BLOCK else user.avatar

    def emoji(self) -> tuple[CustomEmoji, ...]:
        """The emoji of the house, by name."""
        found = self._house.state.emoji.values() if self._house.state else ()
        return tuple(sorted(found, key=lambda each: each.name))

    def names(self) -> tuple[Emoji, ...]:
        """The same as they are written: each a `:name:`."""
        return tuple(f":{each.name}:" for each in self.emoji())

    def want(self, picture: PictureId) -> Path | None:
        """Its file, where it is on this computer; else it is fetched, and `FileArrived` follows with this key."""
        return self._files.want_picture(picture) if picture else None

    # --- changing them ------------------------------------------------------------------------------------------------

    def set_avatar(self, path: Path | None, then: Callable[[], None] = _nothing, refused: Refused = None) -> None:
        """Be seen as the middle of this picture from now on, or as one's initials."""

        def use(attachment_id: AttachmentId | None) -> None:
            self._house.ask(SetAvatar(attachment_id=attachment_id), lambda _: then(), refused)

        self._bring(path, use, refused)

    def set_icon(self, path: Path | None, then: Callable[[], None] = _nothing, refused: Refused = None) -> None:
        """Let the middle of this picture stand for the house, or nothing."""

        def use(attachment_id: AttachmentId | None) -> None:
            self._house.ask(SetIcon(attachment_id=attachment_id), lambda _: then(), refused)

        self._bring(path, use, refused)

    def add_emoji(self, name: str, path: Path, then: Callable[[], None] = _nothing, refused: Refused = None) -> None:
        """Make an emoji of the house. Raises `BadRequest` where it cannot be called so."""
        name = emoji_name(name)
        if name in by_shortcode() or any(each.name == name for each in self.emoji()):
            raise BadRequest(f"There is an emoji :{name}: already. Choose another name.")

        def use(attachment_id: AttachmentId | None) -> None:
            if attachment_id is not None:
                self._house.ask(AddEmoji(name=name, attachment_id=attachment_id), lambda _: then(), refused)

        self._bring(path, use, refused)

    def remove_emoji(
        self, emoji_id: CustomEmojiId, then: Callable[[], None] = _nothing, refused: Refused = None
    ) -> None:
        """Take an emoji of the house away."""
        self._house.ask(RemoveEmoji(emoji_id=emoji_id), lambda _: then(), refused)

    def _bring(self, path: Path | None, use: Callable[[AttachmentId | None], None], refused: Refused) -> None:
        if path is None:
            use(None)
            return

        def failed(sentence: str) -> None:
            if refused is not None:
                refused(Conflict(sentence))
            else:
                self._house.notice(sentence, is_error=True)

        state = self._house.state
        most_bytes = state.max_file_size if state else 0
        self._files.bring(path, most_bytes, lambda attachment: use(attachment.id), failed)
