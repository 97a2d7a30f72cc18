"""On what grounds the model refuses anything: not there, not able, not high enough."""

from collections.abc import Callable
from typing import Any

from .model import LogLine, Person, Role, Room, World

Effect = Callable[[Any], object]
"""What happens, given the server's result."""


class No(Exception):
    """The request is to be refused, with this code."""


def nothing(_result: Any) -> None:
    """What most answers change."""


def need(world: World, me: int, ability: str) -> None:
    if not world.able(me, ability):
        raise No("forbidden")


def room_of(world: World, me: int, ask: Any, ability: str | None = None) -> Room:
    """The room that is asked about, if it is there for me and I am able to do this there."""
    room = world.rooms.get(ask.channel_id)
    if room is None or not world.knows(me, room):
        raise No("not_found")
    if ability is not None and not world.able_there(me, ability, room):
        raise No("forbidden")
    return room


def lower(world: World, me: int, other: int) -> Person:
    """Somebody on whom I may act."""
    if other not in world.people:
        raise No("not_found")
    if other == me or world.height(me) <= world.height(other):
        raise No("forbidden")
    return world.people[other]


def lower_role(world: World, me: int, role_id: int) -> Role:
    if role_id not in world.roles:
        raise No("not_found")
    if world.height(me) <= world.roles[role_id].height:
        raise No("forbidden")
    return world.roles[role_id]


def logged(world: World, me: int, room: Room | None = None, *words: str) -> None:
    world.log.append(LogLine(me, room.id if room else None, set(words)))
