"""A dropped connection costs nothing: what is typed stays, what is sent goes out later, in order, once."""

from client_app.core.timeline import SendState
from client_app.desktop import banner
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


def test_a_short_drop_shows_nothing(server: App, start_server: ServerFactory, open_window: OpenWindow) -> None:
    alice = open_window(server).come_in("alice")
    assert banner.SHOWN_AFTER >= 3000
    server.stop(2)
    alice.until(lambda: alice.app.window.conversation.banner.is_down)
    restart(start_server, server)
    alice.app.client.reconnect_now()
    alice.until(lambda: not alice.app.window.conversation.banner.is_down)
    assert alice.app.window.conversation.banner.sentence == ""


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
