"""What was typed and not sent, on disk: for each channel one text of each window that has the account open."""

import sqlite3
import uuid
from collections.abc import Iterable

from shared.types import ChannelId

from .file import AccountFile
from .writing import Write, Writing

_FORMER = ""
"""The window of drafts that an earlier client kept, or one that knew of no other windows."""


class KeptDrafts:
    """The drafts of one account, as one window knows them.

    A window writes only its own texts. Those that were there when it came are its own as well from the moment on that
    it writes in their channel, unless another window has gone on with them; so whichever closes last, nothing is lost.
    """

    def __init__(self, file: AccountFile, writing: Writing) -> None:
        self._file = file
        self._writing = writing
        self._window = uuid.uuid4().hex
        self._found: dict[ChannelId, list[tuple[str, str]]] = {}
        """What was there when this window came, and of which window."""

    def all(self) -> dict[ChannelId, str]:
        """Every draft by its channel; below each other, where windows left several."""
        self._found.clear()
        former = self._file.read("select channel_id, body from drafts")
        kept = self._file.read("select channel_id, window, body from window_drafts order by rowid")
        for channel_id, window, body in [*((each, _FORMER, body) for each, body in former), *kept]:
            self._found.setdefault(channel_id, []).append((window, body))
        return {channel_id: _together(body for _, body in texts) for channel_id, texts in self._found.items()}

    def put(self, channel_id: ChannelId, body: str) -> None:
        """Keep what is typed in this window; an empty draft is forgotten."""
        found = self._found.pop(channel_id, [])

        def write(connection: sqlite3.Connection) -> None:
            for window, text in found:
                _forget(connection, channel_id, window, text)
            if body:
                # Its row stays where it is, so the texts keep the order in which the windows began them.
                statement = (
                    "insert into window_drafts (channel_id, window, body) values (?, ?, ?)"
                    " on conflict (channel_id, window) do update set body = excluded.body"
                )
                connection.execute(statement, (channel_id, self._window, body))
            else:
                statement = "delete from window_drafts where channel_id = ? and window = ?"
                connection.execute(statement, (channel_id, self._window))

        self._writing.later(Write(self._file, write))


def _forget(connection: sqlite3.Connection, channel_id: ChannelId, window: str, text: str) -> None:
    """A text has another window from now on; where its own has gone on with it, that stays."""
    if window == _FORMER:
        connection.execute("delete from drafts where channel_id = ? and body = ?", (channel_id, text))
    else:
        statement = "delete from window_drafts where channel_id = ? and window = ? and body = ?"
        connection.execute(statement, (channel_id, window, text))


def _together(texts: Iterable[str]) -> str:
    """All of them, each once, without those that another goes on with."""
    each = list(dict.fromkeys(texts))
    return "\n".join(text for text in each if not any(text != other and text in other for other in each))
