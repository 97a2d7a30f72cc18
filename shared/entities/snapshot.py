"""What a newcomer gets of all that exists."""

from msgspec import Struct

from shared.types import PictureId, Rev, UserId

from .channels import Channel, ChannelLevel, ReadPosition, UnreadMentions
from .files import CustomEmoji
from .people import Block, Choices, PersonStatus, Role, User


class Snapshot(Struct, frozen=True):
    """All that a device needs to know to draw its window; from then on it hears events."""

    me: User
    users: tuple[User, ...]
    """Everybody; where `users_since` is not 0, only those who are new or changed since."""
    online_ids: tuple[UserId, ...]
    """Who is here and neither idle nor wants to be left in peace."""
    channels: tuple[Channel, ...]
    """Every public channel that I may see, also those that I left, and all others that I am in."""
    read_positions: tuple[ReadPosition, ...]
    """Mine; a channel that is missing here is one of which I have read nothing."""
    idle_seconds: float
    """The server ends a connection from which it heard nothing for so long; a client pings well within it."""
    users_since: Rev = 0
    """The revision that `resume` gave, where the server could go on from it; else 0."""
    roles: tuple[Role, ...] = ()
    """All, by rank, the highest first."""
    blocks: tuple[Block, ...] = ()
    """Mine."""
    receipts: tuple[ReadPosition, ...] = ()
    """How far the other person of each direct channel has read it, where both share that; not of those whom I block."""
    idle_ids: tuple[UserId, ...] = ()
    """Who is here, and has not touched any device for a while."""
    do_not_disturb_ids: tuple[UserId, ...] = ()
    """Who is here, and wants to be left in peace."""
    statuses: tuple[PersonStatus, ...] = ()
    """Everybody’s who has one; those of people whom I block are left out."""
    choices: Choices = Choices()
    """Mine."""
    mentions: tuple[UnreadMentions, ...] = ()
    """Of the channels in which there are any."""
    max_file_size: int = 0
    """Bytes that a file may have which somebody attaches."""
    levels: tuple[ChannelLevel, ...] = ()
    """Of the channels for which I chose anything."""
    icon: PictureId = ""
    """The picture that stands for the house; empty for none."""
    custom_emoji: tuple[CustomEmoji, ...] = ()
    """The emoji of the house, by name."""
