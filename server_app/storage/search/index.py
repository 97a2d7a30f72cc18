"""What the server asks of a search index, whichever engine keeps it.

A channel's messages are cut into blocks of a few, and its blocks into shards. The index knows which terms stand in
which block; whoever finds a block looks at its messages. So an index is small, may know too much, which looking
corrects, but never too little. Every question names one shard of one channel, and its answer takes work for that shard
alone: what is said elsewhere changes neither the answer nor the time that it takes.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple, Protocol

from sqlalchemy import Connection

from shared.types import ChannelId, Seq

from .terms import Term

BLOCK_BITS, SHARD_BITS = 2, 14
"""Four messages are a block: with eight, a fifth less of the index would be needed and twice as many messages looked
at in vain. 16,384 messages are a shard: its terms are kept once for it, and even a beginning that hundreds of its
words have is found in a tenth of a millisecond."""


def block_of(seq: Seq) -> int:
    """The block of its channel that a message stands in."""
    return seq >> BLOCK_BITS


def shard_of(seq: Seq) -> int:
    """The shard of its channel that a message stands in."""
    return seq >> SHARD_BITS


def seqs_of(block: int) -> tuple[Seq, Seq]:
    """The first and the last message of a block."""
    return block << BLOCK_BITS, ((block + 1) << BLOCK_BITS) - 1


class Place(NamedTuple):
    """A shard of a channel, or a block of one."""

    channel_id: ChannelId
    number: int


Wanted = Sequence[Sequence[Term]]
"""What a block must have: of each of these, any."""


class Change(NamedTuple):
    """What becomes of a block: terms that stand in it no more, and terms that do now."""

    gone: frozenset[str] = frozenset()
    added: frozenset[str] = frozenset()


class Index(Protocol):
    """Terms of blocks."""

    def change(self, connection: Connection, changes: Mapping[Place, Change]) -> None:
        """Note what becomes of these blocks; what is gone was added before."""

    def tidy(self, connection: Connection, *, is_beginning: bool) -> bool:
        """Write a part of it anew, so that nothing is left in the file of what is gone; whether there is more to do."""

    def blocks(self, connection: Connection, shard: Place, wanted: Wanted, below: int, count: int) -> list[int]:
        """At most so many blocks of a shard that have what is wanted, the highest numbers below one first."""
