"""The last known world, on disk as one piece of JSON: whoever opens the window has it before the network answers."""

import sqlite3
import threading
from collections.abc import Callable

import msgspec

from shared.entities import Block, Channel, ChannelLevel, Choices, CustomEmoji, Role, User
from shared.limits import MAX_INTEGER
from shared.types import ChannelId, PictureId, Seq

from .file import AccountFile
from .writing import Write, Writing

WRITE_SECONDS = 3.0
"""The world is written at most this often. What is missing in an old one, coming back by token tells."""


class Wish(msgspec.Struct, frozen=True):
    """How far one wants to have read a channel: between these two."""

    least: Seq = 0
    most: Seq = MAX_INTEGER

    def after(self, seq: Seq) -> Seq:
        """How far one has read once it is fulfilled, where one had read so far."""
        return min(max(seq, self.least), self.most)

    def and_read(self, seq: Seq) -> "Wish":
        """The same, and then to have read no less than this."""
        return Wish(max(self.least, seq), max(self.most, seq))

    def and_unread(self, seq: Seq) -> "Wish":
        """The same, and then to have read no more than this."""
        return Wish(min(self.least, seq), min(self.most, seq))


class World(msgspec.Struct, frozen=True):
    """People, channels, how far one has read them, and which of them was looked at."""

    me: User
    users: tuple[User, ...]
    channels: tuple[Channel, ...]
    read: dict[ChannelId, Seq]
    open_channel_id: ChannelId | None = None
    roles: tuple[Role, ...] = ()
    blocks: tuple[Block, ...] = ()
    wishes: dict[ChannelId, Wish] = {}
    """How far one wants to have read, of which the server has not heard yet."""
    choices: Choices = Choices()
    mentions: dict[ChannelId, tuple[Seq, ...]] = {}
    levels: tuple[ChannelLevel, ...] = ()
    icon: PictureId = ""
    emoji: tuple[CustomEmoji, ...] = ()
    max_file_size: int = 0


_decoder = msgspec.json.Decoder(World)


class KeptWorld:
    """The world of one account."""

    def __init__(self, file: AccountFile, writing: Writing) -> None:
        self._file = file
        self._writing = writing
        self._lock = threading.Lock()
        self._newest: Callable[[], World] | None = None
        self._is_planned = False

    def load(self) -> World | None:
        """The world as it was kept last; None where none was, or where it cannot be understood."""
        for (payload,) in self._file.read("select payload from world"):
            try:
                return _decoder.decode(payload)
            except (msgspec.MsgspecError, UnicodeDecodeError):
                return None
        return None

    def put(self, world: Callable[[], World], seconds: float = WRITE_SECONDS) -> None:
        """Keep this world within so many seconds; `world` makes it, on the store's thread."""
        with self._lock:
            is_needed = not self._is_planned or not seconds
            self._newest, self._is_planned = world, True
        if is_needed:
            self._writing.after(seconds, Write(self._file, self._write))

    def _write(self, connection: sqlite3.Connection) -> None:
        with self._lock:
            newest, self._is_planned = self._newest, False
        if newest is not None:
            payload = msgspec.json.encode(newest())
            connection.execute("insert or replace into world (id, payload) values (1, ?)", (payload,))
