"""What one chooses for all of one's devices: how one looks to others, and what they may see."""

from msgspec.structs import replace

from server_app.audiences import ToUsers
from server_app.context import Context
from server_app.storage import choices
from shared.entities import Choices
from shared.events import ChoicesChanged
from shared.requests import Nothing, SetAvailability, SetPrivacy


def set_availability(context: Context, request: SetAvailability, _value: None) -> Nothing:
    """How one looks from now on; what others see of it is told with all other comings and goings."""
    known = choices.choices_of(context.connection, context.me)
    return _choose(context, known, replace(known, availability=request.availability))


def set_privacy(context: Context, request: SetPrivacy, _value: None) -> Nothing:
    """What others may see from now on."""
    known = choices.choices_of(context.connection, context.me)
    return _choose(context, known, replace(known, shares_last_seen=request.shares_last_seen))


def _choose(context: Context, known: Choices, chosen: Choices) -> Nothing:
    """Only one's own devices hear of it."""
    if chosen != known:
        choices.set_choices(context.connection, context.me, chosen)
        context.emit(ChoicesChanged(user_id=context.me, choices=chosen), ToUsers((context.me,)))
    return Nothing()
