"""Of whom a person does not want to hear."""

from typing import Any

from server_app.context import Context
from shared.requests import RemoveBlock, RevealMessage, SetBlock


def set_block(context: Context, request: SetBlock, _value: None) -> Any:
    """To be written."""
    raise NotImplementedError


def remove_block(context: Context, request: RemoveBlock, _value: None) -> Any:
    """To be written."""
    raise NotImplementedError


def reveal_message(context: Context, request: RevealMessage, _value: None) -> Any:
    """To be written."""
    raise NotImplementedError
