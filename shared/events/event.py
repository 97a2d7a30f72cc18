"""What every fact is: a Struct in the past tense, told without being asked."""

from msgspec import Struct

from shared.types import wire_name


class Event(Struct, frozen=True, tag=wire_name, tag_field="type"):
    """A fact, told without being asked."""
