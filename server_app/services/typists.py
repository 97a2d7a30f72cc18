"""Who is writing something at this moment: told at once, never stored."""

from server_app.audiences import ToOthers
from server_app.context import Context
from server_app.storage import choices
from shared.events import PersonTyping
from shared.requests import Nothing, Typing
from shared.types import Availability


def tell_typing(context: Context, _request: Typing, _value: None) -> Nothing:
    """Tell the others who hear the channel. Nothing waits for it, so it comes past the writer.

    Whoever wants to look as if they were not here does not write either.
    """
    if choices.choices_of(context.connection, context.me).availability is Availability.INVISIBLE:
        return Nothing()
    event = PersonTyping(channel_id=context.channel.id, user_id=context.me)
    context.house.publish([(event, ToOthers(context.channel.id, context.me))])
    return Nothing()
