"""People who made an account and wait to be let in."""

from typing import Any

from server_app.context import Context
from shared.requests import ApproveNewcomer, ListNewcomers, RejectNewcomer


def list_newcomers(context: Context, request: ListNewcomers, _value: None) -> Any:
    """To be written."""
    raise NotImplementedError


def approve_newcomer(context: Context, request: ApproveNewcomer, _value: None) -> Any:
    """To be written."""
    raise NotImplementedError


def reject_newcomer(context: Context, request: RejectNewcomer, _value: None) -> Any:
    """To be written."""
    raise NotImplementedError
