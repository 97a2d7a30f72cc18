"""What stands above the text: what is edited or answered, the files that go out with it, an offer for a long text."""

import tkinter
from typing import Protocol

from client_app.core.store import Upload
from client_app.desktop.theme import Space, pair
from client_app.desktop.toolkit import Frame, Label, Root

from .attachment_strip import AttachmentStrip
from .long_text import LongTextOffer
from .reply_strip import Answered, ReplyStrip


class Deeds(Protocol):
    """What can be done with what stands there."""

    def hush_reply(self) -> None:
        """Notify whoever is answered, or do so no more."""

    def end_reply(self) -> None:
        """Answer nothing any more."""

    def detach(self, key: str) -> None:
        """Let a file not go out with the text."""

    def send_as_file(self) -> None:
        """Let the long text go out as a file."""

    def keep_as_text(self) -> None:
        """Let the long text be a text."""

    def write(self) -> None:
        """Give the keyboard back to the text."""


class Above(Frame):
    """Not there at all while there is nothing to say. What is edited hides what belongs to a new message."""

    def __init__(self, master: tkinter.Misc, root: Root, deeds: Deeds) -> None:
        super().__init__(master, fg_color="transparent")
        self._words = Label(self, "", role="small", text_color=pair("accent"), height=20)
        self.reply = ReplyStrip(self, deeds.hush_reply, deeds.end_reply)
        self.attachments = AttachmentStrip(self, root, deeds.detach, deeds.write)
        self.offer = LongTextOffer(self, deeds.send_as_file, deeds.keep_as_text)
        self._before: tkinter.Misc = self
        self._is_hidden = False

    def stand_before(self, widget: tkinter.Misc) -> None:
        """Have this below it."""
        self._before = widget

    def hide(self, *, is_hidden: bool) -> None:
        """Nothing of it is shown while nobody may write."""
        self._is_hidden = is_hidden
        self._place()

    @property
    def words(self) -> str:
        """What is said of an edit; empty while nothing is edited."""
        return str(self._words.cget("text"))

    def say(self, words: str) -> None:
        """Say what is edited; empty for nothing."""
        self._words.configure(text=words)
        self._place()

    def show_reply(self, answered: Answered | None) -> None:
        """Say what the text answers; None for nothing."""
        if answered != self.reply.answered:
            self.reply.show(answered)
            self._place()

    def show_uploads(self, uploads: tuple[Upload, ...]) -> None:
        """Show the files that go out with the text."""
        if uploads != self.attachments.uploads:
            self.attachments.show(uploads)
            self._place()

    def offer_file(self, sentence: str, *, is_needed: bool = False) -> None:
        """Offer to make a file of a long text; empty for nothing. Where it `is_needed`, that is what Enter does."""
        if sentence != self.offer.words:
            self.offer.show(sentence, is_needed=is_needed)
            self._place()

    def _place(self) -> None:
        is_edit = bool(self.words)
        shown: list[tuple[tkinter.Pack, bool]] = [
            (self._words, is_edit),
            (self.reply, bool(self.reply.words) and not is_edit),
            (self.offer, bool(self.offer.words) and not is_edit),
            (self.attachments, bool(self.attachments.uploads) and not is_edit),
        ]
        for strip, _ in shown:
            strip.pack_forget()
        for strip, is_shown in shown:
            if is_shown:
                strip.pack(fill="x")
        if self._is_hidden or not any(is_shown for _, is_shown in shown):
            self.pack_forget()
        else:
            self.pack(fill="x", padx=Space.LARGE + Space.TIGHT, before=self._before)
