"""The right pane."""

from client_app.core.roster import Roster
from client_app.core.state import State
from shared.rights import MEMBER, OWNER
from shared.types import ChannelId

from .world import ALICE, BOB, BOB_AND_ALICE, CAROL, GENERAL, PLANS, direct, public, state


def roster(known: State | None, open_channel: ChannelId | None) -> Roster:
    return Roster(lambda: known, lambda: open_channel)


def titles(pane: Roster) -> dict[str, list[str]]:
    return {group.title: [row.name for row in group.rows] for group in pane.groups()}


def test_without_an_open_channel_there_are_no_members() -> None:
    assert roster(None, GENERAL).groups() == ()
    assert roster(state(), None).groups() == ()
    assert roster(state(), PLANS).groups() == ()
    assert roster(None, None).everybody() == ()


def test_who_is_there_stands_under_their_role_and_all_others_below() -> None:
    assert titles(roster(state(), GENERAL)) == {"Owner": ["alice"], "Member": ["Bob"], "Offline": ["carol"]}


def test_who_left_is_not_a_member_and_an_empty_group_is_left_out() -> None:
    known = state(public(PLANS, "plans", left_ids=(CAROL,)))
    assert titles(roster(known, PLANS)) == {"Owner": ["alice"], "Member": ["Bob"]}


def test_a_direct_channel_has_its_two_people() -> None:
    known = state(direct(BOB_AND_ALICE, CAROL, ALICE))
    assert titles(roster(known, BOB_AND_ALICE)) == {"Owner": ["alice"], "Offline": ["carol"]}


def test_a_row_says_who_owns_the_server_and_who_is_me() -> None:
    alice, bob, _carol = roster(state(), GENERAL).everybody()
    assert (alice.user_id, alice.is_me, alice.role.id, alice.is_online) == (ALICE, True, OWNER, True)
    assert (bob.user_id, bob.is_me, bob.role.id) == (BOB, False, MEMBER)


def test_people_are_found_by_name_however_it_is_typed() -> None:
    for typed in ("bob", "@BOB", " Bob "):
        found = roster(state(), None).named(typed)
        assert found
        assert found.user_id == BOB
    assert roster(state(), None).named("nobody") is None
