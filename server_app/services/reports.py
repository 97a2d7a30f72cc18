"""Messages that people showed to the moderators."""

from msgspec.structs import replace

from server_app.audiences import ToPermitted
from server_app.context import Context
from server_app.storage import messages, reports
from shared.errors import BadRequest, Forbidden, NotFound, RateLimited
from shared.events import MessageReported
from shared.requests import CloseReport, ListReports, Nothing, ReportMade, ReportMessage, Reports
from shared.rights import OWNER
from shared.types import AuditAction, Permission

from .audit import note
from .fitting import FRAME_BUDGET, fit_page


def report_message(context: Context, request: ReportMessage, _value: None) -> ReportMade:
    """Copy a message as it is now, for those who handle reports, whether or not they see the channel."""
    database, channel_id = context.connection, context.channel.id
    message = messages.message(database, channel_id, request.seq)
    if message is None:
        raise NotFound("There is no such message.")
    if message.author_id == context.me:
        raise BadRequest("This is your own message. You can delete it.")
    if message.is_deleted:
        raise NotFound("This message was deleted.")
    earlier = reports.open_report_by(database, context.me, channel_id, request.seq)
    if earlier is not None:
        return ReportMade(report_id=earlier)
    if reports.number_open_by(database, context.me) >= context.house.settings.limits.open_reports_per_account:
        raise RateLimited("You have reported a lot that nobody has looked at yet. Wait until somebody has.")
    report = reports.add_report(
        database, reporter_id=context.me, message=message, reason=request.reason, now=context.house.now()
    )
    context.emit(MessageReported(report=report), ToPermitted(Permission.HANDLE_REPORTS))
    return ReportMade(report_id=report.id)


def list_reports(context: Context, request: ListReports, _value: None) -> Reports:
    """A page, newest first, cut short where it would not fit into one frame."""
    found = reports.page(context.connection, request.before_id, request.limit + 1, only_open=request.only_open)
    page, more = fit_page(found, request.limit, FRAME_BUDGET)
    return Reports(reports=tuple(page), more=more)


def close_report(context: Context, request: CloseReport, _value: None) -> Nothing:
    """Note that it is dealt with; harmless where it is. Nobody decides about what they said themselves."""
    report = reports.report(context.connection, request.report_id)
    if report is None:
        raise NotFound("There is no such report.")
    if report.closed_at is not None:
        return Nothing()
    if report.author_id == context.me and context.standing.role.id != OWNER:
        raise Forbidden("This report is about what you said. Somebody else has to decide.")
    closed = replace(report, closed_by=context.me, closed_at=context.house.now(), outcome=request.outcome)
    reports.close_report(context.connection, closed)
    context.emit(MessageReported(report=closed), ToPermitted(Permission.HANDLE_REPORTS))
    detail = f"report {report.id}: {request.outcome}" if request.outcome else f"report {report.id}"
    note(context, AuditAction.REPORT_CLOSED, user_id=report.author_id, detail=detail)
    return Nothing()
