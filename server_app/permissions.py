"""The refusals that follow from what people may not do; `shared.rights.may` decides."""

from shared.entities import Channel, Role
from shared.errors import Code, Forbidden, NotFound, Refusal, Unauthorized
from shared.rights import Standing, may, outranks
from shared.types import GENERAL, ChannelKind, Permission, UserId


def require(who: Standing, permission: Permission, channel: Channel | None = None) -> None:
    """Raises where this person may not do this: `NotFound` where they may not even know of the channel."""
    if not may(who, permission, channel):
        raise why_not(who, permission, channel)


def why_not(who: Standing, permission: Permission, channel: Channel | None) -> Refusal:
    """In words for the person: why they may not do this."""
    if who.is_banned:
        return banned()
    if channel is not None and not may(who, Permission.VIEW_CHANNELS, channel):
        return unknown_channel()
    if channel is not None and channel.kind is ChannelKind.DIRECT:
        return Forbidden("A direct conversation has no rules of its own.")
    if who.is_timed_out:
        return Forbidden("You are timed out: until it ends you can read, and write in direct conversations.")
    if permission is Permission.SEND_MESSAGES and channel is not None:
        return _why_not_write(who, channel)
    return Forbidden(_SENTENCES.get(permission, "You may not do this here."))


def banned() -> Refusal:
    """For what a banned person asked before they heard of it; at the door they are told the reason."""
    return Refusal("You are banned from this server.", code=Code.BANNED)


def session_over(who: Standing | None = None) -> Refusal:
    """For whoever asks by a session that has ended."""
    if who is not None and who.is_banned:
        return banned()
    return Unauthorized("Your session is over. Log in again.")


def unknown_channel() -> NotFound:
    """The same for a channel that is not there and for one that the person may not know of."""
    return NotFound("There is no such channel.")


def require_lower(who: Standing, other: Standing | None, other_id: UserId) -> Standing:
    """The other person, if this one may act on them. Raises `Forbidden` or `NotFound`."""
    if other is None:
        raise NotFound("There is no such person.")
    if other_id == who.user_id:
        raise Forbidden("You cannot do this to yourself.")
    if not outranks(who, other.role):
        raise Forbidden("You can do this only to people whose role ranks below yours.")
    return other


def require_lower_role(who: Standing, role: Role | None) -> Role:
    """The role, if this person may give and change it. Raises `Forbidden` or `NotFound`."""
    if role is None:
        raise NotFound("There is no such role.")
    if not outranks(who, role):
        raise Forbidden("You can give and change only roles that rank below yours.")
    return role


def require_leaving(channel: Channel) -> None:
    """Raises `Forbidden` where nobody may leave."""
    if channel.id == GENERAL:
        raise Forbidden(f"Nobody can leave #{channel.name}: it is where everybody can be reached.")
    if channel.kind is ChannelKind.DIRECT:
        raise Forbidden("A direct conversation cannot be left.")


def _why_not_write(who: Standing, channel: Channel) -> Refusal:
    if channel.is_archived:
        return Forbidden("This channel is archived: nobody writes here any more.")
    if not channel.has_member(who.user_id):
        return Forbidden("You left this channel. Join it again to write here.")
    if channel.is_read_only and not may(who, Permission.SEND_IN_READ_ONLY, channel):
        return Forbidden("This channel is read-only: only some people write here.")
    return Forbidden("You may not write here.")


_SENTENCES = {
    Permission.MANAGE_CHANNELS: "Only whoever made this channel, and those who manage channels, may do this.",
    Permission.ADD_MEMBERS: "Only whoever made this channel, and those who may add members, may do this.",
    Permission.WRITE_DIRECTLY: "You may not begin conversations. Ask somebody in a channel to write to you.",
    Permission.CREATE_CHANNELS: "You may not make channels. Ask those who run this server.",
    Permission.CREATE_PRIVATE_CHANNELS: "You may not make private channels. Ask those who run this server.",
    Permission.CREATE_INVITES: "You may not invite people. Ask those who run this server.",
    Permission.DELETE_MESSAGES: "This is not your message.",
    Permission.PIN_MESSAGES: "Only whoever made this channel, and those who may pin messages, may do this.",
    Permission.ATTACH_FILES: "You may not send files here.",
    Permission.ANNOUNCE: "You may not write to everybody at once.",
}
"""Where a sentence can say more than that it is not allowed."""
