"""Keeping what people owe to the limits over a restart, so that nobody gets new tries by having the server killed."""

import itertools
from collections.abc import Mapping, Sequence

from sqlalchemy import Connection

from server_app.buckets import Debts
from server_app.clock import Clock
from server_app.context import Context
from server_app.storage import buckets, known_addresses
from server_app.storage.buckets import Owed
from shared.types import Milliseconds

MOST_AT_ONCE = 500
"""Rows for one go: a few milliseconds of the writer's time. The rest comes with the next."""
FAMILIAR_MS: Milliseconds = 90 * 24 * 60 * 60 * 1000
"""An address from which somebody has not logged in for so long is as strange as any; sessions live for as long."""


class KeptDebts:
    """Any thread may call it. What takes only seconds to pay off is not kept (`Debts.is_lasting`)."""

    def __init__(self, debts: Mapping[str, Debts], clock: Clock) -> None:
        self._debts = {name: each for name, each in debts.items() if each.is_lasting}
        self._clock = clock

    def load(self, connection: Connection) -> None:
        """Take up what was owed when the server ended."""
        now = self._clock.steady()
        found = sorted(buckets.all_owed(connection, now))
        for rate, rows in itertools.groupby(found, key=lambda row: row.rate):
            if rate in self._debts:
                self._debts[rate].restore({row.key_hash: (row.full_at - now) / 1000 for row in rows})

    def changes(self) -> Sequence[Owed]:
        """What changed since the last time, as it is to be stored."""
        now = self._clock.steady()
        changed: list[Owed] = []
        for rate, debts in self._debts.items():
            owed = debts.changes(MOST_AT_ONCE - len(changed))
            changed += [Owed(rate, key, now + round(seconds * 1000)) for key, seconds in owed.items()]
        return changed

    def give_back(self, changed: Sequence[Owed]) -> None:
        """These could not be stored; they will be with the next."""
        for each in changed:
            self._debts[each.rate].give_back((each.key_hash,))


def store_owed(context: Context, changed: Sequence[Owed]) -> None:
    """Store what changed."""
    buckets.store(context.connection, changed, context.house.clock.steady())


def forget_what_is_over(context: Context) -> None:
    """Forget what is paid off, and from where nobody has logged in for long, by a clock that is in no doubt."""
    if context.house.clock.is_settled:
        now = context.house.clock.steady()
        buckets.forget_paid(context.connection, now)
        known_addresses.forget_old(context.connection, now - FAMILIAR_MS)
