"""Files of this computer that are to go out with a message, as they are kept until that is done."""

import sqlite3

import msgspec

from shared.entities import Attachment
from shared.types import ChannelId

from .file import AccountFile
from .writing import Write, Writing


class Upload(msgspec.Struct, frozen=True, omit_defaults=True):
    """A file of this computer that is to go out with a message."""

    key: str
    """By which it is known here."""
    path: str
    name: str
    """What the others will see it called."""
    size: int
    """Bytes, when it was chosen."""
    modified_at: int
    """Nanoseconds since 1970, when it was chosen: another time means that it is not what was chosen any more."""
    is_ours: bool = False
    """Whether Hearth made it, of something that was pasted, and takes it away again."""
    attachment: Attachment | None = None
    """What the server made of it; None while it is still to be brought there."""

    def made(self, attachment: Attachment | None) -> "Upload":
        """The same file, of which the server made this."""
        return msgspec.structs.replace(self, attachment=attachment)


_decoder = msgspec.json.Decoder(tuple[Upload, ...])


class KeptAttached:
    """What lies beside the text that is being written, by channel."""

    def __init__(self, file: AccountFile, writing: Writing) -> None:
        self._file = file
        self._writing = writing

    def all(self) -> dict[ChannelId, tuple[Upload, ...]]:
        """The files of each channel where there are any."""
        rows = self._file.read("select channel_id, payload from attached")
        return {channel_id: uploads for channel_id, payload in rows if (uploads := decoded(payload))}

    def put(self, channel_id: ChannelId, uploads: tuple[Upload, ...]) -> None:
        """Keep these; none forgets the channel."""

        def write(connection: sqlite3.Connection) -> None:
            if uploads:
                statement = "insert or replace into attached (channel_id, payload) values (?, ?)"
                connection.execute(statement, (channel_id, encoded(uploads)))
            else:
                connection.execute("delete from attached where channel_id = ?", (channel_id,))

        self._writing.later(Write(self._file, write))


def encoded(uploads: tuple[Upload, ...]) -> bytes:
    """Files as they are kept."""
    return msgspec.json.encode(uploads)


def decoded(payload: bytes | None) -> tuple[Upload, ...]:
    """What was kept; nothing where it cannot be understood."""
    try:
        return _decoder.decode(payload) if payload else ()
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return ()
