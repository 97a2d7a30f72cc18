"""Requests and the callbacks that wait for their answers."""

from typing import Any

from client_app.core.network.asks import Asks
from client_app.core.network.incoming import Ticket
from shared.errors import Forbidden, Refusal
from shared.requests import Nothing, Ping, Request


class Carrier:
    """Carries nowhere: keeps what it was given."""

    def __init__(self) -> None:
        self.requests: list[tuple[Ticket, Request[Any]]] = []
        self.reminders: list[tuple[Ticket, float]] = []

    def request(self, ticket: Ticket, request: Request[Any]) -> None:
        self.requests.append((ticket, request))

    def remind(self, ticket: Ticket, seconds: float) -> None:
        self.reminders.append((ticket, seconds))


class Asking:
    """Somebody who asks, and what they heard."""

    def __init__(self) -> None:
        self.carrier = Carrier()
        self.asks = Asks()
        self.asks.use(self.carrier)
        self.done: list[Nothing] = []
        self.refused: list[Refusal] = []

    def ask(self) -> None:
        self.asks.ask(Ping(), self.done.append, self.refused.append)


def test_an_answer_reaches_who_asked_and_only_once() -> None:
    person = Asking()
    person.ask()
    ((ticket, request),) = person.carrier.requests
    assert isinstance(request, Ping)
    person.asks.answered(ticket, Nothing())
    person.asks.answered(ticket, Nothing())
    assert (person.done, person.refused) == ([Nothing()], [])


def test_a_refusal_goes_the_other_way() -> None:
    person = Asking()
    person.ask()
    refusal = Forbidden("No.")
    person.asks.answered(person.carrier.requests[0][0], refusal)
    assert (person.done, person.refused) == ([], [refusal])


def test_answers_find_their_questions_in_whatever_order_they_come() -> None:
    person = Asking()
    heard: list[int] = []
    for number in range(3):
        person.asks.ask(Ping(), lambda _, number=number: heard.append(number), person.refused.append)  # type: ignore[misc]  # mypy infers no type of a default
    for ticket, _ in reversed(person.carrier.requests):
        person.asks.answered(ticket, Nothing())
    assert heard == [2, 1, 0]


def test_without_a_connection_a_question_is_refused_at_once_and_reminders_are_not_kept() -> None:
    person = Asking()
    person.asks.use(None)
    person.ask()
    assert [refusal.message for refusal in person.refused] == ["You are not logged in."]
    person.asks.after(1.0, lambda: None)
    assert person.carrier.reminders == []


def test_what_was_asked_over_a_former_connection_is_forgotten() -> None:
    person = Asking()
    rung: list[str] = []
    person.ask()
    person.asks.after(1.0, lambda: rung.append("late"))
    person.asks.use(Carrier())
    person.asks.answered(person.carrier.requests[0][0], Nothing())
    person.asks.due(person.carrier.reminders[0][0])
    assert (person.done, rung) == ([], [])


def test_a_reminder_comes_once() -> None:
    person = Asking()
    rung: list[str] = []
    person.asks.after(1.5, lambda: rung.append("rung"))
    ((ticket, seconds),) = person.carrier.reminders
    assert seconds == 1.5
    person.asks.due(ticket)
    person.asks.due(ticket)
    assert rung == ["rung"]
