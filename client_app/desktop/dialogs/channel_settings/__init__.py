"""All that can be set of a channel: what it is, who is in it, what each role may do there, and its end."""

from .dialog import ChannelSettings

__all__ = ["ChannelSettings"]
