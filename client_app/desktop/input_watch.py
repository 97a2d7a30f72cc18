"""Notices when nobody has touched the keyboard or the mouse in any of the windows for a while."""

import time
from collections.abc import Callable

from client_app.core.session.idleness import Idleness
from client_app.desktop.toolkit import Root

IDLE_SECONDS = 5 * 60.0
"""As in Slack and Element, between Discord's ten minutes and Teams' three."""
LOOK_MILLISECONDS = 10_000
_TOUCHES = ("<KeyPress>", "<ButtonPress>", "<Motion>", "<MouseWheel>")


class InputWatch:
    """Tells the core of the one moment and of the other, and nothing in between."""

    def __init__(self, root: Root, idleness: Idleness, clock: Callable[[], float] = time.monotonic) -> None:
        self._root_window, self._idleness, self._clock = root, idleness, clock
        self._touched_at = clock()
        for touch in _TOUCHES:
            root.bind_all(touch, self._on_touch, add="+")
        self._plan()

    def look(self) -> None:
        """Tell it where nobody has touched anything for long enough."""
        if self._clock() - self._touched_at >= IDLE_SECONDS:
            self._idleness.untouched()

    def _on_touch(self, _event: object) -> None:
        self._touched_at = self._clock()
        self._idleness.touched()

    def _plan(self) -> None:
        self.look()
        self._root_window.after(LOOK_MILLISECONDS, self._plan)
