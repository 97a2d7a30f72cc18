"""Emoji of the house: adding them and taking them away."""

from server_app.audiences import Everyone
from server_app.context import Context
from server_app.storage import custom_emoji
from shared import names
from shared.emoji import by_shortcode
from shared.entities import Attachment
from shared.errors import Conflict, Forbidden
from shared.events import EmojiAdded, EmojiRemoved
from shared.limits import MAX_CUSTOM_EMOJI
from shared.requests import AddEmoji, EmojiMade, Nothing, RemoveEmoji
from shared.types import AuditAction

from .audit import note
from .pictures import Made, find_picture, use


def find_emoji_picture(context: Context, request: AddEmoji, value: None) -> Attachment | None:
    """What it is to be made of, where it can have its name."""
    _free_name(context, request)
    return find_picture(context, request, value)


def add_emoji(context: Context, request: AddEmoji, made: Made) -> EmojiMade:
    """Everybody hears of it."""
    name = _free_name(context, request)
    picture = use(context, request.attachment_id, made)
    added = custom_emoji.add_emoji(
        context.connection,
        name,
        picture,
        is_animated=made.is_animated,
        user_id=context.me,
        now=context.house.now(),
    )
    context.emit(EmojiAdded(emoji=added), Everyone())
    note(context, AuditAction.EMOJI_ADDED, detail=f":{name}:")
    return EmojiMade(emoji_id=added.id)


def remove_emoji(context: Context, request: RemoveEmoji, _value: None) -> Nothing:
    """Everybody hears that it is gone; the reactions that were made with it stay, by its name."""
    known = custom_emoji.emoji(context.connection, request.emoji_id)
    if known is not None:
        custom_emoji.remove_emoji(context.connection, known.id)
        context.house.files.doubt((known.picture,))
        context.emit(EmojiRemoved(emoji_id=known.id), Everyone())
        note(context, AuditAction.EMOJI_REMOVED, detail=f":{known.name}:")
    return Nothing()


def _free_name(context: Context, request: AddEmoji) -> str:
    """The name as it is kept. Raises `Refusal` where it is none, or another emoji has it, or there are too many."""
    name = names.emoji_name(request.name)
    if name in by_shortcode():
        raise Conflict(f":{name}: is {by_shortcode()[name].emoji} already. Choose another name.")
    if custom_emoji.is_there(context.connection, name):
        raise Conflict(f"There is an emoji :{name}: already. Choose another name, or remove that one first.")
    if custom_emoji.number_of_emoji(context.connection) >= MAX_CUSTOM_EMOJI:
        raise Forbidden(f"This server has {MAX_CUSTOM_EMOJI} emoji of its own, and takes no more. Remove one first.")
    return name
