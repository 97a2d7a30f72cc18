"""Who hears what, and how few hand-overs it takes."""

import random
from collections.abc import Mapping

import pytest
from msgspec.structs import replace

from server_app.audiences import Everyone, Fact, ToChannel, ToSession, ToUsers
from server_app.blocks import as_seen
from server_app.carriers import Handover
from server_app.hub import Hub
from server_app.presence import Presence
from shared.codec import encode
from shared.entities import Block, Channel, Message, User
from shared.events import (
    AnyEvent,
    BlocksChanged,
    ChannelCreated,
    ChannelJoined,
    ChannelLeft,
    ChannelRead,
    MessagePosted,
    PresenceChanged,
    SessionEnded,
)
from shared.framing import frame
from shared.rights import BUILTIN, MEMBER
from shared.types import (
    GENERAL,
    BlockKind,
    ChannelId,
    ChannelKind,
    MessageId,
    MessageKind,
    Milliseconds,
    SessionId,
    UserId,
)

ALICE, BOB, CAROL = UserId(1), UserId(2), UserId(3)
DIRECT = ChannelId(2)
NOW: Milliseconds = 1_000_000


class Carrier:
    """Keeps what it is handed."""

    def __init__(self) -> None:
        self.handovers: list[Handover] = []

    def hand_over(self, handover: Handover) -> None:
        self.handovers.append(handover)


class Receiver:
    """Only something to be told apart."""

    def __init__(self, carrier: Carrier) -> None:
        self.carrier = carrier

    def deliver(self, data: bytes) -> None:
        raise AssertionError("the hub hands over; it does not deliver")

    def dismiss(self) -> None:
        raise AssertionError("the hub hands over; it does not dismiss")

    def heard(self) -> bytes:
        """All bytes that were handed over for this one, which are then forgotten."""
        return b"".join(
            data for each in self.carrier.handovers for receivers, data in each.deliveries if self in receivers
        )


def channel(channel_id: ChannelId, kind: ChannelKind, members: tuple[UserId, ...] = ()) -> Channel:
    return Channel(
        id=channel_id, kind=kind, name="", topic="", created_by=None, created_at=0, last_seq=0, member_ids=members
    )


def world(blocks: Mapping[UserId, tuple[Block, ...]] | None = None) -> tuple[Hub, dict[UserId, Receiver], Carrier]:
    """Alice, bob and carol on one I/O thread; alice and bob share a direct channel."""
    users = [User(id=each, name=str(each), role_id=MEMBER, created_at=0, rev=0) for each in (ALICE, BOB, CAROL)]
    roles = [builtin.role for builtin in BUILTIN]
    channels = [channel(GENERAL, ChannelKind.PUBLIC), channel(DIRECT, ChannelKind.DIRECT, (ALICE, BOB))]
    hub = Hub(users, roles, channels, blocks or {}, lambda: NOW)
    carrier = Carrier()
    receivers = {user_id: Receiver(carrier) for user_id in (ALICE, BOB, CAROL)}
    for user_id, receiver in receivers.items():
        hub.subscribe(receiver, user_id, SessionId(user_id))
    return hub, receivers, carrier


def fact(number: int) -> AnyEvent:
    return ChannelRead(channel_id=GENERAL, seq=number)


def said(author_id: UserId, seq: int) -> MessagePosted:
    message = Message(MessageId(seq), GENERAL, seq, author_id, f"client-id-{seq}", MessageKind.TEXT, "hello", 5)
    return MessagePosted(message=message)


def as_hidden(event: MessagePosted) -> MessagePosted:
    return MessagePosted(message=replace(event.message, body="", is_hidden=True))


def frames(*events: AnyEvent) -> bytes:
    return b"".join(frame(encode(each)) for each in events)


def blocks(
    *user_ids: UserId, until: Milliseconds | None = None, kind: BlockKind = BlockKind.BLOCK
) -> tuple[Block, ...]:
    return tuple(Block(user_id, kind, until) for user_id in user_ids)


def test_each_audience_is_who_it_says() -> None:
    for audience, wanted in (
        (Everyone(), {ALICE, BOB, CAROL}),
        (ToUsers((ALICE, CAROL)), {ALICE, CAROL}),
        (ToChannel(GENERAL), {ALICE, BOB, CAROL}),
        (ToChannel(DIRECT), {ALICE, BOB}),
        (ToSession(SessionId(BOB)), {BOB}),
    ):
        hub, receivers, _ = world()
        hub.publish([(fact(1), audience)])
        assert {user_id for user_id, receiver in receivers.items() if receiver.heard()} == wanted


def test_leaving_joining_and_disconnecting_count_at_once() -> None:
    hub, receivers, carrier = world()
    message = [(fact(1), ToChannel(GENERAL))]
    hub.publish(message)
    hub.publish([(ChannelLeft(channel_id=GENERAL, user_id=BOB), Everyone())])
    carrier.handovers.clear()
    hub.publish(message)
    assert not receivers[BOB].heard()
    hub.publish([(ChannelJoined(channel_id=GENERAL, user_id=BOB), Everyone())])
    hub.unsubscribe(receivers[CAROL])
    carrier.handovers.clear()
    hub.publish(message)
    assert receivers[BOB].heard()
    assert not receivers[CAROL].heard()
    hub.unsubscribe(receivers[CAROL])


def test_a_new_direct_channel_is_heard_by_its_two_people() -> None:
    hub, receivers, carrier = world()
    made = channel(ChannelId(3), ChannelKind.DIRECT, (BOB, CAROL))
    hub.publish([(ChannelCreated(channel=made), ToUsers((BOB, CAROL)))])
    carrier.handovers.clear()
    hub.publish([(fact(1), ToChannel(ChannelId(3)))])
    assert [bool(receiver.heard()) for receiver in receivers.values()] == [False, True, True]


def test_a_whole_batch_is_one_handover_and_neighbours_are_joined_in_order() -> None:
    hub, receivers, carrier = world()
    hub.publish([*((fact(number), ToChannel(GENERAL)) for number in range(50)), (fact(99), ToUsers((ALICE,)))])
    (handover,) = carrier.handovers
    assert len(handover.deliveries) == 2
    joined = b"".join(frame(encode(fact(number))) for number in range(50))
    assert receivers[BOB].heard() == joined
    assert receivers[ALICE].heard() == joined + frame(encode(fact(99)))


def test_who_hears_that_their_session_ended_is_sent_away() -> None:
    hub, receivers, carrier = world()
    hub.publish([(SessionEnded(message="Over."), ToSession(SessionId(BOB)))])
    (handover,) = carrier.handovers
    assert handover.endings == [receivers[BOB]]


def test_presence_tells_only_what_changed_and_nothing_of_a_flicker() -> None:
    presence = Presence()
    presence.device_came(ALICE, "laptop")
    presence.device_came(ALICE, "phone")
    assert presence.present().everybody == (), "nobody has been told yet"
    assert presence.news() == PresenceChanged(online_ids=(ALICE,))
    presence.device_went(ALICE, "laptop")
    assert presence.news() is None, "her other device is still there"
    presence.device_went(ALICE, "phone")
    presence.device_came(ALICE, "phone")
    assert presence.news() is None, "she came back before anybody was told"
    presence.device_went(ALICE, "phone")
    presence.device_came(BOB, "phone")
    assert presence.present().online_ids == (ALICE,)
    assert presence.news() == PresenceChanged(online_ids=(BOB,), offline_ids=(ALICE,))
    assert presence.present().online_ids == (BOB,)


def test_whoever_blocks_somebody_hears_them_hidden_in_their_place_and_the_rest_as_one_piece() -> None:
    hub, receivers, carrier = world({ALICE: blocks(BOB)})
    second = Receiver(carrier)
    hub.subscribe(second, ALICE, SessionId(9))
    batch = [said(CAROL, 1), said(BOB, 2), said(CAROL, 3), said(BOB, 4), said(ALICE, 5)]
    hub.publish([(each, ToChannel(GENERAL)) for each in batch])
    (handover,) = carrier.handovers
    assert len(handover.deliveries) == 2, "everybody else still gets it in one piece"
    assert receivers[BOB].heard() == receivers[CAROL].heard() == frames(*batch)
    seen = [as_hidden(each) if each.message.author_id == BOB else each for each in batch]
    assert receivers[ALICE].heard() == second.heard() == frames(*seen)


def test_who_blocks_different_people_hears_each_in_their_own_way() -> None:
    hub, receivers, _ = world({ALICE: blocks(BOB, CAROL), CAROL: blocks(BOB)})
    batch = [said(BOB, 1), said(CAROL, 2)]
    hub.publish([(each, ToChannel(GENERAL)) for each in batch])
    assert receivers[ALICE].heard() == frames(*map(as_hidden, batch))
    assert receivers[BOB].heard() == frames(*batch)
    assert receivers[CAROL].heard() == frames(as_hidden(batch[0]), batch[1])


def test_where_nobody_who_is_there_blocks_the_author_nothing_is_split() -> None:
    for known in ({}, {ALICE: blocks(BOB, kind=BlockKind.MUTE)}, {ALICE: blocks(CAROL)}, {UserId(9): blocks(BOB)}):
        hub, receivers, carrier = world(known)
        hub.publish([(said(BOB, 1), ToChannel(GENERAL))])
        ((devices, data),) = carrier.handovers[0].deliveries
        assert (set(devices), data) == (set(receivers.values()), frames(said(BOB, 1)))


def test_a_block_counts_from_the_fact_that_tells_of_it_until_its_end() -> None:
    hub, receivers, _ = world({BOB: blocks(CAROL, until=NOW), CAROL: blocks(BOB, until=NOW + 1)})
    begun, ended = (BlocksChanged(user_id=ALICE, blocks=each) for each in (blocks(BOB), ()))
    before, during, after = said(BOB, 1), said(BOB, 2), said(BOB, 3)
    channel_id, alone = ToChannel(GENERAL), ToUsers((ALICE,))
    hub.publish([(before, channel_id), (begun, alone), (during, channel_id), (ended, alone), (after, channel_id)])
    assert receivers[ALICE].heard() == frames(before, begun, as_hidden(during), ended, after)
    assert receivers[CAROL].heard() == frames(*map(as_hidden, (before, during, after))), "hers has not ended yet"
    by_carol = said(CAROL, 4)
    hub.publish([(by_carol, channel_id)])
    assert receivers[BOB].heard().endswith(frames(by_carol)), "his is over at that very moment"


def test_blocked_people_come_and_go_unnoticed_and_are_there_again_when_that_is_over() -> None:
    hub, receivers, carrier = world({ALICE: blocks(BOB)})
    hub.publish_presence()
    everybody = PresenceChanged(online_ids=(ALICE, BOB, CAROL))
    assert receivers[ALICE].heard() == frames(PresenceChanged(online_ids=(ALICE, CAROL)))
    assert receivers[BOB].heard() == receivers[CAROL].heard() == frames(everybody)
    carrier.handovers.clear()
    hub.unsubscribe(receivers[BOB])
    hub.publish_presence()
    assert receivers[ALICE].heard() == b"", "of what says nothing to her, nothing reaches her"
    assert all(data for each in carrier.handovers for _, data in each.deliveries), "and nobody has work because of it"
    assert receivers[CAROL].heard() == frames(PresenceChanged(offline_ids=(BOB,)))
    hub.subscribe(receivers[BOB], BOB, SessionId(BOB))
    hub.publish_presence()
    carrier.handovers.clear()
    changes = [BlocksChanged(user_id=ALICE, blocks=each) for each in (blocks(CAROL), ())]
    hub.publish([(each, ToUsers((ALICE,))) for each in changes])
    first = PresenceChanged(online_ids=(BOB,), offline_ids=(CAROL,))
    second = PresenceChanged(online_ids=(CAROL,))
    assert receivers[ALICE].heard() == frames(changes[0], first, changes[1], second)
    assert receivers[BOB].heard() == receivers[CAROL].heard() == b""


@pytest.mark.parametrize("seed", range(20))
def test_each_hears_everything_in_its_order_and_as_the_blocks_stand_at_that_moment(seed: int) -> None:
    chance = random.Random(seed)
    people = (ALICE, BOB, CAROL)
    hub, receivers, _ = world()
    hub.publish_presence()
    blocked: dict[UserId, set[UserId]] = {each: set() for each in people}
    wanted: dict[UserId, list[AnyEvent]] = {each: [PresenceChanged(online_ids=people)] for each in people}
    facts: list[Fact] = []
    for number in range(60):
        who, other = chance.sample(people, 2)
        if chance.random() < 0.3:
            before, after = blocked[who], blocked[who] ^ {other}
            blocked[who] = after
            event: AnyEvent = BlocksChanged(user_id=who, blocks=blocks(*sorted(after)))
            presence = PresenceChanged(tuple(before - after), tuple(after - before))
            wanted[who] += [event, presence]
            facts.append((event, ToUsers((who,))))
        else:
            audience, hearers = chance.choice([(ToChannel(GENERAL), people), (ToChannel(DIRECT), (ALICE, BOB))])
            event = said(who, number)
            for each in hearers:
                seen = as_seen(event, blocked[each])
                assert seen is not None
                wanted[each].append(seen)
            facts.append((event, audience))
    while facts:
        size = chance.randint(1, 12)
        hub.publish(facts[:size])
        facts = facts[size:]
    for each in people:
        assert receivers[each].heard() == frames(*wanted[each])
