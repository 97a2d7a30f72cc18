"""Messages not yet sent, on disk: in the order in which they were written."""

import sqlite3
from dataclasses import dataclass, replace

import msgspec

from shared.entities import Attachment
from shared.requests import Forward
from shared.types import AttachmentId, ChannelId, ClientId, MessageKind, Milliseconds, Seq, UserId

from .file import AccountFile
from .uploads import Upload, decoded, encoded
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
    uploads: tuple[Upload, ...] = ()
    """The files that go out with it, in the order in which they will be shown."""

    @property
    def is_ready(self) -> bool:
        """Whether it can go out: it was not refused, and the server has all of its files."""
        return not self.error and (not self.uploads or all(each.attachment is not None for each in self.uploads))

    def failed(self, error: str) -> "Unsent":
        """The same message, refused for this reason."""
        return replace(self, error=error)

    def without_quote(self) -> "Unsent":
        """The same message, to be sent as one that answers nothing."""
        return replace(self, error="", reference=PLAIN)

    @property
    def attachment_ids(self) -> tuple[AttachmentId, ...]:
        """What the server calls its files, as far as it has them."""
        return tuple(each.attachment.id for each in self.uploads if each.attachment is not None)

    def with_uploaded(self, key: str, attachment: Attachment) -> "Unsent":
        """The same message, of which the server has one more file."""
        made = (each.made(attachment) if each.key == key else each for each in self.uploads)
        return replace(self, uploads=tuple(made))

    def with_uploads_to_be_brought(self) -> "Unsent":
        """The same message, of whose files the server may have none."""
        return replace(self, uploads=tuple(each.made(None) for each in self.uploads))


class KeptUnsent:
    """The outbox of one account. Two processes of it may share the file: neither brings back what the other sent."""

    def __init__(self, file: AccountFile, writing: Writing) -> None:
        self._file = file
        self._writing = writing

    def all(self) -> list[Unsent]:
        """What is not sent yet, oldest first."""
        rows = self._file.read(
            'select outbox.client_id, channel_id, kind, body, created_at, error, "references".payload, uploads.payload'
            ' from outbox left join "references" using (client_id) left join uploads using (client_id)'
            " order by position"
        )
        return [
            Unsent(client_id, channel_id, MessageKind(kind), body, created_at, error, _decoded(payload), decoded(files))
            for client_id, channel_id, kind, body, created_at, error, payload, files in rows
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
        self._put_uploads(unsent)

    def mark(self, unsent: Unsent) -> None:
        """Keep what became of it."""
        self._later("update outbox set error = ? where client_id = ?", (unsent.error, unsent.client_id))
        if unsent.reference == PLAIN:
            self._later('delete from "references" where client_id = ?', (unsent.client_id,))
        self._put_uploads(unsent)

    def remove(self, client_id: ClientId) -> None:
        """Forget a message that is sent, or that was deleted."""
        self._later("delete from outbox where client_id = ?", (client_id,))
        self._later('delete from "references" where client_id = ?', (client_id,))
        self._later("delete from uploads where client_id = ?", (client_id,))

    def _put_uploads(self, unsent: Unsent) -> None:
        """Keep how far its files have come, unless it was sent or deleted meanwhile."""
        if unsent.uploads:
            self._later(
                "insert or replace into uploads (client_id, payload)"
                " select client_id, ? from outbox where client_id = ?",
                (encoded(unsent.uploads), unsent.client_id),
            )

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
