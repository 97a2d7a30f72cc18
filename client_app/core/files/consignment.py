"""Files that are brought to the server together, and who hears of it."""

from dataclasses import dataclass
from typing import Protocol

from client_app.core.store import Upload
from shared.entities import Attachment

from .place import Key

ConsignmentId = str
"""By which files that belong together are known here: for those of a message, its client id."""


class Consignor(Protocol):
    """Whose files these are."""

    def uploaded(self, consignment: ConsignmentId, key: Key, attachment: Attachment) -> None:
        """The server has this file of them."""

    def upload_failed(self, consignment: ConsignmentId, sentence: str) -> None:
        """One of them cannot be brought there; the others are not brought either."""


@dataclass(frozen=True, slots=True)
class Consignment:
    """Files that belong together, and whose they are."""

    uploads: tuple[Upload, ...]
    consignor: Consignor
