"""Passing on what somebody said to another place."""

from msgspec import Struct

from shared.types import ChannelId, Seq


class Forward(Struct, frozen=True):
    """A message that one sees, to be said again elsewhere."""

    channel_id: ChannelId
    seq: Seq
