"""Does what people want with the files of messages, as soon as each is here: open it, save it, save it elsewhere."""

import tkinter.filedialog
from collections import defaultdict
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Protocol, TypeVar

from client_app.core.client import Client
from client_app.core.files import FilePlace, Key, key_of
from client_app.core.signals import FileArrived, FileFailed, LoggedOut
from client_app.core.timeline.timeline import Entry
from client_app.desktop.message_list.attachments import CANCEL, DOWNLOAD, OPEN, SAVE_AS, TRY_AGAIN, FileDeed
from client_app.desktop.text import display_text
from client_app.desktop.toolkit import Root
from shared.entities import Attachment
from shared.errors import Refusal
from shared.file_names import file_name

from .opening import open_file
from .risks import risk_of, risk_within
from .saving import save_as, save_into

T = TypeVar("T")
Then = Callable[[Path], None]


class Asking(Protocol):
    """What it needs of the window."""

    def confirm(self, title: str, text: str, verb: str, then: Callable[[], None]) -> None:
        """Ask once before something that cannot be undone."""

    def show_draft(self) -> None:
        """What is to be written in the open channel is something else now."""

    def tell(self, text: str, button: str, on_click: Callable[[], None]) -> None:
        """Say something, with a button that does what it says."""


class FileDesk:
    """What is to happen with each file that is still on its way. Belongs to the window's thread."""

    def __init__(self, root: Root, client: Client, window: Asking) -> None:
        self._root_window, self._client, self._window = root, client, window
        self._wanted: defaultdict[Key, list[Then]] = defaultdict(list)
        self.open_file: Callable[[Path], None] = open_file
        """Gives a file to the system."""
        self.downloads: Callable[[], Path] = _downloads
        """Where this person keeps what was downloaded."""
        self.choose_target: Callable[[str], str] = self._ask_target
        """Asks where something of this name is to be saved; empty where nowhere."""
        client.on(FileArrived, lambda arrived: self._arrived(arrived.key, arrived.path))
        client.on(FileFailed, lambda failed: self._failed(failed.key, failed.reason))
        client.on(LoggedOut, lambda _: self._wanted.clear())

    # --- what is clicked ----------------------------------------------------------------------------------------------

    def do(self, entry: Entry, deed: FileDeed) -> None:
        """Something was clicked on the card of a file."""
        if deed.attachment is None:
            if deed.word == CANCEL:
                self._client.take_back(entry.client_id)
                self._window.show_draft()
            return
        place = FilePlace(entry.channel_id, entry.seq, deed.attachment)
        match deed.word:
            case word if word == CANCEL:
                self.cancel(place)
            case word if word == DOWNLOAD:
                self.download(place)
            case word if word == SAVE_AS:
                self.save_as(place)
            case word if word in (OPEN, TRY_AGAIN):
                self.open(place)
        self._client.tell()

    def open(self, place: FilePlace) -> None:
        """Open it with the system's program; what may do harm only after it was asked."""
        risk = risk_of(place.attachment.name)
        if risk:
            self._ask(place, risk, lambda: self._with(place, partial(self._hand_over, place)))
        else:
            self._with(place, partial(self._open, place))

    def download(self, place: FilePlace) -> None:
        """Save it among the downloads."""
        self._with(
            place, lambda path: self._save(place, partial(save_into, self.downloads(), path, place.attachment.name))
        )

    def download_all(self, entry: Entry) -> None:
        """Save all files of a message among the downloads."""
        for each in entry.attachments:
            self.download(FilePlace(entry.channel_id, entry.seq, each))
        self._client.tell()

    def save_as(self, place: FilePlace) -> None:
        """Ask where to save it, and do so."""
        target = self.choose_target(file_name(place.attachment.name))
        if target:
            self._with(place, lambda path: self._save(place, partial(save_as, Path(target), path)))

    def cancel(self, place: FilePlace) -> None:
        """Do not fetch it."""
        key = key_of(place.attachment)
        self._wanted.pop(key, None)
        self._client.files.cancel(key)

    # --- when it is here ----------------------------------------------------------------------------------------------

    def _with(self, place: FilePlace, then: Then) -> None:
        """Do this with the file, at once or when it is here."""
        key = key_of(place.attachment)
        self._client.files.try_again(key)
        path = self._client.files.want(place)
        if path is not None:
            then(path)
        else:
            self._wanted[key].append(then)

    def _arrived(self, key: Key, path: Path) -> None:
        for then in self._wanted.pop(key, []):
            then(path)

    def _failed(self, key: Key, reason: str) -> None:
        if self._wanted.pop(key, None):
            self._client.notice(reason, is_error=True)

    # --- opening ------------------------------------------------------------------------------------------------------

    def _open(self, place: FilePlace, path: Path) -> None:
        """It is here: by its content it may be a program all the same."""

        def judge(risk: str) -> None:
            if risk:
                self._ask(place, risk, lambda: self._hand_over(place, path))
            else:
                self._hand_over(place, path)

        self._work(place.attachment, lambda: risk_within(path), judge)

    def _hand_over(self, place: FilePlace, path: Path) -> None:
        folder = self._client.files.folder_to_open(key_of(place.attachment))
        name = file_name(place.attachment.name)
        self._work(place.attachment, lambda: _copied(folder / name, path), self._give)

    def _give(self, path: Path) -> None:
        try:
            self.open_file(path)
        except Refusal as refusal:
            self._client.notice(refusal.message, is_error=True)
        except OSError as error:
            self._client.notice(f"“{path.name}” could not be opened: {error.strerror or error}.", is_error=True)
        self._client.tell()

    def _ask(self, place: FilePlace, risk: str, then: Callable[[], None]) -> None:
        name = display_text(file_name(place.attachment.name))
        sentence = (
            f"“{name}” is {risk}. It can do to this computer whatever you can. "
            "Open it only if you know what it is, and trust whoever sent it."
        )
        self._window.confirm("Open this file?", sentence, "Open it", then)

    # --- saving -------------------------------------------------------------------------------------------------------

    def _save(self, place: FilePlace, work: Callable[[], Path]) -> None:
        self._work(place.attachment, work, self._saved)

    def _saved(self, path: Path) -> None:
        self._window.tell(f"Saved as “{display_text(path.name)}”.", "Show folder", lambda: self._give(path.parent))

    def _ask_target(self, name: str) -> str:
        folder = self.downloads()
        chosen = tkinter.filedialog.asksaveasfilename(
            parent=self._root_window, title="Save file", initialfile=name, initialdir=str(folder)
        )
        return str(chosen) if chosen else ""

    def _work(self, attachment: Attachment, work: Callable[[], T], done: Callable[[T], None]) -> None:
        """Have the disk do something, without anybody waiting for it."""

        def failed(reason: str) -> None:
            self._client.notice(f"“{file_name(attachment.name)}” could not be saved: {reason}", is_error=True)

        self._client.files.worker.do(work, done, failed)


def _copied(target: Path, source: Path) -> Path:
    """On the worker: the file under its own name, where nothing else is."""
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    return save_as(target, source)


def _downloads() -> Path:
    from platformdirs import user_downloads_path

    return user_downloads_path()
