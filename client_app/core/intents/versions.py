"""Versions: what edited messages said before, for their authors and for those who may delete them."""

from collections.abc import Callable

from shared.requests import FetchVersions
from shared.requests import Versions as Page
from shared.types import ChannelId, Seq

from .house import House, Refused


class Versions:
    """Returns at once; `then` gets the answer later."""

    def __init__(self, house: House) -> None:
        self._house = house

    def fetch(
        self,
        channel_id: ChannelId,
        seq: Seq,
        before_number: int | None,
        then: Callable[[Page], None],
        refused: Refused = None,
    ) -> None:
        """Ask for a page of what a message said before, the latest first."""
        request = FetchVersions(channel_id=channel_id, seq=seq, before_number=before_number)
        self._house.ask(request, then, refused)
