"""Telling the server whether somebody touches this device."""

from typing import Any, Protocol

from client_app.core.signals import LoggedIn, Phase
from shared.errors import Refusal
from shared.requests import Request, SetIdle


class House(Protocol):
    """What it needs of the client."""

    @property
    def phase(self) -> Phase:
        """Where the client stands with its server."""

    def ask(self, request: Request[Any], done: Any = ..., refused: Any = ...) -> None:
        """Ask the server."""


class Idleness:
    """Tells the server of this device, when it changes and after each time that one comes back."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._is_untouched = False
        self.is_away = False
        """Whether I want to look idle, touching the device or not."""

    def untouched(self) -> None:
        """Nobody has touched this device for a while."""
        self._become(is_untouched=True, is_away=self.is_away)

    def touched(self) -> None:
        """Somebody touches it. Costs nothing where they did so before; may be called for every key."""
        if self._is_untouched:
            self._become(is_untouched=False, is_away=self.is_away)

    def go_away(self, is_away: bool = True) -> None:
        """Look idle on this device, until that is taken back or the program ends."""
        self._become(is_untouched=self._is_untouched, is_away=is_away)

    def logged_in(self, _signal: LoggedIn) -> None:
        """Another connection knows nothing of it."""
        if self._is_idle and self._house.phase is Phase.ONLINE:
            self._tell()

    @property
    def _is_idle(self) -> bool:
        return self._is_untouched or self.is_away

    def _become(self, *, is_untouched: bool, is_away: bool) -> None:
        before = self._is_idle
        self._is_untouched, self.is_away = is_untouched, is_away
        if self._is_idle is not before and self._house.phase is Phase.ONLINE:
            self._tell()

    def _tell(self) -> None:
        # Nothing that a person could do about it, and the next change tells it anew.
        self._house.ask(SetIdle(is_idle=self._is_idle), refused=_say_nothing)


def _say_nothing(_refusal: Refusal) -> None:
    pass
