"""`python -m tests.security`: random requests of random people against a model, for as long as one likes."""

import argparse
import sys
import time
import traceback

from .machine import House, run

EXAMPLES = 10
"""Houses in one round; between two rounds it is looked at the clock."""


def main() -> int:
    """The exit code: 0 where nothing was found, 1 where something was."""
    parser = argparse.ArgumentParser(prog="python -m tests.security", description=__doc__)
    parser.add_argument("--seconds", type=float, default=60.0, help="for how long (default: 60)")
    parser.add_argument("--seed", type=int, default=time.time_ns() % 2**32, help="the same seed, the same requests")
    options = parser.parse_args()
    print(f"seed {options.seed}", flush=True)
    begun = time.monotonic()
    rounds = 0
    while time.monotonic() - begun < options.seconds:
        try:
            run(options.seed + rounds, EXAMPLES)
        except Exception:  # noqa: BLE001  # whatever it is, it was found
            traceback.print_exc()
            print(f"found in round {rounds}: --seed {options.seed + rounds} finds it at once", flush=True)
            return 1
        rounds += 1
        passed = time.monotonic() - begun
        print(f"{passed:4.0f} s: {rounds * EXAMPLES} houses, {House.steps:,} requests, nothing found", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
