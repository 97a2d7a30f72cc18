"""Neighbouring facts for the same audience: they go out as one piece."""

from dataclasses import dataclass, field

from shared.types import UserId

from .audiences import Audience


@dataclass(slots=True)
class Run:
    """The frames of such facts, in order, and what some hear in their place."""

    audience: Audience
    frames: list[bytes] = field(default_factory=list)
    otherwise: dict[UserId, dict[int, bytes]] = field(default_factory=dict)
    """What somebody hears in place of some of the frames, because they block whom those tell of."""

    def as_heard_by(self, user_id: UserId) -> bytes:
        """The piece as this person hears it."""
        others = self.otherwise[user_id]
        return b"".join(others.get(place, data) for place, data in enumerate(self.frames))
