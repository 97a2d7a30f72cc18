"""Whether the other person of a direct conversation sees how far one has read."""

from .asking import Nothing, Request


class SetReceipts(Request[Nothing], frozen=True, kw_only=True):
    """Share with the other person of each direct conversation how far one has read, or not.

    Whoever does not share it sees it of nobody.
    """

    is_on: bool
