"""The generated tables of `docs/operating.md` and `docs/using.md`: settings, limits, keys and slash words."""

import dataclasses
import math
import re

from client_app.core.actions import ACTIONS, Action
from client_app.desktop.keys import readable
from server_app.limits import Limits
from server_app.settings import OPTIONS, Option

from .tables import table

_TOLD_OF_LIMITS = ("per", "reason", "precedent")


def setting_table() -> str:
    """Each option of `server.py`, as it is called on the command line, in the environment and in a file."""
    rows = [(_flag(option), _variable(option.name), f"`{option.name}`", _sentence(option.help)) for option in OPTIONS]
    return table(("command line", "environment", "file", ""), rows)


def limit_table() -> str:
    """Each limit with its number, the reason for it, and what others do."""
    rows = [
        (f"`{limit.name}`", _number(getattr(Limits(), limit.name)), *(limit.metadata[name] for name in _TOLD_OF_LIMITS))
        for limit in dataclasses.fields(Limits)
    ]
    return table(("limit", "is", "for each", "because", "elsewhere"), rows)


def key_table() -> str:
    """What can be done with a key."""
    rows = [
        (", ".join(f"`{readable(keys)}`" for keys in action.keys), _told(action)) for action in ACTIONS if action.keys
    ]
    return table(("keys", ""), rows)


def slash_table() -> str:
    """What can be done by typing a word behind a slash."""
    rows = [(f"`/{action.slash} {action.argument}".strip() + "`", _told(action)) for action in ACTIONS if action.slash]
    return table(("type", "to"), rows)


def _flag(option: Option) -> str:
    return f"`--{option.name} {option.placeholder}".strip() + "`"


def _variable(name: str) -> str:
    return f"`HEARTH_{name.replace('-', '_').upper()}`"


def _number(number: float) -> str:
    return "unlimited" if math.isinf(number) else f"{number:,}"


def _told(action: Action) -> str:
    return _sentence(action.help or action.label.rstrip("…"))


def _sentence(text: str) -> str:
    """Begins with a capital and ends with a stop."""
    text = re.sub(r"[.]?$", ".", text, count=1)
    return text if text.startswith("“") else text[0].upper() + text[1:]
