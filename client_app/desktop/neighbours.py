"""What the conversation asks of the window around it."""

from typing import Protocol

from client_app.core.timeline import Entry
from shared.entities import Attachment
from shared.types import UserId

from .following import Follower
from .header import Ways
from .message_list.attachments import FileDeed
from .pictures import PictureSupply


class Neighbours(Ways, Follower, Protocol):
    """The window, as the conversation knows it."""

    pictures: PictureSupply
    """Where the pictures of messages come from."""

    def show_person(self, user_id: UserId) -> None:
        """Show who somebody is."""

    def is_focused(self) -> bool:
        """Whether the person is at this window."""

    def do_with_file(self, entry: Entry, deed: FileDeed) -> None:
        """Something was clicked on the card of a file."""

    def show_picture(self, entry: Entry, attachment: Attachment) -> None:
        """Show a picture of a message large."""
