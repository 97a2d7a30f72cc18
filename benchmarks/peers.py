"""Hearth beside other people's servers, each alone on one core under the same load: `python -m benchmarks.peers`."""

import sys

from . import deliveries, subjects
from .figures import Figure, Plan
from .peer_servers import PEERS


def measure(plan: Plan) -> list[Figure]:
    """Hearth, which stores every message, and every other server that is installed; none of them stores anything."""
    for peer in PEERS:
        if not peer.is_installed():
            plan.say(f"{peer.name} is not installed and is left out; apt-get install {peer.package} would bring it.")
    figures: list[Figure] = []
    for receivers in plan.receivers:
        present = [peer for peer in PEERS if peer.is_installed() and receivers <= peer.most_receivers]
        contestants = [deliveries.Contestant(name) for name in (subjects.HEARTH, *(peer.name for peer in present))]
        figures += deliveries.side_by_side(plan, contestants, receivers)
    return figures


if __name__ == "__main__":
    from .__main__ import main

    sys.exit(main(["peers", *sys.argv[1:]]))
