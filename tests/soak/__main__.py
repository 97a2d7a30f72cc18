"""`python -m tests.soak`: many clients, real TLS, a real server, random faults, and then the checks."""

import sys

from scripts.serving import Stopped, stop_on_signals

from .run import run
from .settings import parse


def main() -> int:
    """The exit code: 0 where every check is 0, 1 where one is not, 130 where somebody stopped it."""
    options = parse(sys.argv[1:])
    print(f"seed {options.seed}", flush=True)
    stop_on_signals()
    try:
        report = run(options, lambda text: print(text, flush=True))
    except Stopped:
        return 130
    print(report)
    return 0 if report.is_clean else 1


if __name__ == "__main__":
    sys.exit(main())
