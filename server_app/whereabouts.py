"""From where sessions were opened of late, until that is stored: coming back shall not wait for the disk."""

import threading
from collections.abc import Mapping

from shared.types import SessionId


class Whereabouts:
    """Any thread may call it; its lock is a leaf. What is lost with a killed server is noted when they come back."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._addresses: dict[SessionId, str] = {}

    def note(self, session_id: SessionId, address: str) -> None:
        """Somebody came back from there, as `address_key` has it."""
        with self._lock:
            self._addresses[session_id] = address

    def take(self) -> Mapping[SessionId, str]:
        """What is to be stored."""
        with self._lock:
            taken, self._addresses = self._addresses, {}
            return taken

    def give_back(self, addresses: Mapping[SessionId, str]) -> None:
        """These could not be stored; what was noted since is newer."""
        with self._lock:
            self._addresses = {**addresses, **self._addresses}
