"""Who blocks whom at this moment: an index from the blocked to who blocks them, kept from the events that say so."""

import math
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Mapping

from shared.entities import Block
from shared.events import AnyEvent, MessagePosted
from shared.types import BlockKind, Milliseconds, UserId

from .blocks import as_seen, whom_it_shows

View = tuple[AnyEvent | None, tuple[UserId, ...]]
"""An event as these people hear it; None where they hear nothing."""


class Blockers:
    """Not thread-safe on purpose: the hub asks it under its own lock.

    A block that has an end is over at that very moment, whoever comes to remove it later.
    """

    def __init__(self, blocks: Mapping[UserId, Iterable[Block]], now: Callable[[], Milliseconds]) -> None:
        self._now = now
        self._ends: dict[UserId, dict[UserId, float]] = {}
        """Of each blocked person: who blocks them, and until when."""
        self._blocked: dict[UserId, frozenset[UserId]] = {}
        """Of each who blocks: whom."""
        self.are_any = False
        """Whether anybody blocks anybody; where not, nobody need ask further."""
        for user_id, each in blocks.items():
            self.learn(user_id, each)

    def learn(self, user_id: UserId, blocks: Iterable[Block]) -> tuple[frozenset[UserId], frozenset[UserId]]:
        """Note of whom this person does not want to hear: all of them. Who is newly blocked, and who no more."""
        ends = {
            each.user_id: math.inf if each.until is None else each.until
            for each in blocks
            if each.kind is BlockKind.BLOCK
        }
        before, after = self._blocked.pop(user_id, frozenset()), frozenset(ends)
        for other_id in before - after:
            del self._ends[other_id][user_id]
            if not self._ends[other_id]:
                del self._ends[other_id]
        for other_id, end in ends.items():
            self._ends.setdefault(other_id, {})[user_id] = end
        if after:
            self._blocked[user_id] = after
        self.are_any = bool(self._ends)
        return after - before, before - after

    def views(self, event: AnyEvent, present: Container[UserId]) -> list[View]:
        """How those hear an event, of those who are present, who do not hear it as everybody else does."""
        if type(event) is MessagePosted and not (event.message.forwarded_from or event.message.author_id in self._ends):
            # The usual case, and the same as what follows, in one step.
            return []
        concerned = [each for each in whom_it_shows(event) if each in self._ends]
        if not concerned:
            return []
        now = self._now()
        hidden: defaultdict[UserId, list[UserId]] = defaultdict(list)
        for other_id in concerned:
            for user_id, end in self._ends[other_id].items():
                if end > now and user_id in present:
                    hidden[user_id].append(other_id)
        alike: defaultdict[frozenset[UserId], list[UserId]] = defaultdict(list)
        for user_id, others in hidden.items():
            alike[frozenset(others)].append(user_id)
        views = [(as_seen(event, others), tuple(user_ids)) for others, user_ids in alike.items()]
        return [view for view in views if view[0] is not event]
