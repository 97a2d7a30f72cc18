"""What a limit is: a number that bounds something, with its reason and with what others do."""

import enum
from dataclasses import field
from typing import Any


class Kind(enum.Enum):
    """What a limit bounds; `--no-limits` lifts the first two."""

    RATE = "rate"
    CAP = "cap"
    SECONDS = "seconds"
    SIZE = "size"


NONE = "None that we know of."
"""Where no other program's number is at hand."""


def limit(default: float, kind: Kind, per: str, reason: str, precedent: str) -> Any:
    """A field of `Limits`: the number as it is where nobody sets another, and what there is to know of it."""
    return field(default=default, metadata={"kind": kind, "per": per, "reason": reason, "precedent": precedent})
