"""The figures as JSON, as tables for people, and in `docs/performance.md` between two markers."""

import datetime
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec

from . import compare, subjects
from .figures import GENERATOR_IS_BUSY, Figure
from .judging import Row
from .machine import Machine
from .servers import ROOT

RESULTS = ROOT / "benchmarks" / "results"
"""Of runs that were not whole."""
MEASURED = ROOT / "benchmarks" / "measured"
"""Of the whole runs that the page shows."""
WAITING = 0.5
"""Of its core: a server that is less busy than this under load waits for something else, and the page says so."""
PAGE = ROOT / "docs" / "performance.md"


@dataclass(frozen=True)
class Report:
    """Everything that one run came to."""

    name: str
    """`own`, `peers` or `compare`: which part of the page it fills."""
    day: str
    commit: str
    machine: Machine
    figures: tuple[Figure, ...]
    goals: tuple[Row, ...] = ()
    left_out: tuple[str, ...] = ()
    """What could not be measured, in sentences."""


def commit() -> str:
    """The commit that is checked out, and whether the server was changed since."""
    short = _git("rev-parse", "--short", "HEAD") or "unknown"
    is_changed = bool(_git("status", "--porcelain", "--", "server_app", "shared", "server.py"))
    return f"{short}, with changes that are not committed" if is_changed else short


def today() -> str:
    """The day, as ISO 8601 writes it, UTC."""
    return datetime.datetime.now(datetime.UTC).date().isoformat()


def _git(*arguments: str) -> str:
    asked = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    return asked.stdout.strip()


def save(report: Report, folder: Path) -> Path:
    """Keep it as JSON; where."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{report.name}.json"
    path.write_bytes(msgspec.json.format(msgspec.json.encode(report)) + b"\n")
    return path


def load(name: str) -> Report | None:
    """The last whole report of this name; None where there is none."""
    path = MEASURED / f"{name}.json"
    return msgspec.json.decode(path.read_bytes(), type=Report) if path.exists() else None


def markdown(report: Report) -> str:
    """The machine in a sentence, the goals, what to know about the load generator, the ratios, and the table."""
    parts = [
        _facts(report),
        _goals(report.goals),
        _generator(report.figures),
        "\n".join(f"* {sentence}" for sentence in report.left_out),
        "\n".join(compare.ratios(report.figures) or _ratios(report.figures)),
        _table(report.figures),
    ]
    return "\n\n".join(part for part in parts if part)


def write_page(report: Report) -> None:
    """Put the report between its markers in the page. Raises `ValueError` where they are missing."""
    text = PAGE.read_text("utf-8")
    begin, end = f"<!-- {report.name} figures: begin -->", f"<!-- {report.name} figures: end -->"
    before, found, rest = text.partition(begin)
    _, found_end, after = rest.partition(end)
    if not (found and found_end):
        raise ValueError(f"{PAGE} has lost its markers {begin} and {end}.")
    # Beside other servers every goal is told, and once is enough.
    shown = report if report.name == "peers" else replace(report, goals=())
    PAGE.write_text(f"{before}{begin}\n{markdown(shown)}\n{end}{after}", "utf-8")


def number(value: float) -> str:
    """Three digits that mean something: 1,234,567 is 1,230,000."""
    if value == 0:
        return "0"
    digits = 2 - len(str(int(abs(value)))) + 1
    return f"{round(value, digits):,.{max(0, min(2, digits))}f}"


def _facts(report: Report) -> str:
    machine = report.machine
    return (
        f"{machine.cores} cores of {machine.processor}, {machine.memory_gib} GiB, {machine.kernel},"
        f" Python {machine.python}, {machine.openssl}; databases on {machine.file_system},"
        f" {machine.fsync_ms} ms to have 4 KiB on disk; load before the run {machine.load_at_start}."
        f" Taken on {report.day} at commit {report.commit}."
    )


def _goals(goals: Sequence[Row]) -> str:
    if not goals:
        return ""
    lines = [f"| {each.work} | {each.goal} | {each.measured} | {each.verdict} |" for each in goals]
    return "\n".join(["| Work | Goal | Measured | Verdict |", "|---|---|---|---|", *lines])


def _generator(figures: Sequence[Figure]) -> str:
    """How much the load generator can take, and where it had not much time left."""
    relayed = [each for each in figures if each.subject == subjects.RELAY and each.measure == "deliveries"]
    fed = [
        f"{each.setting}: {number(each.median)} deliveries a second while it was busy for {share:.0%} of the time,"
        f" so {number(each.median / share)} for a whole core"
        for each in relayed
        if (share := each.generator_share)
    ]
    sentences = (
        [f"What the load generator can take, fed by a server that only copies: {'; '.join(fed)}."] if fed else []
    )
    busy = [
        f"{each.subject}, {each.setting}"
        for each in figures
        if each.measure == "deliveries"
        and each.subject != subjects.RELAY
        and (each.generator_share or 0.0) > GENERATOR_IS_BUSY
    ]
    if busy:
        most = f"{GENERATOR_IS_BUSY:.0%}"
        sentences.append(f"The load generator was busy for more than {most} of the time with: {'; '.join(busy)}.")
    elif relayed:
        sentences.append(f"Nowhere else was it busy for more than {GENERATOR_IS_BUSY:.0%} of the time.")
    return " ".join(sentences)


def _ratios(figures: Sequence[Figure]) -> list[str]:
    lines = []
    for figure in figures:
        if figure.measure != "deliveries" or figure.subject in (subjects.HEARTH, subjects.RELAY):
            continue
        ours = [each for each in figures if each.subject == subjects.HEARTH and _is_alike(each, figure)]
        lines += [_ratio(each, figure) for each in ours]
    return lines


def _ratio(ours: Figure, theirs: Figure) -> str:
    """The ratio as seen from outside, and for each second that the server really had its core."""
    if theirs.is_a_floor:
        return f"* {theirs.setting}: no ratio to {theirs.subject}, which kept the load generator busy all the time"
    plain = f"* {theirs.setting}: Hearth {ours.median / theirs.median:.2f} × {theirs.subject}"
    if not (ours.server_share and theirs.server_share):
        return plain
    by_core = (ours.median / ours.server_share) / (theirs.median / theirs.server_share)
    waits = f" ({theirs.subject} was busy for {theirs.server_share:.0%} of the time and waited for the rest)"
    return f"{plain}; for each second of processor time {by_core:.2f} ×{waits if theirs.server_share < WAITING else ''}"


def _is_alike(one: Figure, other: Figure) -> bool:
    return (one.measure, one.setting) == (other.measure, other.setting)


def _table(figures: Sequence[Figure]) -> str:
    head = "| What | Who | Median | Least – most | Unit | Server busy | Generator busy |\n|---|---|--:|--:|---|--:|--:|"
    return "\n".join([head, *(_row(figure) for figure in figures)])


def _row(figure: Figure) -> str:
    shares = " | ".join("" if each is None else f"{each:.0%}" for each in (figure.server_share, figure.generator_share))
    extremes = f"{number(min(figure.values))} – {number(max(figure.values))}"
    return f"| {figure.setting} | {figure.subject} | {number(figure.median)} | {extremes} | {figure.unit} | {shares} |"
