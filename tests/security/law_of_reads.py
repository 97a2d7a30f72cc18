"""What the model says of how far somebody has read, of who may see it, and of who is writing."""

from typing import Any

from .grounds import Effect, No, nothing, room_of
from .model import World


def mark_read(world: World, me: int, ask: Any) -> Effect:
    if ask.seq > len(room_of(world, me, ask).said):
        raise No("bad_request")
    return nothing


def mark_many_read(world: World, me: int, ask: Any) -> Effect:
    known = [each for each in ask.positions if each.channel_id in world.rooms_of(me)]
    if not ask.goes_back and any(each.seq > len(world.rooms[each.channel_id].said) for each in known):
        raise No("bad_request")
    return nothing


def typing(world: World, me: int, ask: Any) -> Effect:
    room_of(world, me, ask, "send_messages")
    return nothing


def set_receipts(_world: World, _me: int, _ask: Any) -> Effect:
    return nothing
