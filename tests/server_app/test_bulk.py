"""Connections that carry files take turns, for a share of the I/O thread's time; whoever chats never waits long."""

import math

import pytest

from server_app.net.bulk import CROWD, CROWDS_SHARE, SHARE, SLICE_SECONDS, Bulk

TURN_SECONDS = SLICE_SECONDS * 0.6


class World:
    """A clock that the turns of the connections move on, and nothing else."""

    def __init__(self) -> None:
        self.now = 100.0
        self.bulk = Bulk(lambda: self.now)


class Carrying:
    """A connection that has much to do."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.is_watched = True
        self.turns: list[int] = []

    def watch(self) -> None:
        self.is_watched = self not in self._world.bulk

    def take_turn(self, events: int) -> None:
        self.watch()
        self.turns.append(events)
        self._world.now += TURN_SECONDS


@pytest.fixture
def world() -> World:
    return World()


def test_each_gets_its_turn_in_the_order_in_which_it_had_something_and_is_not_looked_at_before(world: World) -> None:
    three = first, _, third = [Carrying(world) for _ in range(3)]
    for number, each in enumerate(three, 1):
        world.bulk.put(each, number)
    assert not any(each.is_watched for each in three)
    world.bulk.serve()
    assert [each.turns for each in three] == [[1], [2], []], "a slice is over after the second"
    assert (first.is_watched, third.is_watched) == (True, False)
    world.bulk.put(first, 4)
    world.now = world.bulk.due
    world.bulk.serve()
    assert [each.turns for each in three] == [[1, 4], [2], [3]]


def test_after_a_slice_nobody_has_a_turn_for_as_long_as_the_others_shall_have(world: World) -> None:
    carrying = Carrying(world)
    world.bulk.put(carrying, 1)
    begun = world.now
    world.bulk.serve()
    world.bulk.put(carrying, 2)
    assert world.bulk.due == pytest.approx(begun + TURN_SECONDS / SHARE)
    world.bulk.serve()
    assert carrying.turns == [1], "it is too early"


def test_who_is_gone_has_no_turn_any_more(world: World) -> None:
    carrying = Carrying(world)
    world.bulk.put(carrying, 1)
    world.bulk.discard(carrying)
    world.bulk.discard(carrying)
    world.bulk.serve()
    assert (carrying.turns, world.bulk.due) == ([], math.inf)


def test_a_crowd_has_a_smaller_share_because_the_disk_is_not_theirs_alone(world: World) -> None:
    for _ in range(CROWD):
        world.bulk.put(Carrying(world), 1)
    begun = world.now
    world.bulk.serve()
    worked = world.now - begun
    assert world.bulk.due == pytest.approx(begun + worked / CROWDS_SHARE)
