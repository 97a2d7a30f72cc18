"""The walk through what the index finds: newest first over all channels, as far as is asked for and never too far.

Nothing but the channels that are given is touched, and each only where something newer could still be there than what
was found: so a common word costs a few blocks, and a rare one a question for each shard.
"""

import heapq
import itertools
import time
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, select

from server_app.storage.prepared import Prepared
from server_app.storage.tables import channels, messages, search_shards
from shared.types import ChannelId, MessageId, Milliseconds, Seq

from .changes import changed_blocks
from .index import BLOCK_BITS, SHARD_BITS, Place, Wanted, block_of, seqs_of
from .keeping import INDEX
from .rows import Row, between, newest_id
from .terms import DAY_MS, days_term

MOST_BLOCKS = 120
"""Blocks that one walk looks into: some ten milliseconds. Whoever wants to go on asks for the next page."""
FIRST_BLOCKS = 16
"""Blocks that the index is asked for at first."""
NEAR = 4
"""Blocks: what is so near behind another is as good as the next."""
COMMON = 0.25
"""The share of blocks from which on it is quicker to look into a few than to ask the index which ones they are."""
MOST_SECONDS = 0.5
"""After so long a walk ends wherever it is: ten beginnings of two letters each, in all channels of a large house."""
PREPARED = 2_000
"""Messages that may wait for the index before a search says that it is not ready yet."""

_ends = Prepared(
    select(channels.c.id, channels.c.last_seq, messages.c.id)
    .join(messages, (messages.c.channel_id == channels.c.id) & (messages.c.seq == channels.c.last_seq))
    .where(channels.c.id.in_(bindparam("channels", expanding=True)))
)
_shards = Prepared(
    select(*search_shards.c)
    .where(search_shards.c.channel_id.in_(bindparam("channels", expanding=True)))
    .order_by(search_shards.c.channel_id, search_shards.c.number)
)


class Shard(NamedTuple):
    """A part of a channel that is in the index."""

    channel_id: ChannelId
    number: int
    last_seq: Seq
    first_at: Milliseconds
    last_at: Milliseconds


class Span(NamedTuple):
    """From a moment up to another, without it."""

    start: Milliseconds
    end: Milliseconds


class Aim(NamedTuple):
    """What is looked for."""

    wanted: Wanted
    """What the index is asked."""
    fits: Callable[[Row], bool]
    """Whether a message is one of those."""
    span: Span | None = None
    """When it was said."""
    before_id: MessageId | None = None
    """Only what is older."""


class Walk:
    """Iterating gives the messages, the newest first; it may end before its end, which it then says."""

    def __init__(self, connection: Connection, channel_ids: Sequence[ChannelId], aim: Aim) -> None:
        self._connection = connection
        self._aim = aim
        self._order = itertools.count()
        self._heap: list[tuple[int, int, _Path | Row]] = []
        """By how new the newest can be that it leads to, with the sign turned."""
        self.blocks_left = MOST_BLOCKS
        self._until = time.monotonic() + MOST_SECONDS
        self.reached: int | None = None
        """Where it ended before its end: this message, and what is older, was not looked at."""
        self._named = self._passed = 0
        """How many blocks the index named so far, and out of how many."""
        self.is_prepared = True
        """Whether the index has nearly all of these channels."""
        if channel_ids:
            self._begin(channel_ids)

    def __iter__(self) -> Iterator[Row]:
        while self._heap:
            bound, _, thing = heapq.heappop(self._heap)
            if isinstance(thing, Row):
                yield thing
            elif self.blocks_left <= 0 or time.monotonic() > self._until:
                self.reached = -bound
                return
            elif thing.block is None:
                self._go_on(thing, -bound)
            else:
                self._look_into(thing, thing.block)

    def _begin(self, channel_ids: Sequence[ChannelId]) -> None:
        values = {"channels": list(channel_ids)}
        indexed: defaultdict[ChannelId, list[Shard]] = defaultdict(list)
        for row in _shards.rows(self._connection, values):
            indexed[row[0]].append(Shard(*row))
        changed = changed_blocks(self._connection, channel_ids)
        ends = _ends.rows(self._connection, values)
        for channel_id, last_seq, last_id in sorted(set(ends)):
            shards = indexed[channel_id]
            reached = shards[-1].last_seq if shards else 0
            self.is_prepared = self.is_prepared and last_seq - reached <= PREPARED
            top = last_seq if self._aim.before_id is None else self._seq_before(channel_id, last_seq)
            blocks = self._blocks(top, reached, shards, changed.get(channel_id, ()))
            is_whole = top == last_seq
            newest = last_id if is_whole else newest_id(self._connection, channel_id, top)
            self._push(newest, _Path(channel_id, blocks))

    def _push(self, newest: int, thing: "_Path | Row") -> None:
        if newest > 0:
            heapq.heappush(self._heap, (-newest, next(self._order), thing))

    def _go_on(self, path: "_Path", newest: int) -> None:
        """To the next block on a path, which may not have its turn yet: of one that is near, nobody asks."""
        before, path.block = path.last, next(path.blocks, None)
        if path.block is None:
            return
        if before is None or before - path.block > NEAR:
            newest = newest_id(self._connection, path.channel_id, seqs_of(path.block)[1])
        self._push(newest, path)

    def _look_into(self, path: "_Path", block: int) -> None:
        self.blocks_left -= 1
        rows = between(self._connection, path.channel_id, *seqs_of(block))
        path.block, path.last = None, block
        before = self._aim.before_id
        for row in rows:
            if (before is None or row.id < before) and self._aim.fits(row):
                self._push(row.id, row)
        if rows:
            self._push(rows[-1].id - 1, path)

    def _blocks(self, top: Seq, reached: Seq, shards: Sequence[Shard], changed: Collection[int]) -> Iterator[int]:
        """The blocks of a channel in which something may be, the newest first."""
        if top <= 0:
            return
        upper = block_of(top)
        if top > reached:
            # What the index does not have yet is looked through, with the block where it ends.
            yield from range(upper, block_of(reached + 1) - 1, -1)
            upper = block_of(reached + 1) - 1
        for shard in reversed(shards):
            first = shard.number << (SHARD_BITS - BLOCK_BITS)
            if first <= upper:
                yield from _merged(self._asked(shard, upper), [each for each in changed if first <= each <= upper])
                upper = first - 1

    def _asked(self, shard: Shard, upper: int) -> Iterator[int]:
        """Those that the index names, a few first and then more: mostly the first few will do."""
        wanted = self._wanted_in(shard)
        if wanted is None:
            return
        if not wanted:
            # Nothing is asked of the words: all of it is looked through.
            yield from range(upper, block_of(shard.number << SHARD_BITS) - 1, -1)
            return
        place, below, count = Place(shard.channel_id, shard.number), upper + 1, FIRST_BLOCKS
        if self._named > COMMON * self._passed:
            first = max(below - FIRST_BLOCKS, block_of(shard.number << SHARD_BITS))
            yield from range(below - 1, first - 1, -1)
            below = first
        while found := INDEX.blocks(self._connection, place, wanted, below, count):
            self._named, self._passed = self._named + len(found), self._passed + below - found[-1]
            yield from found
            if len(found) < count:
                return
            below, count = found[-1], count * 8

    def _wanted_in(self, shard: Shard) -> Wanted | None:
        """What is to be asked of a shard; None where nothing in it was said at the time."""
        span, wanted = self._aim.span, self._aim.wanted
        if span is None or (span.start <= shard.first_at and shard.last_at < span.end):
            return wanted
        if shard.last_at < span.start or shard.first_at >= span.end:
            return None
        start, end = max(span.start, shard.first_at), min(span.end - 1, shard.last_at)
        return [*wanted, days_term(start // DAY_MS, end // DAY_MS + 1)]

    def _seq_before(self, channel_id: ChannelId, last_seq: Seq) -> Seq:
        """The newest message of a channel that is older than where the page begins: their ids rise with it."""
        assert self._aim.before_id is not None
        low, high = 0, last_seq
        while low < high:
            middle = (low + high + 1) // 2
            if newest_id(self._connection, channel_id, middle) < self._aim.before_id:
                low = middle
            else:
                high = middle - 1
        return low


@dataclass(slots=True, eq=False)
class _Path:
    """The way back through one channel, and the block that it has come to."""

    channel_id: ChannelId
    blocks: Iterator[int]
    block: int | None = None
    last: int | None = None
    """The one before."""


def _merged(found: Iterator[int], changed: Sequence[int]) -> Iterator[int]:
    """Both, each once, the highest first."""
    if not changed:
        return found
    both = heapq.merge(found, sorted(changed, reverse=True), reverse=True)
    return (number for number, _ in itertools.groupby(both))
