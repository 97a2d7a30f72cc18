"""When a list asks for more rows: near either end, and once only until it is told whether there are any."""

from collections.abc import Callable, Collection

NEAR = 30
"""Rows from either end at which more are asked for: about a screen and a half."""


class Hunger:
    """Knows whether the timeline goes on beyond either end."""

    def __init__(self, need_older: Callable[[], object], need_newer: Callable[[], object]) -> None:
        self._need_older, self._need_newer = need_older, need_newer
        self._has_older = self._has_newer = self._asked_older = self._asked_newer = False

    def set_has_more(self, older: bool, newer: bool) -> None:
        """From now on more may be asked for again."""
        self._has_older, self._has_newer = older, newer
        self.forget()

    def forget(self) -> None:
        """Nothing was asked for yet."""
        self._asked_older = self._asked_newer = False

    def ask(self, seen: Collection[int], count: int) -> None:
        """These of so many rows are in view."""
        if not seen:
            return
        if self._has_older and not self._asked_older and min(seen) < NEAR:
            self._asked_older = True
            self._need_older()
        if self._has_newer and not self._asked_newer and max(seen) >= count - NEAR:
            self._asked_newer = True
            self._need_newer()
