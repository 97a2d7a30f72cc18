"""Does what people want with pictures: look at them, save them, copy them; the window has one of these."""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from client_app.core.client import Client
from client_app.core.files import FilePlace
from client_app.core.signals import ChannelOpened, FileProgress, LoggedOut, TimelineChanged
from client_app.core.timeline.timeline import Entry
from client_app.desktop.pictures import Failed, PictureDeed, PictureSupply, Source
from client_app.desktop.toolkit import Root
from shared.types import ChannelId, Seq

from .album import Seen, pictures_of
from .copying import copy_picture
from .widget import Viewer


class Saving(Protocol):
    """Whoever saves files."""

    def save_as(self, place: FilePlace) -> None:
        """Ask where to save it, and do so."""


class House(Protocol):
    """What it needs of the window."""

    files: Saving

    @property
    def shown_entries(self) -> Sequence[Entry]:
        """The messages of the open channel that are loaded."""

    def show_message(self, channel_id: ChannelId, seq: Seq) -> None:
        """Show a message where it was said."""

    def close_dialogs(self) -> None:
        """Take all of them away."""

    def copy(self, text: str) -> None:
        """Put this on the clipboard."""


class Looking:
    """The viewer, made when it is first needed, and what is done with pictures in and beside it."""

    def __init__(self, root: Root, client: Client, supply: PictureSupply, house: House) -> None:
        self._root_window, self._client, self._supply, self._house = root, client, supply, house
        self._viewer: Viewer | None = None
        client.on(FileProgress, lambda _: self._viewer.follow() if self._viewer is not None else None)
        for signal in (LoggedOut, ChannelOpened):
            client.on(signal, self._leave)
        client.on(TimelineChanged, self._follow)

    @property
    def viewer(self) -> Viewer:
        """What shows pictures large."""
        if self._viewer is None:
            self._viewer = Viewer(self._root_window, self._supply, self._client.files.progress, self.do, self._jump)
        return self._viewer

    def close(self) -> bool:
        """Look at no picture any more; whether one was looked at."""
        return self._viewer is not None and self._viewer.close()

    def _leave(self, _signal: object) -> None:
        self.close()

    def _follow(self, changed: TimelineChanged) -> None:
        """Whose message is taken back, or away, is not looked at any more."""
        seen = self._viewer.seen if self._viewer is not None else None
        if seen is None or seen.entry.channel_id != changed.channel_id:
            return
        rows = [row for splice in changed.splices for row in splice.inserted if row.key == seen.entry.key]
        if any(seen.attachment not in row.attachments for row in rows):
            self.close()

    def do(self, seen: Seen, deed: PictureDeed) -> None:
        """Look at a picture, save it, or copy it."""
        match deed:
            case PictureDeed.OPEN:
                self._open(seen)
            case PictureDeed.SAVE:
                self._house.files.save_as(FilePlace(seen.entry.channel_id, seen.entry.seq, seen.attachment))
            case PictureDeed.COPY:
                self._copy(self._supply.source_of(seen.entry, seen.attachment, True))
        self._client.tell()

    def _open(self, seen: Seen) -> None:
        """Among the others of its list, where it is one of those."""
        self._house.close_dialogs()  # The picture may have been clicked in one of them.
        pictures = pictures_of(self._house.shown_entries)
        places = [(each.entry.key, each.attachment.id) for each in pictures]
        place = (seen.entry.key, seen.attachment.id)
        if place in places:
            self.viewer.open(pictures, places.index(place))
        else:
            of_message = pictures_of([seen.entry])
            self.viewer.open(of_message, [each.attachment.id for each in of_message].index(seen.attachment.id))

    def _jump(self, seen: Seen) -> None:
        self._house.show_message(seen.entry.channel_id, seen.entry.seq)
        self._client.tell()

    def _copy(self, source: Source) -> None:
        source.try_again()
        self._supply.gallery.arrivals.fetch(source, self._fetched)

    def _fetched(self, outcome: Path | Failed) -> None:
        if isinstance(outcome, Failed):
            self._client.notice(outcome.reason, is_error=True)
            return
        self._supply.gallery.workers.do(
            lambda: copy_picture(outcome), lambda is_copied: self._copied(outcome, is_copied=is_copied)
        )

    def _copied(self, path: Path, *, is_copied: bool) -> None:
        if is_copied:
            self._client.notice("The picture is copied.")
        else:
            self._house.copy(str(path))
            self._client.notice("No program here copies pictures; the place of its file is copied instead.")
        self._client.tell()
