"""What lies beside the text that is being written: files that go out with the next message, for each channel."""

import secrets
from collections.abc import Callable
from pathlib import Path

from client_app.core.signals import AttachedChanged, ChannelsChanged, Signal
from client_app.core.store import Upload
from client_app.core.store.uploads import KeptAttached
from shared.errors import BadRequest
from shared.file_names import file_name
from shared.limits import MAX_ATTACHMENTS
from shared.types import ChannelId

from .sizes import size_words


class Attached:
    """At most as many files for each channel as a message may have; kept beside the draft."""

    def __init__(self, kept: KeptAttached, emit: Callable[[Signal], None]) -> None:
        self._kept, self._emit = kept, emit
        self._uploads = kept.all()

    @property
    def channels(self) -> set[ChannelId]:
        """Where there are any."""
        return set(self._uploads)

    def of(self, channel_id: ChannelId) -> tuple[Upload, ...]:
        """The files of a channel, in the order in which they will be shown."""
        return self._uploads.get(channel_id, ())

    def add(self, channel_id: ChannelId, uploads: tuple[Upload, ...]) -> int:
        """Put these behind the others; how many found no place any more."""
        here = self.of(channel_id)
        fitting = uploads[: MAX_ATTACHMENTS - len(here)]
        self.put(channel_id, (*here, *fitting))
        return len(uploads) - len(fitting)

    def put(self, channel_id: ChannelId, uploads: tuple[Upload, ...]) -> None:
        """Let these be the files of a channel."""
        if uploads == self.of(channel_id):
            return
        if uploads:
            self._uploads[channel_id] = uploads
        else:
            del self._uploads[channel_id]
        self._kept.put(channel_id, uploads)
        self._emit(AttachedChanged(channel_id))
        self._emit(ChannelsChanged())

    def remove(self, channel_id: ChannelId, key: str) -> Upload | None:
        """Take one away; None where it was not there."""
        found = next((each for each in self.of(channel_id) if each.key == key), None)
        self.put(channel_id, tuple(each for each in self.of(channel_id) if each.key != key))
        return found


def chosen(path: Path, most_bytes: int, *, name: str = "", is_ours: bool = False) -> Upload:
    """A file as it is to be brought to the server. Raises `BadRequest`, with what to do, where it cannot be.

    `most_bytes` is what the server takes, 0 where that is not known; `name` is what it is called, if not as here.
    """
    called = file_name(name or path.name)
    try:
        state = path.stat()
    except FileNotFoundError:
        raise BadRequest(f"“{called}” is not there any more.") from None
    except OSError as error:
        raise BadRequest(f"“{called}” cannot be read: {error.strerror or error}.") from None
    if path.is_dir():
        raise BadRequest(f"“{called}” is a folder. Pack it into an archive to send it.")
    if not path.is_file():
        raise BadRequest(f"“{called}” is no file that could be sent.")
    if not state.st_size:
        raise BadRequest(f"“{called}” is empty. There is nothing to send.")
    if most_bytes and state.st_size > most_bytes:
        here, most = size_words(state.st_size), size_words(most_bytes)
        raise BadRequest(f"“{called}” is too large: it has {here}, and this server takes files of at most {most}.")
    return Upload(secrets.token_hex(8), str(path), called, state.st_size, state.st_mtime_ns, is_ours)
