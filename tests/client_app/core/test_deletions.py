"""Several messages are deleted one after the other, no faster than the server takes them."""

from client_app.core.intents.deletions import Deletions
from client_app.core.signals import Notice, Phase
from server_app.app import App
from server_app.limits import Limits
from shared.errors import Forbidden, RateLimited
from shared.requests import DeleteMessage, Nothing
from shared.types import GENERAL
from tests.conftest import ServerFactory

from .conftest import DeviceFactory
from .headless import address_of
from .world import Recorder


def asked(recorder: Recorder) -> list[int]:
    assert all(isinstance(request, DeleteMessage) for request in recorder.requests)
    return [request.seq for request in recorder.requests]


def test_one_is_asked_at_a_time_and_where_it_is_too_fast_again_later() -> None:
    recorder, told = Recorder(), list[str]()
    deletions = Deletions(recorder, told.append)
    deletions.add(GENERAL, [1, 2])
    deletions.add(GENERAL, [3])
    assert asked(recorder) == [1]
    recorder.answer(Nothing())
    assert asked(recorder) == [2]
    recorder.answer(RateLimited("Slow down.", retry_after=2.5))
    assert asked(recorder) == []
    ((seconds, again),) = recorder.due
    assert seconds == 2.5
    again()
    recorder.answer(Nothing())
    recorder.answer(Nothing())
    assert (asked(recorder), told) == ([], [])


def test_the_first_refusal_ends_it_and_says_how_many_are_left() -> None:
    recorder, told = Recorder(), list[str]()
    deletions = Deletions(recorder, told.append)
    deletions.add(GENERAL, [1, 2, 3])
    recorder.answer(Nothing())
    recorder.answer(Forbidden("This is not your message."))
    assert told == ["This is not your message. 2 messages were not deleted."]
    deletions.add(GENERAL, [4])
    assert asked(recorder) == [4]


def test_a_drop_ends_it_too() -> None:
    recorder, told = Recorder(), list[str]()
    deletions = Deletions(recorder, told.append)
    deletions.add(GENERAL, [1])
    recorder.answer(RateLimited("Slow down.", retry_after=1))
    deletions.forget()
    ((_, again),) = recorder.due
    again()
    assert (asked(recorder), told) == ([], ["The connection broke. 1 message was not deleted."])


def test_more_than_the_limit_are_all_deleted_in_the_end(start_server: ServerFactory, device: DeviceFactory) -> None:
    limits = Limits(**{**vars(Limits()), "changes_per_second": 20.0, "changes_burst": 5.0})
    server: App = start_server(limits=limits)
    laptop = device("laptop", address_of(server)).register("alice").open()
    for number in range(12):
        laptop.client.send(GENERAL, str(number))
    laptop.until(lambda: len(laptop.bodies()) == 12 and laptop.timeline().entries[-1].seq == 12)
    laptop.client.delete_many(GENERAL, range(1, 13))
    laptop.until(lambda: laptop.bodies() == [""] * 12)
    assert not [signal for signal in laptop.signals if isinstance(signal, Notice)]
    assert laptop.is_at(Phase.ONLINE)
