"""Queries about messages that people showed to the moderators."""

from typing import Any

from sqlalchemy import Connection, Row, func, insert, select, update

from shared.entities import Message
from shared.limits import MAX_BODY
from shared.moderation import Report
from shared.types import ChannelId, Milliseconds, ReportId, Seq, UserId

from .tables import reports

_is_open = reports.c.closed_at.is_(None)


def add_report(
    connection: Connection, *, reporter_id: UserId, message: Message, reason: str, now: Milliseconds
) -> Report:
    """Keep a message as it is now."""
    values: dict[str, Any] = {
        "reporter_id": reporter_id,
        "author_id": message.author_id,
        "channel_id": message.channel_id,
        "seq": message.seq,
        "body": _words_and_names(message),
        "said_at": message.created_at,
        "reason": reason,
        "created_at": now,
    }
    report_id = connection.execute(insert(reports).values(values).returning(reports.c.id)).scalar_one()
    return Report(id=ReportId(report_id), **values)


def report(connection: Connection, report_id: ReportId) -> Report | None:
    """The report with this id."""
    row = connection.execute(select(reports).where(reports.c.id == report_id)).one_or_none()
    return _as_report(row) if row else None


def open_report_by(connection: Connection, reporter_id: UserId, channel_id: ChannelId, seq: Seq) -> ReportId | None:
    """The report that a person made of this message already, if nobody has decided on it."""
    mine = (reports.c.reporter_id == reporter_id) & _is_open
    which = mine & (reports.c.channel_id == channel_id) & (reports.c.seq == seq)
    return connection.execute(select(reports.c.id).where(which).limit(1)).scalar_one_or_none()


def number_open_by(connection: Connection, reporter_id: UserId) -> int:
    """How many of a person's reports nobody has decided on."""
    mine = (reports.c.reporter_id == reporter_id) & _is_open
    return connection.execute(select(func.count()).select_from(reports).where(mine)).scalar_one()


def page(connection: Connection, before_id: ReportId | None, count: int, *, only_open: bool) -> list[Report]:
    """At most so many, newest first."""
    query = select(reports).order_by(reports.c.id.desc()).limit(count)
    if only_open:
        query = query.where(_is_open)
    if before_id is not None:
        query = query.where(reports.c.id < before_id)
    return [_as_report(row) for row in connection.execute(query)]


def close_report(connection: Connection, closed: Report) -> None:
    """Store how it was dealt with."""
    values = {"closed_by": closed.closed_by, "closed_at": closed.closed_at, "outcome": closed.outcome}
    connection.execute(update(reports).where(reports.c.id == closed.id).values(values))


def _words_and_names(message: Message) -> str:
    """What it says, and below that what its files are called, a line each; for those, the end of many words goes."""
    names = "".join(f"\n📎 {each.name}" for each in message.attachments)
    return (message.body[: MAX_BODY - len(names)] + names).lstrip("\n") if names else message.body


def _as_report(row: Row[*tuple[Any, ...]]) -> Report:
    return Report(**row._mapping)
