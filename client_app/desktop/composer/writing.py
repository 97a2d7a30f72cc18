"""What the composer needs of whoever holds the conversation."""

from typing import Protocol

from client_app.core.writing.composer import Completions

from .above import Deeds


class Writing(Deeds, Protocol):
    """What the composer needs of whoever holds the conversation."""

    def submit(self, text: str) -> bool:
        """Send or do what was typed; False if the text must stay."""

    def complete(self, text: str, cursor: int) -> Completions:
        """What may stand at the cursor."""

    def keep_draft(self, text: str) -> None:
        """The text changed."""

    def pick_emoji(self) -> None:
        """Let an emoji be chosen for the text."""

    def edit_last(self) -> bool:
        """Write one's last message anew; False if there is none."""

    def cancel_edit(self) -> bool:
        """Leave the message as it was; False if none is being edited."""

    def reply_to_last(self) -> bool:
        """Answer the last message of somebody else; False if there is none."""

    def attach(self) -> None:
        """Let files be chosen that go out with the text."""

    def paste(self) -> bool:
        """Take files or a picture from the clipboard; False where text is to be pasted."""

    def pasted(self, start: str, end: str) -> None:
        """A text was pasted between these places."""

    def look_at_long_text(self) -> None:
        """The text changed: what was pasted may be another, or gone."""
