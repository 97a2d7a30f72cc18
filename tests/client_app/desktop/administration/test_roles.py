"""Roles: made, changed and removed in the editor; what one may not change is disabled and says why."""

import pytest

from client_app.desktop.administration.role_editor import RoleEditor
from client_app.desktop.administration.roles import RolesPage
from client_app.desktop.toolkit import Dialog
from server_app.app import App
from shared.requests import ChangeRole, CreateRole, GiveRole
from shared.rights import ADMIN, MEMBER, OWNER
from shared.types import Permission
from tests.client_app.desktop.window.conftest import OpenWindow
from tests.conftest import ConnectFactory

from .keeper import Keeper


@pytest.fixture
def page(owner: Keeper) -> RolesPage:
    """The page, open."""
    return owner.open("roles", RolesPage)


def ticked(editor: RoleEditor) -> set[Permission]:
    return {permission for permission, box in editor.boxes.items() if box.get()}


def test_a_role_is_made_changed_and_removed(owner: Keeper, page: RolesPage) -> None:
    page.begin_new()
    page.editor.name.set("organiser")
    page.editor.rank.set("40")
    page.editor.boxes[Permission.ANNOUNCE].toggle()
    page.editor.save()
    owner.until_said(page, "The role is made. Give it to people under People.")
    owner.until_rows(page, lambda rows: any(row.title == "organiser" for row in rows))
    made = next(role for role in owner.client.administration.roles() if role.name == "organiser")
    assert made.rank == 40
    assert Permission.ANNOUNCE in made.permissions
    owner.until(lambda: page.editor._base.id == made.id)
    page.editor.boxes[Permission.ANNOUNCE].toggle()
    page.editor.save()
    owner.until_said(page, "The role is saved, and holds at once.")
    owner.until(
        lambda: not any(Permission.ANNOUNCE in r.permissions for r in owner.client.administration.roles() if r == made)
    )
    page.editor.remove_button.invoke()
    owner.dialog(Dialog).confirm()
    owner.until_said(page, "The role organiser is removed.")
    owner.until_rows(page, lambda rows: not any(row.title == "organiser" for row in rows))


def test_a_rank_is_told_in_words_as_it_is_typed(owner: Keeper, page: RolesPage) -> None:
    page.begin_new()
    page.editor.rank.set("25")
    page.editor.rank.entry._entry.focus_force()
    owner.person.press("KeyRelease-5", page.editor.rank.entry._entry)
    words = str(page.editor._rank_words.cget("text"))
    assert words == "Above member and guest; below owner, admin and moderator."
    page.editor.rank.set("many")
    page.editor.save()
    assert page.editor.rank.complaint.startswith("A rank is a number")


def test_a_role_without_a_name_is_not_sent(page: RolesPage) -> None:
    page.begin_new()
    page.editor.save()
    assert page.editor.name.complaint == "Give the role a name."


def test_the_owners_role_cannot_be_changed_and_says_so(page: RolesPage) -> None:
    page.choose(str(OWNER))
    assert {box.cget("state") for box in page.editor.boxes.values()} == {"disabled"}
    assert ticked(page.editor) == set(Permission)
    assert {tip.text for tip in page.editor._tips.values()} == {"The owner may do everything; that cannot be changed."}


def test_a_built_in_role_keeps_its_name_and_rank(owner: Keeper, page: RolesPage) -> None:
    page.choose(str(MEMBER))
    assert page.editor.name.entry.cget("state") == "disabled"
    page.editor.boxes[Permission.CREATE_CHANNELS].toggle()
    page.editor.save()
    owner.until_said(page, "The role is saved, and holds at once.")
    assert not page.editor.remove_button.winfo_manager()


def test_what_one_lacks_oneself_cannot_be_given(server: App, open_window: OpenWindow, connect: ConnectFactory) -> None:
    alice = connect().register("alice")
    bob = Keeper(open_window(server, "bob").come_in("bob"))
    assert bob.client.me is not None
    permissions = (Permission.VIEW_CHANNELS, Permission.MANAGE_ROLES)
    made = alice.request(CreateRole(name="registrar", rank=50, permissions=permissions))
    alice.request(GiveRole(user_id=bob.client.me.id, role_id=made.role_id))
    bob.until(lambda: bob.client.may(Permission.MANAGE_ROLES))
    page = bob.open("roles", RolesPage)
    page.choose(str(MEMBER))
    assert page.editor.boxes[Permission.VIEW_CHANNELS].cget("state") == "normal"
    assert page.editor.boxes[Permission.ANNOUNCE].cget("state") == "disabled"
    assert page.editor._tips[Permission.ANNOUNCE].text == "You do not have this permission yourself."
    page.choose(str(ADMIN))
    assert page.editor._tips[Permission.ANNOUNCE].text == "Only roles that rank below yours can be changed."


def test_what_is_being_typed_stays_when_somebody_else_changes_the_role(
    owner: Keeper, page: RolesPage, connect: ConnectFactory
) -> None:
    page.choose(str(MEMBER))
    page.editor.boxes[Permission.ANNOUNCE].toggle()
    page.editor._typed()
    change = ChangeRole(role_id=MEMBER, name="member", rank=20, permissions=(Permission.VIEW_CHANNELS,))
    connect().log_in("alice").request(change)
    owner.until(lambda: str(page.editor._state.cget("text")).startswith("Somebody else changed this role."))
    assert Permission.ANNOUNCE in ticked(page.editor)
