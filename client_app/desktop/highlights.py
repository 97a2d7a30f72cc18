"""Colours of code, worked out beside the window's thread and told when they are there."""

import logging
import tkinter
from collections import OrderedDict
from collections.abc import Callable
from functools import partial

from client_app.core.markdown.highlighting import Colored, highlighted, prepare
from client_app.desktop.toolkit import Root, Workers

_KEPT = 300
"""Blocks of code whose colours are remembered."""
_log = logging.getLogger(__name__)

Code = tuple[str, str]
"""The language and the code."""


class Highlights:
    """The colours of one window, which shares them: `root.only(Highlights)`. All for the window's thread."""

    def __init__(self, root: Root) -> None:
        self._workers = root.only(Workers)
        self._known: OrderedDict[Code, tuple[Colored, ...]] = OrderedDict()
        self._waiting: set[Code] = set()
        self._listeners: dict[tkinter.Misc, Callable[[str], object]] = {}
        self._workers.do(prepare, lambda _: None)

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
            self._workers.do(partial(_colored, wish), partial(self._take, wish))
        return found or ()

    def _take(self, wish: Code, colored: tuple[Colored, ...]) -> None:
        """Keep what is done, and tell of what changed."""
        self._waiting.discard(wish)
        self._known[wish] = colored
        if len(self._known) > _KEPT:
            self._known.popitem(last=False)
        if colored:
            for handler in tuple(self._listeners.values()):
                handler(wish[1])

    def _forget(self, widget: tkinter.Misc) -> None:
        self._listeners.pop(widget, None)


def _colored(wish: Code) -> tuple[Colored, ...]:
    try:
        return highlighted(*wish)
    except Exception:  # noqa: BLE001  # a lexer of many may fail on what somebody wrote: it has no colours then
        _log.exception("Code in the language %s could not be coloured.", ascii(wish[0]))
        return ()
