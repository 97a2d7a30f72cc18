"""What one is up to."""

from shared.types import Seconds, StatusText

from .asking import Nothing, Request


class SetStatus(Request[Nothing], frozen=True, kw_only=True):
    """Say what one is up to, in place of what was said before; empty for nothing."""

    text: StatusText
    seconds: Seconds | None = None
    """After which it is over; None for never."""
