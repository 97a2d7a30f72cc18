"""The search field, and below it what may be typed next."""

import tkinter
from collections.abc import Callable
from dataclasses import dataclass

from client_app.core.writing.composer import Completion, Completions
from client_app.desktop.composer.completion import CompletionPopup
from client_app.desktop.keys import only, put_window_before_class
from client_app.desktop.toolkit import Frame, Root
from client_app.desktop.widgets.text_line import TextLine
from shared.limits import MAX_QUERY

PAUSE = 180
"""Milliseconds without a key after which it is searched for what is typed."""


@dataclass(frozen=True, slots=True)
class FieldEvents:
    """What the field asks and tells."""

    suggest: Callable[[str, int], tuple[Completion, ...]]
    """How what is typed may go on, with the cursor there."""
    typed: Callable[[str], object]
    """Somebody paused while typing this."""
    meant: Callable[[str], object]
    """Enter was pressed."""
    down: Callable[[], object]
    """The keyboard is to go to what stands below."""


class SearchField(Frame):
    """One line to type into."""

    def __init__(self, master: tkinter.Misc, root: Root, events: FieldEvents) -> None:
        super().__init__(master, fg_color="transparent")
        self._events = events
        self._timer: str | None = None
        self._last = ""
        self.entry = TextLine(self, height=36, placeholder_text="Search messages")
        self.entry.pack(fill="x", expand=True)
        self.suggestions = CompletionPopup(root, master, self._take, is_below=True)
        line = self.entry.editor
        put_window_before_class(line)
        line.bind("<KeyRelease>", lambda _event: self._follow(), add="+")
        for event in ("<<Paste>>", "<<Cut>>"):
            line.bind(event, lambda _event: self.after_idle(self._follow), add="+")
        line.bind("<Up>", only(lambda: self.suggestions.move(-1)))
        line.bind("<Down>", only(self._go_down))
        line.bind("<Tab>", lambda _event: "break" if self.suggestions.accept() else None)
        for key in ("<Return>", "<KP_Enter>"):
            line.bind(key, only(self._enter))
        line.bind("<Escape>", lambda _event: "break" if self.suggestions.close() else None)
        line.bind("<FocusIn>", lambda _event: self.after_idle(self._offer), add="+")
        line.bind("<FocusOut>", lambda _event: self.suggestions.close(), add="+")

    def get(self) -> str:
        """What is typed."""
        return self.entry.get()

    def put(self, text: str) -> None:
        """Put this in the place of what is typed, and search for it at once."""
        self._set(text)
        self._offer()
        self._tell_now()

    def clear(self) -> None:
        """Nothing is typed, and nothing is looked for because of that."""
        self._cancel()
        self._set("")
        self._last = ""

    def focus_set(self) -> None:
        """Take the keyboard, with the text selected: what is typed next replaces it."""
        self.entry.focus_set()
        self.entry.select_all()

    def close(self) -> None:
        """The pane goes: nothing hangs below it any more."""
        self.suggestions.close()

    def _set(self, text: str) -> None:
        self.entry.set(text)

    def _follow(self) -> None:
        text = self.get()
        if len(text) > MAX_QUERY:
            self._set(text[:MAX_QUERY])
            text = self.get()
        if text == self._last:
            return
        self._last = text
        self._offer()
        self._cancel()
        self._timer = self.after(PAUSE, self._tell_now)

    def _offer(self) -> None:
        """Only while one is typing there."""
        if str(self.focus_get()) != str(self.entry.editor):
            return
        text = self.get()
        found = self._events.suggest(text, self.entry.typed_until)
        further = tuple(each for each in found if each.text.strip() != text.strip())
        self.suggestions.show(Completions(0, len(text), further))

    def _take(self, completions: Completions, chosen: int) -> None:
        text = completions.items[chosen].text
        self._set(text)
        self._last = text
        self._offer()
        if not text.endswith(":"):
            self._tell_now()

    def _go_down(self) -> None:
        if not self.suggestions.move(1):
            self._events.down()

    def _enter(self) -> None:
        if self.suggestions.accept():
            return
        self.suggestions.close()
        self._cancel()
        self._last = self.get()
        self._events.meant(self._last)

    def _tell_now(self) -> None:
        self._cancel()
        self._last = self.get()
        self._events.typed(self._last)

    def _cancel(self) -> None:
        if self._timer is not None:
            self.after_cancel(self._timer)
            self._timer = None
