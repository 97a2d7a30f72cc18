"""The section stands in the window's place, shows what one may see, and gives the window back."""

import pytest

from client_app.desktop.administration import is_administration_open, open_administration
from client_app.desktop.administration.people import PeoplePage
from client_app.desktop.administration.rules import RulesPage
from server_app.app import App
from server_app.limits import Limits
from shared.errors import Refusal
from shared.requests import GiveRole, SetPolicy
from shared.rights import MEMBER, MODERATOR
from tests.client_app.desktop.painted import texts_on
from tests.client_app.desktop.window.conftest import OpenWindow
from tests.conftest import ConnectFactory, ServerFactory
from tests.peer import Peer

from .keeper import Keeper


def moderator_window(server: App, open_window: OpenWindow, connect: ConnectFactory) -> tuple[Peer, Keeper]:
    """An owner on the wire, and the window of bob, who is a moderator."""
    alice = connect().register("alice")
    bob = Keeper(open_window(server, "bob").come_in("bob"))
    assert bob.client.me is not None
    alice.request(GiveRole(user_id=bob.client.me.id, role_id=MODERATOR))
    bob.until(lambda: bob.client.me is not None and bob.client.me.role_id == MODERATOR)
    return alice, bob


def test_an_owner_sees_every_page(owner: Keeper) -> None:
    owner.open("people", PeoplePage)
    assert owner.section.page_ids == (
        "people", "waiting", "invites", "bans", "reports", "audit", "overview", "emoji", "roles", "rules", "limits",
    )  # fmt: skip
    for page_id in owner.section.page_ids:
        owner.section.show(page_id)
        owner.person.app.root.update()
        assert owner.section.page.winfo_ismapped()


def test_the_slash_word_opens_a_page(owner: Keeper) -> None:
    owner.person.say("/administration rules")
    owner.until(lambda: is_administration_open(owner.person.app.root))
    assert owner.section.page_id == "rules"


def test_escape_gives_the_window_and_the_keyboard_back(owner: Keeper) -> None:
    composer = owner.person.composer.text
    composer.focus_force()
    owner.open("people", PeoplePage)
    owner.person.app.root.update()
    owner.person.press("Escape", owner.section.list.canvas)
    assert not is_administration_open(owner.person.app.root)
    assert owner.person.is_in
    owner.until(lambda: owner.person.app.root.focus_get() is composer)


def test_letters_typed_in_the_section_do_not_go_into_the_composer(owner: Keeper) -> None:
    owner.open("people", PeoplePage)
    owner.person.press("x", owner.section.list.canvas)
    assert owner.person.composer.text.get("1.0", "end-1c") == ""


def test_a_moderator_sees_the_pages_of_moderators(
    server: App, open_window: OpenWindow, connect: ConnectFactory
) -> None:
    _alice, bob = moderator_window(server, open_window, connect)
    bob.open("people", PeoplePage)
    assert bob.section.page_ids == ("people", "waiting", "invites", "bans", "reports")


def test_whoever_loses_their_rights_is_back_in_the_conversation(
    server: App, open_window: OpenWindow, connect: ConnectFactory
) -> None:
    alice, bob = moderator_window(server, open_window, connect)
    bob.open("people", PeoplePage)
    assert bob.client.me is not None
    alice.request(GiveRole(user_id=bob.client.me.id, role_id=MEMBER))
    bob.until(lambda: not is_administration_open(bob.person.app.root))
    assert bob.person.is_in
    assert not open_administration(bob.person.app.root, bob.client)


def test_a_narrow_window_has_the_pages_in_a_menu(owner: Keeper) -> None:
    owner.open("people", PeoplePage)
    owner.person.app.root.geometry("620x500")
    owner.until(owner.section.menu.winfo_ismapped)
    assert not owner.section.list.winfo_ismapped()
    assert owner.section.menu.get() == "People"
    owner.person.app.root.geometry("1200x760")
    owner.until(owner.section.list.winfo_ismapped)


def test_it_stays_when_the_connection_comes_back_and_keeps_what_is_typed(
    owner: Keeper, server: App, start_server: ServerFactory
) -> None:
    page = owner.open("rules", RulesPage)
    owner.until(lambda: page.is_loaded)
    page.words.set("casino")
    server.stop(2)
    owner.until(lambda: owner.section.is_offline_said)
    page.save_words()
    owner.until(lambda: page.outcome)
    start_server(port=server.address[1], limits=Limits().without_rates_and_caps())
    owner.client.reconnect_now()
    owner.until(lambda: not owner.section.is_offline_said)
    assert is_administration_open(owner.person.app.root)
    assert not owner.person.app.window.winfo_manager()
    assert page.words.get() == "casino"


def test_the_login_screen_takes_its_place_when_the_session_ends(owner: Keeper) -> None:
    owner.open("people", PeoplePage)
    owner.client.log_out()
    owner.until(owner.person.app.login.winfo_ismapped)
    assert not is_administration_open(owner.person.app.root)


def test_waiting_newcomers_are_counted_in_the_list_of_pages(owner: Keeper, connect: ConnectFactory) -> None:
    with connect().log_in("alice") as alice:
        alice.request(SetPolicy(needs_approval=True))
    owner.open("people", PeoplePage)
    assert "1" not in texts_on(owner.section.list.canvas)
    with pytest.raises(Refusal):
        connect().register("newbie")
    owner.until(lambda: "1" in texts_on(owner.section.list.canvas))
