"""All files of a client: the worker, and for whoever is logged in what is on its way in either direction."""

import hashlib
from collections.abc import Callable
from functools import partial
from pathlib import Path

from client_app.core.network.asks import Asker
from client_app.core.signals import Phase, Signal, StatusChanged
from client_app.core.store import Upload
from shared.entities import Attachment
from shared.requests import FetchFile, FetchPicture
from shared.types import FileVariant, PictureId

from .alone import Alone
from .attached import chosen
from .cache import OPENED, FileCache
from .downloads import Downloads, Wanted
from .place import FilePlace, Key, key_of
from .previews import Previews
from .progress import Progress
from .uploads import Uploads
from .worker import Worker

NOBODY = ""
"""Instead of an account of which nothing is to be kept: its part of the cache goes when it does."""


class Files:
    """What is asked of files; `FileArrived`, `FileFailed` and `FileProgress` tell what comes of it."""

    def __init__(self, folder: Path, wake: Callable[[], None], asker: Asker, emit: Callable[[Signal], None]) -> None:
        """`folder` is the cache; each account has a folder in it, whose name tells nobody who it is."""
        self._folder, self._asker, self._emit = folder, asker, emit
        self.worker = Worker(wake)
        self.previews = Previews(self.want, self.worker, emit)
        self._uploads: Uploads | None = None
        self._downloads: Downloads | None = None
        self._cache: FileCache | None = None
        self._is_kept = True

    # --- for the life of a session ------------------------------------------------------------------------------------

    def begin(self, account: str, *, is_kept: bool) -> Uploads:
        """Somebody is logged in; where nothing `is_kept` of them, nor are files."""
        self.end()
        self._is_kept = is_kept
        self._cache = cache = self._cache_of(account if is_kept else NOBODY)
        self.worker.do(cache.sweep if is_kept else cache.clear)
        self._downloads = Downloads(self._asker, cache, self.worker, self._emit)
        self._uploads = Uploads(self._asker, self.worker, self._emit)
        return self._uploads

    def end(self) -> None:
        """Nobody is logged in any more."""
        self._follow(is_online=False)
        if self._cache is not None and not self._is_kept:
            self.worker.do(self._cache.clear)
        self._uploads = self._downloads = self._cache = None

    def forget(self, account: str) -> None:
        """Delete all that is here of an account."""
        self.worker.do(self._cache_of(account).clear)

    def follow(self, status: StatusChanged) -> None:
        """The connection came or went."""
        self._follow(is_online=status.phase is Phase.ONLINE)

    def drain(self, budget: float) -> bool:
        """Tell what the worker found out, for about so many seconds; whether more is waiting."""
        return self.worker.drain(budget)

    def close(self) -> None:
        """The program ends."""
        self.end()
        self.worker.close()

    # --- what somebody wants the server to have -----------------------------------------------------------------------

    def bring(
        self, path: Path, most_bytes: int, then: Callable[[Attachment], None], failed: Callable[[str], None]
    ) -> None:
        """Bring a file to the server that goes with no message; one of the two is called later, `failed` with why not.

        It goes before the files of messages, because somebody looks on; after a drop it goes on. `most_bytes` is what
        the server takes, 0 where that is not known. It ends with the session, and then neither is called.
        """
        uploads = self._uploads
        if uploads is None:
            failed("Log in first.")
            return
        alone = Alone(then, failed)

        def bring(upload: Upload) -> None:
            uploads.add(upload.key, (upload,), alone, goes_first=True)

        self.worker.do(partial(chosen, path, most_bytes), bring, failed)

    # --- what somebody wants to see -----------------------------------------------------------------------------------

    def want(self, place: FilePlace, variant: FileVariant = FileVariant.ORIGINAL) -> Path | None:
        """The file, where it is on this computer. Else it is fetched, and a signal with its `key_of` follows once.

        Whoever draws may ask as often as it likes: where it has failed, nothing is asked again before `try_again`.
        """
        return self._downloads.want(_wanted(place, variant)) if self._downloads is not None else None

    def want_picture(self, picture: PictureId) -> Path | None:
        """The same for a picture of somebody, of the house, or of an emoji, which is its own key."""

        def part_from(offset: int) -> FetchPicture:
            return FetchPicture(picture=picture, offset=offset)

        wanted = Wanted(picture, "this picture", part_from, None, picture)
        return self._downloads.want(wanted) if self._downloads is not None else None

    def has(self, key: Key) -> Path | None:
        """A file that is on this computer; None where it is not."""
        return self._cache.find(key) if self._cache is not None else None

    def folder_to_open(self, key: Key) -> Path:
        """Where a file of this key lies under its own name while other programs have it open; it need not be there."""
        return (self._cache.folder if self._cache is not None else self._folder) / OPENED / key[:16]

    def try_again(self, key: Key) -> None:
        """Whatever it was that failed, the next `want` asks for it again."""
        if self._downloads is not None:
            self._downloads.try_again(key)

    def cancel(self, key: Key) -> None:
        """Nobody wants this any more: what has come of it goes. Harmless where it is not on its way."""
        if self._downloads is not None:
            self._downloads.cancel(key)

    def failure(self, key: Key) -> str:
        """Why a file could not be had, or does not get to the server yet; empty where nothing is in its way."""
        if self._downloads is None or self._uploads is None:
            return ""
        return self._downloads.failure(key) or self._uploads.hindrance(key)

    def progress(self, key: Key) -> Progress | None:
        """How far a file has come, here or to the server; None where it is not on its way."""
        if self._downloads is None or self._uploads is None:
            return None
        return self._downloads.progress(key) or self._uploads.progress(key)

    def _cache_of(self, account: str) -> FileCache:
        return FileCache(self._folder / hashlib.sha256(account.encode("utf-8", "replace")).hexdigest()[:20])

    def _follow(self, *, is_online: bool) -> None:
        if self._downloads is not None and self._uploads is not None:
            self._downloads.set_online(is_online)
            self._uploads.set_online(is_online)


def _wanted(place: FilePlace, variant: FileVariant) -> Wanted:
    attachment = place.attachment
    is_original = variant is FileVariant.ORIGINAL

    def part_from(offset: int) -> FetchFile:
        return FetchFile(
            channel_id=place.channel_id,
            seq=place.seq,
            attachment_id=attachment.id,
            variant=variant,
            offset=offset,
        )

    return Wanted(
        key_of(attachment, variant),
        attachment.name,
        part_from,
        attachment.size if is_original else None,
        attachment.sha256 if is_original else "",
    )
