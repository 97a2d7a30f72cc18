"""What people say that they are up to: set by themselves, over by the clock."""

from server_app.audiences import Everyone
from server_app.context import Context
from server_app.storage import statuses
from shared.entities import Status
from shared.events import StatusSet
from shared.names import without_turns
from shared.requests import Nothing, SetStatus
from shared.types import UserId

from .wording import require_speech


def set_status(context: Context, request: SetStatus, _value: None) -> Nothing:
    """Say it in place of what was said before."""
    text = " ".join(without_turns(request.text).split())
    if text:
        require_speech(context, text)
    until = None if request.seconds is None else context.house.clock.steady() + request.seconds * 1000
    tell_status(context, context.me, Status(text=text, until=until) if text else None)
    return Nothing()


def tell_status(context: Context, user_id: UserId, status: Status | None) -> None:
    """Store and tell it, where it is another one."""
    if status != statuses.status_of(context.connection, user_id):
        statuses.set_status(context.connection, user_id, status)
        context.emit(StatusSet(user_id=user_id, status=status), Everyone())


def end_statuses(context: Context) -> None:
    """Take those away that are over; whoever shows one looks at the clock by themselves."""
    for user_id in statuses.statuses_that_ended(context.connection, context.house.clock.steady()):
        tell_status(context, user_id, None)
