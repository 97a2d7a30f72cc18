"""The server's database as it is in the end: what was said, in which order, and who has read how much."""

import contextlib
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import msgspec

from shared.entities import Reaction
from shared.types import ChannelId, ClientId, MessageId, Rev, Seq, Sha256, UserId

from . import texts
from .ledger import Place


@dataclass(frozen=True)
class Row:
    """A message."""

    id: MessageId
    channel_id: ChannelId
    seq: Seq
    author_id: UserId
    client_id: ClientId
    body: str
    rev: Rev = 0
    is_edited: bool = False
    is_deleted: bool = False
    reactions: str = ""
    """Each emoji with the people behind it."""

    @property
    def place(self) -> Place:
        """Where it stands."""
        return self.channel_id, self.seq


@dataclass(frozen=True)
class Record:
    """Everything that the checks compare with."""

    rows: tuple[Row, ...]
    """In the order of channel and seq."""
    last_seqs: dict[ChannelId, Seq]
    last_revs: dict[ChannelId, Rev]
    read: dict[tuple[ChannelId, UserId], Seq]
    marks: dict[Place, str] = field(default_factory=dict)
    """The marks of messages of which no text is left, because they were deleted."""
    files: dict[Place, tuple[Sha256, ...]] = field(default_factory=dict)
    """What messages hold."""

    def mark(self, row: Row) -> str | None:
        """Which text a message is."""
        return self.marks.get(row.place) if row.is_deleted else texts.mark_of(row.body)


def read_record(database: Path, marks: dict[Place, str]) -> Record:
    """The record of a database that nobody writes to any more."""
    with contextlib.closing(sqlite3.connect(database)) as connection:
        rows = connection.execute(
            "select id, channel_id, seq, author_id, client_id, body, rev, edited_at is not null, is_deleted, extras"
            " from messages order by channel_id, seq"
        ).fetchall()
        channels = connection.execute("select id, last_seq, last_rev from channels").fetchall()
        read = connection.execute("select channel_id, user_id, read_seq from memberships").fetchall()
        held = connection.execute(
            "select channel_id, seq, sha256 from attachments where channel_id is not null order by id"
        ).fetchall()
    files: dict[Place, tuple[Sha256, ...]] = {}
    for channel_id, seq, sha256 in held:
        files[channel_id, seq] = (*files.get((channel_id, seq), ()), sha256)
    return Record(
        rows=tuple(_row(*values) for values in rows),
        last_seqs={channel_id: seq for channel_id, seq, _ in channels},
        last_revs={channel_id: rev for channel_id, _, rev in channels},
        read={(channel_id, user_id): seq for channel_id, user_id, seq in read},
        files=files,
        marks=marks,
    )


def _row(*values: Any) -> Row:
    row = Row(*values)
    extras = msgspec.json.decode(row.reactions, type=_Extras) if row.reactions else _Extras()
    reactions = reactions_in_words((each.emoji, each.user_ids) for each in extras.reactions)
    return replace(row, is_edited=bool(row.is_edited), is_deleted=bool(row.is_deleted), reactions=reactions)


class _Extras(msgspec.Struct):
    """What the column says of reactions."""

    reactions: tuple[Reaction, ...] = ()


def reactions_in_words(reactions: Iterable[tuple[str, tuple[UserId, ...]]]) -> str:
    """Each emoji with the people behind it, in their order."""
    return "; ".join(f"{emoji} {' '.join(map(str, user_ids))}" for emoji, user_ids in reactions)
