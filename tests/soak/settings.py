"""What a run of the soak is told on the command line."""

import argparse
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from .faults import Kind


@dataclass(frozen=True)
class Options:
    """One run; the same options and seed give the same faults and the same texts."""

    seconds: float = 60.0
    seed: int = 1
    clients: int = 12
    """Cores of the client; some accounts have two."""
    writers: int = 16
    """Raw connections, two for each account."""
    rate: float = 150.0
    """Texts a second in all."""
    keep: Path | None = None
    faults: tuple[Kind, ...] = tuple(Kind)


def parse(arguments: Sequence[str]) -> Options:
    """The options of a command line. Raises `SystemExit` where it makes no sense."""
    usual = Options()
    parser = argparse.ArgumentParser("python -m tests.soak", description=__doc__, allow_abbrev=False)
    parser.add_argument("--seconds", type=float, default=usual.seconds, help="how long faults happen (default 60)")
    parser.add_argument("--seed", type=int, default=random.randrange(10**6), help="repeats a run; printed")
    parser.add_argument("--clients", type=int, default=usual.clients, help="devices with a whole core (default 12)")
    parser.add_argument("--writers", type=int, default=usual.writers, help="raw connections (default 16)")
    parser.add_argument("--rate", type=float, default=usual.rate, help="texts a second in all (default 150)")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="keep databases, journals and logs in a new folder")
    labels = ",".join(kind.label for kind in Kind)
    parser.add_argument("--faults", type=_kinds, default=usual.faults, help=f"some of {labels}; none for peace")
    return Options(**vars(parser.parse_args(arguments)))


def _kinds(text: str) -> tuple[Kind, ...]:
    by_label = {kind.label: kind for kind in Kind}
    labels = [] if text == "none" else text.split(",")
    if unknown := [label for label in labels if label not in by_label]:
        raise argparse.ArgumentTypeError(f"there is no {unknown[0]}")
    return tuple(by_label[label] for label in labels)
