"""Whether somebody touches what they have in front of them."""

from .asking import Nothing, Request


class SetIdle(Request[Nothing], frozen=True, kw_only=True):
    """Tell whether somebody has touched this device of late. A person is idle once nobody touches any of theirs."""

    is_idle: bool
