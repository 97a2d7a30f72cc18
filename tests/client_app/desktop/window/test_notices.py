"""Notifications from a real window: on a real D-Bus where one answers, inside the window where none does."""

import pytest

from client_app.desktop.dialogs.settings import SettingsDialog
from server_app.app import App
from tests.client_app.notifications.conftest import Desk, bus, desk
from tests.conftest import ConnectFactory

from .conftest import OpenWindow

__all__ = ["bus", "desk"]


def test_a_click_on_a_notification_opens_the_place_in_front(
    server: App, open_window: OpenWindow, connect: ConnectFactory, request: pytest.FixtureRequest
) -> None:
    alice = open_window(server).come_in("alice")
    desktop: Desk = request.getfixturevalue("desk")
    bob = connect().register("bob")
    channel_id = bob.direct(alice.app.client.me.id)  # type: ignore[union-attr]  # somebody is logged in
    bob.say("<b>psst</b>", channel_id)
    alice.until(lambda: desktop.screen)
    (shown,) = desktop.screen
    assert (shown.title, shown.body) == ("bob", "&lt;b&gt;psst&lt;/b&gt;")

    def click_opens_it() -> bool:
        desktop.click(shown)  # more than once: the first may come before the client has heard the notification's number
        return alice.app.client.open_channel_id == channel_id

    alice.until(click_opens_it)
    alice.until(lambda: alice.texts == ["<b>psst</b>"])


def test_a_channel_that_is_opened_takes_its_notification_back(
    server: App, open_window: OpenWindow, connect: ConnectFactory, request: pytest.FixtureRequest
) -> None:
    alice = open_window(server).come_in("alice")
    desktop: Desk = request.getfixturevalue("desk")
    bob = connect().register("bob")
    channel_id = bob.direct(alice.app.client.me.id)  # type: ignore[union-attr]  # somebody is logged in
    bob.say("psst", channel_id)
    alice.until(lambda: desktop.screen)
    alice.app.client.open_channel(channel_id)
    alice.until(lambda: not desktop.screen)


def test_without_a_service_the_window_shows_it_itself(
    server: App, open_window: OpenWindow, connect: ConnectFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    alice = open_window(server).come_in("alice")
    monkeypatch.setenv("PATH", "")
    bob = connect().register("bob")
    bob.say("psst", bob.direct(alice.app.client.me.id))  # type: ignore[union-attr]  # somebody is logged in
    alice.until(lambda: alice.app.window.toast.text == "psst")


def test_the_test_notification_tells_who_took_it(
    server: App, open_window: OpenWindow, request: pytest.FixtureRequest
) -> None:
    alice = open_window(server).come_in("alice")
    desktop: Desk = request.getfixturevalue("desk")
    alice.app.window.show_settings()
    dialog = alice.dialog()
    assert isinstance(dialog, SettingsDialog)
    dialog.test()
    alice.until(lambda: dialog.outcome.startswith("It was delivered by the desktop’s notification service"))
    assert [shown.title for shown in desktop.screen] == ["Hearth"]
