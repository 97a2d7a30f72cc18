"""Who is connected and who hears what; encodes an event once, and gives each I/O thread one hand-over for all of it."""

import threading
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from shared.codec import encode
from shared.entities import Block, Channel, Role, User
from shared.events import (
    AnyEvent,
    BlocksChanged,
    ChannelRemoved,
    ChoicesChanged,
    MessagePosted,
    PresenceChanged,
    SessionEnded,
)
from shared.framing import frame
from shared.types import Availability, Milliseconds, RoleId, SessionId, UserId

from .audiences import Audience, Everyone, Fact, ToChannel, ToOthers, ToPermitted, ToRole, ToSession, ToUsers, ToViewers
from .blockers import Blockers
from .carriers import Carrier, Delivery, Handover, Receiver, Returning
from .hearing import Hearers, Hearing
from .presence import Presence, Present, told_of
from .runs import Run

K = TypeVar("K")

Receivers = tuple[tuple[Carrier, tuple[Receiver, ...]], ...]


@dataclass(frozen=True, slots=True)
class _Device:
    """A connection that is logged in."""

    user_id: UserId
    session_id: SessionId


class Hub:
    """The one meeting point of all threads. One lock guards it; holding it, only a carrier's and the clock's are taken.

    Connecting, leaving and disconnecting cost the same however many there are; publishing costs its receivers.
    """

    def __init__(
        self,
        users: Iterable[User],
        roles: Iterable[Role],
        channels: Iterable[Channel],
        blocks: Mapping[UserId, Iterable[Block]],
        now: Callable[[], Milliseconds],
        *,
        availabilities: Mapping[UserId, Availability] | None = None,
    ) -> None:
        self._lock = threading.Lock()
        self._devices: dict[Receiver, _Device] = {}
        self._by_user: defaultdict[UserId, dict[Receiver, None]] = defaultdict(dict)
        self._by_session: defaultdict[SessionId, dict[Receiver, None]] = defaultdict(dict)
        self._hearing = Hearing(users, roles, channels)
        self._presence = Presence(availabilities)
        self._blockers = Blockers(blocks, now)
        self._remembered: dict[Audience, Receivers] = {}
        """Receivers of audiences that are asked for again and again; forgotten when anybody comes or goes."""

    def subscribe(self, receiver: Receiver, user_id: UserId, session_id: SessionId) -> None:
        """Let a connection hear what its person may hear, from now on."""
        with self._lock:
            self._devices[receiver] = _Device(user_id, session_id)
            self._by_user[user_id][receiver] = None
            self._by_session[session_id][receiver] = None
            self._presence.device_came(user_id, receiver)
            self._remembered.clear()

    def unsubscribe(self, receiver: Receiver) -> None:
        """Forget a connection; harmless where it was not subscribed."""
        with self._lock:
            device = self._devices.pop(receiver, None)
            if device is None:
                return
            self._presence.device_went(device.user_id, receiver)
            _discard(self._by_user, device.user_id, receiver)
            _discard(self._by_session, device.session_id, receiver)
            self._remembered.clear()

    def device_rests(self, receiver: Receiver, is_idle: bool) -> None:
        """Nobody has touched what is at the other end of late, or somebody has again."""
        with self._lock:
            if (device := self._devices.get(receiver)) is not None:
                self._presence.device_rests(device.user_id, receiver, is_idle)

    def online_ids(self) -> tuple[UserId, ...]:
        """Who is here, however they look, as everybody has been told."""
        with self._lock:
            return self._presence.present().everybody

    def present(self, me: UserId) -> Present:
        """Who is here and how they look, as everybody has been told; and oneself, also of whom nobody was told yet."""
        with self._lock:
            known, mine = self._presence.present(), self._presence.news_of(me)
        return known if mine is None else known.joined_by(me, mine)

    def connected_ids(self) -> tuple[UserId, ...]:
        """Who has a device connected at this moment."""
        with self._lock:
            return tuple(self._by_user)

    def connected_sessions(self) -> tuple[SessionId, ...]:
        """The sessions that are in use at this moment."""
        with self._lock:
            return tuple(self._by_session)

    def publish_presence(self) -> tuple[UserId, ...]:
        """Tell everybody who came and went since the last time; who went."""
        with self._lock:
            news = self._presence.news()
            if news is None:
                return ()
            self._publish([(news, Everyone())], ())
            return news.offline_ids

    def publish(self, facts: Sequence[Fact], returning: Sequence[Returning] = ()) -> list[threading.Event]:
        """Send these facts, in this order, to whom they concern, and requests back to who asked them.

        The events say when each I/O thread has sent its part.
        """
        with self._lock:
            return self._publish(facts, returning)

    def _publish(self, facts: Sequence[Fact], returning: Sequence[Returning]) -> list[threading.Event]:
        handovers: defaultdict[Carrier, Handover] = defaultdict(lambda: Handover(told=threading.Event()))
        for request in returning:
            handovers[request.carrier].returning.append(request)
        run: Run | None = None
        for event, audience in facts:
            # Mostly it is the very same one; to compare two takes its time.
            if run is None or (run.audience is not audience and run.audience != audience):
                self._deliver(handovers, run)
                run = Run(audience)
            if self._blockers.are_any:
                self._add_otherwise(run, event)
            run.frames.append(frame(encode(event)))
            # Nearly all are messages, and nobody hears anything else because of one.
            if type(event) is not MessagePosted:
                run = self._take_in(handovers, run, event)
        self._deliver(handovers, run)
        for carrier, handover in handovers.items():
            carrier.hand_over(handover)
        return [handover.told for handover in handovers.values() if handover.told is not None]

    def _take_in(self, handovers: defaultdict[Carrier, Handover], run: Run, event: AnyEvent) -> Run | None:
        """Let the fact that was added last count for those that follow; what they are to be added to."""
        if isinstance(event, ChoicesChanged):
            self._presence.choose(event.user_id, event.choices.availability)
        if isinstance(event, BlocksChanged):
            run.frames += [frame(encode(each)) for each in self._presence_after(event)]
        going_on: Run | None = run
        if isinstance(event, ChannelRemoved):
            # For those who could see it until now.
            self._deliver(handovers, run)
            going_on = None
        self._absorb(event, run.audience)
        if isinstance(event, SessionEnded):
            for carrier, receivers in self._receivers(run.audience):
                handovers[carrier].endings += receivers
        return going_on

    def _add_otherwise(self, run: Run, event: AnyEvent) -> None:
        """Note how those hear a fact, which is added next, who do not hear it as everybody else does."""
        for seen, user_ids in self._blockers.views(event, self._by_user):
            data = b"" if seen is None else frame(encode(seen))
            for user_id in user_ids:
                run.otherwise.setdefault(user_id, {})[len(run.frames)] = data

    def _presence_after(self, event: BlocksChanged) -> Iterator[PresenceChanged]:
        """To whoever blocks, the blocked are not there; to whoever blocks no more, they are there as for everybody."""
        hidden, shown = self._blockers.learn(event.user_id, event.blocks)
        there, gone = self._presence.among(shown), self._presence.among(hidden).everybody
        if there.everybody or gone:
            yield told_of(there, gone)

    def _deliver(self, handovers: defaultdict[Carrier, Handover], run: Run | None) -> None:
        if run is None:
            return
        data = b"".join(run.frames)
        for carrier, receivers in self._receivers(run.audience):
            if run.otherwise:
                handovers[carrier].deliveries += self._split(run, receivers, data)
            else:
                handovers[carrier].deliveries.append((receivers, data))

    def _split(self, run: Run, receivers: tuple[Receiver, ...], data: bytes) -> Iterator[Delivery]:
        """To each of them, what they are to hear of it: the most alike, some otherwise, perhaps nothing."""
        alike: list[Receiver] = []
        apart: defaultdict[UserId, list[Receiver]] = defaultdict(list)
        for receiver in receivers:
            user_id = self._devices[receiver].user_id
            (apart[user_id] if user_id in run.otherwise else alike).append(receiver)
        if alike:
            yield tuple(alike), data
        for user_id, devices in apart.items():
            heard = run.as_heard_by(user_id)
            if heard:
                yield tuple(devices), heard

    def _absorb(self, event: AnyEvent, audience: Audience) -> None:
        changed = self._hearing.absorb(event, audience)
        if changed is True:
            self._remembered.clear()
        elif changed:
            self._remembered.pop(ToChannel(changed), None)
            self._remembered.pop(ToViewers(changed), None)

    def _receivers(self, audience: Audience) -> Receivers:
        match audience:
            case ToUsers(user_ids):
                return _by_carrier(each for user_id in user_ids for each in self._by_user.get(user_id, ()))
            case ToSession(session_id):
                return _by_carrier(self._by_session.get(session_id, ()))
            case ToOthers(channel_id, user_id):
                # What is told without the writer may come after the channel is gone.
                hearers = self._receivers(ToChannel(channel_id)) if self._hearing.knows(channel_id) else ()
                return _but(hearers, self._by_user.get(user_id, {}))
        found = self._remembered.get(audience)
        if found is None:
            found = self._remembered[audience] = _by_carrier(self._find(audience))
        return found

    def _find(self, audience: Everyone | ToChannel | ToViewers | ToRole | ToPermitted) -> Iterable[Receiver]:
        match audience:
            case Everyone():
                return self._devices
            case ToChannel(channel_id):
                return self._who_hears(self._hearing.hearers(channel_id))
            case ToViewers(channel_id):
                return self._who_hears(self._hearing.viewers(channel_id))
            case ToRole(role_id):
                return self._with_roles({role_id})
            case ToPermitted(permission):
                return self._with_roles(self._hearing.roles_with(permission))

    def _who_hears(self, hearers: Hearers) -> Iterable[Receiver]:
        if hearers.only is not None:
            return [each for user_id in hearers.only for each in self._by_user.get(user_id, ())]
        role_id, without, blind = self._hearing.role_id, hearers.without, hearers.blind
        return [
            receiver
            for receiver, device in self._devices.items()
            if device.user_id not in without and role_id(device.user_id) not in blind
        ]

    def _with_roles(self, role_ids: Container[RoleId]) -> Iterable[Receiver]:
        return [each for each, device in self._devices.items() if self._hearing.role_id(device.user_id) in role_ids]


def _by_carrier(receivers: Iterable[Receiver]) -> Receivers:
    grouped: defaultdict[Carrier, list[Receiver]] = defaultdict(list)
    for receiver in receivers:
        grouped[receiver.carrier].append(receiver)
    return tuple((carrier, tuple(each)) for carrier, each in grouped.items())


def _but(receivers: Receivers, own: Container[Receiver]) -> Receivers:
    return tuple((carrier, tuple(each for each in those if each not in own)) for carrier, those in receivers)


def _discard(index: dict[K, dict[Receiver, None]], key: K, receiver: Receiver) -> None:
    del index[key][receiver]
    if not index[key]:
        del index[key]
