"""Two versions of Hearth under the same load, in turns in one run: `python -m benchmarks compare OLD_CHECKOUT`."""

import statistics
from collections.abc import Sequence
from pathlib import Path

from . import deliveries, subjects
from .deliveries import Contestant
from .figures import Figure, Plan


def measure(plan: Plan, old: Path) -> list[Figure]:
    """The messages' path, plain with every number of receivers, and over TLS; `old` is the other version's folder."""
    figures: list[Figure] = []
    for receivers, tls in (*((each, False) for each in plan.receivers), (plan.tls_receivers, True)):
        versions = [Contestant(subjects.HEARTH, tls), Contestant(subjects.OLD_HEARTH, tls, old)]
        figures += deliveries.side_by_side(plan, versions, receivers, plan.windows)
    return figures


def ratios(figures: Sequence[Figure]) -> list[str]:
    """For each setting, the new version over the old one, turn by turn: median, least and most. Over 1 is faster."""
    compared = [each for each in figures if each.measure == deliveries.NAME]
    olds = {each.setting: each for each in compared if each.subject == subjects.OLD_HEARTH}
    lines = []
    for new in compared:
        old = olds.get(new.setting)
        if new.subject == subjects.HEARTH and old is not None:
            turns = [mine / theirs for mine, theirs in zip(new.values, old.values, strict=True)]
            spread = f"{min(turns):.2f} – {max(turns):.2f}"
            lines.append(f"* {new.setting}: {statistics.median(turns):.2f} × as fast as it was ({spread})")
    return lines
