"""Queries about whom messages mention."""

import functools
import importlib
import itertools
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from sqlalchemy import Connection, Row, and_, bindparam, delete, insert, select

from shared.entities import Message, UnreadMentions
from shared.types import ChannelId, MessageId, Seq, UserId

from .messages import as_message
from .prepared import Prepared
from .tables import memberships, messages
from .tables import mentions as table

MOST_UNREAD = 100
"""Unread mentions of a channel that are told: nobody counts further."""

_COLUMNS = ("user_id", "channel_id", "seq", "message_id")
_insert = Prepared(insert(table), _COLUMNS)
# From the person's channels to what is unread in each: never through all that ever mentioned them. The outer join says
# in which order the database is to go, so a channel without any gives a row without a number.
_unread = Prepared(
    select(memberships.c.channel_id, table.c.seq)
    .select_from(memberships)
    .outerjoin(
        table,
        and_(
            table.c.user_id == memberships.c.user_id,
            table.c.channel_id == memberships.c.channel_id,
            table.c.seq > memberships.c.read_seq,
        ),
    )
    .where(memberships.c.user_id == bindparam("user"))
    .order_by(memberships.c.channel_id, table.c.seq)
)
_mentioned = Prepared(
    select(table.c.user_id).where(table.c.channel_id == bindparam("channel"), table.c.seq == bindparam("seq"))
)


def add_mentions(connection: Connection, message: Message, user_ids: Collection[UserId]) -> None:
    """Note that a message mentions these people."""
    if not user_ids:
        return
    values = (message.channel_id, message.seq, message.id)
    _insert.run(connection, [dict(zip(_COLUMNS, (user_id, *values), strict=True)) for user_id in user_ids])
    _ensure_rows(connection.dialect.name).run(connection, [{"channel": message.channel_id, "seq": message.seq}])


@functools.cache
def _ensure_rows(dialect: str) -> Prepared:
    """What is unread is found by way of the channels of which somebody has a row: everybody mentioned gets one."""
    insert_of = importlib.import_module(f"sqlalchemy.dialects.{dialect}").insert
    people = select(table.c.channel_id, table.c.user_id).where(
        table.c.channel_id == bindparam("channel"), table.c.seq == bindparam("seq")
    )
    return Prepared(insert_of(memberships).from_select(["channel_id", "user_id"], people).on_conflict_do_nothing())


def mentioned(connection: Connection, channel_id: ChannelId, seq: Seq) -> frozenset[UserId]:
    """Whom a message mentions."""
    rows = _mentioned.rows(connection, {"channel": channel_id, "seq": seq})
    return frozenset(UserId(user_id) for (user_id,) in rows)


def remove_mentions(connection: Connection, channel_id: ChannelId, seq: Seq, user_ids: Collection[UserId]) -> None:
    """Note that a message mentions these people no more."""
    which = (table.c.channel_id == channel_id) & (table.c.seq == seq) & table.c.user_id.in_(user_ids)
    if user_ids:
        connection.execute(delete(table).where(which))


def take_mentions(connection: Connection, deleted: Iterable[Message]) -> Mapping[tuple[ChannelId, Seq], list[UserId]]:
    """Forget whom these messages mentioned; who it was, of those that mentioned anybody."""
    found: defaultdict[tuple[ChannelId, Seq], list[UserId]] = defaultdict(list)
    for channel_id, group in itertools.groupby(deleted, key=lambda message: message.channel_id):
        seqs = [message.seq for message in group]
        for chunk in (seqs[start : start + 500] for start in range(0, len(seqs), 500)):
            which = (table.c.channel_id == channel_id) & table.c.seq.in_(chunk)
            for seq, user_id in connection.execute(select(table.c.seq, table.c.user_id).where(which)):
                found[channel_id, seq].append(UserId(user_id))
            connection.execute(delete(table).where(which))
    return found


def unread_mentions(connection: Connection, user_id: UserId) -> tuple[UnreadMentions, ...]:
    """What mentions a person and is unread, by channel; also in channels that they may not see any more."""
    seqs: defaultdict[ChannelId, list[Seq]] = defaultdict(list)
    for channel_id, seq in _unread.rows(connection, {"user": user_id}):
        if seq is not None:
            seqs[channel_id].append(seq)
    return tuple(UnreadMentions(each, tuple(found[-MOST_UNREAD:])) for each, found in seqs.items())


def page_of_mentions(
    connection: Connection, user_id: UserId, channel_ids: Collection[ChannelId], before_id: MessageId, count: int
) -> Sequence[Message]:
    """At most so many messages of these channels that mention a person, the newest first."""
    newest = (
        select(messages)
        .join(table, and_(table.c.channel_id == messages.c.channel_id, table.c.seq == messages.c.seq))
        .where(table.c.user_id == user_id, table.c.message_id < before_id, table.c.channel_id.in_(channel_ids))
        .order_by(table.c.message_id.desc())
        .limit(count)
    )
    rows: Iterable[Row[*tuple[object, ...]]] = connection.execute(newest)
    return [as_message(row) for row in rows]
