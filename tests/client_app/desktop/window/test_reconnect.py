"""A dropped connection costs nothing: what is typed stays, what is sent goes out later, in order, once."""

import time
import tkinter

from client_app.core.timeline.timeline import SendState
from client_app.desktop.conversation.banner import SHOWN_AFTER
from server_app.app import App
from server_app.limits import Limits
from tests.conftest import ServerFactory
from tests.peer import Peer

from .conftest import OpenWindow
from .person import Person


def restart(start_server: ServerFactory, server: App) -> App:
    return start_server(port=server.address[1], limits=Limits().without_rates_and_caps())


def test_after_a_restart_of_the_server_nothing_typed_or_sent_is_lost(
    server: App, start_server: ServerFactory, open_window: OpenWindow
) -> None:
    alice = open_window(server).come_in("alice")
    shown = alice.app.window.conversation.banner
    shown.shown_after = 50
    alice.say("before")
    alice.until(lambda: alice.sent == ["before"])
    server.stop(2)
    alice.until(lambda: shown.sentence)
    assert shown.sentence.startswith("Connection lost. Trying again")
    alice.say("one")
    alice.say("two")
    assert [entry.state for entry in alice.entries[-2:]] == [SendState.PENDING, SendState.PENDING]
    alice.type("half a sent")
    second = restart(start_server, server)
    shown.button.invoke()
    alice.until(lambda: alice.sent == ["before", "one", "two"])
    alice.until(lambda: not shown.sentence)
    assert alice.app.window.conversation.composer.get() == "half a sent"
    assert _bodies(second, alice) == ["before", "one", "two"]


class Mapped:
    """When the banner came onto the screen."""

    def __init__(self, person: Person) -> None:
        self.times: list[float] = []
        tkinter.Misc.bind(person.app.window.conversation.banner, "<Map>", self._on_map, add="+")

    def _on_map(self, _event: object) -> None:
        self.times.append(time.monotonic())


def test_a_restart_of_the_server_passes_unseen(
    server: App, start_server: ServerFactory, open_window: OpenWindow
) -> None:
    alice = open_window(server).come_in("alice")
    banner, mapped = alice.app.window.conversation.banner, Mapped(alice)
    server.stop(2)
    alice.until(lambda: banner.is_down)
    down_at = time.monotonic()
    alice.say("one")
    alice.say("two")
    second = restart(start_server, server)
    server_was_away = time.monotonic() - down_at
    alice.until(lambda: not banner.is_down)
    alice.until(lambda: alice.sent == ["one", "two"])
    assert _bodies(second, alice) == ["one", "two"]
    # A machine that took longer over it may say so.
    assert not mapped.times or server_was_away > 2


def test_a_server_that_is_away_for_longer_is_told_until_it_is_back(
    server: App, start_server: ServerFactory, open_window: OpenWindow
) -> None:
    alice = open_window(server).come_in("alice")
    banner, mapped = alice.app.window.conversation.banner, Mapped(alice)
    server.stop(2)
    alice.until(lambda: banner.is_down)
    down_at = time.monotonic()
    alice.say("one")
    alice.until(lambda: time.monotonic() > down_at + 5)
    assert [round(at - down_at) >= SHOWN_AFTER / 1000 for at in mapped.times] == [True]
    assert banner.sentence.startswith("Connection lost. Trying again")
    assert banner.detail.startswith("No server answers at 127.0.0.1")
    assert banner.detail.endswith("What you write is kept and goes out as soon as the connection is back.")
    second = restart(start_server, server)
    alice.until(lambda: not banner.winfo_ismapped())
    alice.until(lambda: alice.sent == ["one"])
    assert _bodies(second, alice) == ["one"]


def test_what_was_typed_is_there_after_the_window_was_closed(server: App, open_window: OpenWindow) -> None:
    alice = open_window(server).come_in("alice")
    alice.type("to be continued")
    alice.leave()
    again = open_window(server).come_in("alice", is_new=False)
    assert again.app.window.conversation.composer.get() == "to be continued"


def _bodies(server: App, person: Person) -> list[str]:
    assert person.app.client.me is not None
    with Peer(server.address) as peer:
        return peer.register("witness").bodies()
