"""The left pane."""

from dataclasses import replace
from typing import Any

import msgspec

from client_app.core.panes.channels import ChannelList
from client_app.core.world.state import State
from shared.entities import Block, Channel
from shared.types import BlockKind, ChannelId, ChannelKind, UserId

from .world import ALICE, BOB, BOB_AND_ALICE, CAROL, GENERAL, NOON, NOTES, PLANS, direct, public, state

CAROL_AND_ALICE, ZOO = ChannelId(5), ChannelId(6)


def pane(known: State | None, open_channel: ChannelId | None = None) -> ChannelList:
    return ChannelList(lambda: known, lambda: open_channel)


def test_nobody_logged_in_means_no_channels() -> None:
    empty = pane(None)
    assert empty.in_order() == empty.available() == ()
    assert empty.row(GENERAL) is None
    assert empty.named("general") is None
    assert empty.unread() == 0


def test_general_comes_first_and_the_others_by_name() -> None:
    known = state(public(ZOO, "zoo"), public(PLANS, "Plans"), public(GENERAL, "general"))
    assert [row.title for row in pane(known).joined()] == ["general", "Plans", "zoo"]


def test_a_channel_that_i_left_is_available_and_not_joined() -> None:
    known = state(public(GENERAL, "general"), public(PLANS, "plans", left_ids=(ALICE,)))
    assert [row.title for row in pane(known).joined()] == ["general"]
    (available,) = pane(known).available()
    assert (available.title, available.is_joined) == ("plans", False)


def test_direct_channels_come_most_recent_first_and_empty_ones_only_while_open() -> None:
    known = state(
        direct(BOB_AND_ALICE, BOB, ALICE, last_seq=1, last_message_id=70),
        direct(CAROL_AND_ALICE, CAROL, ALICE, last_seq=1, last_message_id=80),
        direct(NOTES, ALICE),
    )
    assert [row.title for row in pane(known).directs()] == ["carol", "Bob"]
    assert [row.title for row in pane(known, open_channel=NOTES).directs()] == ["alice", "carol", "Bob"]


def test_a_row_says_what_is_unread_open_and_online() -> None:
    known = state(
        public(GENERAL, "general", last_seq=4, topic="weather"),
        direct(BOB_AND_ALICE, BOB, ALICE, last_seq=2),
        direct(CAROL_AND_ALICE, CAROL, ALICE, last_seq=2),
        read={GENERAL: 1, CAROL_AND_ALICE: 2},
    )
    channels = pane(known, open_channel=GENERAL)
    general, bob, carol = (channels.row(each) for each in (GENERAL, BOB_AND_ALICE, CAROL_AND_ALICE))
    assert general
    assert bob
    assert carol
    assert (general.unread, general.is_open, general.topic, general.is_online) == (3, True, "weather", False)
    assert (bob.unread, bob.is_open, bob.is_online) == (2, False, True)
    assert (carol.unread, carol.is_online) == (0, False)
    assert channels.unread() == 5


def test_a_channel_is_managed_by_its_maker_and_the_owner() -> None:
    by_bob, by_carol = public(PLANS, "plans", created_by=BOB), public(ZOO, "zoo", created_by=CAROL)
    private = direct(BOB_AND_ALICE, BOB, ALICE, last_seq=1)
    owner, bob = (pane(state(by_bob, by_carol, private, me=me)) for me in (ALICE, BOB))
    assert [row.may_manage for row in owner.in_order()] == [True, True, False]
    assert [row.may_manage for row in bob.in_order()] == [True, False, False]


def test_a_channel_is_found_by_its_name_however_it_is_typed() -> None:
    known = state(public(GENERAL, "general"), public(PLANS, "plans", left_ids=(ALICE,)))
    for typed in ("plans", "#plans", " #PLANS "):
        found = pane(known).named(typed)
        assert found
        assert found.channel_id == PLANS
    assert pane(known).named("nowhere") is None


def private(channel_id: ChannelId, name: str, *members: UserId, **more: Any) -> Channel:
    made = public(channel_id, name, **more)
    return msgspec.structs.replace(made, kind=ChannelKind.PRIVATE, member_ids=members)


def group(channel_id: ChannelId, *members: UserId, **more: Any) -> Channel:
    return msgspec.structs.replace(direct(channel_id, *members, **more), kind=ChannelKind.GROUP)


def test_private_channels_stand_among_the_public_ones_and_what_is_archived_by_itself() -> None:
    known = state(
        public(GENERAL, "general"),
        public(PLANS, "plans", is_archived=True),
        private(ZOO, "animals", ALICE, BOB),
        public(NOTES, "past", is_archived=True, left_ids=(ALICE,)),
    )
    assert [row.title for row in pane(known).joined()] == ["general", "animals"]
    assert [row.title for row in pane(known).archived()] == ["plans"]
    assert pane(known).available() == ()
    for name in ("plans", "past"):
        assert pane(known).named(name), "it is found all the same"


def test_a_group_is_called_by_its_name_or_by_the_others_and_is_listed_by_how_recent_it_is() -> None:
    known = state(
        direct(BOB_AND_ALICE, BOB, ALICE, last_seq=1, last_message_id=70),
        group(ZOO, ALICE, CAROL, BOB, last_seq=1, last_message_id=80),
        group(NOTES, ALICE),
        msgspec.structs.replace(group(PLANS, ALICE, BOB, last_seq=1, last_message_id=60), name="friends"),
    )
    assert [row.title for row in pane(known).directs()] == ["Nobody else", "Bob, carol", "Bob", "friends"]


def test_a_conversation_with_somebody_blocked_is_listed_only_while_it_is_open() -> None:
    known = replace(
        state(direct(BOB_AND_ALICE, BOB, ALICE, last_seq=1), direct(CAROL_AND_ALICE, CAROL, ALICE, last_seq=1)),
        blocks={BOB: Block(BOB, BlockKind.BLOCK), CAROL: Block(CAROL, BlockKind.MUTE)},
    )
    assert [row.title for row in pane(known).directs()] == ["carol"]
    assert [row.title for row in pane(known, open_channel=BOB_AND_ALICE).directs()] == ["carol", "Bob"]


def test_a_row_says_what_may_be_done_with_a_channel() -> None:
    channels = pane(
        state(
            public(GENERAL, "general"),
            private(ZOO, "zoo", BOB, created_by=BOB),
            group(PLANS, ALICE, BOB),
            direct(BOB_AND_ALICE, BOB, ALICE, last_seq=1),
            me=BOB,
        )
    )

    def rights(channel_id: ChannelId) -> list[bool]:
        row = channels.row(channel_id)
        assert row
        adding = [row.may_add_members, row.may_remove_members]
        return [row.may_write, row.may_manage, row.may_archive, row.may_delete, row.may_leave, *adding]

    assert rights(GENERAL) == [True, False, False, False, False, False, False]
    assert rights(ZOO) == [True, True, True, True, True, True, True]
    assert rights(PLANS) == [True, True, False, False, True, True, False]
    assert rights(BOB_AND_ALICE) == [True, False, False, False, False, False, False]


def test_a_row_says_why_one_may_not_write_and_how_long_to_wait() -> None:
    slow = public(PLANS, "plans", is_read_only=True, slow_seconds=30)
    for me, waits, sentence in ((ALICE, 0, ""), (BOB, NOON, "read-only")):
        known = state(slow, me=me)
        row = ChannelList(lambda known=known: known, lambda: None, wait_until=lambda _: NOON).row(PLANS)  # type: ignore[misc]  # a default binds it
        assert row
        assert (row.slow_seconds, row.is_read_only, row.wait_until) == (30, True, waits)
        assert sentence in row.why_not_write
        assert row.may_write is not bool(sentence)
