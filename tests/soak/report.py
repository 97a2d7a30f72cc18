"""The table at the end: what was done to the house, and what was found, of which every number must be 0."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .faults import Outage

EXAMPLES = 3


@dataclass(frozen=True)
class Report:
    """What came of a run."""

    seed: int
    folder: str
    figures: Mapping[str, str]
    faults: Mapping[str, int]
    findings: Mapping[str, Sequence[str]]
    """By check: a sentence for each thing that is wrong."""

    @property
    def is_clean(self) -> bool:
        """Whether nothing is wrong."""
        return not any(self.findings.values())

    def __str__(self) -> str:
        width = max(len(name) for name in (*self.figures, *self.findings, *self.faults))
        lines = [f"seed {self.seed}, files in {self.folder}", "", "What happened"]
        lines += [f"  {name:<{width}}  {value}" for name, value in self.figures.items()]
        lines += ["", "Faults"] + [f"  {name:<{width}}  {count}" for name, count in sorted(self.faults.items())]
        lines += ["", "What must be 0"]
        for name, found in self.findings.items():
            lines.append(f"  {name:<{width}}  {len(found)}{'' if not found else '  <--'}")
            lines += [f"      {each[:300]}" for each in found[:EXAMPLES]]
        return "\n".join(lines)


def longest_return(backs: Sequence[tuple[float, float]], outages: Sequence[Outage]) -> tuple[float, float]:
    """The longest time that anybody was away, and the longest from the end of the last fault until they were back."""
    away = max((back - lost for lost, back in backs), default=0.0)
    ends = [outage.ended for outage in outages]
    after = max(
        (back - max([lost, *(end for end in ends if lost <= end <= back)]) for lost, back in backs), default=0.0
    )
    return away, after


def added(counts: Sequence[Mapping[str, int]]) -> dict[str, int]:
    """Counts of several places as one."""
    total: Counter[str] = Counter()
    for each in counts:
        total.update(each)
    return dict(total)
