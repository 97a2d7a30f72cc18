"""What one chooses for all of one’s devices: how one looks to others, and what they may see."""

from shared.types import Availability

from .asking import Nothing, Request


class SetAvailability(Request[Nothing], frozen=True, kw_only=True):
    """Choose how to look to others while one is here, until something else is chosen."""

    availability: Availability


class SetPrivacy(Request[Nothing], frozen=True, kw_only=True):
    """Choose what others may see; whoever does not share when they were here last sees it of nobody."""

    shares_last_seen: bool
