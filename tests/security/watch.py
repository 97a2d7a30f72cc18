"""Devices that keep every byte they receive, and what may be in it."""

import json
import re
from collections.abc import Iterator
from typing import Any

from shared.codec import decode_from_server
from shared.events import (
    ChannelCreated,
    ChannelRemoved,
    MentionChanged,
    MessageChanged,
    MessagePosted,
    PersonTyping,
    PresenceChanged,
    ReactionChanged,
    ReceiptChanged,
)
from shared.framing import FrameReader
from shared.types import Token

from ..peer import Peer
from .model import World

SECRET = re.compile(rb"zq\d+x")
"""Every text that anybody sets or says has such a word in it, which stands nowhere else."""


class Recording:
    """A reader of frames that keeps what it read."""

    def __init__(self, reader: FrameReader) -> None:
        self._reader = reader
        self.payloads: list[bytes] = []

    def feed(self, data: bytes) -> Iterator[bytes]:
        for payload in self._reader.feed(data):
            self.payloads.append(bytes(payload))
            yield payload


class Device(Peer):
    """A connection that keeps what it receives, and the rooms that are there for it by the events it heard."""

    def __init__(self, address: tuple[str, int], person: int) -> None:
        super().__init__(address, tls=False)
        self.person = person
        self.rooms: set[int] = set()
        self._recording = Recording(self._reader)
        self._reader = self._recording  # type: ignore[assignment]  # all that a peer asks of it

    def come(self, token: Token) -> None:
        """Come back, and take the rooms of the snapshot."""
        self.resume(token)
        self.rooms = {channel.id for channel in self.snapshot.channels}

    def received(self) -> list[bytes]:
        """Every payload since the last time."""
        taken, self._recording.payloads = self._recording.payloads, []
        return taken


class Sight:
    """What somebody may come to know at one moment."""

    def __init__(self, world: World, person: int) -> None:
        self.words = world.words_of(person)
        self.rooms = world.mentionable(person)
        self.heard = {room.id for room in world.rooms.values() if world.hears(person, room)}
        self.codes = world.codes_of(person)
        self.unseen = {each.id for each in world.people.values() if each.look == "invisible"}
        self.deaf_to = {other for other in world.people if world.blocks(person, other)}


def check(payload: bytes, world: World, before: Sight, after: Sight, besides: set[str]) -> None:
    """Raises where a payload has something in it that the person may know neither before nor after this step."""
    found = {word.decode() for word in SECRET.findall(payload)}
    known = set(SECRET.findall(" ".join((*before.words, *after.words, *besides)).encode()))
    assert found <= {word.decode() for word in known}, f"a secret is out: {found}: {payload!r}"
    mentioned = set(_rooms_in(json.loads(payload)))
    assert mentioned <= before.rooms | after.rooms, f"a room is out: {mentioned}: {payload!r}"
    for code in world.codes:
        if code.encode() in payload:
            assert code in before.codes | after.codes, f"an invite is out: {payload!r}"
    told = decode_from_server(payload)
    match told:
        case MessagePosted(message=message) | MessageChanged(message=message):
            assert message.channel_id in before.heard | after.heard, f"it was not in the room: {payload!r}"
        case ReactionChanged(channel_id=channel_id, user_id=user_id):
            assert channel_id in before.heard | after.heard, f"it was not in the room: {payload!r}"
            assert user_id not in before.deaf_to & after.deaf_to, f"somebody blocked reacts: {payload!r}"
        case ReceiptChanged(channel_id=channel_id, user_id=user_id, seq=seq) if seq is not None:
            assert channel_id in before.rooms | after.rooms, f"it is not their conversation: {payload!r}"
            assert user_id not in before.deaf_to & after.deaf_to, f"somebody blocked is seen to read: {payload!r}"
        case PersonTyping(channel_id=channel_id, user_id=user_id):
            assert channel_id in before.heard | after.heard, f"it was not in the room: {payload!r}"
            assert user_id not in before.deaf_to & after.deaf_to, f"somebody blocked types: {payload!r}"
            assert user_id not in before.unseen & after.unseen, f"somebody invisible types: {payload!r}"
        case PresenceChanged():
            seen = {*told.online_ids, *told.idle_ids, *told.do_not_disturb_ids}
            assert not seen & before.deaf_to & after.deaf_to, f"somebody blocked is seen: {payload!r}"
            assert not seen & before.unseen & after.unseen, f"somebody invisible is seen: {payload!r}"
        case MentionChanged(channel_id=channel_id, is_on=True):
            assert channel_id in before.heard | after.heard, f"it was not in the room: {payload!r}"


def follow(device: Device, payload: bytes) -> None:
    """Learn from an event which rooms are there."""
    match decode_from_server(payload):
        case ChannelCreated(channel=channel):
            device.rooms.add(channel.id)
        case ChannelRemoved(channel_id=channel_id):
            assert channel_id in device.rooms, "what was not there is not taken away"
            device.rooms.discard(channel_id)


def _rooms_in(told: Any) -> Iterator[int]:
    """The number of every channel of which anything is told."""
    if isinstance(told, dict):
        if isinstance(told.get("channel_id"), int):
            yield told["channel_id"]
        if "last_seq" in told and "topic" in told:
            yield told["id"]
        for value in told.values():
            yield from _rooms_in(value)
    elif isinstance(told, list):
        for value in told:
            yield from _rooms_in(value)
