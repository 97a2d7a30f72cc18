"""What the model says of requests about rooms."""

from typing import Any

from .grounds import Effect, No, logged, need, nothing, room_of
from .model import HALL, OWNER, Room, World

IN_ROOMS = {
    "view_channels",
    "send_messages",
    "send_in_read_only",
    "bypass_slow_mode",
    "delete_messages",
    "add_members",
    "manage_channels",
    "pin_messages",
    "mention_everybody",
}


# --- rooms ------------------------------------------------------------------------------------------------------------


def in_the_way(world: World, me: int, name: str, room: Room | None = None) -> bool:
    return any(
        other.kind == "public" and other is not room and other.name == name and world.knows(me, other)
        for other in world.rooms.values()
    )


def create_channel(world: World, me: int, ask: Any) -> Effect:
    need(world, me, "create_private_channels" if ask.private else "create_channels")
    if not ask.private and in_the_way(world, me, ask.name):
        raise No("conflict")
    kind, people = ("private", {me}) if ask.private else ("public", set())

    def happen(result: Any) -> None:
        world.rooms[result.channel_id] = Room(result.channel_id, kind, ask.name, ask.topic, me, people)

    return happen


def rename_channel(world: World, me: int, ask: Any) -> Effect:
    room = room_of(world, me, ask, "manage_channels")
    if ask.name != room.name and room.kind == "public" and in_the_way(world, me, ask.name, room):
        raise No("conflict")
    return lambda _: setattr(room, "name", ask.name)


def set_topic(world: World, me: int, ask: Any) -> Effect:
    room = room_of(world, me, ask, "manage_channels")
    return lambda _: setattr(room, "topic", ask.topic)


def join_channel(world: World, me: int, ask: Any) -> Effect:
    room = room_of(world, me, ask)
    return lambda _: room.people.discard(me) if room.kind == "public" else None


def leave_channel(world: World, me: int, ask: Any) -> Effect:
    room = room_of(world, me, ask)
    if room.id == HALL or room.kind == "direct":
        raise No("forbidden")
    return lambda _: room.people.add(me) if room.kind == "public" else go(room, me)


def go(room: Room, person: int) -> None:
    room.people.discard(person)
    room.unaware.pop(person, None)
    room.spoke_slowly.discard(person)
    room.same_people = False
    if not room.people - set(room.unaware):
        end(room)


def end(room: Room) -> None:
    room.gone, room.same_people = True, False
    if room.kind != "public":
        room.people.clear()


def welcome(world: World, *people: int) -> None:
    for person in people:
        if person not in world.people:
            raise No("not_found")
        if world.people[person].banned:
            raise No("forbidden")


def open_direct(world: World, me: int, ask: Any) -> Effect:
    pair = {me, ask.user_id}
    for room in world.rooms.values():
        if room.kind == "direct" and room.people == pair:
            return lambda _: room.unaware.pop(me, None)
    if ask.user_id != me:
        need(world, me, "write_directly")
    welcome(world, ask.user_id)
    return lambda result: begin(world, me, "direct", pair, result)


def open_group(world: World, me: int, ask: Any) -> Effect:
    need(world, me, "write_directly")
    people = {me, *ask.user_ids}
    if not 2 <= len(people) <= 10:
        raise No("bad_request")
    for room in world.rooms.values():
        if room.kind == "group" and room.same_people and room.people == people:
            return lambda _: room.unaware.pop(me, None)
    welcome(world, *sorted(people))
    return lambda result: begin(world, me, "group", people, result)


def begin(world: World, me: int, kind: str, people: set[int], result: Any) -> None:
    unaware = {person: me for person in people if world.blocks(person, me)}
    world.rooms[result.channel_id] = Room(result.channel_id, kind, "", "", me, people, unaware, same_people=True)


def add_member(world: World, me: int, ask: Any) -> Effect:
    room, other = room_of(world, me, ask, "add_members"), ask.user_id
    if room.kind == "public":
        raise No("bad_request")
    welcome(world, other)
    kept_away = world.blocks(other, me)
    if other in room.people:
        return nothing if kept_away else lambda _: room.unaware.pop(other, None)
    if room.kind == "group" and len(room.people) >= 10:
        raise No("conflict")

    def happen(_result: Any) -> None:
        room.people.add(other)
        room.same_people = False
        if kept_away:
            room.unaware[other] = me
        if room.kind == "private":
            logged(world, me, room)

    return happen


def remove_member(world: World, me: int, ask: Any) -> Effect:
    room, other = room_of(world, me, ask, "add_members"), ask.user_id
    if room.kind == "public":
        raise No("bad_request")
    if room.kind == "group":
        raise No("forbidden")
    if other not in room.people:
        return nothing
    if other == room.maker and other != me and not world.able_there(me, "manage_channels", room):
        raise No("forbidden")

    def happen(_result: Any) -> None:
        go(room, other)
        logged(world, me, room)

    return happen


def change_channel(world: World, me: int, ask: Any) -> Effect:
    room = room_of(world, me, ask, "manage_channels")
    if room.kind == "group":
        raise No("forbidden")
    allowed, denied = room.allowed, room.denied
    if ask.overrides is not None:
        allowed = {each.role_id: {one.value for one in each.allow} for each in ask.overrides if each.allow}
        denied = {each.role_id: {one.value for one in each.deny} for each in ask.overrides if each.deny}
        if len({each.role_id for each in ask.overrides}) < len(ask.overrides):
            raise No("bad_request")
        for role in {each.role_id for each in ask.overrides} | {*room.allowed, *room.denied}:
            judge_exception(world, me, room, role, allowed.get(role, set()), denied.get(role, set()))

    def happen(_result: Any) -> None:
        room.allowed, room.denied = allowed, denied
        room.hushed = room.hushed if ask.is_read_only is None else ask.is_read_only
        room.slow = room.slow if ask.slow_seconds is None else ask.slow_seconds
        logged(world, me, room)

    return happen


def judge_exception(world: World, me: int, room: Room, role: int, allow: set[str], deny: set[str]) -> None:
    if role not in world.roles:
        raise No("not_found")
    if (allow, deny) == (room.allowed.get(role, set()), room.denied.get(role, set())):
        return
    if role == OWNER or world.height(me) <= world.roles[role].height:
        raise No("forbidden")
    about_sight = "view_channels" in allow | deny and room.kind == "private"
    if allow & deny or (allow | deny) - IN_ROOMS or about_sight or ("view_channels" in deny and room.id == HALL):
        raise No("bad_request")
    in_use = Room(room.id, room.kind, "", "", room.maker, set(room.people), hushed=room.hushed)
    in_use.allowed, in_use.denied = room.allowed, room.denied
    if room.kind == "public":
        in_use.people.clear()
    for ability in allow - room.allowed.get(role, set()):
        if ability != "view_channels" and not world.able_there(me, ability, in_use):
            raise No("forbidden")


def archive_channel(world: World, me: int, ask: Any) -> Effect:
    room = own_room(world, me, ask)

    def happen(_result: Any) -> None:
        if room.shelved is not ask.is_archived:
            logged(world, me, room)
        room.shelved = ask.is_archived

    return happen


def delete_channel(world: World, me: int, ask: Any) -> Effect:
    room = own_room(world, me, ask)

    def happen(_result: Any) -> None:
        logged(world, me, room, room.name)
        end(room)

    return happen


def own_room(world: World, me: int, ask: Any) -> Room:
    room = room_of(world, me, ask, "manage_channels")
    if room.kind == "group" or room.id == HALL:
        raise No("forbidden")
    return room
