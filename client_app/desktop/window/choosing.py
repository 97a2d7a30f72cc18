"""Where the emoji picker opens, and what becomes of the emoji that is chosen."""

from client_app.core.client import Client
from client_app.desktop.conversation.conversation import Conversation
from client_app.desktop.emoji_picker import EmojiPicker
from client_app.desktop.toolkit import Root
from shared.types import Emoji, Seq


class Choosing:
    """Holds the picker, which is made when it is first wanted."""

    def __init__(self, root: Root, client: Client, conversation: Conversation) -> None:
        self._root_window, self._client, self._conversation = root, client, conversation
        self._picker: EmojiPicker | None = None

    @property
    def picker(self) -> EmojiPicker:
        """The one picker of the window."""
        if self._picker is None:
            self._picker = EmojiPicker(self._root_window, self._client)
        return self._picker

    def pick_reaction(self, seq: Seq) -> None:
        """For a message of the open channel; beside it, where it is in view."""
        channel_id = self._conversation.channel_id
        if channel_id is None:
            return

        def react(emoji: Emoji) -> None:
            self._client.choose_reaction(channel_id, seq, emoji)
            self._client.tell()

        messages = self._conversation.messages
        painted = next((each for each in messages.painted.values() if each.row.entry.seq == seq), None)
        x, y = messages.winfo_rootx() + messages.winfo_width() // 4, messages.winfo_rooty()
        if painted is not None:
            x, y = messages.winfo_rootx() + painted.row.text_x, y + painted.y + painted.row.height
        # Once this click is over: a click anywhere closes the picker.
        self._conversation.after_idle(lambda: self.picker.show(x, y, react))

    def pick_emoji(self) -> None:
        """For what is being written; over the right end of the composer."""
        composer = self._conversation.composer
        if composer.locked:
            return

        def write(emoji: Emoji) -> None:
            composer.insert(emoji)
            composer.focus_set()

        x, y = composer.winfo_rootx() + composer.winfo_width(), composer.winfo_rooty()
        self._conversation.after_idle(lambda: self.picker.show(x, y, write, above=True))

    def close(self) -> bool:
        """Take the picker away; whether it was there."""
        return self._picker is not None and self._picker.close()
