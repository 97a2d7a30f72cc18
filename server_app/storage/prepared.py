"""Core statements whose text is made once, for the few places where SQLAlchemy's work for each call would show.

Measured: 24 µs for a select through `Connection.execute`, 1.5 µs through a prepared one.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.sql.expression import ClauseElement


class Prepared:
    """A statement, and its text for each number of values that its `IN` lists had so far."""

    def __init__(self, statement: ClauseElement, columns: Sequence[str] | None = None) -> None:
        self._statement = statement
        self._columns = columns
        self._texts: dict[tuple[object, ...], tuple[str, Sequence[str] | None]] = {}

    def rows(self, connection: Connection, values: Mapping[str, Any]) -> Sequence[Any]:
        """Run it once and fetch what it finds, as plain tuples; a value that is a list fills an `IN`."""
        lists = {name: _padded(value) for name, value in values.items() if isinstance(value, list)}
        text, order = self._text(connection, lists)
        flat = {name: value for name, value in values.items() if name not in lists}
        for name, members in lists.items():
            flat |= {f"{name}_{index}": member for index, member in enumerate(members, 1)}
        cursor = connection.connection.cursor()
        try:
            cursor.execute(text, _arguments(flat, order))
            return cursor.fetchall()
        finally:
            cursor.close()

    def run(self, connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
        """Run it once for each row."""
        text, order = self._text(connection, {})
        cursor = connection.connection.cursor()
        try:
            cursor.executemany(text, [_arguments(row, order) for row in rows])
        finally:
            cursor.close()

    def _text(self, connection: Connection, lists: Mapping[str, list[Any]]) -> tuple[str, Sequence[str] | None]:
        key = (connection.dialect.name, *(len(members) for members in lists.values()))
        found = self._texts.get(key)
        if found is None:
            statement = self._statement.params(**lists) if lists else self._statement
            compiled = statement.compile(
                dialect=connection.dialect,
                column_keys=self._columns,
                compile_kwargs={"render_postcompile": True},
            )
            found = self._texts[key] = (str(compiled), getattr(compiled, "positiontup", None))
        return found


def _padded(members: list[Any]) -> list[Any]:
    """Up to the next power of two, by repeating the last, so that few texts serve any number."""
    size = 1 << (len(members) - 1).bit_length()
    return members + [members[-1]] * (size - len(members))


def _arguments(values: Mapping[str, Any], order: Sequence[str] | None) -> Any:
    """As the driver wants them: by position, or by name."""
    return values if order is None else [values[name] for name in order]
