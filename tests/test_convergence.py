"""Whoever heard every fact knows what a newcomer is told: old snapshot + events = fresh snapshot."""

import itertools
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, fields, replace

import msgspec
import pytest

from client_app.core.world.facts import apply
from client_app.core.world.state import State, from_snapshot
from server_app.app import App
from server_app.limits import Limits
from shared.entities import Channel, Override, ReadPosition
from shared.errors import Code, Refusal
from shared.events import EVENTS, Event, ServerStopping, SessionEnded
from shared.requests import (
    AddEmoji,
    AddMember,
    ApproveNewcomer,
    ArchiveChannel,
    BanPerson,
    ChangeChannel,
    ChangePassword,
    ChangeRole,
    ClearProfile,
    CloseReport,
    CreateChannel,
    CreateRole,
    DeleteChannel,
    DeleteMessage,
    EditMessage,
    Forward,
    GiveRole,
    JoinChannel,
    LeaveChannel,
    ListNewcomers,
    ListReports,
    MarkManyRead,
    MarkRead,
    MarkUnread,
    OpenGroup,
    PurgeMessages,
    RejectNewcomer,
    RemoveBlock,
    RemoveEmoji,
    RemoveMember,
    RemoveRole,
    RenameChannel,
    ReportMessage,
    SendMessage,
    SetAvailability,
    SetAvatar,
    SetBlock,
    SetChannelLevel,
    SetIcon,
    SetIdle,
    SetPin,
    SetPolicy,
    SetPrivacy,
    SetProfile,
    SetReaction,
    SetReceipts,
    SetSaved,
    SetStatus,
    SetTopic,
    TimeOutPerson,
    Typing,
    UnbanPerson,
)
from shared.rights import CHANNEL_PERMISSIONS, GUEST, MEMBER, MODERATOR, OWNER
from shared.types import Availability, BlockKind, ChannelId, Level, MessageKind, Permission, UserId

from .conftest import ConnectFactory, ServerFactory
from .peer import PASSWORD, Peer
from .pictures import picture

DEADLINE = 30.0
SEEDS = range(4)
ACTIONS = 200
LOOK_EVERY = 15
NOT_ALLOWED = {Code.FORBIDDEN, Code.NOT_FOUND, Code.BAD_REQUEST, Code.CONFLICT, Code.APPROVAL_PENDING}


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
        self._numbers = itertools.count()
        self.observers = [Observer(name, self._connect().register(name)) for name in ("alice", "bob", "carol")]
        self._dora: Peer | None = None
        self._connect().register("dora").close()
        self._actions: list[Callable[[Peer, Channel], object]] = [
            *[self._say] * 12,
            *[self._answer] * 2,
            *[self._forward] * 2,
            *[self._edit] * 2,
            *[self._mention] * 4,
            self._set_level,
            *[self._delete] * 2,
            *[self._pin] * 2,
            self._save,
            *[self._react] * 2,
            self._direct,
            *[self._create] * 3,
            lambda peer, channel: peer.request(OpenGroup(user_ids=(self._anybody(), self._anybody()))),
            *[self._add] * 2,
            lambda peer, channel: peer.request(RemoveMember(channel_id=channel.id, user_id=self._anybody())),
            *[self._change_channel] * 2,
            lambda peer, channel: peer.request(ArchiveChannel(channel_id=channel.id, is_archived=self._maybe())),
            self._delete_channel,
            *[self._give_role] * 2,
            *[self._change_roles] * 2,
            self._time_out,
            *[self._tell_of_oneself] * 4,
            *[self._block] * 2,
            lambda peer, channel: peer.request(RemoveBlock(user_id=self._anybody())),
            self._ban_or_unban,
            lambda peer, channel: peer.request(SetPolicy(needs_approval=self._random.random() < 0.3)),
            self._settle_newcomers,
            self._report,
            self._close_reports,
            lambda peer, channel: peer.request(PurgeMessages(user_id=self._anybody(), hours=1)),
            lambda peer, channel: peer.request(RenameChannel(channel_id=channel.id, name=self._word())),
            lambda peer, channel: peer.request(SetTopic(channel_id=channel.id, topic=self._word())),
            *[lambda peer, channel: peer.request(LeaveChannel(channel_id=channel.id))] * 2,
            *[lambda peer, channel: peer.request(JoinChannel(channel_id=channel.id))] * 2,
            *[self._read] * 2,
            *[self._unread] * 2,
            self._read_many,
            *[lambda peer, channel: peer.request(SetReceipts(is_on=self._maybe()))] * 2,
            lambda peer, channel: peer.request(Typing(channel_id=channel.id)),
            self._change_pictures,
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

    def _mention(self, peer: Peer, channel: Channel) -> None:
        """In something new, or in what is there already."""
        body = f"@{self._random.choice(['alice', 'bob', 'carol', 'channel', 'here'])} {self._word()}"
        if self._maybe():
            peer.say(body, channel.id)
        else:
            seq = self._random.randint(0, channel.last_seq)
            peer.request(EditMessage(channel_id=channel.id, seq=seq, body=body))

    def _set_level(self, peer: Peer, channel: Channel) -> None:
        level, seconds = self._random.choice(list(Level)), self._random.choice([None, 3600])
        request = SetChannelLevel(channel_id=channel.id, level=level, is_muted=self._maybe(), seconds=seconds)
        peer.request(request)

    def _answer(self, peer: Peer, channel: Channel) -> None:
        seq = self._random.randint(0, channel.last_seq)
        reply = SendMessage(channel_id=channel.id, client_id=f"id-{self._word()}", body=self._word(), reply_to=seq)
        peer.request(reply)

    def _forward(self, peer: Peer, channel: Channel) -> None:
        source = self._random.choice(list(self.observers[0].state.channels.values()))
        forward = Forward(channel_id=source.id, seq=self._random.randint(0, source.last_seq))
        peer.request(
            SendMessage(channel_id=channel.id, client_id=f"id-{self._word()}", body="forwarded", forward_of=forward)
        )

    def _edit(self, peer: Peer, channel: Channel) -> None:
        seq = self._random.randint(0, channel.last_seq)
        peer.request(EditMessage(channel_id=channel.id, seq=seq, body=self._word()))

    def _delete(self, peer: Peer, channel: Channel) -> None:
        peer.request(DeleteMessage(channel_id=channel.id, seq=self._random.randint(0, channel.last_seq)))

    def _pin(self, peer: Peer, channel: Channel) -> None:
        seq = self._random.randint(0, channel.last_seq)
        peer.request(SetPin(channel_id=channel.id, seq=seq, is_on=self._maybe()))

    def _react(self, peer: Peer, channel: Channel) -> None:
        seq, emoji = self._random.randint(0, channel.last_seq), self._random.choice(["👍", "🎉"])
        peer.request(SetReaction(channel_id=channel.id, seq=seq, emoji=emoji, is_on=self._maybe()))

    def _save(self, peer: Peer, channel: Channel) -> None:
        seq = self._random.randint(0, channel.last_seq)
        peer.request(SetSaved(channel_id=channel.id, seq=seq, is_on=self._maybe()))

    def _direct(self, peer: Peer, _channel: Channel) -> None:
        other = self._random.choice(self.observers).peer
        peer.say(self._word(), peer.direct(other.user_id))

    def _create(self, peer: Peer, _channel: Channel) -> None:
        topic = self._random.choice(["", "a topic"])
        peer.request(CreateChannel(name=self._word(), topic=topic, private=self._maybe()))

    def _anybody(self) -> UserId:
        return self._random.choice(self.observers).peer.user_id

    def _maybe(self) -> bool:
        return self._random.random() < 0.5

    def _some_permissions(self, among: Sequence[Permission]) -> tuple[Permission, ...]:
        return tuple(self._random.sample(among, self._random.randint(0, len(among))))

    def _add(self, peer: Peer, channel: Channel) -> None:
        peer.request(AddMember(channel_id=channel.id, user_id=self._anybody()))

    def _change_channel(self, peer: Peer, channel: Channel) -> None:
        role_id = self._random.choice([MODERATOR, MEMBER, GUEST])
        allow = self._some_permissions(CHANNEL_PERMISSIONS)
        deny = tuple(each for each in self._some_permissions(CHANNEL_PERMISSIONS) if each not in allow)
        overrides = (Override(role_id, allow, deny),) if self._maybe() else ()
        peer.request(ChangeChannel(channel_id=channel.id, is_read_only=self._maybe(), overrides=overrides))

    def _delete_channel(self, peer: Peer, channel: Channel) -> None:
        if self._random.random() < 0.4:
            peer.request(DeleteChannel(channel_id=channel.id))

    def _give_role(self, peer: Peer, _channel: Channel) -> None:
        """The owner stays what she is, so that she can change it all back."""
        roles = [role.id for role in self.observers[0].state.roles.values() if role.id != OWNER]
        peer.request(GiveRole(user_id=self._anybody(), role_id=self._random.choice(roles)))

    def _change_roles(self, peer: Peer, _channel: Channel) -> None:
        roles = [role for role in self.observers[0].state.roles.values() if role.id != OWNER]
        role, permissions = self._random.choice(roles), self._some_permissions(list(Permission))
        match self._random.randint(0, 2):
            case 0:
                peer.request(CreateRole(name=self._word(), rank=self._random.randint(1, 99), permissions=permissions))
            case 1:
                change = ChangeRole(role_id=role.id, name=role.name, rank=role.rank, permissions=permissions)
                peer.request(change)
            case 2:
                peer.request(RemoveRole(role_id=role.id))

    def _time_out(self, peer: Peer, _channel: Channel) -> None:
        peer.request(TimeOutPerson(user_id=self._anybody(), seconds=self._random.choice([0, 3600])))

    def _tell_of_oneself(self, peer: Peer, _channel: Channel) -> None:
        """Everything that others see of somebody, and what only their own devices are told."""
        match self._random.randint(0, 5):
            case 0:
                peer.request(SetStatus(text=self._random.choice(["", self._word()]), seconds=3600))
            case 1:
                peer.request(SetProfile(display_name=self._random.choice(["", self._word()])))
            case 2:
                peer.request(SetAvailability(availability=self._random.choice(list(Availability))))
            case 3:
                peer.request(SetIdle(is_idle=self._maybe()))
            case 4:
                peer.request(SetPrivacy(shares_last_seen=self._maybe()))
            case 5:
                peer.request(ClearProfile(user_id=self._anybody()))

    def _change_pictures(self, peer: Peer, _channel: Channel) -> None:
        """Of oneself, of the house, and its emoji."""
        upload = peer.upload(picture(self._random.choice(["red", "blue"]), (9, 9))).id if self._maybe() else None
        known = [*self.observers[0].state.emoji]
        match self._random.randint(0, 2):
            case 0:
                peer.request(SetAvatar(attachment_id=upload))
            case 1:
                peer.request(SetIcon(attachment_id=upload))
            case _ if upload is not None:
                peer.request(AddEmoji(name=self._word().replace("-", "_"), attachment_id=upload))
            case _ if known:
                peer.request(RemoveEmoji(emoji_id=self._random.choice(known)))

    def _block(self, peer: Peer, _channel: Channel) -> None:
        seconds = self._random.choice([None, 3600])
        peer.request(SetBlock(user_id=self._anybody(), kind=self._random.choice(list(BlockKind)), seconds=seconds))

    def _ban_or_unban(self, peer: Peer, _channel: Channel) -> None:
        here = {observer.peer.user_id for observer in self.observers}
        others = [user for user in self.observers[0].state.users.values() if user.id not in here]
        if (other := self._random.choice(others)).name != "dora":
            peer.request(UnbanPerson(user_id=other.id) if other.is_banned else BanPerson(user_id=other.id))

    def _settle_newcomers(self, peer: Peer, _channel: Channel) -> None:
        for newcomer in peer.request(ListNewcomers()).newcomers:
            settle = ApproveNewcomer if self._maybe() else RejectNewcomer
            peer.request(settle(user_id=newcomer.user_id))

    def _report(self, peer: Peer, channel: Channel) -> None:
        seq = self._random.randint(0, channel.last_seq)
        peer.request(ReportMessage(channel_id=channel.id, seq=seq, reason=self._word()))

    def _close_reports(self, peer: Peer, _channel: Channel) -> None:
        for report in peer.request(ListReports()).reports:
            peer.request(CloseReport(report_id=report.id))

    def _read(self, peer: Peer, channel: Channel) -> None:
        peer.request(MarkRead(channel_id=channel.id, seq=self._random.randint(0, channel.last_seq + 1)))

    def _unread(self, peer: Peer, channel: Channel) -> None:
        peer.request(MarkUnread(channel_id=channel.id, seq=self._random.randint(0, channel.last_seq + 1)))

    def _read_many(self, peer: Peer, channel: Channel) -> None:
        """Of every channel that anybody knows, some of which they may not see."""
        known = {each.id: each.last_seq for observer in self.observers for each in observer.state.channels.values()}
        positions = (ReadPosition(channel_id=each, seq=self._random.randint(0, seq)) for each, seq in known.items())
        peer.request(MarkManyRead(positions=tuple(positions), goes_back=self._maybe()))

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
    names = [each.name for each in fields(State)]
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
