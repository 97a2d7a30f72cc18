"""That the other person has read what one said, as the window shows it, and the switch that turns it off."""

import pytest

from client_app.desktop.dialogs.settings import SettingsDialog
from server_app.app import App
from shared.requests import MarkRead
from shared.types import ChannelId
from tests.conftest import ConnectFactory
from tests.peer import Peer

from .conftest import OpenWindow
from .person import Person


@pytest.fixture
def bob(connect: ConnectFactory, server: App) -> Peer:
    return connect(server).register("bob")


@pytest.fixture
def alice(open_window: OpenWindow, server: App, bob: Peer) -> Person:
    """Alice, who said two things to bob."""
    alice = open_window(server).come_in("alice")
    alice.app.client.open_direct(bob.user_id)
    alice.until(lambda: "bob" in alice.rows())
    alice.say("one")
    alice.say("two")
    alice.until(lambda: alice.sent == ["one", "two"])
    return alice


def talk(alice: Person) -> ChannelId:
    assert alice.app.client.open_channel_id
    return alice.app.client.open_channel_id


def seen(alice: Person) -> list[str]:
    """Beside which messages the small disc stands."""
    messages = alice.app.window.conversation.messages
    tags = {tag for item in messages.canvas.find_withtag("seen") for tag in messages.canvas.gettags(item)}
    return [each.row.entry.text for each in messages.painted.values() if each.tag in tags]


def test_a_disc_stands_beside_the_newest_message_that_was_read(alice: Person, bob: Peer) -> None:
    assert seen(alice) == []
    bob.request(MarkRead(channel_id=talk(alice), seq=1))
    alice.until(lambda: seen(alice) == ["one"])
    bob.request(MarkRead(channel_id=talk(alice), seq=2))
    alice.until(lambda: seen(alice) == ["two"])
    alice.app.root.set_zoom(1.25)
    alice.app.root.update()
    assert seen(alice) == ["two"], "drawn anew with everything else"


def test_the_settings_turn_it_off_at_once_and_on_again(alice: Person, bob: Peer) -> None:
    bob.request(MarkRead(channel_id=talk(alice), seq=2))
    alice.until(lambda: seen(alice) == ["two"])
    alice.app.window.show_settings()
    dialog = alice.dialog()
    assert isinstance(dialog, SettingsDialog)
    assert dialog.shares_receipts.get()
    dialog.shares_receipts.toggle()
    alice.until(lambda: not seen(alice))
    dialog.shares_receipts.toggle()
    alice.until(lambda: seen(alice) == ["two"])
    dialog.close()
