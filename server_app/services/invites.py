"""Invite codes: making, listing, revoking and using them."""

from typing import Any

from server_app.context import Context
from shared.requests import CreateInvite, ListInvites, RevokeInvite


def create_invite(context: Context, request: CreateInvite, _value: None) -> Any:
    """To be written."""
    raise NotImplementedError


def list_invites(context: Context, request: ListInvites, _value: None) -> Any:
    """To be written."""
    raise NotImplementedError


def revoke_invite(context: Context, request: RevokeInvite, _value: None) -> Any:
    """To be written."""
    raise NotImplementedError
