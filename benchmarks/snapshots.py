"""How long somebody who is in 500 channels waits for the house when they log in, and how large it is."""

from collections.abc import Iterator

from . import failures, stock, subjects
from .asking import Asker
from .figures import Figure, Plan, quantile
from .load import Target
from .stock import Stock

NAME = "snapshots"
PEOPLE = 100
CHANNELS = 500
_MESSAGES = 50_000
_LOGINS = 40
_WARM_UP = 5


def measure(plan: Plan) -> list[Figure]:
    """They come by token, without anything from before, to a house in which a part of each channel is unread."""
    plan.say(f"Hearth: somebody in {CHANNELS} channels logs in")
    with failures.left_out(plan, "The snapshot"):
        made = stock.make(plan.folder_for("stock-channels"), PEOPLE, _MESSAGES, channels=CHANNELS, reader=1)
        return _measure(plan, made)
    return []


def setting(name: str) -> str:
    """What the table calls it; `name` is p50 or p99."""
    return f"logging in to {CHANNELS} channels, until all of the snapshot is here, {name}"


SIZE = f"the snapshot of {CHANNELS} channels and {PEOPLE} people"


def _measure(plan: Plan, made: Stock) -> list[Figure]:
    folder = made.copy_to(plan.folder_for("snapshots"))
    with subjects.hearth(plan, tls=True, folder=folder) as (_, target):
        list(_logins(target, made, _WARM_UP))
        runs = [list(_logins(target, made, _LOGINS)) for _ in range(plan.runs)]
    times = [sorted(seconds for seconds, _ in run) for run in runs]
    sizes = tuple(max(size for _, size in run) / 1000 for run in runs)
    return [
        *(
            Figure(NAME, subjects.HEARTH, setting(name), "ms", tuple(quantile(run, share) * 1000 for run in times))
            for name, share in (("p50", 0.5), ("p99", 0.99))
        ),
        Figure(NAME, subjects.HEARTH, SIZE, "KB", sizes),
    ]


def _logins(target: Target, made: Stock, count: int) -> Iterator[tuple[float, int]]:
    """Seconds and bytes of each. Raises `LoadFailed`."""
    for _ in range(count):
        with Asker(target, made.tokens[0]) as asker:
            assert len(asker.snapshot.channels) == CHANNELS
            yield asker.seconds, asker.size
