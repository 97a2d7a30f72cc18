"""The process that looks at pictures: reads orders, a line each, and answers each with a line, until nobody asks."""

import sys
from pathlib import Path
from typing import assert_never

from . import confinement, drawing, squares, stripping
from .bounds import MAX_BYTES
from .errors import NotAPicture
from .kinds import Kind, kind_of
from .orders import Answer, DiskFailed, Look, MakeSquare, NoPicture, Order, Strip, Stripped, line_of, order_of

_HEAD = 16


def main() -> None:
    """Until the other end of the pipe is closed."""
    confinement.confine()
    for line in sys.stdin.buffer:
        confinement.allow_time()
        sys.stdout.buffer.write(line_of(carry_out(order_of(line))))
        sys.stdout.buffer.flush()


def carry_out(order: Order) -> Answer:
    """The answer, whatever the file holds."""
    try:
        return _carry_out(order)
    except NotAPicture as error:
        return NoPicture(str(error))
    except OSError as error:
        # Those that Pillow raises about what a file holds have no number.
        return NoPicture(repr(error)) if error.errno is None else DiskFailed(error.errno)
    except Exception as error:  # noqa: BLE001  # a decoder raises anything at all for what somebody has made up
        return NoPicture(repr(error))


def _carry_out(order: Order) -> Answer:
    kind, size = _measured(order.path)
    match order:
        case Strip():
            return _strip(order, kind)
        case Look():
            return drawing.look(order, kind, size)
        case MakeSquare():
            return squares.make_square(order, kind)
    assert_never(order)


def _measured(path: Path) -> tuple[Kind, int]:
    size = path.stat().st_size
    if size > MAX_BYTES:
        raise NotAPicture("it is too large to be looked at")
    with path.open("rb") as file:
        kind = kind_of(file.read(_HEAD))
    if kind is None:
        raise NotAPicture("it begins as no picture does")
    return kind, size


def _strip(order: Strip, kind: Kind) -> Stripped:
    data = order.path.read_bytes()
    clean = stripping.stripped(kind, data)
    if clean == data:
        return Stripped(is_changed=False)
    order.clean.write_bytes(clean)
    return Stripped(is_changed=True)


if __name__ == "__main__":
    main()
