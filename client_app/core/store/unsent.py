"""Messages not yet sent, on disk: in the order in which they were written."""

import sqlite3
from dataclasses import dataclass, replace

from shared.types import ChannelId, ClientId, MessageKind, Milliseconds

from .file import AccountFile
from .writing import Write, Writing


@dataclass(frozen=True, slots=True)
class Unsent:
    """A message on its way, or one that was refused."""

    client_id: ClientId
    channel_id: ChannelId
    kind: MessageKind
    body: str
    created_at: Milliseconds
    error: str = ""
    """Why it was refused; empty while it is still to be sent."""

    def failed(self, error: str) -> "Unsent":
        """The same message, refused for this reason."""
        return replace(self, error=error)


class KeptUnsent:
    """The outbox of one account. Two processes of it may share the file: neither brings back what the other sent."""

    def __init__(self, file: AccountFile, writing: Writing) -> None:
        self._file = file
        self._writing = writing

    def all(self) -> list[Unsent]:
        """What is not sent yet, oldest first."""
        rows = self._file.read(
            "select client_id, channel_id, kind, body, created_at, error from outbox order by position"
        )
        return [Unsent(row[0], row[1], MessageKind(row[2]), *row[3:]) for row in rows]

    def add(self, unsent: Unsent) -> None:
        """Keep a message."""
        row = (unsent.client_id, unsent.channel_id, unsent.kind.value, unsent.body, unsent.created_at, unsent.error)
        self._later(
            "insert into outbox (client_id, channel_id, kind, body, created_at, error) values (?, ?, ?, ?, ?, ?)"
            " on conflict (client_id) do nothing",
            row,
        )

    def mark(self, unsent: Unsent) -> None:
        """Keep what became of it."""
        self._later("update outbox set error = ? where client_id = ?", (unsent.error, unsent.client_id))

    def remove(self, client_id: ClientId) -> None:
        """Forget a message that is sent, or that was deleted."""
        self._later("delete from outbox where client_id = ?", (client_id,))

    def _later(self, statement: str, parameters: tuple[object, ...]) -> None:
        def run(connection: sqlite3.Connection) -> None:
            connection.execute(statement, parameters)

        self._writing.later(Write(self._file, run))
