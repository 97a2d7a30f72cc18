"""What the model says of emoji under messages."""

from typing import Any

from .grounds import Effect, No, nothing, room_of
from .law_of_messages import message_of
from .model import Room, Said, World

HEART = "❤\ufe0f"
WRITTEN = {"👍": "👍", "❤": HEART, HEART: HEART}
"""How each is kept, of those that there are."""


def set_reaction(world: World, me: int, ask: Any) -> Effect:
    room = room_of(world, me, ask, "send_messages")
    said = message_of(room, ask)
    if said.gone:
        raise No("not_found")
    if ask.emoji not in WRITTEN:
        raise No("bad_request")
    mine = (WRITTEN[ask.emoji], me)
    if (mine in said.reactions) is ask.is_on:
        return nothing
    if ask.is_on and not said.loud and world.blocks(me, said.author):
        raise No("forbidden")
    return lambda _: put(room, said, mine, ask.is_on)


def put(room: Room, said: Said, mine: tuple[str, int], is_on: bool) -> None:
    room.changes += 1
    said.change = room.changes
    if is_on:
        said.reactions.append(mine)
    else:
        said.reactions.remove(mine)
