"""Emoji that people put under messages."""

from msgspec.structs import replace

from server_app.audiences import ToChannel
from server_app.context import Context
from server_app.storage import blocks, custom_emoji, messages
from shared.emoji import canonical
from shared.entities import Message
from shared.errors import BadRequest, Conflict, Forbidden, NotFound
from shared.events import ReactionChanged
from shared.limits import MAX_REACTION_KINDS, MAX_REACTIONS
from shared.reactions import with_reaction
from shared.requests import Nothing, SetReaction
from shared.types import Emoji, MessageKind


def set_reaction(context: Context, request: SetReaction, _value: None) -> Nothing:
    """Add one's reaction, or take it back: a change to the message, told in few bytes to all who hear the channel."""
    channel = context.channel
    message = messages.message(context.connection, channel.id, request.seq)
    if message is None:
        raise NotFound("There is no such message.")
    if message.is_deleted:
        raise NotFound("This message was deleted.")
    emoji = canonical(request.emoji) or _own(context, request, message)
    reactions = with_reaction(message.reactions, emoji, context.me, is_on=request.is_on)
    if reactions is message.reactions:
        return Nothing()
    if request.is_on:
        _require_room(message, emoji)
        _require_unhidden(context, message)
    changed = replace(message, rev=channel.last_rev + 1, reactions=reactions)
    messages.change_message(context.connection, changed)
    event = ReactionChanged(
        channel_id=channel.id,
        seq=message.seq,
        rev=changed.rev,
        emoji=emoji,
        user_id=context.me,
        is_on=request.is_on,
    )
    context.emit(event, ToChannel(channel.id))
    return Nothing()


def _own(context: Context, request: SetReaction, message: Message) -> Emoji:
    """An emoji of the house; one that is no more can be taken back. Raises `BadRequest`."""
    name = request.emoji.removeprefix(":").removesuffix(":")
    emoji = f":{name}:"
    is_known = any(each.emoji == emoji for each in message.reactions)
    if emoji == request.emoji and (custom_emoji.is_there(context.connection, name) or (is_known and not request.is_on)):
        return emoji
    raise BadRequest("This is no emoji that Hearth knows. Choose another one.")


def _require_room(message: Message, emoji: Emoji) -> None:
    """Raises where the message has as many reactions as it may."""
    if len(message.reactions) >= MAX_REACTION_KINDS and all(each.emoji != emoji for each in message.reactions):
        raise Conflict(f"There are {MAX_REACTION_KINDS} different reactions to this message already. Join one of them.")
    if sum(len(each.user_ids) for each in message.reactions) >= MAX_REACTIONS:
        raise Conflict(f"There are {MAX_REACTIONS:,} reactions to this message already, and more are not kept.")


def _require_unhidden(context: Context, message: Message) -> None:
    """Raises for a message of somebody whom one blocks: it is not there to be reacted to."""
    now = context.house.clock.steady()
    is_shown = message.kind is MessageKind.ANNOUNCEMENT or message.author_id == context.me
    if not is_shown and blocks.blocks(context.connection, context.me, message.author_id, now):
        raise Forbidden("You block whoever said this. Unblock them to react to it.")
