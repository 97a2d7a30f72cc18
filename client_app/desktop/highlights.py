"""Colours of code, worked out on a thread of its own and told when they are there."""

import logging
import queue
import threading
import tkinter
from collections import OrderedDict, deque
from collections.abc import Callable

from client_app.core.markdown.highlighting import Colored, highlighted, prepare
from client_app.desktop.toolkit import Root

_KEPT = 300
"""Blocks of code whose colours are remembered."""
_PAUSE = 8
"""Milliseconds between two looks for what is done."""
_log = logging.getLogger(__name__)

Code = tuple[str, str]
"""The language and the code."""


class Highlights:
    """The colours of one window, which shares them: `root.only(Highlights)`. All for the window's thread."""

    def __init__(self, root: Root) -> None:
        self._root = root
        self._known: OrderedDict[Code, tuple[Colored, ...]] = OrderedDict()
        self._wishes: queue.SimpleQueue[Code | None] = queue.SimpleQueue()
        self._done: deque[tuple[Code, tuple[Colored, ...]]] = deque()
        self._waiting: set[Code] = set()
        self._listeners: dict[tkinter.Misc, Callable[[str], object]] = {}
        self._timer: str | None = None
        threading.Thread(target=self._run, name="highlights", daemon=True).start()
        root.bind("<Destroy>", self._on_destroy, add="+")

    @property
    def is_complete(self) -> bool:
        """Whether all that was asked for is there."""
        return not self._waiting

    def on_ready(self, widget: tkinter.Misc, handler: Callable[[str], object]) -> None:
        """Call the handler with each code whose colours are there now, as long as the widget lives."""
        self._listeners[widget] = handler
        widget.bind("<Destroy>", lambda event: self._forget(widget) if event.widget is widget else None, add="+")

    def of(self, language: str, code: str) -> tuple[Colored, ...]:
        """What is to be coloured; nothing as long as that is being worked out."""
        wish = (language, code)
        found = self._known.get(wish)
        if found is None and language and wish not in self._waiting:
            self._waiting.add(wish)
            self._wishes.put(wish)
            if self._timer is None:
                self._timer = self._root.after(_PAUSE, self._look)
        return found or ()

    def _look(self) -> None:
        """Take what is done, and tell of what changed."""
        self._timer = None
        changed = []
        while self._done:
            wish, colored = self._done.popleft()
            self._waiting.discard(wish)
            self._known[wish] = colored
            if len(self._known) > _KEPT:
                self._known.popitem(last=False)
            if colored:
                changed.append(wish[1])
        if self._waiting:
            self._timer = self._root.after(_PAUSE, self._look)
        for code in changed:
            for handler in tuple(self._listeners.values()):
                handler(code)

    def _run(self) -> None:
        prepare()
        while (wish := self._wishes.get()) is not None:
            try:
                colored = highlighted(*wish)
            except Exception:  # noqa: BLE001  # a lexer of many must not end the thread that asks all of them
                _log.exception("Code in the language %s could not be coloured.", ascii(wish[0]))
                colored = ()
            self._done.append((wish, colored))

    def _forget(self, widget: tkinter.Misc) -> None:
        self._listeners.pop(widget, None)

    def _on_destroy(self, event: "tkinter.Event[tkinter.Misc]") -> None:
        if event.widget is self._root:
            self._wishes.put(None)
