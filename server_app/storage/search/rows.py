"""Messages as the search reads them: by the block, and without making an object of what is not found."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, literal_column, select

from server_app.storage.extras import with_extras
from server_app.storage.prepared import Prepared
from server_app.storage.tables import messages
from shared.entities import Message
from shared.types import ChannelId, ClientId, MessageId, MessageKind, Milliseconds, Rev, Seq, UserId


class Row(NamedTuple):
    """A message as it stands in its table."""

    id: MessageId
    channel_id: ChannelId
    seq: Seq
    author_id: UserId
    client_id: ClientId
    kind: str
    body: str
    created_at: Milliseconds
    rev: Rev
    edited_at: Milliseconds | None
    is_deleted: bool
    extras: str
    pinned_at: Milliseconds | None

    def message(self) -> Message:
        """The message."""
        values = self._asdict() | {"kind": MessageKind(self.kind), "is_deleted": bool(self.is_deleted)}
        del values["extras"]
        message = Message(**values)
        return with_extras(message, self.extras) if self.extras else message


_between = Prepared(
    select(*(messages.c[name] for name in Row._fields))
    .where(
        messages.c.channel_id == bindparam("channel"),
        messages.c.seq >= bindparam("first"),
        messages.c.seq <= bindparam("last"),
    )
    .order_by(messages.c.seq.desc())
)
_newest_id = Prepared(
    select(messages.c.id)
    .where(messages.c.channel_id == bindparam("channel"), messages.c.seq <= bindparam("seq"))
    .order_by(messages.c.seq.desc())
    .limit(literal_column("1"))
    .offset(literal_column("0"))
)


def between(connection: Connection, channel_id: ChannelId, first: Seq, last: Seq) -> list[Row]:
    """The messages of a channel from one number to another, the newest first."""
    rows: Sequence[Any] = _between.rows(connection, {"channel": channel_id, "first": first, "last": last})
    return list(map(Row._make, rows))


def newest_id(connection: Connection, channel_id: ChannelId, seq: Seq) -> int:
    """The newest message of a channel up to a number, or 0 where there is none."""
    rows = _newest_id.rows(connection, {"channel": channel_id, "seq": seq})
    return rows[0][0] if rows else 0
