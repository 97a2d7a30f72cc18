"""What was typed and not sent, on disk: one text for each channel."""

from shared.types import ChannelId

from .file import AccountFile
from .writing import Write, Writing


class KeptDrafts:
    """The drafts of one account."""

    def __init__(self, file: AccountFile, writing: Writing) -> None:
        self._file = file
        self._writing = writing

    def all(self) -> dict[ChannelId, str]:
        """Every draft by its channel."""
        return dict(self._file.read("select channel_id, body from drafts"))

    def put(self, channel_id: ChannelId, body: str) -> None:
        """Keep what is typed; an empty draft is forgotten."""
        if body:
            statement = "insert or replace into drafts (channel_id, body) values (?, ?)"
            self._writing.later(Write(self._file, lambda connection: connection.execute(statement, (channel_id, body))))
        else:
            statement = "delete from drafts where channel_id = ?"
            self._writing.later(Write(self._file, lambda connection: connection.execute(statement, (channel_id,))))
