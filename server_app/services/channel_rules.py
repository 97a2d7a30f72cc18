"""The rules of a channel: read-only, slow, overrides, archived, deleted."""

from typing import Any

from server_app.context import Context
from shared.requests import ArchiveChannel, ChangeChannel, DeleteChannel


def change_channel(context: Context, request: ChangeChannel, _value: None) -> Any:
    """To be written."""
    raise NotImplementedError


def archive_channel(context: Context, request: ArchiveChannel, _value: None) -> Any:
    """To be written."""
    raise NotImplementedError


def delete_channel(context: Context, request: DeleteChannel, _value: None) -> Any:
    """To be written."""
    raise NotImplementedError
