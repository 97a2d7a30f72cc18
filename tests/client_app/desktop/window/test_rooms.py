"""Private channels, groups and the rules of channels: made, shown, changed and felt in the window."""

import pytest

from client_app.desktop.dialogs.channel_settings import ChannelSettings
from client_app.desktop.dialogs.channel_settings.members import MembersPage
from client_app.desktop.dialogs.channel_settings.overrides import ALLOWED, DENIED, OverridesPage
from client_app.desktop.dialogs.channel_settings.overview import OverviewPage
from client_app.desktop.dialogs.new_channel import NewChannel
from client_app.desktop.dialogs.people import GroupPicker
from client_app.desktop.lists import HeaderRow, ItemRow
from client_app.desktop.widgets.fields import LabelledEntry
from client_app.desktop.window.menus import channel_menu
from client_app.desktop.window.sidebar import sidebar_rows
from server_app.app import App
from shared.entities import Channel
from shared.requests import (
    AddMember,
    ArchiveChannel,
    ChangeChannel,
    CreateChannel,
    DeleteChannel,
    JoinChannel,
    OpenGroup,
    RemoveMember,
    TimeOutPerson,
)
from shared.rights import GUEST
from shared.types import GENERAL, ChannelId, ChannelKind, Permission, UserId
from tests.conftest import ConnectFactory
from tests.peer import Peer

from .conftest import OpenWindow
from .person import Person


@pytest.fixture
def owner(server: App, connect: ConnectFactory) -> Peer:
    """The first account, which may do everything."""
    return connect().register("owner")


@pytest.fixture
def bob(owner: Peer, connect: ConnectFactory) -> Peer:
    """A member."""
    return connect().register("bob")


@pytest.fixture
def alice(owner: Peer, bob: Peer, server: App, open_window: OpenWindow) -> Person:
    """A member before a window."""
    return open_window(server).come_in("alice")


def me(person: Person) -> UserId:
    assert person.app.client.me is not None
    return person.app.client.me.id


def labels(person: Person, channel_id: ChannelId) -> list[str]:
    """What the menu of a channel offers."""
    app = person.app
    return [item.label for item in channel_menu(app.root, app.client, app.window, channel_id) if item]


def items(person: Person) -> dict[str, ItemRow]:
    """The left pane's rows by title."""
    channels = person.app.client.channels
    rows = sidebar_rows(channels.joined(), channels.directs(), channels.archived())
    return {row.title: row for row in rows if isinstance(row, ItemRow)}


def make_private(person: Person, name: str = "team") -> ChannelId:
    """Make a private channel by the dialog."""
    person.app.window.ask_new_channel()
    dialog = person.dialog()
    assert isinstance(dialog, NewChannel)
    dialog.name.set(name)
    dialog.private.select()
    dialog.confirm()
    person.until(lambda: person.app.root.title() == f"{name} – Hearth")
    row = person.app.client.channels.named(name)
    assert row is not None
    return row.channel_id


def settings(person: Person, channel_id: ChannelId, page: str) -> ChannelSettings:
    person.app.window.show_settings_of(channel_id, page)
    dialog = person.dialog()
    assert isinstance(dialog, ChannelSettings)
    assert dialog.page == page
    return dialog


def composer(person: Person) -> str:
    """What stands in the place of the composer."""
    return person.composer.locked


def test_a_private_channel_is_made_with_a_switch_and_shown_with_a_lock(alice: Person, bob: Peer) -> None:
    team = make_private(alice)
    row = alice.app.client.channels.row(team)
    assert row is not None
    assert row.kind is ChannelKind.PRIVATE
    assert items(alice)["team"].sign == "lock"
    with pytest.raises(Exception, match="no such channel"):
        bob.request(JoinChannel(channel_id=team))


def test_people_are_found_by_a_letter_brought_in_and_taken_out(alice: Person, bob: Peer) -> None:
    team = make_private(alice)
    dialog = settings(alice, team, "Members")
    page = dialog.shown
    assert isinstance(page, MembersPage)
    assert page.titles == ("alice",)
    page.type("b")
    assert page.titles == ("bob",)
    page.add(bob.user_id)
    alice.until(lambda: page.titles == ("alice", "bob"))
    page.remove(bob.user_id)
    question = alice.dialog()
    assert question is not None
    assert question is not dialog
    question.confirm()
    alice.until(lambda: page.titles == ("alice",))


def test_whoever_is_taken_out_of_the_open_channel_is_in_general_and_keeps_nothing(alice: Person, owner: Peer) -> None:
    team = owner.request(CreateChannel(name="team", private=True)).channel_id
    owner.request(AddMember(channel_id=team, user_id=me(alice)))
    owner.say("a secret", team)
    alice.until(lambda: "team" in alice.rows())
    alice.app.client.open_channel(team)
    alice.until(lambda: alice.texts == ["a secret"])
    dialog = settings(alice, team, "Overview")
    owner.request(RemoveMember(channel_id=team, user_id=me(alice)))
    alice.until(lambda: alice.app.root.title() == "general – Hearth")
    assert "team" not in alice.rows()
    assert "a secret" not in alice.texts
    alice.until(lambda: not dialog.winfo_exists())
    assert alice.app.window.toast.text


def test_the_rules_of_a_channel_are_saved_together(alice: Person, bob: Peer) -> None:
    team = make_private(alice)
    dialog = settings(alice, team, "Overview")
    page = dialog.shown
    assert isinstance(page, OverviewPage)
    page.name.set("Crew")
    page.topic.set("who sails")
    page.read_only.select()
    page.choose_slow(30)
    overrides = dialog.pages.index("Permissions")
    dialog.show(dialog.pages[overrides])
    rights = dialog.shown
    assert isinstance(rights, OverridesPage)
    rights.show_role(GUEST)
    rights.choose(Permission.ADD_MEMBERS, ALLOWED)
    rights.choose(Permission.DELETE_MESSAGES, DENIED)
    dialog.confirm()

    def channel() -> Channel:
        state = alice.app.client.state
        assert state is not None
        return state.channels[team]

    alice.until(lambda: channel().overrides and channel().slow_seconds == 30 and channel().name == "crew")
    assert (channel().topic, channel().is_read_only) == ("who sails", True)
    [override] = channel().overrides
    assert (override.allow, override.deny) == ((Permission.ADD_MEMBERS,), (Permission.DELETE_MESSAGES,))


def test_what_others_change_shows_without_taking_what_is_typed(alice: Person, owner: Peer) -> None:
    dialog = settings(alice, make_private(alice), "Overview")
    page = dialog.shown
    assert isinstance(page, OverviewPage)
    page.name.set("half typed")
    alice.app.client.set_topic(alice.app.client.open_channel_id or GENERAL, "from another device")
    alice.until(lambda: page.topic.get() == "from another device")
    assert page.name.get() == "half typed"


def test_only_what_one_may_change_is_offered(alice: Person, owner: Peer) -> None:
    plans = owner.request(CreateChannel(name="plans")).channel_id
    alice.until(lambda: "plans" in alice.rows())
    assert labels(alice, plans) == ["Mark as read", "Notifications", "Mute", "Settings…", "Leave…"]
    dialog = settings(alice, plans, "Overview")
    assert dialog.pages == ("Overview",)
    assert not dialog.confirm_button.winfo_manager()
    dialog.close()
    mine = make_private(alice)
    assert labels(alice, mine) == [
        "Mark as read", "Notifications", "Mute",
        "Add people…", "Rename…", "Set the topic…", "Settings…", "Archive…", "Delete…", "Leave…",
    ]  # fmt: skip


def test_an_archived_channel_is_folded_away_and_says_so_in_the_place_of_the_composer(
    alice: Person, owner: Peer
) -> None:
    mine = make_private(alice)
    alice.app.client.archive_channel(mine)
    alice.until(lambda: composer(alice).startswith("This channel is archived"))
    assert items(alice)["team"].sign == "box"
    rows = sidebar_rows((), (), alice.app.client.channels.archived())
    assert [row.is_folded for row in rows if isinstance(row, HeaderRow)][-1]
    alice.composer._lock.press()
    alice.until(lambda: not composer(alice))


def test_deleting_wants_the_name_typed(alice: Person, bob: Peer) -> None:
    mine = make_private(alice)
    dialog = settings(alice, mine, "Overview")
    page = dialog.shown
    assert isinstance(page, OverviewPage)
    page.delete()
    question = alice.dialog()
    assert question is not None
    [field] = [child for child in question.body.winfo_children() if isinstance(child, LabelledEntry)]
    field.set("something else")
    question.confirm()
    assert field.complaint == "Type team to delete it."
    field.set("#Team")
    question.confirm()
    alice.until(lambda: "team" not in alice.rows())
    assert alice.app.root.title() == "general – Hearth"


def test_the_composer_says_why_one_may_not_write_and_opens_again(alice: Person, owner: Peer) -> None:
    news = owner.request(CreateChannel(name="news")).channel_id
    alice.until(lambda: "news" in alice.rows())
    alice.app.client.open_channel(news)
    alice.type("half a thought")
    owner.request(ChangeChannel(channel_id=news, is_read_only=True))
    alice.until(lambda: composer(alice).startswith("This channel is read-only"))
    assert items(alice)["news"].sign == "megaphone"
    alice.composer.insert("lost?")
    owner.request(ChangeChannel(channel_id=news, is_read_only=False))
    alice.until(lambda: not composer(alice))
    assert alice.composer.get() == "half a thought"
    owner.request(ArchiveChannel(channel_id=news))
    alice.until(lambda: composer(alice).startswith("This channel is archived"))


def test_a_time_out_takes_the_composer_away_at_once_and_says_until_when(alice: Person, owner: Peer) -> None:
    owner.request(TimeOutPerson(user_id=me(alice), seconds=600))
    alice.until(lambda: "It ends " in composer(alice))
    owner.request(TimeOutPerson(user_id=me(alice), seconds=0))
    alice.until(lambda: not composer(alice))


def test_a_channel_that_one_left_can_be_joined_from_the_place_of_the_composer(alice: Person, owner: Peer) -> None:
    plans = owner.request(CreateChannel(name="plans")).channel_id
    alice.until(lambda: "plans" in alice.rows())
    alice.app.client.open_channel(plans)
    alice.app.client.leave_channel(plans)
    alice.until(lambda: "plans" not in alice.rows())
    alice.app.client.open_channel(plans)
    alice.until(lambda: composer(alice).startswith("You left this channel"))
    alice.composer._lock.press()
    alice.until(lambda: not composer(alice))


def test_slow_mode_counts_down_and_keeps_what_is_typed(alice: Person, owner: Peer) -> None:
    plans = owner.request(CreateChannel(name="plans")).channel_id
    owner.request(ChangeChannel(channel_id=plans, slow_seconds=60))
    alice.until(lambda: "plans" in alice.rows())
    alice.app.client.open_channel(plans)
    alice.until(lambda: alice.composer.pace == "Slow mode: one message every 1 minute")
    alice.say("first")
    alice.until(lambda: alice.sent == ["first"])
    alice.until(lambda: alice.composer.pace.startswith("Slow mode: 0:") or alice.composer.pace == "Slow mode: 1:00")
    alice.say("second")
    assert alice.composer.get() == "second"
    assert alice.composer.complaint.startswith("Slow mode: you can send this in ")
    assert alice.sent == ["first"]


def test_a_group_is_picked_by_letters(alice: Person, owner: Peer, bob: Peer) -> None:
    alice.until(lambda: {"owner", "bob"} <= {row.name for row in alice.app.client.roster.everybody()})
    alice.app.window.ask_group()
    picker = alice.dialog()
    assert isinstance(picker, GroupPicker)
    picker.confirm()
    assert picker.winfo_exists(), "nobody was chosen"
    for letter in ("o", "bo"):
        picker.type(letter)
        picker.take()
    assert set(picker.taken) == {"owner", "bob"}
    picker.confirm()
    alice.until(lambda: alice.app.root.title() == "bob, owner – Hearth")
    assert items(alice)["bob, owner"].people == 3
    assert labels(alice, alice.app.client.open_channel_id or GENERAL)[-1] == "Leave…"


def test_a_group_that_somebody_else_begins_appears(alice: Person, owner: Peer, bob: Peer) -> None:
    group = bob.request(OpenGroup(user_ids=(me(alice), owner.user_id))).channel_id
    bob.say("hello you two", group)
    alice.until(lambda: alice.rows().get("bob, owner") == 1)


def test_a_deleted_channel_takes_its_window_to_general(alice: Person, owner: Peer) -> None:
    plans = owner.request(CreateChannel(name="plans")).channel_id
    alice.until(lambda: "plans" in alice.rows())
    alice.app.client.open_channel(plans)
    owner.request(DeleteChannel(channel_id=plans))
    alice.until(lambda: alice.app.root.title() == "general – Hearth")
