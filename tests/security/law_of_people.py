"""What the model says of requests about roles, about people, and about the door."""

from collections.abc import Callable
from typing import Any

from .grounds import Effect, No, logged, lower, lower_role, need, nothing, room_of
from .law_of_files import take_back_all
from .law_of_messages import change, message_of
from .model import ADMIN, FEW, GUEST, MEMBER, OWNER, Complaint, Person, Role, World


def create_role(world: World, me: int, ask: Any) -> Effect:
    need(world, me, "manage_roles")
    can = {each.value for each in ask.permissions}
    if ask.rank >= world.height(me) or not can <= world.roles[world.people[me].role].can:
        raise No("forbidden")

    def happen(result: Any) -> None:
        world.roles[result.role_id] = Role(result.role_id, ask.name, ask.rank, can)
        logged(world, me, None, ask.name)

    return happen


def change_role(world: World, me: int, ask: Any) -> Effect:
    need(world, me, "manage_roles")
    role = changeable(world, me, ask.role_id)
    can = {each.value for each in ask.permissions}
    if role.id <= GUEST and (ask.name, ask.rank) != (role.name, role.height):
        raise No("forbidden")
    if ask.rank >= world.height(me) or not can - role.can <= world.roles[world.people[me].role].can:
        raise No("forbidden")

    def happen(_result: Any) -> None:
        logged(world, me, None, role.name, ask.name)
        role.name, role.height, role.can = ask.name, ask.rank, can

    return happen


def remove_role(world: World, me: int, ask: Any) -> Effect:
    need(world, me, "manage_roles")
    role = changeable(world, me, ask.role_id)
    if role.id <= GUEST:
        raise No("forbidden")
    lower_role(world, me, MEMBER)

    def happen(_result: Any) -> None:
        logged(world, me, None, role.name)
        del world.roles[role.id]
        for person in world.people.values():
            person.role = MEMBER if person.role == role.id else person.role
        for room in world.rooms.values():
            room.allowed.pop(role.id, None)
            room.denied.pop(role.id, None)
        world.codes = {
            code: (maker, MEMBER if given == role.id else given) for code, (maker, given) in world.codes.items()
        }

    return happen


def changeable(world: World, me: int, role_id: int) -> Role:
    if role_id == OWNER:
        raise No("forbidden")
    return lower_role(world, me, role_id)


def give_role(world: World, me: int, ask: Any) -> Effect:
    need(world, me, "manage_roles")
    other = lower(world, me, ask.user_id)
    if other.role == ask.role_id:
        return nothing
    crowned = ask.role_id == OWNER and world.people[me].role == OWNER
    if crowned and other.banned:
        raise No("forbidden")
    if not crowned:
        lower_role(world, me, ask.role_id)

    def happen(_result: Any) -> None:
        other.role = ask.role_id
        if crowned:
            other.silenced, world.people[me].role = False, ADMIN
        logged(world, me)

    return happen


# --- peace ------------------------------------------------------------------------------------------------------------


def kick_person(world: World, me: int, ask: Any) -> Effect:
    need(world, me, "kick_people")
    return parting(world, me, lower(world, me, ask.user_id), ask.reason)


def ban_person(world: World, me: int, ask: Any) -> Effect:
    need(world, me, "ban_people")
    other = lower(world, me, ask.user_id)
    tell = parting(world, me, other, ask.reason)

    def happen(result: Any) -> None:
        tell(result)
        other.banned = True
        take_back_all(world, other.id)
        world.bans[other.id] = {ask.reason}

    return happen


def parting(world: World, me: int, other: Person, reason: str) -> Effect:
    def happen(_result: Any) -> None:
        other.own_words.add(reason)
        logged(world, me, None, reason)

    return happen


def unban_person(world: World, me: int, ask: Any) -> Effect:
    need(world, me, "ban_people")
    other = lower(world, me, ask.user_id)

    def happen(_result: Any) -> None:
        other.banned = False
        world.bans.pop(other.id, None)

    return happen


def time_out_person(world: World, me: int, ask: Any) -> Effect:
    need(world, me, "time_out_people")
    other = lower(world, me, ask.user_id)

    def happen(_result: Any) -> None:
        other.silenced = ask.seconds > 0
        logged(world, me, None, ask.reason)

    return happen


def purge_messages(world: World, me: int, ask: Any) -> Effect:
    need(world, me, "purge_messages")
    other = lower(world, me, ask.user_id)

    def happen(result: Any) -> None:
        count = 0
        for room in world.rooms.values():
            if room.kind in FEW or room.gone:
                continue
            for said in room.said:
                if said.author == other.id and not said.gone:
                    change(room, said, "")
                    count += world.knows(me, room)
        assert result.count == count

    return happen


def report_message(world: World, me: int, ask: Any) -> Effect:
    room = room_of(world, me, ask)
    said = message_of(room, ask)
    if said.author == me:
        raise No("bad_request")
    if said.gone:
        raise No("not_found")

    def happen(result: Any) -> None:
        earlier = [
            each for each in world.complaints.values() if (each.by, each.room, each.seq) == (me, room.id, ask.seq)
        ]
        if any(each.open for each in earlier):
            return
        words = {said.words, ask.reason, *(file.name for file in said.files)}
        world.complaints[result.report_id] = Complaint(result.report_id, me, said.author, room.id, ask.seq, words)

    return happen


def close_report(world: World, me: int, ask: Any) -> Effect:
    need(world, me, "handle_reports")
    complaint = world.complaints.get(ask.report_id)
    if complaint is None:
        raise No("not_found")
    if not complaint.open:
        return nothing
    if complaint.author == me and world.people[me].role != OWNER:
        raise No("forbidden")

    def happen(_result: Any) -> None:
        complaint.open = False
        complaint.words.add(ask.outcome)
        logged(world, me, None, ask.outcome)

    return happen


def set_block(world: World, me: int, ask: Any) -> Effect:
    if ask.user_id == me:
        raise No("forbidden")
    if ask.user_id not in world.people:
        raise No("not_found")

    def happen(_result: Any) -> None:
        world.deaf[me, ask.user_id] = ask.kind.value
        if ask.kind.value != "block":
            listen(world, me, ask.user_id)

    return happen


def remove_block(world: World, me: int, ask: Any) -> Effect:

    def happen(_result: Any) -> None:
        if world.deaf.pop((me, ask.user_id), None) is not None:
            listen(world, me, ask.user_id)

    return happen


def listen(world: World, me: int, other: int) -> None:
    for room in world.rooms.values():
        if room.unaware.get(me) == other:
            del room.unaware[me]


# --- the door ---------------------------------------------------------------------------------------------------------


def create_invite(world: World, me: int, ask: Any) -> Effect:
    need(world, me, "create_invites")
    role = lower_role(world, me, ask.role_id)
    if not world.invites_to(me, role.id):
        raise No("forbidden")

    def happen(result: Any) -> None:
        world.codes[result.invite.code] = (me, role.id)

    return happen


def revoke_invite(world: World, me: int, ask: Any) -> Effect:
    need(world, me, "create_invites")
    if ask.code not in world.codes_of(me):
        raise No("not_found")
    return nothing


def set_policy(world: World, me: int, ask: Any) -> Effect:
    need(world, me, "manage_server")
    return lambda _: setattr(world, "forbidden_words", set(ask.filtered_words))


def only_with(ability: str) -> Callable[[World, int, Any], Effect]:
    def read(world: World, me: int, _ask: Any) -> Effect:
        need(world, me, ability)
        return nothing

    return read
