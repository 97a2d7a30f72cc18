"""Messages that are in the index as they were: noted when they change, taken out of it a little later."""

import itertools
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, delete, exists, insert, literal_column, select

from server_app.storage.prepared import Prepared
from server_app.storage.tables import messages, search_changes, search_shards
from shared.types import ChannelId, MessageId, Seq

from .index import Place, block_of, seqs_of
from .rows import Row, between
from .terms import terms_of

_COLUMNS = ("channel_id", "seq", "author_id", "body", "extras", "created_at", "pinned_at")
_of_message = (search_shards.c.channel_id == messages.c.channel_id) & (search_shards.c.last_seq >= messages.c.seq)
_is_indexed = exists().where(_of_message)
_is_noted = exists().where(search_changes.c.channel_id == messages.c.channel_id, search_changes.c.seq == messages.c.seq)
_note = Prepared(
    insert(search_changes).from_select(
        _COLUMNS,
        select(*(messages.c[name] for name in _COLUMNS)).where(
            messages.c.id == bindparam("message"), _is_indexed, ~_is_noted
        ),
    )
)
_changed = Prepared(
    select(*(search_changes.c[name] for name in _COLUMNS))
    .order_by(search_changes.c.channel_id, search_changes.c.seq)
    .limit(bindparam("count"))
    .offset(literal_column("0"))
)
_changed_seqs = Prepared(
    select(search_changes.c.channel_id, search_changes.c.seq).where(
        search_changes.c.channel_id.in_(bindparam("channels", expanding=True))
    )
)
_forget = Prepared(
    delete(search_changes).where(
        search_changes.c.channel_id == bindparam("channel"), search_changes.c.seq == bindparam("number")
    )
)


def note_changes(connection: Connection, message_ids: Iterable[int]) -> None:
    """Remember what these messages say in the index, before they become others, or nothing, in this transaction."""
    _note.run(connection, [{"message": each} for each in message_ids])


def changed_blocks(connection: Connection, channel_ids: Sequence[ChannelId]) -> dict[ChannelId, set[int]]:
    """The blocks of these channels of which the index does not say what is there now."""
    found: defaultdict[ChannelId, set[int]] = defaultdict(set)
    for channel_id, seq in _changed_seqs.rows(connection, {"channels": list(channel_ids)}):
        found[channel_id].add(block_of(seq))
    return found


def take_changes(connection: Connection, count: int) -> tuple[dict[Place, tuple[set[str], set[str]]], int]:
    """What becomes of the blocks of the first so many that were noted: what is gone, what is there; and how many.

    A term is gone where no other message of its block has it.
    """
    found: dict[Place, tuple[set[str], set[str]]] = {}
    rows = [_as_it_was(*row) for row in _changed.rows(connection, {"count": count})]
    for place, group in itertools.groupby(rows, key=lambda row: Place(row.channel_id, block_of(row.seq))):
        was = set[str]().union(*(terms_of(row) for row in group))
        # What is not in the index yet may be among it, which does no harm when it comes again.
        now = [terms_of(row) for row in between(connection, place.channel_id, *seqs_of(place.number))]
        there = set[str]().union(*now)
        found[place] = (was - there, there)
    _forget.run(connection, [{"channel": row.channel_id, "number": row.seq} for row in rows])
    return found, len(rows)


def _as_it_was(channel_id: ChannelId, seq: Seq, *noted: Any) -> Row:
    values = dict(zip(_COLUMNS[2:], noted, strict=True))
    nothing: dict[str, Any] = {
        "id": MessageId(0),
        "client_id": "",
        "kind": "text",
        "rev": 0,
        "edited_at": None,
        "is_deleted": False,
    }
    return Row(channel_id=channel_id, seq=seq, **values, **nothing)
