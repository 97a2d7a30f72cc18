"""Who is in private channels and groups."""

from typing import Any

from server_app.context import Context
from shared.requests import AddMember, OpenGroup, RemoveMember


def open_group(context: Context, request: OpenGroup, _value: None) -> Any:
    """To be written."""
    raise NotImplementedError


def add_member(context: Context, request: AddMember, _value: None) -> Any:
    """To be written."""
    raise NotImplementedError


def remove_member(context: Context, request: RemoveMember, _value: None) -> Any:
    """To be written."""
    raise NotImplementedError
