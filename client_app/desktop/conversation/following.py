"""What a click on a link does."""

import threading
import webbrowser
from typing import Protocol

from client_app.core.network.address import is_message_link


class Follower(Protocol):
    """Who goes to messages."""

    def follow_link(self, link: str) -> None:
        """Show the message to which a link leads, or say why not."""


def follow(link: str, follower: Follower) -> None:
    """A link to a message is followed here, any other by the browser."""
    if is_message_link(link):
        follower.follow_link(link)
    else:
        open_link(link)


def open_link(address: str) -> None:
    """Hand a web address to the browser, which may take its time to start."""
    threading.Thread(target=webbrowser.open, args=(address,), name="browser", daemon=True).start()
