"""The card of a person: it shows what is so, offers only what one may do, and does it."""

import pytest

from client_app.desktop.dialogs.judgement import JudgementDialog
from server_app.app import App
from shared.requests import GiveRole, SetBlock, TimeOutPerson
from shared.rights import ADMIN, GUEST, MEMBER, MODERATOR
from shared.types import GENERAL, BlockKind, UserId
from tests.conftest import ConnectFactory
from tests.peer import Peer

from .conftest import OpenWindow
from .person import Person

TALK = ("Message", "Mention", "Mute…", "Block")


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
    alice = open_window(server).come_in("alice")
    alice.until(lambda: {"owner", "bob"} <= {row.name for row in alice.app.client.roster.everybody()})
    return alice


def me(person: Person) -> UserId:
    assert person.app.client.me is not None
    return person.app.client.me.id


def show(person: Person, user_id: UserId) -> tuple[str, ...]:
    """Show somebody's card; what is on its buttons."""
    card = person.app.window.card
    person.app.window.show_person(user_id)
    person.until(lambda: card.user_id == user_id)
    return card.labels


def test_a_member_may_talk_and_choose_not_to_hear(alice: Person, bob: Peer) -> None:
    assert show(alice, bob.user_id) == TALK
    assert show(alice, me(alice)) == ("Notes to yourself", "Edit profile…")


def test_whoever_keeps_the_peace_judges_those_below_them(alice: Person, owner: Peer, bob: Peer) -> None:
    owner.request(GiveRole(user_id=me(alice), role_id=MODERATOR))
    alice.until(lambda: alice.app.client.outranks(bob.user_id))
    assert show(alice, bob.user_id) == (*TALK, "Time out…", "Kick…", "Delete messages…", "Ban…")
    assert show(alice, owner.user_id) == TALK


def test_an_open_card_follows_what_one_may_do(alice: Person, owner: Peer, bob: Peer) -> None:
    card = alice.app.window.card
    assert "Ban…" not in show(alice, bob.user_id)
    owner.request(GiveRole(user_id=me(alice), role_id=MODERATOR))
    alice.until(lambda: "Ban…" in card.labels)
    owner.request(GiveRole(user_id=me(alice), role_id=MEMBER))
    alice.until(lambda: "Ban…" not in card.labels)


def test_a_role_is_given_from_a_menu_of_those_below(alice: Person, owner: Peer, bob: Peer) -> None:
    owner.request(GiveRole(user_id=me(alice), role_id=ADMIN))
    alice.until(lambda: alice.app.client.outranks(bob.user_id))
    show(alice, bob.user_id)
    offers = alice.app.window.card.offers
    assert offers.roles == ("Moderator", "Member", "Guest")
    offers.give_role("Guest")
    alice.until(lambda: alice.app.client.state and alice.app.client.state.users[bob.user_id].role_id == GUEST)


def test_blocking_and_muting_are_done_and_undone_on_the_card(alice: Person, bob: Peer) -> None:
    card, client = alice.app.window.card, alice.app.client
    show(alice, bob.user_id)
    card.offers.mute(30 * 60)
    alice.until(lambda: card.labels == ("Message", "Mention", "Unmute", "Block"))
    block = client.block_of(bob.user_id)
    assert block is not None
    assert (block.kind, block.until is not None) == (BlockKind.MUTE, True)
    card.press("Unmute")
    alice.until(lambda: card.labels == TALK)
    card.press("Block")
    alice.until(lambda: card.labels == ("Message", "Mention", "Unblock"))
    card.press("Unblock")
    alice.until(lambda: card.labels == TALK)


def test_a_mention_goes_to_the_cursor_apart_from_what_is_there(alice: Person, bob: Peer) -> None:
    show(alice, bob.user_id)
    alice.app.window.card.press("Mention")
    assert alice.composer.get() == "@bob "
    alice.composer.load("hello")
    show(alice, bob.user_id)
    alice.app.window.card.press("Mention")
    assert alice.composer.get() == "hello @bob "


def test_a_time_out_is_asked_for_and_ended_on_the_card(alice: Person, owner: Peer, bob: Peer) -> None:
    owner.request(GiveRole(user_id=me(alice), role_id=MODERATOR))
    alice.until(lambda: alice.app.client.outranks(bob.user_id))
    card = alice.app.window.card
    show(alice, bob.user_id)
    card.press("Time out…")
    assert not card.is_open
    dialog = alice.dialog()
    assert isinstance(dialog, JudgementDialog)
    dialog.confirm()
    alice.until(lambda: alice.dialog() is None)
    alice.until(lambda: "clock" in marks(alice, bob.user_id))
    assert "End the time-out" in show(alice, bob.user_id)
    card.press("End the time-out")
    alice.until(lambda: "clock" not in marks(alice, bob.user_id))


def marks(person: Person, user_id: UserId) -> tuple[str, ...]:
    """What stands behind a name in the right pane."""
    painted = person.app.window.roster.list._painted.get(str(user_id))
    return () if painted is None else painted.row.marks  # type: ignore[union-attr]  # a person's row


def test_the_right_pane_marks_whom_one_does_not_hear(alice: Person, owner: Peer, bob: Peer) -> None:
    alice.app.client.mute(bob.user_id)
    alice.until(lambda: marks(alice, bob.user_id) == ("muted",))
    alice.app.client.block(bob.user_id)
    alice.until(lambda: marks(alice, bob.user_id) == ("blocked",))
    owner.request(TimeOutPerson(user_id=bob.user_id, seconds=60))
    alice.until(lambda: marks(alice, bob.user_id) == ("clock", "blocked"))


def test_whoever_is_blocked_sees_nothing_of_it_on_a_card(alice: Person, bob: Peer) -> None:
    before = show(alice, bob.user_id)
    bob.request(SetBlock(user_id=me(alice), kind=BlockKind.BLOCK))
    bob.say("after", GENERAL)
    alice.until_last_is("after")
    assert show(alice, bob.user_id) == before


def test_escape_and_a_click_elsewhere_close_it_and_the_keyboard_goes_back(alice: Person, bob: Peer) -> None:
    card, composer = alice.app.window.card, alice.composer.text
    composer.focus_force()
    show(alice, bob.user_id)
    assert str(alice.app.root.focus_get()).startswith(str(card))
    alice.press("Escape")
    assert not card.is_open
    assert alice.app.root.focus_get() is composer
    show(alice, bob.user_id)
    alice.click(alice.app.window.conversation.messages.canvas)
    assert not card.is_open


def test_all_of_it_is_in_the_window_wherever_it_was_asked_for(alice: Person, bob: Peer) -> None:
    card, root = alice.app.window.card, alice.app.root
    for x, y in ((0, 0), (root.winfo_width(), root.winfo_height())):
        alice.app.window.show_card(bob.user_id, x, y)
        alice.until(lambda: card.is_open)
        alice.app.root.update()
        assert card.winfo_x() >= 0
        assert card.winfo_x() + card.winfo_width() <= root.winfo_width()
        assert card.winfo_y() + card.winfo_height() <= root.winfo_height()
        card.close()
