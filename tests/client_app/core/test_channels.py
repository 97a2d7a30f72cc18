"""The left pane."""

from client_app.core.channels import ChannelList
from client_app.core.state import State
from shared.types import ChannelId

from .world import ALICE, BOB, BOB_AND_ALICE, CAROL, GENERAL, NOTES, PLANS, direct, public, state

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
