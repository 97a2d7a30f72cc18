"""Notifications reach a real D-Bus daemon, come back as clicks, and are never lost without a word."""

import queue
from collections.abc import Iterator

import pytest

from client_app.desktop.notifications import Backend, Note
from client_app.desktop.notifications.delivery import Delivery
from shared.types import ChannelId

from .conftest import DEADLINE, Desk

GENERAL, PLANS = ChannelId(1), ChannelId(2)


class Office:
    """A delivery with its two callbacks on record."""

    def __init__(self) -> None:
        self.clicks: queue.Queue[ChannelId] = queue.Queue()
        self.fallbacks: queue.Queue[Note] = queue.Queue()
        self.backends: queue.Queue[Backend] = queue.Queue()
        self.delivery = Delivery(self.clicks.put, self.fallbacks.put)

    def show(self, channel_id: ChannelId, body: str, title: str = "alice") -> Backend:
        self.delivery.show(Note(channel_id, title, body), self.backends.put)
        return self.backends.get(timeout=DEADLINE)


@pytest.fixture
def office() -> Iterator[Office]:
    office = Office()
    yield office
    office.delivery.close()


def test_a_note_reaches_the_service_with_its_markup_harmless(desk: Desk, office: Office) -> None:
    assert office.show(GENERAL, "<b>hello</b> & bye", "-x alice") is Backend.SERVICE
    (shown,) = desk.screen
    assert (shown.title, shown.body) == ("-x alice", "&lt;b&gt;hello&lt;/b&gt; &amp; bye")
    assert "default" in shown.actions
    assert office.fallbacks.empty()


def test_a_click_tells_which_channel_to_open(desk: Desk, office: Office) -> None:
    office.show(GENERAL, "one")
    office.show(PLANS, "two")
    desk.click(desk.screen[1])
    assert office.clicks.get(timeout=DEADLINE) == PLANS


def test_a_newer_note_takes_the_place_of_the_channels_older_one(desk: Desk, office: Office) -> None:
    office.show(GENERAL, "one")
    office.show(PLANS, "other")
    office.show(GENERAL, "two")
    desk.wait_for(lambda desk: [shown.body for shown in desk.screen] == ["other", "two"])


def test_a_note_whose_message_was_read_is_taken_back(desk: Desk, office: Office) -> None:
    office.show(GENERAL, "one")
    office.delivery.withdraw(GENERAL)
    desk.wait_for(lambda desk: not desk.screen)


def test_closing_leaves_nothing_on_the_screen(desk: Desk, office: Office) -> None:
    office.show(GENERAL, "one")
    office.delivery.close()
    desk.wait_for(lambda desk: not desk.screen)
    assert len(desk.ever) == 1


def test_without_a_service_the_note_falls_back_to_the_window(
    office: Office, monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path}/nobody")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert office.show(GENERAL, "hello") is Backend.WINDOW
    assert office.fallbacks.get(timeout=DEADLINE).body == "hello"


def test_a_bus_where_nobody_shows_notifications_falls_back_too(
    bus: str, office: Office, monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert office.show(GENERAL, "hello") is Backend.WINDOW


def test_a_service_that_starts_later_is_found(
    office: Office, monkeypatch: pytest.MonkeyPatch, tmp_path: object, request: pytest.FixtureRequest
) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path}/nobody")
    with monkeypatch.context() as without_programs:
        without_programs.setenv("PATH", str(tmp_path))
        assert office.show(GENERAL, "early") is Backend.WINDOW
    desk: Desk = request.getfixturevalue("desk")
    assert office.show(GENERAL, "late") is Backend.SERVICE
    assert [shown.body for shown in desk.screen] == ["late"]
