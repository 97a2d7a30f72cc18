"""Roles: making, changing, removing and giving them, and what follows for who sees what."""

from typing import Any

from server_app.context import Context
from shared.requests import ChangeRole, CreateRole, GiveRole, RemoveRole


def create_role(context: Context, request: CreateRole, _value: None) -> Any:
    """To be written."""
    raise NotImplementedError


def change_role(context: Context, request: ChangeRole, _value: None) -> Any:
    """To be written."""
    raise NotImplementedError


def remove_role(context: Context, request: RemoveRole, _value: None) -> Any:
    """To be written."""
    raise NotImplementedError


def give_role(context: Context, request: GiveRole, _value: None) -> Any:
    """To be written."""
    raise NotImplementedError
