"""What is being answered and not sent, on disk: one message for each channel."""

from dataclasses import dataclass

from shared.types import ChannelId, Seq

from .file import AccountFile
from .writing import Write, Writing


@dataclass(frozen=True, slots=True)
class Reply:
    """What a message that is being written answers."""

    seq: Seq
    is_silent: bool = False
    """Whether its author is not to be notified."""


class KeptReplies:
    """Of one account."""

    def __init__(self, file: AccountFile, writing: Writing) -> None:
        self._file = file
        self._writing = writing

    def all(self) -> dict[ChannelId, Reply]:
        """Each by its channel."""
        rows = self._file.read("select channel_id, seq, is_silent from replies")
        return {channel_id: Reply(seq, bool(is_silent)) for channel_id, seq, is_silent in rows}

    def put(self, channel_id: ChannelId, reply: Reply) -> None:
        """Keep what is being answered in a channel."""
        self._later(
            "insert or replace into replies (channel_id, seq, is_silent) values (?, ?, ?)",
            (channel_id, reply.seq, int(reply.is_silent)),
        )

    def remove(self, channel_id: ChannelId) -> None:
        """Nothing is being answered there any more."""
        self._later("delete from replies where channel_id = ?", (channel_id,))

    def _later(self, statement: str, parameters: tuple[int, ...]) -> None:
        self._writing.later(Write(self._file, lambda connection: connection.execute(statement, parameters)))
