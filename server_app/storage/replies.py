"""Queries about messages that others answer."""

from collections.abc import Collection
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, select

from shared.types import ChannelId, Seq, UserId

from .prepared import Prepared
from .tables import messages

Place = tuple[ChannelId, Seq]
"""Where a message stands."""


class Original(NamedTuple):
    """What an answer must know of the message that it answers."""

    author_id: UserId
    is_deleted: bool


_originals = Prepared(
    select(messages.c.channel_id, messages.c.seq, messages.c.author_id, messages.c.is_deleted).where(
        messages.c.channel_id.in_(bindparam("channel_ids", expanding=True)),
        messages.c.seq.in_(bindparam("seqs", expanding=True)),
    )
)


def originals(connection: Connection, places: Collection[Place]) -> dict[Place, Original]:
    """Those of these messages that exist, and perhaps others."""
    if not places:
        return {}
    channel_ids, seqs = sorted({place[0] for place in places}), sorted({place[1] for place in places})
    rows = _originals.rows(connection, {"channel_ids": channel_ids, "seqs": seqs})
    return {
        (ChannelId(channel_id), seq): Original(UserId(author_id), bool(is_deleted))
        for channel_id, seq, author_id, is_deleted in rows
    }
