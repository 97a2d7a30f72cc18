"""Requests under way, each with what is to happen when its answer comes."""

import itertools
from collections.abc import Callable
from typing import Any, Protocol, TypeVar

from shared.errors import Code, Refusal, Unavailable
from shared.requests import Request

from .incoming import Ticket

R = TypeVar("R")

DEFAULT_WAIT = 2.0
"""Seconds, where a refusal does not say for how long waiting helps."""
_WORTH_WAITING = {Code.RATE_LIMITED, Code.UNAVAILABLE, Code.LOGIN_REQUIRED}


class Carrier(Protocol):
    """What carries requests: a connection."""

    def request(self, ticket: Ticket, request: Request[Any]) -> None:
        """Ask; an answer with this ticket follows."""

    def remind(self, ticket: Ticket, seconds: float) -> None:
        """Be told of this ticket in so many seconds."""


class Asker(Protocol):
    """What asks the server, for the parts that need nothing else of it."""

    def ask(self, request: Request[R], done: Callable[[R], None], refused: Callable[[Refusal], None]) -> None:
        """Ask; one of the two is called later."""

    def after(self, seconds: float, call: Callable[[], None]) -> None:
        """Call later."""


class Asks:
    """The callbacks of one connection's requests. Used on the thread that drains the core, like what it calls."""

    def __init__(self) -> None:
        self._carrier: Carrier | None = None
        self._tickets = itertools.count(1)
        self._waiting: dict[Ticket, tuple[Callable[[Any], None], Callable[[Refusal], None]]] = {}
        self._reminders: dict[Ticket, Callable[[], None]] = {}

    def use(self, carrier: Carrier | None) -> None:
        """Carry requests over this from now on. What was asked before is forgotten."""
        self._carrier = carrier
        self._waiting.clear()
        self._reminders.clear()

    def ask(self, request: Request[R], done: Callable[[R], None], refused: Callable[[Refusal], None]) -> None:
        """Ask the server; exactly one of the two is called, later, or `refused` at once where nobody is logged in."""
        if self._carrier is None:
            refused(Unavailable("You are not logged in."))
            return
        ticket = next(self._tickets)
        self._waiting[ticket] = (done, refused)
        self._carrier.request(ticket, request)

    def after(self, seconds: float, call: Callable[[], None]) -> None:
        """Call this in so many seconds, if this connection is still the one in use."""
        if self._carrier is not None:
            ticket = next(self._tickets)
            self._reminders[ticket] = call
            self._carrier.remind(ticket, seconds)

    def answered(self, ticket: Ticket, result: Any) -> None:
        """The answer to a request came."""
        if (callbacks := self._waiting.pop(ticket, None)) is not None:
            done, refused = callbacks
            if isinstance(result, Refusal):
                refused(result)
            else:
                done(result)

    def due(self, ticket: Ticket) -> None:
        """A reminder came."""
        if (call := self._reminders.pop(ticket, None)) is not None:
            call()


def wait_after(refusal: Refusal) -> float | None:
    """In how many seconds the same request may well be taken; None where asking again would not help."""
    return refusal.retry_after or DEFAULT_WAIT if refusal.code in _WORTH_WAITING else None


def ask_patiently(
    asker: Asker,
    request: Request[R],
    is_wanted: Callable[[], bool],
    done: Callable[[R], None],
    refused: Callable[[], None],
) -> None:
    """Ask, and again whenever the server asks to wait, for as long as the answer is wanted; then nothing is called."""

    def ask() -> None:
        if is_wanted():
            asker.ask(request, answered, turned_down)

    def answered(result: R) -> None:
        if is_wanted():
            done(result)

    def turned_down(refusal: Refusal) -> None:
        if not is_wanted():
            return
        if refusal.retry_after is not None:
            asker.after(refusal.retry_after, ask)
        else:
            refused()

    ask()
