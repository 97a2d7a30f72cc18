"""Sending files with what is said."""

import hashlib
import secrets
import shutil
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from client_app.core.files.attached import chosen
from client_app.core.signals import LoggedIn
from client_app.core.store import Upload
from client_app.core.writing.composer import typed
from shared.errors import Refusal
from shared.limits import MAX_ATTACHMENTS
from shared.types import ChannelId, ClientId, Permission

from .finding import Finding
from .loop import Wake

PASTED = "pasted"
"""The folder of what was pasted, until it is sent."""
LEFT_SECONDS = 60 * 60
"""After so long, what nobody knows of is nobody’s: another window of the account may have pasted it just now."""


class Attaching(Finding):
    """A client that can send files."""

    def __init__(
        self, folder: Path, wake: Wake | None = None, *, use_keyring: bool = True, cache: Path | None = None
    ) -> None:
        """See `Lifecycle`."""
        super().__init__(folder, wake, use_keyring=use_keyring, cache=cache)
        self.on(LoggedIn, lambda told: None if told.is_resumed else self._sweep_pasted())

    def why_not_attach(self, channel_id: ChannelId) -> str:
        """Why no file may be sent to a channel, as a sentence; empty where one may."""
        if self.session is None:
            return "Log in first."
        if not self._permissions.may(Permission.SEND_MESSAGES, channel_id):
            return "You may not write here."
        return "" if self._permissions.may(Permission.ATTACH_FILES, channel_id) else "You may not send files here."

    def attached(self, channel_id: ChannelId) -> tuple[Upload, ...]:
        """The files that go out with the next message to a channel."""
        return self.session.drafts.attached.of(channel_id) if self.session else ()

    def attach(self, channel_id: ChannelId, paths: Sequence[Path]) -> None:
        """Let these files go out with the next message to a channel.

        Those that cannot be are told in a `Notice`, and the others attached all the same.
        """
        self._attach(channel_id, [partial(chosen, path, self._most_bytes) for path in paths])
        self.tell()

    def attach_content(self, channel_id: ChannelId, name: str, content: bytes) -> None:
        """Let this go out as a file with the next message to a channel: what was pasted and is no file yet."""
        path = self._pasted(self.session.account if self.session is not None else "") / secrets.token_hex(8)

        def write() -> Path:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            path.write_bytes(content)
            return path

        def attach(path: Path) -> None:
            self._attach(channel_id, [partial(chosen, path, self._most_bytes, name=name, is_ours=True)])

        self.files.worker.do(
            write, attach, lambda why: self.notice(f"“{name}” could not be kept: {why}", is_error=True)
        )

    def detach(self, channel_id: ChannelId, key: str) -> None:
        """Let a file not go out with the next message to a channel."""
        if self.session is None:
            return
        upload = self.session.drafts.attached.remove(channel_id, key)
        if upload is not None and upload.is_ours:
            self.files.worker.do(partial(Path(upload.path).unlink, missing_ok=True))
        self.tell()

    def take_back(self, client_id: ClientId) -> None:
        """Do not send a message whose files are on their way, or that was refused: it can be written anew."""
        unsent = self.session.outbox.withdraw(client_id) if self.session is not None else None
        if self.session is None or unsent is None:
            return
        self.session.drafts.add(unsent.channel_id, typed(unsent.kind, unsent.body))
        self.session.drafts.attached.add(unsent.channel_id, unsent.with_uploads_to_be_brought().uploads)
        self.tell()

    def _pasted(self, account: str) -> Path:
        """Where what was pasted lies of an account."""
        return self._folder / PASTED / hashlib.sha256(account.encode("utf-8", "replace")).hexdigest()[:20]

    def _forget_files(self, account: str) -> None:
        """Delete all files that are here of an account."""
        self.files.forget(account)
        self.files.worker.do(partial(shutil.rmtree, self._pasted(account), ignore_errors=True))

    def _sweep_pasted(self) -> None:
        """Take away what was pasted and is sent, or was given up while the program was killed."""
        if self.session is None:
            return
        attached, outbox, folder = self.session.drafts.attached, self.session.outbox, self._pasted(self.session.account)
        wanted = {upload.path for each in attached.channels for upload in attached.of(each)} | outbox.paths

        def sweep() -> None:
            oldest = time.time() - LEFT_SECONDS
            for path in folder.glob("*"):
                if str(path) not in wanted and path.stat().st_mtime < oldest:
                    path.unlink(missing_ok=True)

        self.files.worker.do(sweep)

    @property
    def _most_bytes(self) -> int:
        return self.state.max_file_size if self.state is not None else 0

    def _attach(self, channel_id: ChannelId, choices: Sequence[Callable[[], Upload]]) -> None:
        if sentence := self.why_not_attach(channel_id):
            self.notice(sentence, is_error=True)
            return
        assert self.session is not None
        uploads, refused = [], []
        for choose in choices:
            try:
                uploads.append(choose())
            except Refusal as refusal:
                refused.append(refusal.message)
        excess = self.session.drafts.attached.add(channel_id, tuple(uploads))
        if excess:
            refused.append(f"A message has at most {MAX_ATTACHMENTS} files: {excess} more were left out.")
        if refused:
            more = f" And {len(refused) - 1} more could not be attached." if len(refused) > 1 else ""
            self.notice(refused[0] + more, is_error=True)
