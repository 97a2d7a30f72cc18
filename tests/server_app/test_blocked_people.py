"""Who is blocked cannot tell: all that reaches them is, byte for byte, what reaches them otherwise."""

import re
from pathlib import Path
from typing import Any

from server_app.app import App
from shared.errors import Refusal
from shared.events import PresenceChanged
from shared.framing import FrameReader
from shared.requests import (
    AddMember,
    CreateChannel,
    DeleteMessage,
    EditMessage,
    FetchChanges,
    FetchHistory,
    LeaveChannel,
    ListChannels,
    MarkRead,
    OpenDirect,
    OpenGroup,
    RemoveMember,
    RenameChannel,
    ReportMessage,
    Request,
    RevealMessage,
    SendMessage,
    SetBlock,
)
from shared.types import GENERAL, BlockKind, ChannelId, UserId

from ..conftest import ConnectFactory, ServerFactory
from ..peer import Peer
from .rooms import FREE

CHANGING = re.compile(rb'"(created_at|edited_at|said_at|token|online_ids)":(\d+|"[^"]*"|\[[^]]*\])')


class Recorder(FrameReader):
    """Notes every payload in the order in which it came.

    Left out is what differs from one telling to the next: times, tokens, and who comes online, which is told when it
    suits the house.
    """

    payloads: list[bytes]

    def feed(self, data: bytes) -> list[bytes]:
        found = super().feed(data)
        for payload in found:
            if not payload.startswith(b'{"type":"presence_changed"'):
                self.payloads.append(CHANGING.sub(rb'"\1":0', payload))
        return found


def recorded(peer: Peer) -> list[bytes]:
    """All that reaches this peer from now on."""
    recorder = Recorder(2**22)
    recorder.payloads = []
    peer._reader = recorder
    return recorder.payloads


class Story:
    """What bob, alice and carol do, with bob blocked by alice or not; every step is over before the next."""

    def __init__(self, alice: Peer, bob: Peer, carol: Peer) -> None:
        self.alice, self.bob, self.carol = alice, bob, carol
        self._numbers = iter(range(1000))

    def run(self) -> None:
        for step in (self.in_general, self.directly, self.in_a_group, self.in_a_private_channel, self.odds_and_ends):
            step()

    def in_general(self) -> None:
        self._say(self.bob, "hello alice")
        self._say(self.alice, "hello all")
        self._ask(self.alice, MarkRead(channel_id=GENERAL, seq=1))
        self._ask(self.bob, EditMessage(channel_id=GENERAL, seq=1, body="hello @alice"))
        self._say(self.bob, "a mistake")
        self._ask(self.bob, DeleteMessage(channel_id=GENERAL, seq=3))
        self._ask(self.bob, DeleteMessage(channel_id=GENERAL, seq=2))

    def directly(self) -> None:
        channel_id = self._ask(self.bob, OpenDirect(user_id=self.alice.user_id))
        self._say(self.bob, "are you there?", channel_id)
        # She can find it herself, whatever she was told.
        assert self._ask(self.alice, OpenDirect(user_id=self.bob.user_id)) == channel_id
        self._say(self.bob, "please", channel_id)
        self._ask(self.alice, MarkRead(channel_id=channel_id, seq=2))
        self._say(self.alice, "what?", channel_id)
        self._ask(self.bob, OpenDirect(user_id=self.alice.user_id))
        self._ask(self.bob, FetchHistory(channel_id=channel_id))

    def in_a_group(self) -> None:
        people = (self.alice.user_id, self.carol.user_id)
        channel_id = self._ask(self.bob, OpenGroup(user_ids=people))
        self._say(self.bob, "we three", channel_id)
        self._say(self.carol, "yes", channel_id)
        assert self._ask(self.bob, OpenGroup(user_ids=people)) == channel_id
        self._ask(self.bob, LeaveChannel(channel_id=channel_id))

    def in_a_private_channel(self) -> None:
        channel_id = self._ask(self.bob, CreateChannel(name="plans", private=True))
        for _ in range(2):
            self._ask(self.bob, AddMember(channel_id=channel_id, user_id=self.alice.user_id))
        self._say(self.bob, "secret", channel_id)
        self._ask(self.bob, AddMember(channel_id=channel_id, user_id=self.carol.user_id))
        self._ask(self.bob, RemoveMember(channel_id=channel_id, user_id=self.alice.user_id))
        self._ask(self.bob, AddMember(channel_id=channel_id, user_id=self.alice.user_id))
        self._ask(self.carol, AddMember(channel_id=channel_id, user_id=self.alice.user_id))
        # Now she knows of it, whoever brings her in: it was not the one whom she may block.
        self._ask(self.bob, RenameChannel(channel_id=channel_id, name="other-plans"))

    def odds_and_ends(self) -> None:
        self._ask(self.bob, RevealMessage(channel_id=GENERAL, seq=2))
        self._ask(self.bob, ReportMessage(channel_id=GENERAL, seq=2))
        self._ask(self.bob, SetBlock(user_id=self.alice.user_id, kind=BlockKind.MUTE))
        self._ask(self.bob, FetchHistory(channel_id=GENERAL))
        self._ask(self.bob, FetchChanges(channel_id=GENERAL, after_rev=0))
        self._ask(self.bob, ListChannels())

    def _say(self, peer: Peer, body: str, channel_id: ChannelId = GENERAL) -> None:
        self._ask(peer, SendMessage(channel_id=channel_id, client_id=f"client-id-{next(self._numbers)}", body=body))

    def _ask(self, peer: Peer, request: Request[Any]) -> ChannelId:
        """Ask, and see to it that bob has heard what came of it; refusals are part of the story."""
        try:
            result = peer.request(request)
        except Refusal:
            result = None
        self.bob.request(MarkRead(channel_id=GENERAL, seq=0))
        return getattr(result, "channel_id", GENERAL)


def await_presence(device: Peer, present: set[UserId], user_id: UserId, *, is_there: bool) -> None:
    """Wait until the device is told that somebody is there, or is not."""
    while (user_id in present) is not is_there:
        event = device.next_event(PresenceChanged)
        present.update(event.online_ids)
        present.difference_update(event.offline_ids)


def what_reaches_bob(app: App, connect: ConnectFactory, *, is_blocked: bool) -> list[bytes]:
    """Every payload, from his snapshot on, until he hears that alice is gone."""
    alice, bob, carol = (connect(app).register(name) for name in ("alice", "bob", "carol"))
    phone = connect(app).log_in("alice")
    if is_blocked:
        alice.request(SetBlock(user_id=bob.user_id, kind=BlockKind.BLOCK))
    device = connect(app)
    payloads = recorded(device)
    device.resume(bob.token)
    present = set(device.snapshot.online_ids)
    await_presence(device, present, alice.user_id, is_there=True)
    Story(alice, device, carol).run()
    for peer in (alice, phone):
        peer.close()
    await_presence(device, present, alice.user_id, is_there=False)
    return payloads


def test_a_blocked_person_is_told_the_same_as_anybody_else(
    start_server: ServerFactory, connect: ConnectFactory, tmp_path: Path
) -> None:
    usual, blocked = (
        what_reaches_bob(
            start_server(database=str(tmp_path / f"{is_blocked}.db"), limits=FREE, io_threads=1),
            connect,
            is_blocked=is_blocked,
        )
        for is_blocked in (False, True)
    )
    assert len(usual) > 60, "the story was told"
    assert blocked == usual
