"""How people look while they are here."""

import enum


class Presence(enum.Enum):
    """How somebody looks to me."""

    ONLINE = "online"
    IDLE = "idle"
    """Here, but has not touched any of their devices for a while."""
    DO_NOT_DISTURB = "do not disturb"
    INVISIBLE = "invisible"
    """Only of myself: here, and to everybody else as if I were not."""
    OFFLINE = "offline"

    @property
    def is_here(self) -> bool:
        """Whether they would see at once what is written to them."""
        return self is not Presence.OFFLINE
