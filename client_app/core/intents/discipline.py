"""Keeping the peace: kicks, bans, time-outs and purges."""

from collections.abc import Callable
from typing import Any

from client_app.core.world.permissions import Permissions
from shared.moderation import Ban
from shared.requests import (
    BanAddress,
    BanPerson,
    KickPerson,
    ListBans,
    PurgeMessages,
    Request,
    TimeOutPerson,
    UnbanAddress,
    UnbanPerson,
)
from shared.types import UserId

from .house import House, Refused


class Discipline:
    """Every method returns at once; `then` gets the answer later. Without it, the person is told in a `Notice`."""

    def __init__(self, house: House, permissions: Permissions) -> None:
        self._house = house
        self._permissions = permissions

    def kick(
        self, user_id: UserId, reason: str = "", then: Callable[[], None] | None = None, refused: Refused = None
    ) -> None:
        """End all sessions of a person; they may log in again."""
        done = then or self._say(f"{self._name(user_id)} was sent away, and may log in again.")
        self._do(KickPerson(user_id=user_id, reason=reason), done, refused)

    def ban(
        self,
        user_id: UserId,
        reason: str = "",
        seconds: int | None = None,
        *,
        with_address: bool = False,
        then: Callable[[], None] | None = None,
        refused: Refused = None,
    ) -> None:
        """Keep a person out, for ever where no `seconds` are given; on request also the address that they came from."""
        done = then or self._say(f"{self._name(user_id)} is banned.")
        request = BanPerson(user_id=user_id, reason=reason, seconds=seconds, with_address=with_address)
        self._do(request, done, refused)

    def unban(self, user_id: UserId, then: Callable[[], None] | None = None, refused: Refused = None) -> None:
        """Let a person come back."""
        done = then or self._say(f"{self._name(user_id)} may come back.")
        self._do(UnbanPerson(user_id=user_id), done, refused)

    def ban_address(
        self,
        address: str,
        reason: str = "",
        seconds: int | None = None,
        then: Callable[[], None] = lambda: None,
        refused: Refused = None,
    ) -> None:
        """Let nobody come from an address any more."""
        self._do(BanAddress(address=address.strip(), reason=reason, seconds=seconds), then, refused)

    def unban_address(self, address: str, then: Callable[[], None] = lambda: None, refused: Refused = None) -> None:
        """Let people come from an address again."""
        self._do(UnbanAddress(address=address), then, refused)

    def list_bans(self, then: Callable[[tuple[Ban, ...]], None], refused: Refused = None) -> None:
        """Ask who is kept out, the newest first."""
        self._house.ask(ListBans(), lambda listed: then(listed.bans), refused)

    def time_out(
        self,
        user_id: UserId,
        seconds: int,
        reason: str = "",
        then: Callable[[], None] | None = None,
        refused: Refused = None,
    ) -> None:
        """Let a person only look on for so long; 0 seconds end it."""
        name = self._name(user_id)
        done = then or self._say(f"{name} is timed out." if seconds else f"{name} may write again.")
        self._do(TimeOutPerson(user_id=user_id, seconds=seconds, reason=reason), done, refused)

    def purge(
        self, user_id: UserId, hours: int, then: Callable[[int], None] | None = None, refused: Refused = None
    ) -> None:
        """Delete what a person said in channels in the last hours; `then` gets the number of messages."""
        name = self._name(user_id)
        done = then or (lambda count: self._house.notice(_purged(count, name)))
        self._house.ask(PurgeMessages(user_id=user_id, hours=hours), lambda purged: done(purged.count), refused)

    def _do(self, request: Request[Any], then: Callable[[], None], refused: Refused) -> None:
        self._house.ask(request, lambda _: then(), refused)

    def _say(self, sentence: str) -> Callable[[], None]:
        return lambda: self._house.notice(sentence)

    def _name(self, user_id: UserId) -> str:
        return self._house.state.name(user_id) if self._house.state else ""


def _purged(count: int, name: str) -> str:
    return f"{count:,} message{'' if count == 1 else 's'} of {name} {'was' if count == 1 else 'were'} deleted."
