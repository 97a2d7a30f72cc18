"""A database as a house has after years: people with several devices, channels, and as many messages as one likes."""

import random
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Table, insert, update

from server_app.passwords import token_hash
from server_app.storage import tables
from server_app.storage.engine import database_url, writing_engine
from server_app.storage.search.keeping import catch_up, tidy
from server_app.storage.upgrade import upgrade_database
from shared.names import name_key
from shared.rights import MEMBER, OWNER
from shared.types import GENERAL, ChannelKind, MessageKind

CHANNELS = 50
DEVICES = 10
"""Of each person."""
DATABASE = "hearth.db"
_BATCH = 20_000
_INDEXED = 2_000
_BODIES = 5000
"""Different texts that are said again and again: to make each anew would take longer than to store it."""
_SENTENCE = (
    "so then we could meet at the harbour after work and bring lights because it gets dark before the last boat comes"
    " in I have not seen the new plans yet but somebody said that they are much better than what we had in spring"
)


@dataclass(frozen=True)
class Stock:
    """A folder with a database, and what one must know to come back to it."""

    folder: Path
    tokens: tuple[str, ...]
    """One for each device: first the first of everybody, then the second of everybody, and so on."""
    users_rev: int
    """The newest revision of the people."""
    last_seqs: dict[int, int]
    """The number of the newest message of each channel."""

    def copy_to(self, folder: Path) -> Path:
        """The folder, with a copy of the database in it."""
        shutil.copy2(self.folder / DATABASE, folder / DATABASE)
        return folder


def make(
    folder: Path,
    people: int,
    stored_messages: int,
    *,
    channels: int = CHANNELS,
    reader: int | None = None,
    text: Callable[[random.Random], str] | None = None,
) -> Stock:
    """Fill a new database in this folder; the same one for the same numbers, but for the times in it.

    `reader` is a person who has read all but the newest message of each channel; `text` makes what is said, anew for
    each message.
    """
    engine = writing_engine(database_url(str(folder / DATABASE)))
    upgrade_database(engine)
    tokens = tuple(f"device-{device}-of-{person}" for device in range(DEVICES) for person in range(people))
    with engine.begin() as connection:
        _add_people(connection, people, tokens)
        channel_ids = _add_channels(connection, channels)
        last_seqs = _add_messages(connection, channel_ids, people, stored_messages, text)
        if reader is not None:
            _add_reading(connection, reader, last_seqs)
    _index(engine)
    # Closing it brings what is in the journal into the file, so that the file can be copied.
    engine.dispose()
    return Stock(folder, tokens, people, last_seqs)


def _add_people(connection: Connection, people: int, tokens: tuple[str, ...]) -> None:
    now = _now()
    _add(
        connection,
        tables.users,
        [
            {
                "id": number,
                "name": f"person{number}",
                "name_key": name_key(f"person{number}"),
                "role_id": OWNER if number == 1 else MEMBER,
                "password_hash": "",
                "created_at": now,
                "rev": number,
            }
            for number in range(1, people + 1)
        ],
    )
    _add(
        connection,
        tables.sessions,
        [
            {
                "user_id": 1 + index % people,
                "token_hash": token_hash(token),
                "device": "laptop",
                "created_at": now,
                "last_seen_at": now,
            }
            for index, token in enumerate(tokens)
        ],
    )


def _add_channels(connection: Connection, count: int) -> list[int]:
    """`general` is there already."""
    made = [
        {
            "id": number,
            "kind": ChannelKind.PUBLIC.value,
            "name": f"room-{number}",
            "name_key": f"room-{number}",
            "topic": "What there is to say about it",
            "created_by": 1,
            "created_at": _now(),
        }
        for number in range(GENERAL + 1, GENERAL + count)
    ]
    _add(connection, tables.channels, made)
    return list(range(GENERAL, GENERAL + count))


def _index(engine: Engine) -> None:
    """As a server has done it after years, in pieces of a day; it was tidied within the hour."""
    is_behind = True
    while is_behind:
        with engine.begin() as connection:
            is_behind = catch_up(connection, _INDEXED)
    is_untidy, is_beginning = True, True
    while is_untidy:
        with engine.begin() as connection:
            is_untidy, is_beginning = tidy(connection, is_beginning=is_beginning), False


def _add_messages(
    connection: Connection,
    channel_ids: list[int],
    people: int,
    count: int,
    text: Callable[[random.Random], str] | None,
) -> dict[int, int]:
    """All channels are talked in at the same time, so that a channel's messages lie scattered over the file."""
    dice = random.Random(count)
    bodies = [_body(dice) for _ in range(_BODIES)]
    last_seqs = dict.fromkeys(channel_ids, 0)
    first_at = _now() - count * 1000
    for first in range(1, count + 1, _BATCH):
        rows = []
        for number in range(first, min(first + _BATCH, count + 1)):
            channel_id = dice.choice(channel_ids)
            last_seqs[channel_id] += 1
            rows.append(
                {
                    "id": number,
                    "channel_id": channel_id,
                    "seq": last_seqs[channel_id],
                    "author_id": 1 + number * 7 % people,
                    "client_id": f"{number * 2654435761 % 2**32:08x}-0000-4000-8000-{number:012x}",
                    "kind": MessageKind.TEXT.value,
                    "body": text(dice) if text is not None else bodies[number % _BODIES],
                    "created_at": first_at + number * 1000,
                }
            )
        _add(connection, tables.messages, rows)
    for channel_id, seq in last_seqs.items():
        place = tables.channels.c.id == channel_id
        connection.execute(update(tables.channels).where(place).values(last_seq=seq))
    return last_seqs


def _add_reading(connection: Connection, reader: int, last_seqs: dict[int, int]) -> None:
    rows = [
        {"channel_id": channel_id, "user_id": reader, "read_seq": max(seq - 1, 0)}
        for channel_id, seq in last_seqs.items()
    ]
    _add(connection, tables.memberships, rows)


def _add(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    if rows:
        connection.execute(insert(table), rows)


def _body(dice: random.Random) -> str:
    """Most are a few words long, some are paragraphs."""
    words = _SENTENCE.split()
    return " ".join(dice.choices(words, k=min(400, max(1, round(dice.lognormvariate(2.4, 0.8))))))


def _now() -> int:
    return time.time_ns() // 1_000_000
