"""Hearth beside other people's servers, each alone on one core under the same load: `python -m benchmarks peers`."""

from . import deliveries, subjects
from .deliveries import Contestant
from .figures import Figure, Plan
from .peer_servers import PEERS, Peer

NAME = "peers"
_RELAYED_AT_MOST = 1024
"""So many messages under way make large bursts: then the generator has most to do, and the relay least."""


def measure(plan: Plan) -> list[Figure]:
    """Hearth, which stores every message, and every other server that is installed; none of them stores anything."""
    present = []
    for peer in PEERS:
        if peer.is_installed():
            present.append(peer)
        else:
            plan.leave_out(f"{peer.name} is not installed; apt-get install {peer.package} would bring it.")
    figures = deliveries.side_by_side(plan, [Contestant(subjects.RELAY)], 200, (*plan.windows, _RELAYED_AT_MOST))
    for receivers in plan.receivers:
        others = [Contestant(peer.name) for peer in present if receivers <= peer.most_receivers]
        figures += deliveries.side_by_side(plan, [Contestant(subjects.HEARTH), *others], receivers, plan.windows)
    return figures + _over_tls(plan, present)


def _over_tls(plan: Plan, present: list[Peer]) -> list[Figure]:
    others = [Contestant(peer.name, tls=True) for peer in present if peer.speaks_tls]
    ours = Contestant(subjects.HEARTH, tls=True)
    return deliveries.side_by_side(plan, [ours, *others], plan.tls_receivers, plan.windows)
