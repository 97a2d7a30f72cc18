"""What the model says of searches: all that one may read is found, and nothing else."""

from typing import Any

from .grounds import Effect, No
from .law_of_mentions import is_hidden
from .model import World


def search(world: World, me: int, ask: Any) -> Effect:
    rooms = [room for room in world.rooms.values() if world.knows(me, room) and ask.channel_id in (None, room.id)]
    if ask.channel_id is not None and not rooms:
        raise No("not_found")
    found = {
        (room.id, seq)
        for room in rooms
        for seq, said in enumerate(room.said, 1)
        if ask.query in said.words and not said.gone and not is_hidden(world, me, said)
    }

    def happen(result: Any) -> None:
        assert {(hit.message.channel_id, hit.message.seq) for hit in result.hits} == found

    return happen
