"""Where the pictures of a list of messages come from, and how somebody wants to see them."""

from collections.abc import Callable
from dataclasses import dataclass

from client_app.core.timeline.timeline import Entry
from shared.entities import Attachment

from .arrivals import Source
from .gallery import Gallery


def _yes() -> bool:
    """As it is usual."""
    return True


@dataclass(frozen=True, slots=True)
class PictureSupply:
    """What a list of messages needs for its pictures."""

    gallery: Gallery
    source_of: Callable[[Entry, Attachment, bool], Source]
    """Where the picture of a message is: the original where that is wanted, else what is good enough for a list."""
    shows: Callable[[], bool] = _yes
    """Whether pictures are shown before somebody clicks on them."""
    plays: Callable[[], bool] = _yes
    """Whether those that can move do so under the pointer."""
