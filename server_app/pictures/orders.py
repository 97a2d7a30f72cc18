"""What the server and its process for pictures say to each other: one line of JSON each."""

import enum
from pathlib import Path
from typing import Annotated, Any

from msgspec import Meta, Struct, json

from shared.limits import MAX_PREVIEW

from .bounds import MAX_SQUARE_BYTES


class Shape(enum.Enum):
    """How a picture becomes a square."""

    CROPPED = "cropped"
    """Its middle, without what stands out; it does not move. For people and for the house."""
    WHOLE = "whole"
    """All of it, with nothing around; it moves if it did. For emoji."""


class Strip(Struct, frozen=True, tag=True):
    """Write a copy of the picture that does not tell of place, camera and author, if it does."""

    path: Path
    clean: Path


class Stripped(Struct, frozen=True, tag=True):
    """It was done, as far as it had to be."""

    is_changed: bool
    """Whether there is a copy now."""


class Look(Struct, frozen=True, tag=True):
    """Decode the picture and write a thumbnail, if it needs one."""

    path: Path
    thumbnail: Path


class Seen(Struct, frozen=True, tag=True):
    """What it is, as it is to be shown."""

    media_type: str
    width: Annotated[int, Meta(gt=0)]
    height: Annotated[int, Meta(gt=0)]
    is_animated: bool
    preview: Annotated[bytes, Meta(max_length=MAX_PREVIEW)]
    has_thumbnail: bool


class MakeSquare(Struct, frozen=True, tag=True):
    """Make a square of the picture, WebP."""

    path: Path
    side: int
    """Pixels."""
    shape: Shape


class Squared(Struct, frozen=True, tag=True):
    """It was done."""

    data: Annotated[bytes, Meta(max_length=MAX_SQUARE_BYTES)]
    is_animated: bool


class NoPicture(Struct, frozen=True, tag=True):
    """It cannot be done, because of what the file holds."""

    reason: str


class DiskFailed(Struct, frozen=True, tag=True):
    """It cannot be done, because of the disk."""

    number: int
    """The system's number of the error (errno)."""


Order = Strip | Look | MakeSquare
Answer = Stripped | Seen | Squared | NoPicture | DiskFailed


def line_of(said: Order | Answer) -> bytes:
    """As it goes through the pipe."""
    return json.encode(said, enc_hook=str) + b"\n"


def order_of(line: bytes) -> Order:
    """What a line orders."""
    order: Order = json.decode(line, type=Order, dec_hook=_path)
    return order


def answer_of(line: bytes) -> Answer:
    """What a line answers. Raises `msgspec.MsgspecError`."""
    answer: Answer = json.decode(line, type=Answer)
    return answer


def _path(_wanted: type, text: Any) -> Path:
    return Path(text)
