"""Replies in the window: begun from a message, shown above the text, quoted above the answer, and leading back."""

import uuid

import pytest

from client_app.core.timeline.timeline import Entry, QuoteState
from client_app.desktop.message_list import MessageList
from server_app.app import App
from shared.requests import DeleteMessage, FetchHistory, SendMessage
from shared.types import GENERAL, ChannelId, Seq
from tests.conftest import ConnectFactory
from tests.peer import Peer

from .conftest import OpenWindow
from .person import Person


@pytest.fixture
def alice(server: App, open_window: OpenWindow) -> Person:
    """The owner, before her window."""
    return open_window(server).come_in("alice")


@pytest.fixture
def bob(server: App, connect: ConnectFactory, alice: Person) -> Peer:
    """Somebody who said something."""
    bob = connect(server).register("bob")
    bob.say("shall we?")
    alice.until_last_is("shall we?")
    return bob


def newest(peer: Peer) -> object:
    return peer.request(FetchHistory(channel_id=GENERAL, limit=1)).messages[0]


def press_up(alice: Person) -> None:
    """Press Shift+↑ where nothing is typed."""
    alice.composer.text.focus_force()
    alice.press("Shift-Up", alice.composer.text)


def click_quote(messages: MessageList, entry: Entry) -> None:
    painted = next(each for each in messages.painted.values() if each.row.entry.key == entry.key)
    line = painted.row.quote
    assert line is not None
    x, y = line.x + 20, painted.y + line.y + line.height // 2
    messages.canvas.event_generate("<Button-1>", x=x, y=y)
    messages.canvas.event_generate("<ButtonRelease-1>", x=x, y=y)


def test_shift_up_answers_the_last_message_of_somebody_else_and_enter_sends_it(alice: Person, bob: Peer) -> None:
    press_up(alice)
    strip = alice.composer.above.reply
    assert (strip.words, strip.ping, bool(strip.winfo_manager())) == ("Replying to bob", "@ On", True)
    alice.say("yes")
    alice.until(lambda: alice.sent[-1:] == ["yes"])
    assert strip.words == ""
    assert not strip.winfo_manager()
    entry = alice.entries[-1]
    assert entry.quote is not None
    assert (entry.quote.author, entry.quote.text, entry.is_grouped) == ("bob", "shall we?", False)
    message = newest(bob)
    assert (message.reply_to, [each.user_id for each in message.mentions]) == (1, [bob.user_id])  # type: ignore[attr-defined]


def test_the_switch_keeps_the_author_from_being_notified(alice: Person, bob: Peer) -> None:
    press_up(alice)
    alice.composer.above.reply.ping_button.invoke()
    assert alice.composer.above.reply.ping == "@ Off"
    alice.say("psst")
    alice.until(lambda: alice.sent[-1:] == ["psst"])
    message = newest(bob)
    assert (message.reply_to, message.mentions) == (1, ())  # type: ignore[attr-defined]


def test_escape_gives_the_answer_up_and_keeps_the_text(alice: Person, bob: Peer) -> None:
    press_up(alice)
    alice.type("half a thou")
    alice.press("Escape", alice.composer.text)
    assert alice.composer.above.reply.words == ""
    assert alice.composer.get() == "half a thou"


def test_what_is_being_answered_belongs_to_its_channel_and_outlives_the_window(
    server: App, open_window: OpenWindow, bob: Peer, alice: Person
) -> None:
    alice.leave()
    alice = open_window(server).come_in("alice", is_new=False)
    press_up(alice)
    alice.type("unfinished")
    notes: list[ChannelId] = []
    alice.app.client.open_direct(alice.app.client.me.id, then=notes.append)  # type: ignore[union-attr]
    alice.until(lambda: notes)
    alice.app.client.open_channel(notes[0])
    alice.until(lambda: alice.composer.above.reply.words == "")
    alice.leave()
    later = open_window(server).come_in("alice", is_new=False)
    later.until(lambda: later.composer.above.reply.words == "Replying to bob")
    assert later.composer.get() == "unfinished"


def test_an_edit_stands_in_front_of_an_answer_and_gives_way_to_it_again(alice: Person, bob: Peer) -> None:
    alice.say("mine")
    alice.until(lambda: alice.sent[-1:] == ["mine"])
    press_up(alice)
    alice.app.window.conversation.desk.begin_edit(alice.entries[-1].seq)
    assert alice.composer.strip
    assert not alice.composer.above.reply.winfo_manager()
    alice.press("Escape", alice.composer.text)
    assert alice.composer.above.reply.winfo_manager()


def test_a_click_on_a_quote_leads_far_up_and_the_way_back_to_the_present_is_there(alice: Person, bob: Peer) -> None:
    for number in range(150):
        bob.say(f"filler {number}")
    reply = SendMessage(channel_id=GENERAL, client_id=uuid.uuid4().hex, body="back then", reply_to=1)
    bob.request(reply)
    alice.app.client.jump_to_end(GENERAL)
    alice.until_last_is("back then")
    conversation = alice.app.window.conversation
    conversation.jump_to_end()
    alice.until(lambda: "back then" in alice.in_view)
    click_quote(conversation.messages, alice.entries[-1])
    alice.until(lambda: "shall we?" in alice.in_view)
    assert conversation.messages.flash.is_on
    assert "present" in conversation.jump_words
    conversation.jump_to_end()
    alice.until(lambda: "back then" in alice.in_view)


def test_the_original_of_a_reply_that_is_deleted_says_so(alice: Person, bob: Peer) -> None:
    press_up(alice)
    alice.say("yes")
    alice.until(lambda: alice.sent[-1:] == ["yes"])
    bob.request(DeleteMessage(channel_id=GENERAL, seq=1))
    alice.until(lambda: (quote := alice.entries[-1].quote) is not None and quote.state is QuoteState.DELETED)
    painted = list(alice.app.window.conversation.messages.painted.values())[-1]
    assert painted.row.quote is not None
    assert "".join(run.text for run in painted.row.quote.words.runs) == "Original message was deleted"


def test_an_answer_to_what_was_deleted_meanwhile_stays_and_goes_without_the_quote(alice: Person, bob: Peer) -> None:
    press_up(alice)
    alice.type("too late")
    bob.request(DeleteMessage(channel_id=GENERAL, seq=Seq(1)))
    alice.until(lambda: alice.entries[-1].is_deleted)
    alice.press("Return", alice.composer.text)
    alice.until(lambda: "was deleted" in alice.entries[-1].error)
    messages = alice.app.window.conversation.messages
    painted = list(messages.painted.values())[-1]
    _, left, _right = next(each for each in messages.painter.action_edges(painted.row) if "without" in each[0])
    y = painted.y + painted.row.actions_y + 3
    messages.canvas.event_generate("<Button-1>", x=left + 2, y=y)
    messages.canvas.event_generate("<ButtonRelease-1>", x=left + 2, y=y)
    alice.until(lambda: alice.sent[-1:] == ["too late"])
    assert alice.entries[-1].quote is None


def test_the_slash_word_answers_at_once(alice: Person, bob: Peer) -> None:
    alice.say("/reply of course")
    alice.until(lambda: alice.sent[-1:] == ["of course"])
    assert newest(bob).reply_to == 1  # type: ignore[attr-defined]
