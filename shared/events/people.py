"""What is told of people: who they are, whether they are here, what they are up to and what they chose."""

from shared.entities import Block, Choices, Role, Status, User
from shared.types import RoleId, UserId

from .event import Event


class UserRegistered(Event, frozen=True):
    """Somebody made an account."""

    user: User


class UserChanged(Event, frozen=True):
    """A person has another role, name or picture, is timed out or banned, or no more; this is what they are now."""

    user: User


class RoleChanged(Event, frozen=True):
    """There is a new role, or one is another now; what one sees of the channels follows in further events."""

    role: Role


class RoleRemoved(Event, frozen=True):
    """There is no such role any more; `user_changed` told of everybody who had it."""

    role_id: RoleId


class PresenceChanged(Event, frozen=True, omit_defaults=True):
    """People came or went, with their first or last device, or look otherwise now: each of them is in one of the four.

    Told at most a few times a second, so that 500 who leave at once make one event.
    """

    online_ids: tuple[UserId, ...] = ()
    offline_ids: tuple[UserId, ...] = ()
    idle_ids: tuple[UserId, ...] = ()
    """Here, but nobody has touched any of their devices for a while."""
    do_not_disturb_ids: tuple[UserId, ...] = ()
    """Here, and wanting to be left in peace."""


class StatusSet(Event, frozen=True):
    """A person says what they are up to, or nothing any more."""

    user_id: UserId
    status: Status | None = None


class ChoicesChanged(Event, frozen=True):
    """I chose something else for all of my devices, on one of them."""

    user_id: UserId
    """I."""
    choices: Choices


class BlocksChanged(Event, frozen=True):
    """Of these people I do not want to hear; all of them."""

    user_id: UserId
    """I."""
    blocks: tuple[Block, ...]
