"""The figures as JSON, as a table for people, and in `docs/performance.md` between two markers."""

import datetime
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from . import subjects
from .figures import Figure
from .machine import Machine
from .servers import ROOT

RESULTS = ROOT / "benchmarks" / "results"
PAGE = ROOT / "docs" / "performance.md"


@dataclass(frozen=True)
class Report:
    """Everything that one run came to."""

    name: str
    """`own` or `peers`: which part of the page it fills."""
    day: str
    commit: str
    machine: Machine
    figures: tuple[Figure, ...]


def make(name: str, machine: Machine, figures: Sequence[Figure]) -> Report:
    """A report of today and of the commit that is checked out."""
    asked = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    day = datetime.datetime.now(datetime.UTC).date().isoformat()
    return Report(name, day, asked.stdout.strip() or "unknown", machine, tuple(figures))


def save(report: Report, file_name: str) -> Path:
    """Keep it as JSON; where."""
    RESULTS.mkdir(parents=True, exist_ok=True)
    path = RESULTS / f"{file_name}.json"
    path.write_bytes(msgspec.json.format(msgspec.json.encode(report)))
    return path


def load(name: str) -> Report | None:
    """The last full report of this name; None where there is none."""
    path = RESULTS / f"{name}.json"
    return msgspec.json.decode(path.read_bytes(), type=Report) if path.exists() else None


def markdown(report: Report) -> str:
    """The machine in a sentence, the ratios, and the table."""
    machine = report.machine
    facts = (
        f"{machine.cores} cores of {machine.processor}, {machine.memory_gib} GiB, {machine.kernel},"
        f" Python {machine.python}, {machine.openssl},"
        f" {machine.fsync_ms} ms to have 4 KiB on disk; load before the run {machine.load_at_start}."
        f" Taken on {report.day} at commit {report.commit}."
    )
    return "\n\n".join([facts, *([ratios] if (ratios := _ratios(report.figures)) else []), _table(report.figures)])


def write_page(report: Report) -> None:
    """Put the report between its markers in the page. Raises `ValueError` where they are missing."""
    text = PAGE.read_text("utf-8")
    begin, end = f"<!-- {report.name} figures: begin -->", f"<!-- {report.name} figures: end -->"
    before, found, rest = text.partition(begin)
    _, found_end, after = rest.partition(end)
    if not (found and found_end):
        raise ValueError(f"{PAGE} has lost its markers {begin} and {end}.")
    PAGE.write_text(f"{before}{begin}\n{markdown(report)}\n{end}{after}", "utf-8")


def number(value: float) -> str:
    """Three digits that mean something: 1,234,567 is 1,230,000."""
    if value == 0:
        return "0"
    digits = 2 - len(str(int(abs(value)))) + 1
    return f"{round(value, digits):,.{max(0, min(2, digits))}f}"


def _ratios(figures: Sequence[Figure]) -> str:
    lines = []
    for figure in figures:
        if figure.measure != "deliveries" or figure.subject == subjects.HEARTH:
            continue
        ours = [each for each in figures if each.subject == subjects.HEARTH and _is_alike(each, figure)]
        lines += [_ratio(each, figure) for each in ours]
    return "\n".join(lines)


def _ratio(ours: Figure, theirs: Figure) -> str:
    """The ratio as seen from outside, and for each second that the server really had its core."""
    if theirs.is_a_floor:
        return f"* {theirs.setting}: no ratio to {theirs.subject}, which kept the load generator busy all the time"
    plain = f"* {theirs.setting}: Hearth {ours.median / theirs.median:.2f} × {theirs.subject}"
    if not (ours.server_share and theirs.server_share):
        return plain
    by_core = (ours.median / ours.server_share) / (theirs.median / theirs.server_share)
    return f"{plain}; for each second of processor time {by_core:.2f} ×"


def _is_alike(one: Figure, other: Figure) -> bool:
    return (one.measure, one.setting) == (other.measure, other.setting)


def _table(figures: Sequence[Figure]) -> str:
    head = "| What | Who | Median | Least – most | Unit | Server busy | Generator busy |\n|---|---|--:|--:|---|--:|--:|"
    return "\n".join([head, *(_row(figure) for figure in figures)])


def _row(figure: Figure) -> str:
    shares = " | ".join("" if each is None else f"{each:.0%}" for each in (figure.server_share, figure.generator_share))
    extremes = f"{number(min(figure.values))} – {number(max(figure.values))}"
    return f"| {figure.setting} | {figure.subject} | {number(figure.median)} | {extremes} | {figure.unit} | {shares} |"
