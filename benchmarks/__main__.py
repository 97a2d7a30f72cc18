"""`python -m benchmarks`: measure Hearth; `python -m benchmarks peers`: measure it beside other servers."""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from . import deliveries, latency, machine, memory, peers, picture, report, start, window
from .figures import Figure, Plan, quick

Measure = Callable[[Plan], list[Figure]]
MEASURES: dict[str, Measure] = {module.NAME: module.measure for module in (start, latency, deliveries, memory, window)}


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, and where everything was measured at full length, keep it in the page."""
    options = _parser().parse_args(arguments)
    machine.raise_file_limit()
    report.RESULTS.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=report.RESULTS, prefix="run-") as folder:
        plan = Plan(Path(folder), _say)
        facts = machine.describe(plan.folder)
        machine.pin_generator()
        figures = _measure(options, quick(plan) if options.quick else plan)
    made = report.make(options.what, facts, figures)
    is_whole = not (options.quick or options.only)
    path = report.save(made, options.what if is_whole else f"{options.what}-partial")
    print(f"\n{report.markdown(made)}\n\nKept in {path}.")
    if is_whole:
        report.write_page(made)
        picture.write([each for name in ("own", "peers") if (each := report.load(name))])
        print(f"Written to {report.PAGE} and {picture.FILE}.")
    return 0


def _measure(options: argparse.Namespace, plan: Plan) -> list[Figure]:
    if options.what == "peers":
        return peers.measure(plan)
    chosen = [options.only] if options.only else list(MEASURES)
    return [figure for name in chosen for figure in MEASURES[name](plan)]


def _say(sentence: str) -> None:
    print(f"{time.strftime('%H:%M:%S')}  {sentence}", file=sys.stderr, flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("python -m benchmarks", description="Measures Hearth on this machine.")
    parser.add_argument(
        "what", nargs="?", choices=("own", "peers"), default="own", help="Hearth, or Hearth beside others"
    )
    parser.add_argument("--quick", action="store_true", help="a minute instead of several; the page is left as it is")
    parser.add_argument("--only", choices=list(MEASURES), metavar="NAME", help=f"one of {', '.join(MEASURES)}")
    return parser


if __name__ == "__main__":
    sys.exit(main())
