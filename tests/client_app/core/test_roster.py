"""The right pane."""

from dataclasses import replace

import msgspec
import pytest

from client_app.core.panes.roster import Profile, Roster
from client_app.core.world.permissions import Permissions
from client_app.core.world.state import State
from shared.entities import Block
from shared.rights import ADMIN, GUEST, MEMBER, MODERATOR, OWNER
from shared.types import BlockKind, ChannelId, RoleId, UserId

from .world import ALICE, BOB, BOB_AND_ALICE, CAROL, GENERAL, NOON, PLANS, direct, public, state, user


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


def with_bob(known: State, **changes: object) -> State:
    bob = msgspec.structs.replace(user(BOB, "Bob"), **changes)
    return replace(known, users={**known.users, BOB: bob})


def profile(known: State, user_id: UserId, open_channel: ChannelId = GENERAL) -> Profile:
    found = Roster(lambda: known, lambda: open_channel, Permissions(lambda: known, lambda: NOON)).profile(user_id)
    assert found
    return found


def test_whoever_is_banned_is_left_out_and_found_all_the_same() -> None:
    known = with_bob(state(), is_banned=True)
    assert titles(roster(known, GENERAL)) == {"Owner": ["alice"], "Offline": ["carol"]}
    assert [row.name for row in roster(known, None).people()] == ["alice", "Bob", "carol"]
    found = roster(known, None).named("bob")
    assert found
    assert found.is_banned


def test_a_row_says_who_is_timed_out_and_blocked() -> None:
    known = replace(with_bob(state(), timeout_until=NOON + 1), blocks={CAROL: Block(CAROL, BlockKind.BLOCK)})
    pane = Roster(lambda: known, lambda: GENERAL, Permissions(lambda: known, lambda: NOON))
    assert [(row.name, row.is_timed_out, row.block is not None) for row in pane.everybody()] == [
        ("alice", False, False),
        ("Bob", True, False),
        ("carol", False, True),
    ]
    assert profile(known, BOB).timeout_until
    assert profile(known, CAROL).block == Block(CAROL, BlockKind.BLOCK)


def powers(found: Profile) -> list[str]:
    return [name for name in Profile.__slots__ if name.startswith("may_") and getattr(found, name)]


TALKING = ["may_message", "may_mention", "may_block"]
JUDGING = ["may_time_out", "may_kick", "may_ban", "may_purge", "may_clear"]


@pytest.mark.parametrize(
    ("mine", "theirs", "may"),
    [
        (OWNER, ADMIN, [*TALKING, *JUDGING, "may_give_role"]),
        (ADMIN, ADMIN, TALKING),
        (MODERATOR, MEMBER, [*TALKING, *JUDGING]),
        (MODERATOR, ADMIN, TALKING),
        (MEMBER, GUEST, TALKING),
        (GUEST, MEMBER, ["may_mention", "may_block"]),
    ],
)
def test_a_profile_says_what_i_may_do_with_a_person(mine: RoleId, theirs: RoleId, may: list[str]) -> None:
    known = with_bob(state(), role_id=theirs)
    me = user(ALICE, "alice", mine)
    known = replace(known, me=me, users={**known.users, ALICE: me})
    assert powers(profile(known, BOB)) == may


def test_a_profile_of_mine_and_of_somebody_banned_offer_only_what_makes_sense() -> None:
    assert powers(profile(state(), ALICE)) == ["may_message"]
    assert powers(profile(with_bob(state(), is_banned=True), BOB)) == ["may_block", "may_ban", "may_purge"]
    assert roster(state(), None).profile(UserId(99)) is None
    assert roster(None, None).profile(BOB) is None


def test_nobody_is_mentioned_where_one_may_not_write() -> None:
    assert not profile(state(public(GENERAL, "general", left_ids=(ALICE,))), BOB).may_mention
    assert not profile(state(), BOB, PLANS).may_mention
