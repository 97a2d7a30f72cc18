"""Messages edited and deleted, by whoever wrote them, and seen by everybody."""

import pytest

from client_app.core.signals import Notice
from client_app.core.timeline.timeline import Entry
from server_app.app import App
from shared.errors import BadRequest, Refusal
from shared.types import GENERAL

from .conftest import DeviceFactory
from .headless import Headless


@pytest.fixture
def laptop(device: DeviceFactory, server: App) -> Headless:
    """Alice's laptop, logged in, with general open and one message said."""
    laptop = device("laptop").register("alice").open()
    laptop.client.send(GENERAL, "helo")
    laptop.until(lambda: laptop.timeline().last_seq == 1)
    return laptop


@pytest.fixture
def bobs(laptop: Headless, device: DeviceFactory) -> Headless:
    """Bob's computer, logged in, with general open."""
    return device("bobs").register("bob").open()


def last(device: Headless) -> Entry:
    entry: Entry = device.timeline().entries[-1]
    return entry


def test_an_edited_message_is_seen_by_everybody(laptop: Headless, bobs: Headless) -> None:
    laptop.client.edit(GENERAL, 1, "  hello ")
    laptop.until(lambda: last(laptop).text == last(bobs).text == "hello")
    for each in (laptop, bobs):
        assert (last(each).is_edited, last(each).is_deleted) == (True, False)


def test_of_a_deleted_message_nothing_is_left_but_its_place(laptop: Headless, bobs: Headless) -> None:
    laptop.client.delete(GENERAL, 1)
    laptop.until(lambda: last(laptop).is_deleted and last(bobs).is_deleted)
    for each in (laptop, bobs):
        assert (last(each).text, last(each).author) == ("", "alice")


def test_whoever_may_not_change_a_message_is_told_why(laptop: Headless, bobs: Headless) -> None:
    bobs.client.edit(GENERAL, 1, "goodbye")
    assert bobs.next(Notice) == Notice("This is not your message.", is_error=True)
    refusals: list[Refusal] = []
    bobs.client.edit(GENERAL, 1, "goodbye", refusals.append)
    bobs.until(lambda: refusals)
    bobs.client.delete(GENERAL, 1)
    bobs.next(Notice)
    assert last(bobs).text == "helo"


def test_an_edit_that_cannot_be_sent_is_refused_at_once(laptop: Headless) -> None:
    with pytest.raises(BadRequest):
        laptop.client.edit(GENERAL, 1, "   ")
