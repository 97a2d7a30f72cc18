"""The strip above the composer while several messages are picked: how many, and what can be done with them."""

import tkinter
from collections.abc import Callable

from client_app.core.actions.picking import ask_to_delete_picked, deletable, forwardable, transcript
from client_app.core.client import Client
from client_app.core.surface import Surface
from client_app.core.timeline.timeline import Entry
from client_app.desktop.theme import Space, pair
from client_app.desktop.toolkit import Button, Frame, Label


class PickBar(Frame):
    """Packed where `place` says while anything is picked; `end` picks nothing any more."""

    def __init__(
        self,
        master: tkinter.Misc,
        client: Client,
        surface: Surface,
        place: Callable[[Frame], None],
        end: Callable[[], object],
    ) -> None:
        super().__init__(master, fg_color=pair("raised"))
        self._client, self._surface, self._place, self._end = client, surface, place, end
        self._entries: tuple[Entry, ...] = ()
        self._count = Label(self, "", role="row_bold")
        self._cancel = Button(self, "Cancel", end, kind="secondary", height=32, width=60)
        self._cancel.pack(side="right", padx=(Space.SMALL, Space.LARGE), pady=Space.SMALL)
        self._delete = Button(self, "Delete…", self.delete, kind="danger", height=32, width=60)
        self._delete.pack(side="right", padx=(Space.SMALL, 0))
        self._forward = Button(self, "Forward…", self.forward, kind="secondary", height=32, width=60)
        self._forward.pack(side="right", padx=(Space.SMALL, 0))
        self._copy = Button(self, "Copy", self.copy, kind="secondary", height=32, width=60)
        self._copy.pack(side="right")
        # Last, because in a narrow window the words give way and not the buttons.
        self._count.pack(side="left", padx=Space.LARGE, pady=Space.SMALL)

    @property
    def words(self) -> str:
        """How many messages it says are picked; empty while it is not there."""
        return str(self._count.cget("text")) if self.winfo_manager() else ""

    @property
    def may_delete(self) -> bool:
        """Whether any of them can be deleted."""
        return str(self._delete.cget("state")) == "normal"

    def show(self, entries: tuple[Entry, ...]) -> None:
        """These are picked now; none takes the strip away."""
        self._entries = entries
        if not entries:
            self.pack_forget()
            return
        self._count.configure(text=f"{len(entries)} message{'s' if len(entries) > 1 else ''} selected")
        self._delete.configure(state="normal" if deletable(entries) else "disabled")
        self._forward.configure(state="normal" if forwardable(entries) else "disabled")
        if not self.winfo_manager():
            self._place(self)

    def copy(self) -> None:
        """Put all of them on the clipboard, with times and names."""
        self._surface.copy(transcript(self._entries))
        self._client.notice(f"{len(self._entries)} copied." if len(self._entries) > 1 else "Copied.")
        self._client.tell()
        self._end()

    def forward(self) -> None:
        """Ask where they are to be said again."""
        seqs = forwardable(self._entries)
        self._end()
        self._surface.ask_to_forward(seqs)

    def delete(self) -> None:
        """Ask once, and delete those that may be."""
        ask_to_delete_picked(self._client, self._surface, self._entries)
