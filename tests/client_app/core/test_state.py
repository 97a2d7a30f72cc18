"""How facts change what is known."""

import pytest

from client_app.core.world.endings import ends_of
from client_app.core.world.facts import apply
from client_app.core.world.presence import Presence
from client_app.core.world.state import from_snapshot
from shared.entities import Choices, ReadPosition, Snapshot, Status
from shared.events import (
    AnyEvent,
    ChannelCreated,
    ChannelJoined,
    ChannelLeft,
    ChannelRead,
    ChannelRenamed,
    ChoicesChanged,
    MessagePosted,
    PresenceChanged,
    ServerStopping,
    SessionEnded,
    StatusSet,
    TopicChanged,
    UserRegistered,
)
from shared.types import Availability, ChannelId, UserId

from .world import ALICE, BOB, BOB_AND_ALICE, CAROL, GENERAL, NOTES, PLANS, direct, message, public, state, user

EVENTS: list[AnyEvent] = [
    UserRegistered(user(UserId(4), "dora")),
    PresenceChanged(online_ids=(CAROL,), offline_ids=(BOB,)),
    PresenceChanged(idle_ids=(CAROL,), do_not_disturb_ids=(BOB,)),
    StatusSet(CAROL, Status("at lunch")),
    StatusSet(CAROL),
    ChoicesChanged(ALICE, Choices(Availability.INVISIBLE)),
    ChannelCreated(public(PLANS, "plans")),
    ChannelRenamed(GENERAL, "hall", BOB),
    TopicChanged(GENERAL, "weather", BOB),
    ChannelLeft(GENERAL, BOB),
    ChannelJoined(GENERAL, BOB),
    MessagePosted(message(5)),
    MessagePosted(message(6, author_id=ALICE)),
    ChannelRead(GENERAL, 3),
    SessionEnded("over"),
    ServerStopping(1.0),
]


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: type(event).__name__)
def test_hearing_a_fact_twice_is_the_same_as_hearing_it_once(event: AnyEvent) -> None:
    once = apply(state(), event)
    assert apply(once, event) == once


@pytest.mark.parametrize(
    "event",
    [
        ChannelRenamed(PLANS, "x", BOB),
        TopicChanged(PLANS, "x", BOB),
        ChannelJoined(PLANS, BOB),
        ChannelLeft(PLANS, BOB),
        MessagePosted(message(1, channel_id=PLANS)),
    ],
    ids=lambda event: type(event).__name__,
)
def test_a_fact_about_a_channel_that_is_not_known_harms_nothing(event: AnyEvent) -> None:
    assert apply(state(), event) == state()


def test_states_are_never_changed_in_place() -> None:
    before, twin = state(), state()
    for event in EVENTS:
        apply(before, event)
    assert before == twin


def test_unread_is_what_came_after_what_was_read() -> None:
    known = state(public(GENERAL, "general", last_seq=7), read={GENERAL: 4})
    assert known.unread(GENERAL) == 3
    assert apply(known, MessagePosted(message(8))).unread(GENERAL) == 4
    assert apply(known, ChannelRead(GENERAL, 6)).unread(GENERAL) == 1
    assert apply(known, ChannelRead(GENERAL, 2)).unread(GENERAL) == 5, "what was marked as unread is unread again"
    assert apply(known, ChannelRead(GENERAL, 0)) == state(public(GENERAL, "general", last_seq=7))


def test_my_own_message_marks_everything_before_it_as_read() -> None:
    known = state(public(GENERAL, "general", last_seq=7))
    assert apply(known, MessagePosted(message(8, author_id=ALICE))).unread(GENERAL) == 0


def test_a_channel_that_i_have_left_has_nothing_unread() -> None:
    known = state(public(PLANS, "plans", last_seq=7, left_ids=(ALICE,)))
    assert known.unread(PLANS) == 0


def test_direct_channels_are_called_by_the_other_person() -> None:
    known = state(direct(BOB_AND_ALICE, BOB, ALICE), direct(NOTES, ALICE), public(GENERAL, "general"))
    assert known.title(known.channels[BOB_AND_ALICE]) == "Bob"
    assert known.title(known.channels[NOTES]) == "alice"
    assert known.title(known.channels[GENERAL]) == "general"
    assert known.direct_with(BOB) == BOB_AND_ALICE
    assert known.direct_with(ALICE) == NOTES
    assert known.direct_with(CAROL) is None


def test_somebody_unknown_has_a_name_all_the_same() -> None:
    assert state().name(UserId(99)) == "user 99"


def test_a_snapshot_is_indexed_and_keeps_no_empty_read_positions() -> None:
    known = state()
    snapshot = Snapshot(
        me=known.me,
        users=tuple(known.users.values()),
        online_ids=(ALICE, BOB),
        channels=tuple(known.channels.values()),
        read_positions=(ReadPosition(GENERAL, 3), ReadPosition(ChannelId(9), 0)),
        idle_seconds=60,
        roles=tuple(known.roles.values()),
    )
    assert from_snapshot(snapshot) == state(read={GENERAL: 3})


def test_what_i_choose_to_look_like_is_so_at_once_though_nobody_was_told_of_it_yet() -> None:
    hidden = apply(state(), ChoicesChanged(ALICE, Choices(Availability.INVISIBLE)))
    assert (ALICE in hidden.online, hidden.presence_of(ALICE)) == (False, Presence.INVISIBLE)
    undisturbed = apply(hidden, ChoicesChanged(ALICE, Choices(Availability.DO_NOT_DISTURB)))
    assert undisturbed.presence_of(ALICE) is Presence.DO_NOT_DISTURB
    back = apply(undisturbed, ChoicesChanged(ALICE, Choices()))
    assert back.presence_of(ALICE) is Presence.ONLINE


def test_each_person_looks_as_they_were_told_of_last() -> None:
    told = state()
    for event, presence in (
        (PresenceChanged(idle_ids=(BOB,)), Presence.IDLE),
        (PresenceChanged(do_not_disturb_ids=(BOB,)), Presence.DO_NOT_DISTURB),
        (PresenceChanged(online_ids=(BOB,)), Presence.ONLINE),
        (PresenceChanged(offline_ids=(BOB,)), Presence.OFFLINE),
    ):
        told = apply(told, event)
        assert told.presence_of(BOB) is presence


def test_the_end_of_a_status_is_looked_for_like_that_of_a_time_out() -> None:
    assert ends_of(state()) == []
    assert ends_of(apply(state(), StatusSet(BOB, Status("at lunch", until=5)))) == [5]
    assert ends_of(apply(state(), StatusSet(BOB, Status("on holiday")))) == []
