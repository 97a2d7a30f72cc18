"""What the model says of what is said in rooms, and of what becomes of it."""

from typing import Any

from .grounds import Effect, No, logged, nothing, room_of
from .law_of_files import files_of
from .law_of_mentions import name_people
from .model import HALL, Room, Said, World


def send_message(world: World, me: int, ask: Any) -> Effect:
    room = room_of(world, me, ask, "send_messages")
    words, first = referred(world, me, room, ask)
    forward = ask.forward_of
    passed_on = None if forward is None else world.rooms[forward.channel_id].said[forward.seq - 1]
    files = files_of(world, me, room, ask, passed_on)
    loud = ask.kind.value == "announcement"
    if loud and (room.id != HALL or not world.able(me, "announce")):
        raise No("forbidden")
    waits = room.slow > 0 and not world.able_there(me, "bypass_slow_mode", room)
    if waits and me in room.spoke_slowly:
        raise No("rate_limited")

    def happen(result: Any) -> None:
        said = Said(me, words, loud, first, files=files)
        for file in files:
            file.said = True
        if ask.reply_to is not None and not ask.is_silent_reply:
            said.answered = room.said[ask.reply_to - 1].author
        if not first:
            name_people(world, room, said)
        room.said.append(said)
        assert result.seq == len(room.said)
        if waits:
            room.spoke_slowly.add(me)
        if loud:
            logged(world, me, room)

    return happen


def referred(world: World, me: int, room: Room, ask: Any) -> tuple[str, int]:
    """What a message says, and who said that first: what it answers or passes on must be there for me."""
    if ask.forward_of is not None:
        passed_on = message_of(room_of(world, me, ask.forward_of), ask.forward_of)
        if passed_on.gone:
            raise No("not_found")
        if not passed_on.loud and any(world.blocks(me, each) for each in (passed_on.author, passed_on.first)):
            raise No("forbidden")
        return passed_on.words, passed_on.first or passed_on.author
    if ask.reply_to is not None and (not 1 <= ask.reply_to <= len(room.said) or room.said[ask.reply_to - 1].gone):
        raise No("not_found")
    return ask.body, 0


def message_of(room: Room, ask: Any) -> Said:
    if not 1 <= ask.seq <= len(room.said):
        raise No("not_found")
    said: Said = room.said[ask.seq - 1]
    return said


def edit_message(world: World, me: int, ask: Any) -> Effect:
    room = room_of(world, me, ask, "send_messages")
    said = message_of(room, ask)
    if said.author != me:
        raise No("forbidden")
    if said.gone:
        raise No("not_found")
    if said.loud and not world.able(me, "announce"):
        raise No("forbidden")

    def happen(_result: Any) -> None:
        said.before.append(said.words)
        change(room, said, ask.body)
        name_people(world, room, said)

    return happen


def change(room: Room, said: Said, words: str) -> None:
    room.changes += 1
    said.words, said.change, said.gone = words, room.changes, not words
    if said.gone:
        said.pinned = 0
        said.reactions.clear()
        said.files.clear()
        said.named, said.for_all = set(), False


def delete_message(world: World, me: int, ask: Any) -> Effect:
    room = room_of(world, me, ask)
    said = message_of(room, ask)
    if said.author != me and not world.able_there(me, "delete_messages", room):
        raise No("forbidden")

    def happen(_result: Any) -> None:
        if not said.gone:
            change(room, said, "")
            if said.author != me:
                logged(world, me, room)

    return happen


def look(world: World, me: int, ask: Any) -> Effect:
    room_of(world, me, ask)
    return nothing


def reveal_message(world: World, me: int, ask: Any) -> Effect:
    said = message_of(room_of(world, me, ask), ask)

    def happen(result: Any) -> None:
        assert result.message.body == said.words

    return happen
