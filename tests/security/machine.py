"""A house full of people who try everything: random requests over real connections, judged by the model."""

import itertools
import random
import shutil
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, note, seed
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test
from msgspec.structs import replace

from server_app.app import App
from server_app.limits import Limits
from server_app.settings import Settings
from shared import requests as ask
from shared.entities import Channel, Message, Override
from shared.errors import Code, Refusal
from shared.rights import BUILTIN
from shared.types import ChannelId, RoleId, Token

from ..peer import PASSWORD
from .asking import LOOK_AT_ALL, OFTEN, REQUESTS, Draw
from .law import judge
from .model import ADMIN, GUEST, HALL, MEMBER, MODERATOR, Person, Role, Room, Said, World
from .watch import Device, Sight, check, follow

NAMES = ("owner", "admin", "moderator", "steward", "member", "second", "third", "guest")
STEWARD = 6
"""The id of a role of their own making."""
ABILITIES = ("view_channels", "send_messages", "write_directly", "manage_roles", "kick_people", "handle_reports")
NOWHERE = ChannelId(10**9)
WHO = (1, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 5, 6, 7, 8)
"""Those who may do more do more."""


def _started(database: Path) -> App:
    limits = Limits().without_rates_and_caps()
    # One I/O thread, so that whoever asks after somebody's answer came asks after the news of it.
    app = App(Settings(port=0, tls=False, database=str(database), bcrypt_rounds=4, io_threads=1, limits=limits))
    app.start()
    return app


@cache
def _first_day() -> tuple[Path, tuple[Token, ...]]:
    """A database with all the people in it, made once; and their tokens."""
    database = Path(tempfile.mkdtemp(prefix="hearth-fuzz-")) / "hearth.db"
    app = _started(database)
    devices = [Device(app.address, number) for number in range(1, len(NAMES) + 1)]
    for device, name in zip(devices, NAMES, strict=True):
        device.register(name)
    owner = devices[0]
    permissions = tuple(each for each in BUILTIN[0].role.permissions if each.value in ABILITIES)
    owner.request(ask.CreateRole(name="zq0x", rank=50, permissions=permissions))
    for number, role_id in ((1, ADMIN), (2, MODERATOR), (3, STEWARD), (7, GUEST)):
        owner.request(ask.GiveRole(user_id=devices[number].user_id, role_id=RoleId(role_id)))
    for device in devices:
        device.close()
    app.stop(5)
    return database, tuple(device.token for device in devices)


def _new_world() -> World:
    world = World()
    for builtin in BUILTIN:
        role = builtin.role
        world.roles[role.id] = Role(role.id, role.name, role.rank, {each.value for each in role.permissions})
    world.roles[STEWARD] = Role(STEWARD, "zq0x", 50, set(ABILITIES))
    roles = (1, ADMIN, MODERATOR, STEWARD, MEMBER, MEMBER, MEMBER, GUEST)
    for number, (name, role_id) in enumerate(zip(NAMES, roles, strict=True), 1):
        world.people[number] = Person(number, name, role_id)
    world.rooms[HALL] = Room(HALL, "public", "general", "", None)
    return world


def run(seed_number: int, examples: int, steps: int = 100) -> None:
    """So many houses, each lived in for so many steps, the same for the same seed. Raises where anything is wrong."""
    settings = hypothesis_settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        # What went wrong is told step by step; to make it smaller would take longer than to read it.
        phases=(Phase.generate,),
    )
    run_state_machine_as_test(seed(seed_number)(House), settings=settings)


class House(RuleBasedStateMachine):
    """Whoever may not know a thing never receives it; whoever may not change it never changes it."""

    steps = 0
    """That were made by all of them."""

    def __init__(self) -> None:
        super().__init__()
        database, tokens = _first_day()
        self._folder = Path(tempfile.mkdtemp(prefix="hearth-fuzz-"))
        shutil.copy(database, self._folder / "hearth.db")
        self._app = _started(self._folder / "hearth.db")
        self._world = _new_world()
        self._world.log = []
        self._texts = itertools.count(1)
        self._old_tokens = dict(enumerate(tokens, 1))
        self._devices: list[Device] = []
        self._made = (0, 1)
        for person, token in self._old_tokens.items():
            self._come(person, token)
        # Two devices of the same person, of which each hears what the other does.
        self._come(5, tokens[4])

    def teardown(self) -> None:
        """Hang up and end the house."""
        for device in self._devices:
            device.close()
        self._app.stop(5)
        shutil.rmtree(self._folder)

    # --- what happens -----------------------------------------------------------------------------------------------

    @rule(dice=st.integers(0, 2**32))
    def ask(self, dice: int) -> None:
        """Somebody asks for something, as the dice have it."""
        # Evenly, as Hypothesis, which likes to repeat itself, would not choose.
        chance = random.Random(f"{dice} {next(self._texts)}")
        what = chance.choice(OFTEN)
        device, request = self._drawn(chance, what)
        if device is None:
            return
        who = device.person
        if what == LOOK_AT_ALL:
            self._look_at_all(who)
            return
        self._step(device, request)

    def _drawn(self, chance: random.Random, what: str) -> tuple[Device | None, Any]:
        """Somebody who is there, and what they ask: more often than not something that they may."""
        for _ in range(5):
            device = self._device_of(chance.choice(WHO))
            if device is None:
                continue
            if what == LOOK_AT_ALL:
                return device, None
            a, b, c = (chance.randrange(1000) for _ in range(3))
            request = REQUESTS[what][1](Draw(self._world, device.person, a, b, c, f"zq{next(self._texts)}x"))
            if chance.random() < 0.3 or judge(self._world, device.person, request)[0] == "done":
                return device, request
        return None, None

    def _step(self, device: Device, request: Any) -> None:
        who = device.person
        House.steps += 1
        self._own(who, request)
        before = self._sights()
        expected, effect = judge(self._world, who, request)
        besides: set[str] = set()
        self._made = (0, 1)
        try:
            result = device.request(request)
            told = "done"
        except Refusal as refusal:
            told, result = refusal.code.value, None
            note(f"{NAMES[who - 1]}: {request} -> {told}: {refusal.message}")
            self._compare_with_nowhere(device, request, refusal)
        else:
            note(f"{NAMES[who - 1]}: {request} -> {told}")
        assert told == expected, f"{expected} expected, but {told}: {NAMES[who - 1]}: {request}"
        if told == "done":
            effect(result)
            if isinstance(result, ask.Revealed):
                besides |= {result.message.body, *(file.name for file in result.message.attachments)}
            if isinstance(result, ask.Uploaded):
                besides.add(result.attachment.name)
            if isinstance(result, ask.Versions):
                besides |= {version.body for version in result.versions}
            if isinstance(request, ask.CreateChannel):
                # Whoever sees no public channels can make one all the same, and is told its number.
                self._made = result.channel_id, who
            self._compare_pages(who, request, result)
        is_parting = told == "done" and isinstance(request, ask.KickPerson | ask.BanPerson)
        gone: set[int] = {request.user_id} if is_parting else set()
        self._look(before, besides, gone)

    @precondition(lambda self: len({device.person for device in self._devices}) < len(NAMES))
    @rule(dice=st.integers(0, len(NAMES)))
    def come_back(self, dice: int) -> None:
        """Somebody logs in who was sent away, which works unless they are banned; old tokens are void."""
        away = [who for who in self._world.people if self._device_of(who) is None]
        who = away[dice % len(away)]
        device = Device(self._app.address, who)
        for request in (
            ask.Resume(token=self._old_tokens[who]),
            ask.Login(name=NAMES[who - 1], password=PASSWORD),
        ):
            is_banned, by_token = self._world.people[who].banned, isinstance(request, ask.Resume)
            expected = {Code.BANNED} if is_banned else set()
            expected |= {Code.UNAUTHORIZED} if by_token else set()
            refused: set[Code] = set()
            try:
                device.login = device.request(request)
            except Refusal as refusal:
                refused = {refusal.code}
            assert refused <= expected, refused
            assert refused or not by_token, "an ended session is open again"
            assert refused or not is_banned, "somebody banned is in"
        if device.login is None:
            device.close()
            return
        self._old_tokens[who] = device.token
        device.rooms = {channel.id for channel in device.snapshot.channels}
        self._devices.append(device)
        self._look(self._sights(), set(), set())

    def _look_at_all(self, who: int) -> None:
        """A new device of somebody sees the house as it ought to be."""
        device = Device(self._app.address, who)
        device.come(self._old_tokens[who])
        snapshot, world = device.snapshot, self._world
        people = {user.id: (user.role_id, user.is_banned, user.timeout_until > 0) for user in snapshot.users}
        assert people == {each.id: (each.role, each.banned, each.silenced) for each in world.people.values()}
        roles = {role.id: (role.name, role.rank, {each.value for each in role.permissions}) for role in snapshot.roles}
        assert roles == {each.id: (each.name, each.height, each.can) for each in world.roles.values()}
        assert {(who, block.user_id): block.kind.value for block in snapshot.blocks} == {
            pair: kind for pair, kind in world.deaf.items() if pair[0] == who
        }
        self._compare_rooms(who, snapshot.channels)
        assert {each.channel_id for each in snapshot.read_positions} <= world.rooms_of(who)
        seen = {*snapshot.online_ids, *snapshot.idle_ids, *snapshot.do_not_disturb_ids}
        assert not seen & {other for other in world.people if world.blocks(who, other)}
        assert {each.user_id: each.status.text for each in snapshot.statuses} == {
            each.id: each.status for each in world.people.values() if each.status and not world.blocks(who, each.id)
        }
        assert {user.id: user.display_name for user in snapshot.users} == {
            each.id: each.called for each in world.people.values()
        }
        assert {each.channel_id for each in snapshot.mentions} <= world.rooms_of(who)
        assert {each.channel_id for each in snapshot.levels} <= world.rooms_of(who)
        sight = Sight(world, who)
        for payload in device.received():
            check(payload, world, sight, sight, set())
        device.close()

    # --- what must hold ---------------------------------------------------------------------------------------------

    def _look(self, before: dict[int, Sight], besides: set[str], gone: set[int]) -> None:
        """After a step: each device received only what its person may know, and sees what is there for them."""
        asked = [(device, device.ask(ask.ListChannels())) for device in self._devices if device.person not in gone]
        for device, request_id in asked:
            listed = device.answer(ask.ListChannels(), request_id).channels
            self._compare_rooms(device.person, listed)
        after = self._sights()
        number, maker = self._made
        after[maker].rooms.add(number)
        for device in list(self._devices):
            if device.person in gone:
                device.wait_until_closed()
                self._devices.remove(device)
            for payload in device.received():
                check(payload, self._world, before[device.person], after[device.person], besides)
                follow(device, payload)
            if device.person not in gone:
                assert device.rooms == self._world.rooms_of(device.person), "what it heard is not what there is"
        for who in {device.person for device in self._devices}:
            if before[who].rooms - after[who].rooms:
                # Where something was taken from somebody, nothing of it may be left.
                self._look_at_all(who)

    def _compare_rooms(self, who: int, listed: tuple[Channel, ...]) -> None:
        there = {room.id: _shape(room) for room in self._world.rooms.values() if self._world.knows(who, room)}
        assert {channel.id: _shape_told(channel) for channel in listed} == there

    def _compare_pages(self, who: int, request: Any, result: Any) -> None:
        if not isinstance(result, ask.History | ask.Changes):
            return
        room = self._world.rooms[request.channel_id]
        page = [
            (seq, said.author, said.gone, said.change, *self._seen(who, said)) for seq, said in enumerate(room.said, 1)
        ]
        if isinstance(result, ask.Changes):
            page = sorted((each for each in page if each[3]), key=lambda each: each[3])
        assert [_told(message) for message in result.messages] == page

    def _seen(self, who: int, said: Said) -> tuple[str, set[tuple[str, int]]]:
        """What somebody gets to see of a message, and of the reactions to it."""
        if not said.loud and self._world.blocks(who, said.author):
            return "", set()
        return said.words, {each for each in said.reactions if not self._world.blocks(who, each[1])}

    def _compare_with_nowhere(self, device: Device, request: Any, refusal: Refusal) -> None:
        """What one may not know of is refused as what is not there, to the letter."""
        if refusal.code is not Code.NOT_FOUND or not hasattr(request, "channel_id"):
            return
        room = self._world.rooms.get(request.channel_id)
        if room is not None and self._world.knows(device.person, room):
            return
        with pytest.raises(Refusal) as other:
            device.request(replace(request, channel_id=NOWHERE))
        assert (other.value.code, other.value.message) == (refusal.code, refusal.message)

    # --- who is there -----------------------------------------------------------------------------------------------

    def _come(self, person: int, token: Token) -> None:
        device = Device(self._app.address, person)
        device.come(token)
        device.received()
        self._devices.append(device)

    def _device_of(self, who: int) -> Device | None:
        return next((device for device in self._devices if device.person == who), None)

    def _sights(self) -> dict[int, Sight]:
        return {person: Sight(self._world, person) for person in self._world.people}

    def _own(self, who: int, request: Any) -> None:
        """What somebody says themselves is no secret to them."""
        person = self._world.people[who]
        for name in request.__struct_fields__:
            value = getattr(request, name)
            person.own_words |= {value} if isinstance(value, str) else set()


def _shape(room: Room) -> tuple[Any, ...]:
    """All that is told of a room."""
    roles = sorted({*room.allowed, *room.denied})
    exceptions = [(role, room.allowed.get(role, set()), room.denied.get(role, set())) for role in roles]
    rules = (room.hushed, room.slow, room.shelved, exceptions)
    return (room.kind, room.name, room.topic, room.maker, len(room.said), room.changes, rules, sorted(room.people))


def _shape_told(channel: Channel) -> tuple[Any, ...]:
    exceptions = [(each.role_id, *_abilities(each)) for each in channel.overrides]
    rules = (channel.is_read_only, channel.slow_seconds, channel.is_archived, exceptions)
    people = channel.left_ids if channel.kind.value == "public" else channel.member_ids
    counts = (channel.last_seq, channel.last_rev)
    return (channel.kind.value, channel.name, channel.topic, channel.created_by, *counts, rules, sorted(people))


def _abilities(override: Override) -> tuple[set[str], set[str]]:
    return {each.value for each in override.allow}, {each.value for each in override.deny}


def _told(message: Message) -> tuple[Any, ...]:
    reactions = {(each.emoji, user_id) for each in message.reactions for user_id in each.user_ids}
    return message.seq, message.author_id, message.is_deleted, message.rev, message.body, reactions
