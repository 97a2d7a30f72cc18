"""The index in SQLite's own FTS5.

A block is a row. Every term has its shard in front, so a shard's terms stand side by side in the file, a question for
one never touches another, and even the beginning of a word is looked for among the words of one shard. FTS5 keeps for
each term the blocks that it stands in and nothing more; it is given terms, never what somebody typed.
"""

from collections.abc import Mapping

from sqlalchemy import Connection

from .index import BLOCK_BITS, SHARD_BITS, Change, Place, Wanted
from .terms import Term

_CHANNEL_BITS = 28
"""Below a channel in the number of a row: two billion messages."""
_ADD = "INSERT INTO search_index (rowid, words) VALUES (?, ?)"
_REMOVE = "INSERT INTO search_index (search_index, rowid, words) VALUES ('delete', ?, ?)"
_MERGE = "INSERT INTO search_index (search_index, rank) VALUES ('merge', ?)"
_PAGES = 64
"""Written anew at a time: some milliseconds."""
_FIND = "SELECT rowid FROM search_index WHERE search_index MATCH ? AND rowid < ? ORDER BY rowid DESC LIMIT ?"


class FullTextIndex:
    """Changes belong to the writer's transaction; questions may be asked on any connection."""

    def change(self, connection: Connection, changes: Mapping[Place, Change]) -> None:
        """Note what becomes of these blocks; what is gone was added before."""
        cursor = connection.connection.cursor()
        # In the order of the rows, because FTS5 begins a new segment whenever one comes that is lower.
        for row, before, change in sorted((_row(block), _before(_shard(block)), changes[block]) for block in changes):
            if change.gone:
                cursor.execute(_REMOVE, (row, _words(before, change.gone)))
            # Also where it is empty, since FTS5 counts rows and is out of step otherwise.
            cursor.execute(_ADD, (row, _words(before, change.added)))
        cursor.close()

    def blocks(self, connection: Connection, shard: Place, wanted: Wanted, below: int, count: int) -> list[int]:
        """At most so many blocks of a shard that have what is wanted, the highest numbers below one first."""
        cursor = connection.connection.cursor()
        end = _row(Place(shard.channel_id, below))
        rows = cursor.execute(_FIND, (_expression(_before(shard), wanted), end, count)).fetchall()
        cursor.close()
        mask = (1 << _CHANNEL_BITS) - 1
        return [row & mask for (row,) in rows]

    def tidy(self, connection: Connection, *, is_beginning: bool) -> bool:
        """Write a part of it anew, so that nothing is left in the file of what is gone; whether there is more to do."""
        database = connection.connection.dbapi_connection
        assert database is not None
        cursor = connection.connection.cursor()
        before = database.total_changes
        # A negative number brings all of it together, however little there is of each age.
        cursor.execute(_MERGE, (-_PAGES if is_beginning else _PAGES,))
        cursor.close()
        # FTS5 says so by how many rows it changed: the statement itself counts as one.
        return bool(database.total_changes - before > 1)


def _row(block: Place) -> int:
    return (block.channel_id << _CHANNEL_BITS) | block.number


def _shard(block: Place) -> Place:
    return Place(block.channel_id, block.number >> (SHARD_BITS - BLOCK_BITS))


def _before(shard: Place) -> str:
    return f"{shard.channel_id:x}.{shard.number:x}."


def _words(before: str, terms: frozenset[str]) -> str:
    return " ".join([before + term for term in terms])


def _expression(before: str, wanted: Wanted) -> str:
    return " AND ".join(f"({' OR '.join(_term(before, term) for term in any_of)})" for any_of in wanted)


def _term(before: str, term: Term) -> str:
    # Terms have letters, digits, dots and colons in them: nothing that would end the quotes.
    return f'"{before}{term.text}"' + "*" * term.is_prefix
