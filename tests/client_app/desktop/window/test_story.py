"""Two people chat: one before a real window, one over the bare wire, on a real server over TLS."""

import pytest

from client_app.core.signals import Phase
from server_app.app import App
from shared.requests import CreateChannel
from shared.types import GENERAL
from tests.conftest import ConnectFactory
from tests.peer import Peer

from .conftest import OpenWindow
from .person import Person


@pytest.fixture
def alice(server: App, open_window: OpenWindow) -> Person:
    """The owner, logged in through the screen."""
    return open_window(server).come_in("alice")


@pytest.fixture
def bob(alice: Person, connect: ConnectFactory) -> Peer:
    """A member over the bare wire; came after alice."""
    return connect().register("bob")


def test_what_is_typed_in_the_window_reaches_the_other_and_back(alice: Person, bob: Peer) -> None:
    alice.say("hello bob")
    alice.until(lambda: alice.sent == ["hello bob"])
    bob.say("hello alice")
    alice.until(lambda: alice.sent == ["hello bob", "hello alice"])
    assert alice.in_view[-2:] == ["hello bob", "hello alice"]


def test_a_message_of_many_lines_stays_one_message(alice: Person) -> None:
    alice.type("one")
    alice.press("Shift-Return", alice.app.window.conversation.composer.text)
    alice.say("two")
    alice.until(lambda: alice.sent == ["one\ntwo"])


def test_the_newest_message_is_in_view_after_the_eighth_and_the_fortieth(alice: Person, bob: Peer) -> None:
    for number in range(40):
        bob.say(f"message {number}") if number < 10 else alice.app.client.send(GENERAL, f"message {number}")
        alice.until_last_is(f"message {number}")
        assert alice.in_view[-1] == f"message {number}"


def test_reading_up_is_never_interrupted_and_a_button_leads_back(alice: Person, bob: Peer) -> None:
    for number in range(40):
        alice.app.client.send(GENERAL, f"message {number}")
    alice.until(lambda: len(alice.sent) == 40)
    messages = alice.app.window.conversation.messages
    messages.scroll(-900)
    seen = alice.in_view
    bob.say("news")
    alice.until(lambda: "news" in alice.texts)
    assert alice.in_view == seen
    assert alice.app.window.conversation.jump_words == "↓  1 new"
    alice.press("Control-End", alice.app.window.conversation.composer.text)
    assert alice.in_view[-1] == "news"
    alice.until(lambda: alice.app.window.conversation.jump_words == "")


def test_older_messages_come_on_scrolling_up_without_a_jump(
    alice: Person, bob: Peer, server: App, open_window: OpenWindow
) -> None:
    alice.leave()
    for number in range(150):
        bob.say(f"message {number}")
    again = open_window(server, "again").come_in("alice", is_new=False)
    messages = again.app.window.conversation.messages
    while len(again.texts) < 150:
        messages.scroll_to_start()
        messages.scroll(150)
        first, count = again.in_view[-1], len(again.texts)
        place = again.place_of(first)
        again.until_more_than(count)
        assert again.place_of(first) == place
    assert again.texts == [f"message {number}" for number in range(150)]


def test_another_channel_shows_what_is_unread_and_opens_by_a_key(alice: Person, bob: Peer) -> None:
    plans = bob.request(CreateChannel(name="plans")).channel_id
    bob.say("who comes?", plans)
    alice.until(lambda: alice.rows() == {"general": 0, "plans": 1})
    assert alice.app.root.title() == "(1) general – Hearth"
    alice.press("Alt-Down", alice.app.window.conversation.composer.text)
    alice.until(lambda: alice.texts == ["who comes?"])
    alice.until(lambda: alice.rows() == {"general": 0, "plans": 0})
    assert alice.app.root.title() == "plans – Hearth"


def test_each_channel_keeps_what_was_begun_in_it(alice: Person, bob: Peer) -> None:
    bob.request(CreateChannel(name="plans"))
    alice.until(lambda: "plans" in alice.rows())
    composer = alice.app.window.conversation.composer
    alice.type("for general")
    alice.press("Alt-Down", composer.text)
    assert composer.get() == ""
    alice.type("for plans")
    alice.press("Alt-Up", composer.text)
    assert composer.get() == "for general"


def test_a_click_in_the_left_pane_opens_a_channel(alice: Person, bob: Peer) -> None:
    plans = bob.request(CreateChannel(name="plans")).channel_id
    alice.until(lambda: "plans" in alice.rows())
    alice.click(alice.app.window.sidebar.list.canvas, 60, 38 + 36 + 18)
    alice.until(lambda: alice.app.client.open_channel_id == plans)


def test_nobody_who_has_gone_stays_among_those_online(alice: Person, bob: Peer, connect: ConnectFactory) -> None:
    alice.until(lambda: alice.roster() == {"Owner": ["alice"], "Member": ["bob"]})
    second = connect().log_in("bob")
    bob.close()
    second.say("still here")
    alice.until(lambda: "still here" in alice.texts)
    assert alice.roster() == {"Owner": ["alice"], "Member": ["bob"]}
    second.close()
    alice.until(lambda: alice.roster() == {"Owner": ["alice"], "Offline": ["bob"]})


def test_a_direct_message_begins_on_the_card_of_a_person(alice: Person, bob: Peer) -> None:
    card = alice.app.window.card
    alice.app.window.show_person(bob.user_id)
    alice.until(lambda: card.is_open)
    card.press("Message")
    alice.until(lambda: "bob" in alice.rows())
    alice.say("only for you")
    alice.until(lambda: alice.sent == ["only for you"])
    assert bob.bodies(alice.app.client.open_channel_id or GENERAL) == ["only for you"]


def test_logging_out_leads_to_the_login_screen_and_in_again(alice: Person) -> None:
    alice.say("before")
    alice.until(lambda: alice.sent == ["before"])
    alice.app.client.log_out()
    alice.until(lambda: not alice.is_in and alice.app.login.winfo_ismapped())
    assert alice.app.client.phase is Phase.LOGGED_OUT
    alice.come_in("alice", is_new=False)
    alice.until(lambda: alice.texts == ["before"])
