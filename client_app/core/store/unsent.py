"""Messages not yet sent, on disk: in the order in which they were written."""

import sqlite3
from dataclasses import dataclass, replace

import msgspec

from shared.requests import Forward
from shared.types import ChannelId, ClientId, MessageKind, Milliseconds, Seq, UserId

from .file import AccountFile
from .writing import Write, Writing


class Reference(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a message has of others."""

    reply_to: Seq | None = None
    """The message of the same channel that it answers."""
    is_silent: bool = False
    """Whether that one's author is not to be notified."""
    forward_of: Forward | None = None
    """What it says again."""
    forwarded_from: UserId | None = None
    """Who said that first."""


PLAIN = Reference()
_decoder = msgspec.json.Decoder(Reference)


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
    reference: Reference = PLAIN

    def failed(self, error: str) -> "Unsent":
        """The same message, refused for this reason."""
        return replace(self, error=error)

    def without_quote(self) -> "Unsent":
        """The same message, to be sent as one that answers nothing."""
        return replace(self, error="", reference=PLAIN)


class KeptUnsent:
    """The outbox of one account. Two processes of it may share the file: neither brings back what the other sent."""

    def __init__(self, file: AccountFile, writing: Writing) -> None:
        self._file = file
        self._writing = writing

    def all(self) -> list[Unsent]:
        """What is not sent yet, oldest first."""
        rows = self._file.read(
            "select outbox.client_id, channel_id, kind, body, created_at, error, payload"
            ' from outbox left join "references" using (client_id) order by position'
        )
        return [
            Unsent(client_id, channel_id, MessageKind(kind), body, created_at, error, _decoded(payload))
            for client_id, channel_id, kind, body, created_at, error, payload in rows
        ]

    def add(self, unsent: Unsent) -> None:
        """Keep a message."""
        row = (unsent.client_id, unsent.channel_id, unsent.kind.value, unsent.body, unsent.created_at, unsent.error)
        self._later(
            "insert into outbox (client_id, channel_id, kind, body, created_at, error) values (?, ?, ?, ?, ?, ?)"
            " on conflict (client_id) do nothing",
            row,
        )
        if unsent.reference != PLAIN:
            payload = msgspec.json.encode(unsent.reference)
            self._later(
                'insert or replace into "references" (client_id, payload) values (?, ?)', (unsent.client_id, payload)
            )

    def mark(self, unsent: Unsent) -> None:
        """Keep what became of it."""
        self._later("update outbox set error = ? where client_id = ?", (unsent.error, unsent.client_id))
        if unsent.reference == PLAIN:
            self._later('delete from "references" where client_id = ?', (unsent.client_id,))

    def remove(self, client_id: ClientId) -> None:
        """Forget a message that is sent, or that was deleted."""
        self._later("delete from outbox where client_id = ?", (client_id,))
        self._later('delete from "references" where client_id = ?', (client_id,))

    def _later(self, statement: str, parameters: tuple[object, ...]) -> None:
        def run(connection: sqlite3.Connection) -> None:
            connection.execute(statement, parameters)

        self._writing.later(Write(self._file, run))


def _decoded(payload: bytes | None) -> Reference:
    """What was kept; nothing where it cannot be understood."""
    try:
        return _decoder.decode(payload) if payload else PLAIN
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return PLAIN
