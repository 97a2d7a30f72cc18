"""A file that goes with no message: whoever asked for it is told when the server has it."""

from collections.abc import Callable
from dataclasses import dataclass

from shared.entities import Attachment

from .consignment import ConsignmentId
from .place import Key


@dataclass(frozen=True, slots=True)
class Alone:
    """The consignor of one file."""

    then: Callable[[Attachment], None]
    failed: Callable[[str], None]
    """Takes why it cannot be brought, as a sentence."""

    def uploaded(self, _consignment: ConsignmentId, _key: Key, attachment: Attachment) -> None:
        """The server has it."""
        self.then(attachment)

    def upload_failed(self, _consignment: ConsignmentId, sentence: str) -> None:
        """It cannot be brought there."""
        self.failed(sentence)
