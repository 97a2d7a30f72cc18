"""Kicks, bans, timeouts and purges."""

from typing import Any

from server_app.context import Context
from shared.requests import (
    BanAddress,
    BanPerson,
    KickPerson,
    ListBans,
    PurgeMessages,
    TimeOutPerson,
    UnbanAddress,
    UnbanPerson,
)


def kick_person(context: Context, request: KickPerson, _value: None) -> Any:
    """To be written."""
    raise NotImplementedError


def ban_person(context: Context, request: BanPerson, _value: None) -> Any:
    """To be written."""
    raise NotImplementedError


def unban_person(context: Context, request: UnbanPerson, _value: None) -> Any:
    """To be written."""
    raise NotImplementedError


def ban_address(context: Context, request: BanAddress, _value: None) -> Any:
    """To be written."""
    raise NotImplementedError


def unban_address(context: Context, request: UnbanAddress, _value: None) -> Any:
    """To be written."""
    raise NotImplementedError


def list_bans(context: Context, request: ListBans, _value: None) -> Any:
    """To be written."""
    raise NotImplementedError


def time_out_person(context: Context, request: TimeOutPerson, _value: None) -> Any:
    """To be written."""
    raise NotImplementedError


def purge_messages(context: Context, request: PurgeMessages, _value: None) -> Any:
    """To be written."""
    raise NotImplementedError
