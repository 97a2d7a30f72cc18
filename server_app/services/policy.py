"""The rules of the house, and its limits for those who keep it."""

from typing import Any

from server_app.context import Context
from shared.requests import FetchPolicy, ListLimits, SetPolicy


def fetch_policy(context: Context, request: FetchPolicy, _value: None) -> Any:
    """To be written."""
    raise NotImplementedError


def set_policy(context: Context, request: SetPolicy, _value: None) -> Any:
    """To be written."""
    raise NotImplementedError


def list_limits(context: Context, request: ListLimits, _value: None) -> Any:
    """To be written."""
    raise NotImplementedError
