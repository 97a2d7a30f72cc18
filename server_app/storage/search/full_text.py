"""The index in SQLite's own FTS5.

Every term has its shard in front, so a shard's terms stand side by side in the file, a question for one never touches
another, and even the beginning of a word is looked for among the words of one shard. The row of a block is its place in
its shard, whichever that is: most terms of a shard stand in one row only, whose number is kept in two bytes so and
would take five with the channel in it. FTS5 keeps for each term the rows that it stands in and nothing more; it is
given terms, never what somebody typed.
"""

import itertools
from collections.abc import Iterable, Mapping

from sqlalchemy import Connection

from .index import BLOCK_BITS, SHARD_BITS, Change, Place, Wanted
from .terms import Term

_BLOCKS = 1 << (SHARD_BITS - BLOCK_BITS)
"""Of a shard."""
_ADD = "INSERT INTO search_index (rowid, words) VALUES (?, ?)"
_REMOVE = "INSERT INTO search_index (search_index, rowid, words) VALUES ('delete', ?, ?)"
_MERGE = "INSERT INTO search_index (search_index, rank) VALUES ('merge', ?)"
_PAGES = 64
"""Written anew at a time when tidying: some milliseconds."""
_TERMS_OF_PAGE, _LEAST_MERGED = 64, 16
"""For so many terms that come in, a page of what has gathered is brought together: as many as each of them takes on its
way through the ages of the index."""
_FIND = "SELECT rowid FROM search_index WHERE search_index MATCH ? AND rowid < ? ORDER BY rowid DESC LIMIT ?"


class FullTextIndex:
    """Changes belong to the writer's transaction; questions may be asked on any connection."""

    def change(self, connection: Connection, changes: Mapping[Place, Change]) -> None:
        """Note what becomes of these blocks; what is gone was added before."""
        cursor, terms = connection.connection.cursor(), 0
        # FTS5 writes when a savepoint ends, which else is when all is committed, and would be nobody's time.
        cursor.execute("SAVEPOINT terms")
        # In the order of the rows, each once, because FTS5 begins a new segment whenever one comes that is not higher.
        for row, places in itertools.groupby(sorted(changes, key=_row), key=_row):
            there = [(_before(_shard(place)), changes[place]) for place in places]
            if gone := _words((before, change.gone) for before, change in there):
                cursor.execute(_REMOVE, (row, gone))
            # Also where it is empty, since FTS5 counts rows and is out of step otherwise.
            cursor.execute(_ADD, (row, _words((before, change.added) for before, change in there)))
            terms += sum(len(change.gone) + len(change.added) for _, change in there)
        cursor.execute("RELEASE SAVEPOINT terms")
        # Left to itself, FTS5 does so as rarely and as long as it likes: 40 ms, while everybody who writes waits.
        cursor.execute(_MERGE, (max(_LEAST_MERGED, terms // _TERMS_OF_PAGE),))
        cursor.close()

    def blocks(self, connection: Connection, shard: Place, wanted: Wanted, below: int, count: int) -> list[int]:
        """At most so many blocks of a shard that have what is wanted, the highest numbers below one first."""
        cursor = connection.connection.cursor()
        first = shard.number * _BLOCKS
        rows = cursor.execute(_FIND, (_expression(_before(shard), wanted), below - first, count)).fetchall()
        cursor.close()
        return [first + row for (row,) in rows]

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
    return block.number % _BLOCKS


def _shard(block: Place) -> Place:
    return Place(block.channel_id, block.number // _BLOCKS)


def _before(shard: Place) -> str:
    return f"{shard.channel_id:x}.{shard.number:x}."


def _words(terms: Iterable[tuple[str, frozenset[str]]]) -> str:
    return " ".join([before + term for before, there in terms for term in there])


def _expression(before: str, wanted: Wanted) -> str:
    return " AND ".join(f"({' OR '.join(_term(before, term) for term in any_of)})" for any_of in wanted)


def _term(before: str, term: Term) -> str:
    # Terms have letters, digits, dots and colons in them: nothing that would end the quotes.
    return f'"{before}{term.text}"' + "*" * term.is_prefix
