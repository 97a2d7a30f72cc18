"""What I may do at this moment, and why not."""

from collections.abc import Callable
from dataclasses import replace

import msgspec
import pytest

from client_app.core.world.permissions import Permissions
from client_app.core.world.state import State
from shared.entities import Block, Channel, Override, User
from shared.rights import ADMIN, GUEST, MEMBER, MODERATOR, OWNER
from shared.types import BlockKind, ChannelKind, Permission, RoleId, UserId

from .world import ALICE, BOB, BOB_AND_ALICE, CAROL, GENERAL, NOON, PLANS, direct, public, state, user

MINUTE = 60_000


def allowed(known: State | None, now: int = NOON) -> Permissions:
    return Permissions(lambda: known, lambda: now)


def as_role(role_id: RoleId, *channels: Channel, **more: int) -> State:
    """What alice knows when she has this role."""
    known = state(*channels)
    me = msgspec.structs.replace(user(ALICE, "alice", role_id), **more)
    return replace(known, me=me, users={**known.users, ALICE: me})


def with_person(known: State, person: User) -> State:
    return replace(known, users={**known.users, person.id: person})


def test_nobody_may_do_anything_while_nobody_is_logged_in() -> None:
    nobody = allowed(None)
    assert not nobody.may(Permission.SEND_MESSAGES)
    assert not nobody.outranks(BOB)
    assert nobody.roles_i_may_give() == nobody.roles_below_mine() == ()
    assert nobody.block_of(BOB) is None
    assert not nobody.is_blocked(BOB)


def test_a_role_says_what_one_may_and_a_channel_may_say_otherwise() -> None:
    quiet = public(PLANS, "plans", overrides=(Override(MEMBER, deny=(Permission.SEND_MESSAGES,)),))
    member = allowed(as_role(MEMBER, public(GENERAL, "general"), quiet))
    assert member.may(Permission.SEND_MESSAGES, GENERAL)
    assert not member.may(Permission.SEND_MESSAGES, PLANS)
    assert not member.may(Permission.KICK_PEOPLE)
    assert not member.may(Permission.SEND_MESSAGES, BOB_AND_ALICE), "there is no such channel"


def test_a_time_out_ends_by_the_clock_and_holds_not_between_two_people() -> None:
    known = as_role(MEMBER, public(GENERAL, "general"), direct(BOB_AND_ALICE, BOB, ALICE), timeout_until=NOON + MINUTE)
    before, after = allowed(known), allowed(known, NOON + MINUTE)
    assert not before.may(Permission.SEND_MESSAGES, GENERAL)
    assert before.may(Permission.SEND_MESSAGES, BOB_AND_ALICE)
    assert after.may(Permission.SEND_MESSAGES, GENERAL)


def test_one_acts_on_people_of_lower_rank_and_never_on_oneself() -> None:
    known = with_person(as_role(MODERATOR), user(BOB, "Bob", ADMIN))
    assert [allowed(known).outranks(each) for each in (ALICE, BOB, CAROL, UserId(99))] == [False, False, True, False]
    assert allowed(known).may_act_on(Permission.KICK_PEOPLE, CAROL)
    assert not allowed(known).may_act_on(Permission.MANAGE_ROLES, CAROL)


@pytest.mark.parametrize(
    ("role_id", "given", "invited"),
    [
        (OWNER, ["owner", "admin", "moderator", "member", "guest"], ["admin", "moderator", "member", "guest"]),
        (ADMIN, ["moderator", "member", "guest"], ["moderator", "member", "guest"]),
        (MODERATOR, [], ["member", "guest"]),
        (GUEST, [], []),
    ],
)
def test_roles_below_ones_own_are_given_and_the_owner_may_give_ownership_away(
    role_id: RoleId, given: list[str], invited: list[str]
) -> None:
    mine = allowed(as_role(role_id))
    assert [role.name for role in mine.roles_i_may_give()] == given
    assert [role.name for role in mine.roles_below_mine()] == invited


def test_a_block_ends_by_the_clock_and_a_mute_hides_nothing() -> None:
    blocks = {BOB: Block(BOB, BlockKind.BLOCK, NOON + MINUTE), CAROL: Block(CAROL, BlockKind.MUTE)}
    known = replace(state(), blocks=blocks)
    assert allowed(known).is_blocked(BOB)
    assert not allowed(known).is_blocked(CAROL)
    assert allowed(known).block_of(CAROL) == blocks[CAROL]
    assert allowed(known, NOON + MINUTE).block_of(BOB) is None
    assert not allowed(known, NOON + MINUTE).is_blocked(BOB)


def private(member_ids: tuple[UserId, ...]) -> Channel:
    return msgspec.structs.replace(public(PLANS, "plans"), kind=ChannelKind.PRIVATE, member_ids=member_ids)


@pytest.mark.parametrize(
    ("known", "sentence"),
    [
        (lambda: as_role(MEMBER, public(PLANS, "plans")), ""),
        (lambda: as_role(MEMBER, public(PLANS, "plans", is_read_only=True)), "read-only"),
        (lambda: as_role(MODERATOR, public(PLANS, "plans", is_read_only=True)), ""),
        (lambda: as_role(OWNER, public(PLANS, "plans", is_archived=True)), "archived"),
        (lambda: as_role(OWNER, public(PLANS, "plans", left_ids=(ALICE,))), "Join it again"),
        (lambda: as_role(MEMBER, public(PLANS, "plans"), timeout_until=NOON + 1), "timed out"),
        (lambda: as_role(MEMBER, private((ALICE,))), ""),
        (
            lambda: as_role(
                MEMBER, public(PLANS, "plans", overrides=(Override(MEMBER, deny=(Permission.SEND_MESSAGES,)),))
            ),
            "You may not write here.",
        ),
    ],
    ids=["open", "read-only", "moderator", "archived", "left", "timed out", "private", "denied"],
)
def test_where_one_may_not_write_a_sentence_says_why(known: Callable[[], State], sentence: str) -> None:
    found = known()
    why = allowed(found).why_not_write(found, found.channels[PLANS])
    assert bool(why) is bool(sentence)
    assert sentence in why
