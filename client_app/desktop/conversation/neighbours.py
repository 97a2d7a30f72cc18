"""What the conversation asks of the window around it."""

from typing import Protocol

from client_app.desktop.message_list import MessageEvents
from shared.types import UserId

from .following import Follower
from .header import Ways


class Neighbours(Ways, Follower, Protocol):
    """The window, as the conversation knows it."""

    @property
    def contents(self) -> MessageEvents:
        """What any list of messages needs to show what they hold beside words."""

    def show_person(self, user_id: UserId) -> None:
        """Show who somebody is."""

    def is_focused(self) -> bool:
        """Whether the person is at this window."""
