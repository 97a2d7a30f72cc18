"""What an intent needs of the client."""

from collections.abc import Callable
from typing import Any, Protocol

from client_app.core.world.state import State
from client_app.core.world.waiting import Waiting
from shared.errors import Refusal
from shared.requests import Request
from shared.types import InviteCode

Refused = Callable[[Refusal], None] | None
"""Takes a refusal; where it is None, the person is told in a `Notice`."""


class House(Protocol):
    """Whose house it is: the client, as the intents see it."""

    @property
    def state(self) -> State | None:
        """What is known; None while nobody is logged in."""

    @property
    def waiting(self) -> Waiting:
        """What waits for whoever keeps the house."""

    def ask(self, request: Request[Any], done: Callable[[Any], None], refused: Refused = None) -> None:
        """Ask the server; a refusal becomes a `Notice` unless `refused` takes it."""

    def notice(self, text: str, *, is_error: bool = False) -> None:
        """Tell the person something."""

    def link_to(self, code: InviteCode) -> str:
        """What somebody opens or pastes to come here with this invite."""
