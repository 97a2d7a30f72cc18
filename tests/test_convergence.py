"""Whoever heard every fact knows what a newcomer is told: old snapshot + events = fresh snapshot."""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace

import msgspec
import pytest

from client_app.core.facts import apply
from client_app.core.state import State, from_snapshot
from server_app.app import App
from server_app.limits import Limits
from shared.entities import Channel
from shared.errors import Code, Refusal
from shared.events import EVENTS, Event, ServerStopping, SessionEnded
from shared.requests import (
    ChangePassword,
    CreateChannel,
    DeleteMessage,
    EditMessage,
    JoinChannel,
    LeaveChannel,
    MarkRead,
    RenameChannel,
    SendMessage,
    SetTopic,
)
from shared.types import ChannelId, MessageKind

from .conftest import ConnectFactory, ServerFactory
from .peer import PASSWORD, Peer

DEADLINE = 30.0
SEEDS = range(4)
ACTIONS = 200
LOOK_EVERY = 15
NOT_ALLOWED = {Code.FORBIDDEN, Code.NOT_FOUND, Code.BAD_REQUEST, Code.CONFLICT}


@dataclass
class Observer:
    """Somebody who was told the snapshot once, and from then on only hears."""

    name: str
    peer: Peer
    state: State = field(init=False)
    heard: set[type] = field(default_factory=set)

    def __post_init__(self) -> None:
        assert self.peer.login
        self.state = from_snapshot(self.peer.login.snapshot)

    def listen(self) -> None:
        for event in self.peer.heard(Event):
            self.heard.add(type(event))
            self.state = apply(self.state, event)  # type: ignore[arg-type]  # every event is one of AnyEvent


class Crowd:
    """Three people who listen and act, and dora, who comes and goes."""

    def __init__(self, app: App, connect: ConnectFactory, seed: int) -> None:
        self._connect: Callable[[], Peer] = lambda: connect(app)
        self._random = random.Random(seed)
        self._numbers = iter(range(10_000))
        self.observers = [Observer(name, self._connect().register(name)) for name in ("alice", "bob", "carol")]
        self._dora: Peer | None = None
        self._connect().register("dora").close()
        self._actions: list[Callable[[Peer, Channel], object]] = [
            *[self._say] * 4,
            self._edit,
            self._delete,
            self._direct,
            self._create,
            lambda peer, channel: peer.request(RenameChannel(channel_id=channel.id, name=self._word())),
            lambda peer, channel: peer.request(SetTopic(channel_id=channel.id, topic=self._word())),
            *[lambda peer, channel: peer.request(LeaveChannel(channel_id=channel.id))] * 2,
            *[lambda peer, channel: peer.request(JoinChannel(channel_id=channel.id))] * 2,
            *[self._read] * 2,
            lambda peer, channel: self._connect().register(self._word()),
            lambda peer, channel: self._come_or_go(),
        ]

    def act(self) -> None:
        """Let somebody do something; not everything is allowed, and then it changes nothing."""
        observer = self._random.choice(self.observers)
        observer.listen()
        channel = self._random.choice(list(observer.state.channels.values()))
        try:
            self._random.choice(self._actions)(observer.peer, channel)
        except Refusal as refusal:
            if refusal.code not in NOT_ALLOWED:
                raise

    def fresh(self, observer: Observer) -> State:
        """What somebody who logs in now is told."""
        with self._connect().resume(observer.peer.token) as newcomer:
            assert newcomer.login
            return from_snapshot(newcomer.login.snapshot)

    def dora_leaves(self) -> None:
        """Dora comes, everybody hears of it, and she goes."""
        dora = self._dora or self._connect().log_in("dora")
        while not all(dora.user_id in observer.state.online for observer in self.observers):
            for observer in self.observers:
                observer.listen()
        dora.close()
        self._dora = None
        while dora.user_id in self.fresh(self.observers[0]).online:
            time.sleep(0.01)  # the pause between two looks

    def _word(self) -> str:
        return f"word-{next(self._numbers)}"

    def _say(self, peer: Peer, channel: Channel) -> None:
        kind = self._random.choice(list(MessageKind))
        peer.request(SendMessage(channel_id=channel.id, client_id=f"id-{self._word()}", body=self._word(), kind=kind))

    def _edit(self, peer: Peer, channel: Channel) -> None:
        seq = self._random.randint(0, channel.last_seq)
        peer.request(EditMessage(channel_id=channel.id, seq=seq, body=self._word()))

    def _delete(self, peer: Peer, channel: Channel) -> None:
        peer.request(DeleteMessage(channel_id=channel.id, seq=self._random.randint(0, channel.last_seq)))

    def _direct(self, peer: Peer, _channel: Channel) -> None:
        other = self._random.choice(self.observers).peer
        peer.say(self._word(), peer.direct(other.user_id))

    def _create(self, peer: Peer, _channel: Channel) -> None:
        peer.request(CreateChannel(name=self._word(), topic=self._random.choice(["", "a topic"])))

    def _read(self, peer: Peer, channel: Channel) -> None:
        peer.request(MarkRead(channel_id=channel.id, seq=self._random.randint(0, channel.last_seq + 1)))

    def _come_or_go(self) -> None:
        if self._dora is None:
            self._dora = self._connect().log_in("dora")
        else:
            self._dora.close()
            self._dora = None


def as_heard(state: State) -> State:
    """What can be known from facts: of a channel that one has left, one does not hear how far it has gone on."""
    channels = {
        channel_id: channel
        if channel.has_member(state.me.id)
        else msgspec.structs.replace(channel, last_seq=0, last_rev=0)
        for channel_id, channel in state.channels.items()
    }
    return replace(state, channels=channels)


def assert_converges(crowd: Crowd) -> None:
    """What everybody knows from facts becomes what a newcomer is told; presence takes its moment."""
    until = time.monotonic() + DEADLINE
    for observer in crowd.observers:
        while True:
            fresh = as_heard(crowd.fresh(observer))
            observer.listen()
            if as_heard(observer.state) == fresh:
                break
            assert time.monotonic() < until, difference(as_heard(observer.state), fresh)


def difference(heard: State, fresh: State) -> str:
    """The parts of two states that are not the same."""
    names = ("me", "users", "online", "channels", "read")
    parts = ((name, getattr(heard, name), getattr(fresh, name)) for name in names)
    return "\n".join(f"{name}: heard {before}\nfresh {after}" for name, before, after in parts if before != after)


@pytest.fixture
def app(start_server: ServerFactory) -> App:
    return start_server(limits=Limits().without_rates_and_caps())


@pytest.mark.parametrize("seed", SEEDS)
def test_the_facts_that_were_heard_make_what_a_newcomer_is_told(app: App, connect: ConnectFactory, seed: int) -> None:
    crowd = Crowd(app, connect, seed)
    for number in range(ACTIONS):
        crowd.act()
        if number % LOOK_EVERY == 0:
            assert_converges(crowd)
    crowd.dora_leaves()
    assert_converges(crowd)


def test_every_event_that_there_is_happens_in_such_a_run(app: App, connect: ConnectFactory) -> None:
    crowd = Crowd(app, connect, seed=0)
    alice = crowd.observers[0]
    heard: set[type] = set()
    until = time.monotonic() + 3 * DEADLINE
    while len(heard) < len(EVENTS) - 2 and time.monotonic() < until:
        crowd.act()
        for observer in crowd.observers:
            observer.listen()
            heard |= observer.heard
    phone = connect(app).resume(alice.peer.token)
    bobs = crowd.observers[1]
    before = bobs.state
    other = connect(app).log_in("bob")
    other.request(ChangePassword(old_password=PASSWORD, new_password="another horse"))
    ended = bobs.peer.next_event(SessionEnded)
    app.stop(2)
    stopping = phone.next_event(ServerStopping)
    for event in (ended, stopping):
        heard.add(type(event))
        assert apply(before, event) == before
    assert heard == set(EVENTS), "a new event needs an action here that makes it happen"


def test_a_channel_that_one_joins_again_is_known_as_to_a_newcomer(app: App, connect: ConnectFactory) -> None:
    crowd = Crowd(app, connect, seed=0)
    alice, bob, _ = crowd.observers
    channel_id: ChannelId = alice.peer.request(CreateChannel(name="plans")).channel_id
    bob.peer.request(LeaveChannel(channel_id=channel_id))
    alice.peer.say("without bob", channel_id)
    bob.peer.request(JoinChannel(channel_id=channel_id))
    bob.listen()
    assert bob.state.channels[channel_id].last_seq == 1
    assert bob.state.unread(channel_id) == crowd.fresh(bob).unread(channel_id)
