"""What an action is, and what the actions have in common."""

from collections.abc import Callable
from dataclasses import dataclass

from client_app.core.client import Client
from client_app.core.panes.channels import ChannelRow
from client_app.core.panes.roster import Profile
from client_app.core.surface import Surface
from client_app.core.writing.composer import Noun
from shared.errors import BadRequest
from shared.types import Permission

Run = Callable[[Client, Surface, str], None]
"""Gets what stands behind the slash word. Raises `Refusal` where it cannot be done as asked."""


def when_logged_in(client: Client) -> bool:
    """For what is possible everywhere once one is in."""
    return client.session is not None


@dataclass(frozen=True, slots=True)
class Action:
    """Something that a person can do."""

    id: str
    label: str
    """As a menu says it."""
    run: Run
    keys: tuple[str, ...] = ()
    slash: str = ""
    argument: str = ""
    """What is to be typed behind the slash word, `[like this]` where it may be left out."""
    help: str = ""
    is_available: Callable[[Client], bool] = when_logged_in
    takes: tuple[Noun, ...] = ()
    """What the words behind the slash word name, for completing them."""


def open_row(client: Client) -> ChannelRow:
    """The open channel. Raises `BadRequest` where there is none."""
    row = client.channels.row(client.open_channel_id) if client.open_channel_id else None
    if row is None:
        raise BadRequest("Open a channel first.")
    return row


def where(condition: Callable[[ChannelRow], bool]) -> Callable[[Client], bool]:
    """Available where the open channel is so."""

    def is_available(client: Client) -> bool:
        row = client.channels.row(client.open_channel_id) if client.open_channel_id else None
        return row is not None and condition(row)

    return is_available


def who_may(*permissions: Permission) -> Callable[[Client], bool]:
    """Available to whoever has one of these permissions on the whole server."""
    return lambda client: any(client.may(permission) for permission in permissions)


def person_and_rest(client: Client, argument: str, example: str) -> tuple[Profile, str]:
    """The person who is named first, and what follows. Raises `BadRequest`, with an example where nobody is named."""
    name, _, rest = argument.partition(" ")
    if not name:
        raise BadRequest(f"Say who: {example}.")
    row = client.roster.named(name)
    profile = client.roster.profile(row.user_id) if row else None
    if profile is None:
        raise BadRequest(f"There is nobody named {name} here.")
    return profile, rest.strip()


def require(is_allowed: bool, sentence: str) -> None:
    """Raises `BadRequest` with this sentence where it is not allowed."""
    if not is_allowed:
        raise BadRequest(sentence)
