"""What the model says of pins, of saved messages, and of what was said before."""

from typing import Any

from .grounds import Effect, No, logged, room_of
from .law_of_messages import message_of
from .model import World


def set_pin(world: World, me: int, ask: Any) -> Effect:
    room = room_of(world, me, ask, "pin_messages")
    said = message_of(room, ask)
    if said.gone:
        raise No("not_found")

    def happen(_result: Any) -> None:
        if bool(said.pinned) is ask.is_on:
            return
        room.changes += 1
        said.change = room.changes
        said.pinned = room.changes if ask.is_on else 0
        if not ask.is_on and said.author != me and room.kind in ("public", "private"):
            logged(world, me, room)

    return happen


def list_pins(world: World, me: int, ask: Any) -> Effect:
    room = room_of(world, me, ask)

    def happen(result: Any) -> None:
        pinned = [(said.pinned, seq) for seq, said in enumerate(room.said, 1) if said.pinned]
        assert [message.seq for message in result.messages] == [seq for _, seq in sorted(pinned, reverse=True)]

    return happen


def set_saved(world: World, me: int, ask: Any) -> Effect:
    room = room_of(world, me, ask)
    said, mine = message_of(room, ask), world.saved.setdefault(me, [])
    place = (room.id, ask.seq)
    if ask.is_on and place not in mine and said.gone:
        raise No("not_found")

    def happen(_result: Any) -> None:
        if ask.is_on and place not in mine:
            mine.append(place)
        elif not ask.is_on and place in mine:
            mine.remove(place)

    return happen


def list_saved(world: World, me: int, _ask: Any) -> Effect:
    def happen(result: Any) -> None:
        seen = [place for place in reversed(world.saved.get(me, [])) if world.knows(me, world.rooms[place[0]])]
        assert [(each.message.channel_id, each.message.seq) for each in result.saved] == seen

    return happen


def fetch_versions(world: World, me: int, ask: Any) -> Effect:
    room = room_of(world, me, ask)
    said = message_of(room, ask)
    if said.author != me and not world.able_there(me, "delete_messages", room):
        raise No("forbidden")
    if said.gone:
        raise No("not_found")

    def happen(result: Any) -> None:
        assert [version.body for version in result.versions] == said.before[::-1]

    return happen
