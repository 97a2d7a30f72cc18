"""The picture of the page: deliveries a second at 200 receivers as bars, legible in light and dark."""

from collections.abc import Sequence
from html import escape
from pathlib import Path

from . import subjects
from .figures import Figure
from .report import Report, number
from .servers import ROOT

FILE = ROOT / "docs" / "images" / "performance.svg"
RECEIVERS = "200 receivers, "
_WIDTH, _LABEL, _BAR, _ROW, _GAP, _TOP = 760, 290, 340, 26, 10, 46
_STYLE = """
  text { font: 14px system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; fill: #24292f; }
  .title { font-weight: 600; font-size: 15px; } .quiet { fill: #57606a; font-size: 12px; }
  .ours { fill: #d9622b; } .other { fill: #8c959f; }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3; } .quiet { fill: #9198a1; } .ours { fill: #f0883e; } .other { fill: #656d76; }
  }"""


def write(reports: Sequence[Report], path: Path = FILE) -> None:
    """One group of bars for each setting of each report; bars of one group are of one run and may be compared."""
    parts: list[str] = []
    y = 0
    for report in reports:
        for setting, figures in _groups(report).items():
            parts.append(_group(report, setting, figures, y))
            y += _TOP + len(figures) * (_ROW + _GAP) + _GAP
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {y}" width="{_WIDTH}" height="{y}" role="img"'
        f' aria-label="Deliveries a second at 200 receivers">\n<style>{_STYLE}\n</style>\n{"".join(parts)}</svg>\n',
        "utf-8",
    )


def _groups(report: Report) -> dict[str, list[Figure]]:
    """Those settings in which Hearth stands beside somebody."""
    groups: dict[str, list[Figure]] = {}
    for figure in report.figures:
        is_shown = figure.measure == "deliveries" and figure.setting.startswith(RECEIVERS)
        if is_shown and figure.subject != subjects.RELAY:
            groups.setdefault(figure.setting, []).append(figure)
    return {setting: figures for setting, figures in groups.items() if len(figures) > 1}


def _group(report: Report, setting: str, figures: list[Figure], top: int) -> str:
    longest = max(figure.median for figure in figures)
    others = "a thread per connection" if report.name == "own" else "servers that store nothing"
    lines = [
        f'<text class="title" x="0" y="{top + 18}">Beside {others}: {escape(setting)}</text>\n'
        f'<text class="quiet" x="0" y="{top + 35}">deliveries a second, server on one core,'
        f" one run of {report.day}</text>\n"
    ]
    y = top + _TOP
    for figure in sorted(figures, key=lambda each: -each.median):
        lines.append(_bar(figure, longest, y))
        y += _ROW + _GAP
    return "".join(lines)


def _bar(figure: Figure, longest: float, y: int) -> str:
    width = max(2, round(_BAR * figure.median / longest))
    label = figure.subject + (", at least" * figure.is_a_floor)
    kind = "ours" if figure.subject == subjects.HEARTH else "other"
    middle = y + _ROW // 2 + 5
    return (
        f'<text x="{_LABEL - 12}" y="{middle}" text-anchor="end">{escape(label)}</text>'
        f'<rect class="{kind}" x="{_LABEL}" y="{y}" width="{width}" height="{_ROW}" rx="3"/>'
        f'<text x="{_LABEL + width + 8}" y="{middle}">{number(figure.median)}</text>\n'
    )
