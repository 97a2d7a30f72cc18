"""Who may do what, as predicates and as the refusals that follow from them."""

from shared.entities import Channel, User
from shared.errors import Forbidden, NotFound
from shared.types import GENERAL, ChannelKind, Role, UserId


def may_shape(user: User, channel: Channel) -> bool:
    """Whether this person may rename a public channel and set its topic."""
    return channel.kind is ChannelKind.PUBLIC and (user.role is Role.OWNER or channel.created_by == user.id)


def may_read(user_id: UserId, channel: Channel) -> bool:
    """Whether this person may see what was said: public channels are open to all, also to those who left."""
    return channel.kind is ChannelKind.PUBLIC or user_id in channel.member_ids


def known_channel(user_id: UserId, channel: Channel | None) -> Channel:
    """The channel, if this person may know of it. Raises `NotFound`."""
    if channel is None or not may_read(user_id, channel):
        raise NotFound("There is no such channel.")
    return channel


def require_shaping(user: User, channel: Channel) -> None:
    """Raises `Forbidden` where this person may not rename the channel or set its topic."""
    if channel.kind is ChannelKind.DIRECT:
        raise Forbidden("A direct conversation has no name or topic of its own.")
    if not may_shape(user, channel):
        raise Forbidden("Only whoever made this channel, or the owner, may change its name and topic.")


def has_left() -> Forbidden:
    """Why somebody who left a channel may not write in it."""
    return Forbidden("You left this channel. Join it again to write here.")


def require_writing(user_id: UserId, channel: Channel) -> None:
    """Raises `Forbidden` where this person, who may read here, may not write."""
    if not channel.has_member(user_id):
        raise has_left()


def require_leaving(channel: Channel) -> None:
    """Raises `Forbidden` where nobody may leave."""
    if channel.id == GENERAL:
        raise Forbidden(f"Nobody can leave #{channel.name}: it is where everybody can be reached.")
    if channel.kind is ChannelKind.DIRECT:
        raise Forbidden("A direct conversation cannot be left.")
