"""What ends by the clock alone: time-outs, blocks, mutes, statuses, waits in slow mode. Nobody tells of it then."""

from collections.abc import Callable, Iterable

from client_app.core.network.asks import Asker
from shared.types import Milliseconds

from .state import State

MARGIN = 0.05
"""Seconds after an end at which it is looked for, so that it is over then by any clock's rounding."""
LONGEST = 24 * 60 * 60.0
"""Seconds after which it is looked for again, however far the next end is."""


class Endings:
    """Calls when the next of them is over."""

    def __init__(self, asker: Asker) -> None:
        self._asker = asker
        self._planned: Milliseconds | None = None

    def forget(self) -> None:
        """What was planned may not come: another connection carries the reminders."""
        self._planned = None

    def plan(self, ends: Iterable[Milliseconds], now: Milliseconds, call: Callable[[], None]) -> None:
        """Call at the first of these ends that is still to come, unless that, or an earlier one, is planned."""
        first = min((end for end in ends if end > now), default=None)
        if first is None or (self._planned is not None and now < self._planned <= first):
            return
        self._planned = first
        self._asker.after(min((first - now) / 1000, LONGEST) + MARGIN, lambda: self._call(first, call))

    def _call(self, planned: Milliseconds, call: Callable[[], None]) -> None:
        if self._planned == planned:
            self._planned = None
        call()


def ends_of(state: State) -> list[Milliseconds]:
    """When time-outs, blocks and statuses end; ends that are long over among them."""
    blocks = [block.until for block in state.blocks.values() if block.until is not None]
    statuses = [status.until for status in state.statuses.values() if status.until is not None]
    return [user.timeout_until for user in state.users.values() if user.timeout_until] + blocks + statuses
    """When time-outs, blocks and muted channels end; ends that are long over among them."""
    blocks = [block.until for block in state.blocks.values() if block.until is not None]
    mutes = [level.muted_until for level in state.levels.values() if level.muted_until]
    return [user.timeout_until for user in state.users.values() if user.timeout_until] + blocks + mutes
