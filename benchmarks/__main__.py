"""`python -m benchmarks` measures Hearth; `… peers` measures it beside other servers; `… compare OLD` beside itself."""

import argparse
import functools
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from . import (
    compare,
    cost,
    deliveries,
    files,
    formatting,
    gallery,
    goals,
    guessing,
    idle,
    latency,
    machine,
    native,
    opening,
    pages,
    peers,
    picture,
    report,
    returns,
    searching,
    snapshots,
    start,
    window,
)
from .figures import Figure, Plan, quick

Measure = Callable[[Plan], list[Figure]]
_BOTH = (start, pages, snapshots, returns, idle, cost, guessing, files)
OWN: dict[str, Measure] = {
    latency.NAME: latency.measure,
    deliveries.NAME: deliveries.measure,
    **{module.NAME: module.measure for module in _BOTH},
    window.NAME: window.measure,
    gallery.NAME: gallery.measure,
    opening.NAME: opening.measure,
    formatting.NAME: formatting.measure,
    searching.NAME: searching.measure,
}
PEERS: dict[str, Measure] = {
    peers.NAME: peers.measure,
    latency.NAME: latency.measure_hearth,
    **{module.NAME: module.measure for module in _BOTH},
}
QUIET = 0.5
"""The load of a machine on which nothing else runs is below this."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, and keep a whole run in the page. 1 where something could not be measured, else 0."""
    options = _options(arguments)
    machine.raise_file_limit()
    report.RESULTS.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=report.RESULTS, prefix="run-") as folder:
        made, has_failed = _run(options, Path(folder))
    is_whole = not (options.quick or options.only) and options.what != "compare"
    path = report.save(made, report.MEASURED if is_whole else report.RESULTS)
    print(f"\n{report.markdown(made)}\n\nKept in {path}.")
    if is_whole:
        report.write_page(made)
        picture.write([each for name in ("peers", "own") if (each := report.load(name))])
        print(f"Written to {report.PAGE} and {picture.FILE}.")
    return 1 if has_failed else 0


def _run(options: argparse.Namespace, folder: Path) -> tuple[report.Report, bool]:
    """Everything that was asked for, and whether something went wrong."""
    day, commit, facts = report.today(), report.commit(), machine.describe(folder)
    plan = Plan(folder, _say, native=native.build(folder, _say))
    if facts.load_at_start > QUIET:
        _say(f"Something else keeps this machine busy (load {facts.load_at_start}); the figures will show it.")
    if facts.file_system.startswith(("tmpfs", "ramfs")):
        plan.leave_out("The databases lie in memory, so nothing here says what it costs to have messages on a disk.")
    machine.pin_generator()
    plan = quick(plan) if options.quick else plan
    measures = _measures(options)
    chosen = [options.only] if options.only else list(measures)
    figures = tuple(figure for name in chosen for figure in measures[name](plan))
    judged = () if options.what == "compare" else goals.rows(plan, figures)
    made = report.Report(options.what, day, commit, facts, figures, judged, tuple(plan.left_out))
    return made, bool(plan.failed)


def _measures(options: argparse.Namespace) -> Mapping[str, Measure]:
    match options.what:
        case "own":
            return OWN
        case "peers":
            return PEERS
        case _:
            return {"compare": functools.partial(compare.measure, old=options.old.resolve())}


def _say(sentence: str) -> None:
    print(f"{time.strftime('%H:%M:%S')}  {sentence}", file=sys.stderr, flush=True)


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m benchmarks", description="Measures Hearth on this machine.")
    parser.add_argument(
        "what",
        nargs="?",
        choices=("own", "peers", "compare"),
        default="own",
        help="Hearth, or Hearth beside others, or Hearth beside another version of itself",
    )
    parser.add_argument("old", nargs="?", type=Path, help="for compare: the folder of the other version")
    parser.add_argument("--quick", action="store_true", help="a minute instead of several; the page is left as it is")
    names = sorted({*OWN, *PEERS})
    parser.add_argument("--only", choices=names, metavar="NAME", help=f"one of {', '.join(names)}")
    options = parser.parse_args(arguments)
    if (options.what == "compare") is not (options.old is not None):
        parser.error("compare takes the folder of another version, the others take none")
    if options.old is not None and not (options.old / "server.py").exists():
        parser.error(f"there is no server.py in {options.old}")
    if options.only and options.only not in _measures(options):
        parser.error(f"{options.what} has no part {options.only}")
    return options


if __name__ == "__main__":
    # An exit like any other, so that no server and no file is left behind.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    sys.exit(main())
