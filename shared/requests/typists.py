"""Who is writing something at this moment."""

from shared.types import ChannelId

from .asking import Nothing, Request


class Typing(Request[Nothing], frozen=True, kw_only=True):
    """Tell that one is writing something. A client asks it at most every two seconds; what is more is left out."""

    channel_id: ChannelId
