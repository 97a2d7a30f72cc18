"""What the model says of whom messages are for in particular."""

from typing import Any

from .grounds import Effect
from .model import Room, Said, World


def name_people(world: World, room: Room, said: Said) -> None:
    """Whom what somebody says is for in particular; who came since it was said to all is not among those."""
    word = said.words.partition(" ")[0]
    was_for_all, said.for_all = said.for_all, False
    if word == "@channel" and world.able_there(said.author, "mention_everybody", room):
        said.for_all = True
        meant = {said.answered} if was_for_all else set(world.people)
        said.named = bothered(world, room, said, meant) | (said.named if was_for_all else set())
        return
    meant = {each.id for each in world.people.values() if word == f"@{each.name}"} | {said.answered}
    said.named = bothered(world, room, said, meant)


def bothered(world: World, room: Room, said: Said, meant: set[int]) -> set[int]:
    return {
        each
        for each in meant & set(world.people) - {said.author}
        if world.hears(each, room) and not world.people[each].banned and not is_hidden(world, each, said)
    }


def is_hidden(world: World, person: int, said: Said) -> bool:
    return not said.loud and any(world.blocks(person, each) for each in (said.author, said.first))


def fetch_mentions(world: World, me: int, _: Any) -> Effect:
    found = {
        (room.id, seq)
        for room in world.rooms.values()
        for seq, said in enumerate(room.said, 1)
        if world.knows(me, room) and me in said.named and not is_hidden(world, me, said)
    }

    def happen(result: Any) -> None:
        assert {(each.channel_id, each.seq) for each in result.messages} == found

    return happen
