"""What a person is offered to do with a message, against a real server."""

from typing import Any

import pytest

from client_app.core.actions import MESSAGE_ACTIONS, MessageAction, MessageGroup, offers, perform_on
from client_app.core.signals import Notice
from client_app.core.timeline.timeline import Entry
from server_app.app import App
from shared.types import GENERAL

from .conftest import DeviceFactory
from .headless import Headless
from .test_actions import Screen

BY_ID = {action.id: action for action in MESSAGE_ACTIONS}


@pytest.fixture
def screen() -> Any:
    return Screen()


@pytest.fixture
def alices(device: DeviceFactory) -> Headless:
    return device("alices").register("alice").open()


@pytest.fixture
def bobs(alices: Headless, device: DeviceFactory) -> Headless:
    return device("bobs").register("bob").open()


def said(speaker: Headless, reader: Headless, text: str) -> Entry:
    """The row that the reader sees of what the speaker says now."""
    speaker.client.send(GENERAL, text)
    reader.until(lambda: text in reader.bodies() and reader.timeline().entries[-1].seq)
    entry: Entry = reader.timeline().entries[-1]
    return entry


def ids(device: Headless, entry: Entry) -> set[str]:
    return {action.id for action in offers(device.client, entry)}


def test_what_is_offered_depends_on_whose_message_it_is_and_what_one_may(alices: Headless, bobs: Headless) -> None:
    own, others = said(bobs, bobs, "mine"), said(alices, bobs, "hers")
    assert {"copy-message", "edit-message", "delete-message"} <= ids(bobs, own)
    assert {"author", "report-message"} & ids(bobs, own) == set()
    assert {"copy-message", "author", "report-message"} <= ids(bobs, others)
    assert {"edit-message", "delete-message"} & ids(bobs, others) == set()
    alices.until(lambda: len(alices.bodies()) == 2)
    assert "delete-message" in ids(alices, alices.timeline().entries[-2]), "she owns the server"


def test_nothing_is_offered_for_day_lines_and_what_was_deleted(alices: Headless) -> None:
    seq = said(alices, alices, "gone soon").seq
    alices.client.delete(GENERAL, seq)
    alices.until(lambda: alices.timeline().entries[-1].is_deleted)
    assert all(not offers(alices.client, entry) for entry in alices.timeline().entries)


def test_the_order_is_that_of_the_groups(alices: Headless) -> None:
    order = list(MessageGroup)
    found = [order.index(action.group) for action in offers(alices.client, said(alices, alices, "hello"))]
    assert found == sorted(found)


def test_a_blocked_persons_message_is_shown_and_hidden_again(server: App, alices: Headless, bobs: Headless) -> None:
    hidden = said(bobs, alices, "from bob")
    assert hidden.author_id
    alices.client.block(hidden.author_id)
    alices.until(lambda: alices.timeline().entries[-1].is_hidden)
    hidden = alices.timeline().entries[-1]
    assert "copy-message" not in ids(alices, hidden)
    assert perform_on(alices.client, None, BY_ID["reveal"], hidden)  # type: ignore[arg-type]  # it asks no surface
    alices.until(lambda: alices.timeline().entries[-1].text == "from bob")
    assert perform_on(alices.client, None, BY_ID["hide"], alices.timeline().entries[-1])  # type: ignore[arg-type]  # so too
    assert alices.timeline().entries[-1].is_hidden


@pytest.mark.parametrize(
    ("action", "asked"),
    [
        ("copy-message", ("copy", "hello")),
        ("edit-message", ("edit_message", 1, "")),
        ("delete-message", ("ask_to_delete", 1)),
    ],
)
def test_what_is_chosen_is_asked_of_the_window(alices: Headless, screen: Any, action: str, asked: Any) -> None:
    assert perform_on(alices.client, screen, BY_ID[action], said(alices, alices, "hello"))
    assert screen.asked == [asked]


def test_what_is_not_possible_any_more_is_said(alices: Headless, bobs: Headless, screen: Any) -> None:
    action: MessageAction = BY_ID["edit-message"]
    assert not perform_on(bobs.client, screen, action, said(alices, bobs, "hers"))
    assert bobs.next(Notice).text == "“Edit” is not possible with this message."
    assert screen.asked == []
