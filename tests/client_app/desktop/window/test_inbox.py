"""Mentions in the window: the left pane, completion, the inbox, levels, and notifications."""

import pytest

from client_app.desktop.inbox import InboxDialog, InboxPage
from client_app.desktop.lists import EntryRow, ItemRow
from client_app.desktop.window.menus import channel_menu
from server_app.app import App
from shared.requests import CreateChannel, DeleteMessage
from shared.types import GENERAL, ChannelId, Level
from tests.conftest import ConnectFactory
from tests.peer import Peer

from .conftest import OpenWindow
from .person import Person


@pytest.fixture
def owner(server: App, connect: ConnectFactory) -> Peer:
    return connect().register("owner")


@pytest.fixture
def alice(owner: Peer, server: App, open_window: OpenWindow) -> Person:
    return open_window(server).come_in("alice")


@pytest.fixture
def plans(owner: Peer, alice: Person) -> ChannelId:
    channel_id = owner.request(CreateChannel(name="plans")).channel_id
    alice.until(lambda: "plans" in alice.rows())
    return channel_id


def item(person: Person, title: str) -> ItemRow:
    rows = person.app.window.sidebar.list._all
    return next(row for row in rows if isinstance(row, ItemRow) and row.title == title)


def inbox(person: Person) -> InboxDialog:
    dialog = person.dialog()
    assert isinstance(dialog, InboxDialog)
    return dialog


def opened(person: Person) -> InboxDialog:
    person.press("Control-i", person.composer.text)
    person.until(lambda: isinstance(person.dialog(), InboxDialog))
    return inbox(person)


def stands_out(dialog: InboxDialog) -> list[bool]:
    """Which of the messages listed are shown as unread."""
    return [entry.is_for_me for entry in dialog.messages.entries if entry.seq]


def unreads(dialog: InboxDialog) -> list[tuple[str, str]]:
    return [(row.title, row.detail) for row in dialog.unreads._all if isinstance(row, EntryRow)]


def test_the_left_pane_tells_a_mention_from_the_rest(alice: Person, owner: Peer, plans: ChannelId) -> None:
    owner.say("one", plans)
    alice.until(lambda: item(alice, "plans").badge == 1)
    assert (item(alice, "plans").mentions, item(alice, "plans").is_strong) == (0, True)
    owner.say("@alice two", plans)
    alice.until(lambda: item(alice, "plans").mentions == 1)
    alice.app.client.mute_channel(plans)
    alice.until(lambda: item(alice, "plans").is_muted)
    assert (item(alice, "plans").badge, item(alice, "plans").marks) == (1, ("muted",))
    alice.app.client.set_level(plans, Level.NONE)
    alice.until(lambda: item(alice, "plans").badge == 0)


def test_a_name_is_completed_and_the_message_is_for_whoever_is_named(alice: Person, owner: Peer) -> None:
    alice.type("hello @ow")
    assert alice.composer.popup.labels == ("owner",)
    alice.press("Tab", alice.composer.text)
    assert alice.composer.get() == "hello @owner "
    alice.press("Return", alice.composer.text)
    alice.until(lambda: alice.sent == ["hello @owner"])
    assert [each.user_id for each in alice.entries[-1].named] == [owner.user_id]


def test_the_inbox_lists_mentions_of_all_channels_and_leads_to_them(
    alice: Person, owner: Peer, plans: ChannelId
) -> None:
    dialog = opened(alice)
    alice.until(lambda: dialog.words.startswith("Nothing mentions you yet"))
    owner.say("@alice one", plans)
    owner.say("nothing", plans)
    owner.say("@alice two")
    alice.until(lambda: dialog.texts == ["@alice two", "@alice one"])
    assert stands_out(dialog) == [False, True], "what is before one's eyes is read"
    alice.app.client.mark_read(plans)
    alice.until(lambda: stands_out(dialog) == [False, False])
    dialog.go_to(next(entry for entry in dialog.messages.entries if entry.text == "@alice one"))
    alice.until(lambda: alice.texts == ["@alice one", "nothing"])
    assert alice.dialog() is None
    owner.request(DeleteMessage(channel_id=plans, seq=1))
    dialog = opened(alice)
    alice.until(lambda: dialog.texts == ["@alice two"])


def test_the_inbox_lists_what_is_unread_and_reads_it(alice: Person, owner: Peer, plans: ChannelId) -> None:
    dialog = opened(alice)
    dialog.show_page(InboxPage.UNREADS)
    assert unreads(dialog) == []
    assert dialog._caught_up.winfo_manager()
    owner.say("one", plans)
    owner.say("@alice two", plans)
    alice.until(lambda: unreads(dialog) == [("#plans", "2 unread messages  ·  1 mentions you")])
    dialog._mark(plans)
    alice.until(lambda: unreads(dialog) == [])
    owner.say("three", plans)
    alice.until(lambda: unreads(dialog) == [("#plans", "1 unread message")])
    dialog._open_channel(str(plans))
    alice.until(lambda: alice.app.client.open_channel_id == plans)
    assert alice.dialog() is None


def test_the_menu_of_a_channel_has_its_levels_and_the_words_do_the_same(alice: Person, plans: ChannelId) -> None:
    def menu() -> dict[str, dict[str, bool | None]]:
        items = channel_menu(alice.app.root, alice.app.client, alice.app.window, plans)
        return {each.label: {one.label: one.is_chosen for one in each.items if one} for each in items if each}

    assert menu()["Notifications"] == {
        "As in the settings": True, "All messages": False, "Only mentions": False, "Nothing": False
    }  # fmt: skip
    assert list(menu()["Mute"]) == ["For 1 hour", "For 8 hours", "For a day", "Until I unmute it"]
    alice.app.client.open_channel(plans)
    alice.say("/notify mentions")
    alice.until(lambda: menu()["Notifications"]["Only mentions"])
    alice.say("/mutechannel 2h")
    alice.until(lambda: any(label.startswith("Unmute (until ") for label in menu()))
    alice.say("/unmutechannel")
    alice.until(lambda: "Mute" in menu())
    alice.say("/notify loudly")
    alice.until(lambda: "none of these" in alice.app.window.toast.text)
    assert alice.composer.get() == "/notify loudly"


def test_too_many_mentions_stay_to_be_written_otherwise(alice: Person) -> None:
    alice.say("@alice " * 51)
    alice.until(lambda: alice.entries and alice.entries[-1].error)
    assert "51 times" in alice.entries[-1].error


def test_general_is_where_one_is_while_one_reads(alice: Person, owner: Peer) -> None:
    owner.say("@alice here")
    alice.until(lambda: alice.texts == ["@alice here"])
    assert alice.entries[-1].is_for_me
    assert alice.app.client.open_channel_id == GENERAL
