"""Messages that people showed to the moderators."""

from typing import Any

from server_app.context import Context
from shared.requests import CloseReport, ListReports, ReportMessage


def report_message(context: Context, request: ReportMessage, _value: None) -> Any:
    """To be written."""
    raise NotImplementedError


def list_reports(context: Context, request: ListReports, _value: None) -> Any:
    """To be written."""
    raise NotImplementedError


def close_report(context: Context, request: CloseReport, _value: None) -> Any:
    """To be written."""
    raise NotImplementedError
