"""Writing: too much is refused and kept, words complete themselves, commands do what the table says."""

import pytest

from server_app.app import App
from shared.limits import MAX_BODY
from tests.conftest import ConnectFactory

from .conftest import OpenWindow
from .person import Person


@pytest.fixture
def alice(server: App, open_window: OpenWindow) -> Person:
    """The owner, logged in."""
    return open_window(server).come_in("alice")


def test_a_text_that_is_too_long_is_refused_and_kept(alice: Person) -> None:
    composer = alice.app.window.conversation.composer
    alice.say("x" * (MAX_BODY + 20))
    assert composer.complaint == "Too long by 20 characters. Shorten it, or send it in parts."
    assert composer.count == "4,020 / 4,000"
    assert len(composer.get()) == MAX_BODY + 20
    assert alice.texts == []
    composer.text.delete("end-21c", "end")
    alice.press("Return", composer.text)
    alice.until(lambda: alice.sent == ["x" * MAX_BODY])


def test_the_counter_appears_near_the_end_only(alice: Person) -> None:
    composer = alice.app.window.conversation.composer
    alice.type("x" * 3799)
    assert composer.count == ""
    alice.type("x")
    assert composer.count == "3,800 / 4,000"


def test_it_grows_with_its_text_up_to_eight_lines(alice: Person) -> None:
    text = alice.app.window.conversation.composer.text
    assert int(text.cget("height")) == 1
    alice.type("one\ntwo\nthree")
    alice.until(lambda: int(text.cget("height")) == 3)
    alice.type("\n" * 40)
    alice.until(lambda: int(text.cget("height")) == 8)


def test_a_command_completes_by_tab(alice: Person) -> None:
    composer = alice.app.window.conversation.composer
    alice.type("/to")
    assert composer.popup.labels == ("/topic",)
    alice.press("Tab", composer.text)
    assert composer.get() == "/topic "
    assert not composer.popup.is_open


def test_a_name_completes_by_return_and_escape_closes_the_list(alice: Person, connect: ConnectFactory) -> None:
    connect().register("bob")
    composer = alice.app.window.conversation.composer
    alice.until(lambda: "bob" in str(alice.roster()))
    alice.type("/msg b")
    assert composer.popup.labels == ("bob",)
    alice.press("Escape", composer.text)
    assert not composer.popup.is_open
    alice.type("o")
    alice.press("Return", composer.text)
    assert composer.get() == "/msg bob "


def test_commands_do_what_the_table_says(alice: Person, connect: ConnectFactory) -> None:
    bob = connect().register("bob")
    client = alice.app.client
    alice.until(lambda: "bob" in str(alice.roster()))
    alice.say("/me waves")
    alice.until(lambda: alice.entries and alice.entries[-1].is_action)
    alice.say("/topic Everything and nothing")
    alice.until(lambda: client.channels.joined()[0].topic == "Everything and nothing")
    alice.say("/msg bob psst")
    alice.until(lambda: alice.sent == ["psst"])
    assert bob.bodies(client.open_channel_id or 0) == ["psst"]  # type: ignore[arg-type]  # one is open
    alice.say("/nonsense")
    assert alice.app.window.conversation.composer.get() == "/nonsense"
    assert "no command /nonsense" in alice.app.window.toast.text


def test_typing_anywhere_goes_into_the_composer(alice: Person) -> None:
    alice.app.window.sidebar.list.focus_set()
    alice.app.root.update()
    alice.press("Key-h", alice.app.window.sidebar.list.canvas)
    assert alice.app.window.conversation.composer.get() == "h"


def test_the_first_letter_after_coming_in_is_the_composers(alice: Person) -> None:
    root, composer = alice.app.root, alice.app.window.conversation.composer
    alice.app.show_login()
    root.update()
    alice.app.show_main()
    assert root.focus_lastfor() is composer.text


def test_keys_of_the_table_come_before_those_of_the_text_box(alice: Person) -> None:
    alice.type("keep this")
    alice.press("Control-k", alice.app.window.conversation.composer.text)
    assert alice.dialog() is not None
    assert alice.app.window.conversation.composer.get() == "keep this"


def test_undo_brings_back_what_was_deleted(alice: Person) -> None:
    composer = alice.app.window.conversation.composer
    alice.type("precious")
    composer.text.edit_separator()
    composer.text.delete("1.0", "end")
    composer.text.edit_undo()
    assert composer.get() == "precious"


def test_keys_format_what_is_selected_or_the_word_at_the_cursor(alice: Person) -> None:
    composer = alice.app.window.conversation.composer
    composer.text.focus_force()
    alice.type("a few words")
    alice.press("Control-b", composer.text)
    assert composer.get() == "a few **words**"
    alice.press("Control-i", composer.text)
    assert composer.get() == "a few ***words***"
    alice.press("Control-b", composer.text)
    alice.press("Control-i", composer.text)
    assert composer.get() == "a few words"
    composer.text.tag_add("sel", "1.2", "1.11")
    alice.press("Control-e", composer.text)
    alice.press("Control-Shift-X", composer.text)
    assert composer.get() == "a `~~few words~~`"
    composer.text.edit_undo()
    assert composer.get() == "a `few words`"
    alice.press("Return", composer.text)
    alice.until(lambda: alice.sent == ["a `few words`"])


def test_enter_goes_on_within_a_block_of_code(alice: Person) -> None:
    composer = alice.app.window.conversation.composer
    alice.type("```py\n    one")
    alice.press("Return", composer.text)
    alice.press("Shift-Return", composer.text)
    assert composer.get() == "```py\n    one\n    \n    "
    assert alice.texts == []
    alice.type("```")
    alice.press("Return", composer.text)
    alice.until(lambda: len(alice.sent) == 1)
    alice.type("```\nleft open")
    alice.press("Control-Return", composer.text)
    alice.until(lambda: alice.sent[1:] == ["```\nleft open"])
