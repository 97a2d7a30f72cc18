"""The files that go out with what is written in the open channel: chosen, dropped, pasted, made of a long text."""

import time
import tkinter
import tkinter.filedialog
from collections.abc import Callable, Sequence
from pathlib import Path

from client_app.core.client import Client
from client_app.core.signals import AttachedChanged
from client_app.core.store import Upload
from client_app.desktop.toolkit import Root
from shared.limits import MAX_BODY
from shared.types import ChannelId

from . import pasting
from .long_text import FILE_NAME, is_long, offer_words
from .widget import Composer

PASTED = "pasted"
"""The tag of a long text that was pasted and may become a file."""


class Attaching:
    """Keeps the strip above the text in line with what the client knows, and brings files there."""

    def __init__(self, root: Root, client: Client, composer: Composer) -> None:
        self._root_window, self._client, self._composer = root, client, composer
        self._channel_id: ChannelId | None = None
        self.choose: Callable[[], Sequence[str]] = self._ask
        """Lets the person choose files."""
        composer.text.tag_configure(PASTED)
        client.on(AttachedChanged, lambda changed: self.refresh() if changed.channel_id == self._channel_id else None)

    @property
    def uploads(self) -> tuple[Upload, ...]:
        """What goes out with the text."""
        return self._client.attached(self._channel_id) if self._channel_id is not None else ()

    def open(self, channel_id: ChannelId | None) -> None:
        """Another channel is open, or none."""
        self._channel_id = channel_id
        self.forget_long_text()
        self.refresh()

    def refresh(self) -> None:
        """Other files lie there, or one may attach files or not any more."""
        may = self._channel_id is not None and not self._client.why_not_attach(self._channel_id)
        self._composer.above.show_uploads(self.uploads)
        self._composer.may_attach(is_allowed=may)

    # --- files --------------------------------------------------------------------------------------------------------

    def ask(self) -> None:
        """Let files be chosen."""
        if self._may():
            self.add([Path(each) for each in self.choose()])

    def add(self, paths: Sequence[Path]) -> None:
        """Attach these."""
        if paths and self._channel_id is not None and self._may():
            self._client.attach(self._channel_id, paths)
            self._composer.focus_set()

    def remove(self, key: str) -> None:
        """Do not send a file after all."""
        if self._channel_id is not None:
            self._client.detach(self._channel_id, key)

    def _may(self) -> bool:
        """Whether one may attach files here; where not, it is said why."""
        why_not = "" if self._channel_id is None else self._client.why_not_attach(self._channel_id)
        if why_not:
            self._client.notice(why_not, is_error=True)
            self._client.tell()
        return self._channel_id is not None and not why_not

    def _ask(self) -> Sequence[str]:
        chosen = tkinter.filedialog.askopenfilenames(parent=self._root_window, title="Attach files")
        return chosen or ()

    # --- pasting ------------------------------------------------------------------------------------------------------

    def paste(self) -> bool:
        """Take files or a picture from the clipboard; False where there is neither, and text is to be pasted."""
        if self._channel_id is None or self._client.why_not_attach(self._channel_id):
            return False
        if paths := pasting.files_on_clipboard(self._root_window):
            self.add(paths)
            return True
        if not pasting.has_picture(self._root_window):
            return False
        get, channel_id = pasting.picture_on_clipboard(self._root_window), self._channel_id

        def attach(content: bytes) -> None:
            if content:
                self._client.attach_content(channel_id, time.strftime("Picture %Y-%m-%d %H-%M-%S.png"), content)
            else:
                self._client.notice("There is nothing on the clipboard that could be pasted.", is_error=True)

        self._client.files.worker.do(get, attach)
        return True

    def pasted(self, start: str, end: str) -> None:
        """A text was pasted between these places: where it is long, offer to make a file of it."""
        text = self._composer.text.get(start, end)
        may = self._channel_id is not None and not self._client.why_not_attach(self._channel_id)
        if may and is_long(text):
            self._composer.text.tag_remove(PASTED, "1.0", "end")
            self._composer.text.tag_add(PASTED, start, end)
            self.look_at_long_text()

    # --- long texts ---------------------------------------------------------------------------------------------------

    def look_at_long_text(self) -> None:
        """The text changed: what is offered may be something else, or nothing any more."""
        ranges = self._composer.text.tag_ranges(PASTED)
        if not ranges:
            self._composer.above.offer_file("")
            return
        pasted, whole = self._composer.text.get(ranges[0], ranges[-1]), self._composer.get()
        is_needed = len(whole.strip()) > MAX_BODY
        self._composer.above.offer_file(offer_words(pasted, whole), is_needed=is_needed)

    def send_as_file(self) -> None:
        """Make a file of what was pasted; what was typed around it stays, unless that is too long as well."""
        text, channel_id = self._composer.text, self._channel_id
        ranges = [str(each) for each in text.tag_ranges(PASTED)]
        if channel_id is None or not ranges:
            return
        pasted = text.get(ranges[0], ranges[-1])
        if len(self._composer.get().strip()) - len(pasted) > MAX_BODY:
            ranges, pasted = ["1.0", "end-1c"], self._composer.get()
        self._client.attach_content(channel_id, FILE_NAME, pasted.encode("utf-8", "replace"))
        text.edit_separator()
        text.delete(ranges[0], ranges[-1])
        text.edit_separator()
        self.look_at_long_text()
        self._composer.focus_set()

    def forget_long_text(self) -> None:
        """Let it be a text."""
        self._composer.text.tag_remove(PASTED, "1.0", "end")
        self.look_at_long_text()
        self._composer.focus_set()
