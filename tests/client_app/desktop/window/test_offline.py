"""The window opens without its server: the last conversation is there to read, and what is written goes out later."""

import pytest

from client_app.core.timeline.timeline import SendState
from client_app.desktop.conversation.loading_hint import LOADING, NOT_KEPT, OLDER_NOT_KEPT
from client_app.desktop.login.form import Field
from client_app.desktop.login.screen import LoginScreen
from server_app.app import App
from shared.requests import CreateChannel, ListSessions, RevokeSession
from tests.client_app.desktop.painted import texts_on
from tests.conftest import ConnectFactory, ServerFactory
from tests.peer import Peer

from .conftest import OpenWindow
from .person import Person
from .test_reconnect import restart

MANY = 300


@pytest.fixture
def bob(server: App, connect: ConnectFactory) -> Peer:
    """The owner, who said a lot in general, and something in plans."""
    bob = connect().register("bob")
    for number in range(MANY):
        bob.say(f"message {number}")
    plans = bob.request(CreateChannel(name="plans")).channel_id
    bob.say("to the harbour", plans)
    return bob


def went_home(server: App, open_window: OpenWindow) -> None:
    """Alice was there, looked at general, and closed her window."""
    alice = open_window(server).come_in("alice", remember=True)
    alice.until(lambda: alice.texts and alice.texts[-1] == f"message {MANY - 1}")
    alice.leave()


def has_login_screen(person: Person) -> bool:
    return any(isinstance(child, LoginScreen) for child in person.app.root.winfo_children())


def painted(person: Person) -> str:
    return "\n".join(texts_on(person.app.window.conversation.messages.canvas))


def open_offline(open_window: OpenWindow, server: App) -> Person:
    alice = open_window(server)
    alice.app.window.conversation.banner.shown_after = 50
    return alice


def test_the_last_conversation_is_there_before_any_server_answers(
    server: App, start_server: ServerFactory, open_window: OpenWindow, bob: Peer
) -> None:
    went_home(server, open_window)
    server.stop(2)
    alice = open_window(server)
    # Nothing was waited for: `Person` has updated the window once.
    assert alice.is_in
    assert not has_login_screen(alice)
    assert f"message {MANY - 1}" in alice.in_view
    assert alice.app.window.conversation.hint == ""
    alice.app.window.scroll_page(-1)
    alice.app.root.update()
    assert f"message {MANY - 1}" not in alice.in_view
    assert alice.rows() == {"general": 0, "plans": 0}
    assert alice.roster() == {"Offline": ["alice", "bob"]}
    restart(start_server, server)
    alice.until(
        lambda: alice.app.window.conversation.banner.sentence == "" and alice.app.client.phase.value == "online"
    )
    assert not has_login_screen(alice)


def test_what_is_written_without_a_server_goes_out_once_and_in_order(
    server: App, start_server: ServerFactory, open_window: OpenWindow, bob: Peer
) -> None:
    went_home(server, open_window)
    server.stop(2)
    alice = open_offline(open_window, server)
    banner = alice.app.window.conversation.banner
    alice.until(lambda: banner.sentence.startswith("You are offline. Trying again"))
    alice.until(lambda: banner.detail.startswith("No server answers at"))
    alice.say("one")
    alice.say("two")
    assert [entry.state for entry in alice.entries[-2:]] == [SendState.PENDING, SendState.PENDING]
    second = restart(start_server, server)
    alice.until(lambda: alice.sent[-2:] == ["one", "two"])
    alice.until(lambda: banner.sentence == "")
    with Peer(second.address) as peer:
        assert peer.register("witness").bodies()[-3:] == [f"message {MANY - 1}", "one", "two"]


def test_what_is_not_kept_says_so_and_comes_when_the_server_is_back(
    server: App, start_server: ServerFactory, open_window: OpenWindow, bob: Peer
) -> None:
    went_home(server, open_window)
    server.stop(2)
    alice = open_offline(open_window, server)
    conversation = alice.app.window.conversation
    plans = alice.app.client.channels.named("plans")
    assert plans is not None
    alice.app.client.open_channel(plans.channel_id)
    assert conversation.hint in {LOADING, NOT_KEPT}
    alice.until(lambda: conversation.hint == NOT_KEPT)
    restart(start_server, server)
    alice.until(lambda: alice.texts == ["to the harbour"])
    assert conversation.hint == ""


def test_older_messages_that_are_not_kept_are_loaded_by_scrolling_once_the_server_is_back(
    server: App, start_server: ServerFactory, open_window: OpenWindow, bob: Peer
) -> None:
    went_home(server, open_window)
    server.stop(2)
    alice = open_offline(open_window, server)
    conversation = alice.app.window.conversation
    alice.until(lambda: conversation.banner.is_shown)

    def top_says_so() -> bool:
        conversation.messages.scroll_to_start()
        places = conversation.messages.canvas.coords("above")
        return OLDER_NOT_KEPT in painted(alice) and places[1] > 0

    alice.until(top_says_so)
    assert "message 0" not in alice.texts
    restart(start_server, server)

    def beginning_is_there() -> bool:
        conversation.messages.scroll_to_start()
        return "message 0" in alice.texts

    alice.until(beginning_is_there)
    assert OLDER_NOT_KEPT not in painted(alice)
    assert alice.texts == [f"message {number}" for number in range(MANY)]


def test_a_session_that_was_ended_elsewhere_leads_to_the_login_screen_with_a_sentence(
    server: App, open_window: OpenWindow, connect: ConnectFactory, bob: Peer
) -> None:
    went_home(server, open_window)
    elsewhere = connect().log_in("alice")
    for session in elsewhere.request(ListSessions()).sessions:
        if not session.is_current:
            elsewhere.request(RevokeSession(session_id=session.id))
    alice = open_window(server)
    alice.until(lambda: has_login_screen(alice))
    assert not alice.is_in
    assert alice.app.login.field(Field.NAME).get() == "alice"
    assert alice.app.login.problem
    alice.come_in("alice", is_new=False)
    assert alice.texts[-1] == f"message {MANY - 1}"
