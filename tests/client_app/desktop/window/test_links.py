"""Links to messages in the window: copied from the menu, clicked, pasted, and given to the program when it starts."""

import pytest

from client_app.core.actions import offers, perform_on
from client_app.core.network.address import Address
from client_app.desktop.dialogs.pick import Picker
from client_app.main import _parser, _prefill
from server_app.app import App
from shared.types import GENERAL

from .conftest import OpenWindow
from .person import Person


@pytest.fixture
def alice(server: App, open_window: OpenWindow) -> Person:
    """The owner, who said something in general and looks at another channel."""
    alice = open_window(server).come_in("alice", remember=True)
    alice.say("the place")
    alice.until(lambda: alice.sent[-1:] == ["the place"])
    alice.app.client.create_channel("plans")
    alice.until(lambda: (row := alice.app.client.channels.named("plans")) is not None and row.is_open)
    return alice


def is_there(alice: Person) -> bool:
    """Whether the message is before her eyes, and lit."""
    return alice.app.client.open_channel_id == GENERAL and alice.app.window.conversation.messages.flash.is_on


def test_the_menu_copies_a_link_that_a_click_in_a_message_follows(alice: Person) -> None:
    window, client = alice.app.window, alice.app.client
    client.open_channel(GENERAL)
    client.tell()
    entry = alice.entries[-1]
    copy = next(action for action in offers(client, entry) if action.id == "copy-message-link")
    perform_on(client, window, copy, entry)
    link = alice.app.root.clipboard_get()
    client.open_channel(client.channels.named("plans").channel_id)  # type: ignore[union-attr]
    alice.say(link)
    alice.until(lambda: alice.sent[-1:] == [link])
    messages = window.conversation.messages
    painted = list(messages.painted.values())[-1]
    (run,) = painted.row.body[0].line.runs
    assert (run.text, run.link) == ("#general › message", link)
    x, y = painted.row.text_x + run.x + 5, painted.y + painted.row.body[0].y + 5
    messages.canvas.event_generate("<Button-1>", x=x, y=y)
    messages.canvas.event_generate("<ButtonRelease-1>", x=x, y=y)
    alice.until(lambda: is_there(alice))


def test_a_link_that_is_pasted_into_the_switcher_is_followed(alice: Person) -> None:
    alice.app.window.show_switcher()
    picker = alice.dialog()
    assert isinstance(picker, Picker)
    picker.type(alice.app.client.link_to_message(GENERAL, 1))
    assert picker.titles == ("#general › message",)
    picker.take()
    alice.until(lambda: is_there(alice))


def test_a_link_that_leads_nowhere_says_so_and_everything_stays(alice: Person) -> None:
    before = alice.app.client.open_channel_id
    alice.app.window.follow_link(alice.app.client.link_to_message(GENERAL, 99))
    assert "no such message" in alice.app.window.toast.text
    assert alice.app.client.open_channel_id == before


def test_a_link_with_which_the_program_is_started_is_followed_once_one_is_in(
    server: App, open_window: OpenWindow, alice: Person
) -> None:
    link = alice.app.client.link_to_message(GENERAL, 1)
    alice.leave()
    later = open_window(server, link=link)
    later.until(lambda: is_there(later))


def test_the_command_line_tells_a_link_to_a_message_from_an_invite() -> None:
    prefill = _prefill(_parser().parse_args(["hearth://host:6000/c/1/42"]))
    assert (prefill.address, prefill.link, prefill.invite) == (Address("host", 6000), "hearth://host:6000/c/1/42", "")
    assert _prefill(_parser().parse_args(["hearth://host/invite/CODE"])).invite == "CODE"
