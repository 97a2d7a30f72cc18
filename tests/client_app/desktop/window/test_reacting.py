"""Reacting in a real window with a real server: pills, the picker, the composer, and everybody who sees it."""

import tkinter

import pytest

from client_app.core.timeline.timeline import Entry
from client_app.desktop.emoji_picker import EmojiPicker
from server_app.app import App
from shared.requests import FetchHistory, SetReaction
from shared.types import GENERAL
from tests.conftest import ConnectFactory
from tests.peer import Peer

from .conftest import OpenWindow
from .person import Person


@pytest.fixture
def alice(server: App, open_window: OpenWindow) -> Person:
    return open_window(server).come_in("alice")


@pytest.fixture
def bob(alice: Person, server: App, connect: ConnectFactory) -> Peer:
    return connect(server).register("bob")


def last(person: Person) -> Entry:
    return person.entries[-1]


def seen(person: Person) -> list[tuple[str, int, bool]]:
    return [(each.emoji, len(each.user_ids), each.is_mine) for each in last(person).reactions]


def picker(person: Person) -> EmojiPicker:
    person.until(lambda: person.app.window.choosing.picker.is_open)
    return person.app.window.choosing.picker


def click_pill(person: Person, index: int) -> None:
    messages = person.app.window.conversation.messages
    painted = next(each for each in messages.painted.values() if each.row.entry.seq == last(person).seq)
    pill = painted.row.reactions[index]
    x, y = pill.x + pill.width // 2, painted.y + pill.y + pill.height // 2
    for event in ("<Button-1>", "<ButtonRelease-1>"):
        messages.canvas.event_generate(event, x=x, y=y)
    person.app.root.update()


def test_a_reaction_comes_one_click_joins_and_the_next_leaves(alice: Person, bob: Peer) -> None:
    bob.say("soup is ready")
    bob.request(SetReaction(channel_id=GENERAL, seq=1, emoji="👍"))
    alice.until(lambda: alice.entries and seen(alice) == [("👍", 1, False)])
    click_pill(alice, 0)
    alice.until(lambda: seen(alice) == [("👍", 2, True)])
    assert last(alice).reactions[0].words == "You and bob"
    click_pill(alice, 0)
    alice.until(lambda: seen(alice) == [("👍", 1, False)])


def test_the_last_pill_and_the_picker_add_another_one_without_the_mouse(alice: Person, bob: Peer) -> None:
    bob.say("soup is ready")
    bob.request(SetReaction(channel_id=GENERAL, seq=1, emoji="👍"))
    alice.until(lambda: alice.entries and seen(alice))
    click_pill(alice, 1)
    chooser = picker(alice)
    chooser.type("tada")
    alice.press("Return", chooser.entry._entry)
    alice.until(lambda: seen(alice) == [("👍", 1, False), ("🎉", 1, True)])
    (message,) = bob.request(FetchHistory(channel_id=GENERAL)).messages
    assert [each.emoji for each in message.reactions] == ["👍", "🎉"]


def test_the_command_opens_the_picker_and_with_a_name_reacts_at_once(alice: Person, bob: Peer) -> None:
    bob.say("soup is ready")
    alice.until(lambda: alice.entries)
    alice.say("/react :heart:")
    alice.until(lambda: seen(alice) == [("❤️", 1, True)])
    alice.say("/react")
    assert picker(alice).choices.marked == "👍"
    alice.press("Escape", picker(alice).entry._entry)
    assert not alice.app.window.choosing.picker.is_open
    alice.say("/react :nosuchthing:")
    assert alice.composer.get() == "/react :nosuchthing:", "what was typed stays"
    alice.until(lambda: "There is no emoji called :nosuchthing:." in alice.app.window.toast.text)


def test_an_emoji_is_chosen_into_the_text_and_offered_while_one_types(alice: Person) -> None:
    alice.type("good ")
    alice.composer._box.emoji_button.invoke()
    chooser = picker(alice)
    chooser.type("sunny")
    alice.press("Return", chooser.entry._entry)
    assert alice.composer.get() == "good ☀️"
    alice.until(lambda: alice.app.root.focus_get() is alice.composer.text)
    alice.type(" :wav")
    assert alice.composer.popup.labels[0] == ":wave:"
    alice.press("Return", alice.composer.text)
    assert alice.composer.get() == "good ☀️ 👋 "
    alice.type(":tada:")
    alice.press("Return", alice.composer.text)
    alice.until(lambda: alice.texts[-1:] == ["good ☀️ 👋 🎉"])


def test_another_channel_takes_the_picker_away(alice: Person, bob: Peer) -> None:
    bob.say("soup is ready")
    alice.until(lambda: alice.entries)
    alice.app.window.pick_emoji()
    assert isinstance(picker(alice), tkinter.Misc)
    alice.app.client.create_channel("plans")
    alice.until(lambda: not alice.app.window.choosing.picker.is_open)
