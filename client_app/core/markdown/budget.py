"""How much a text may cost to be read: formatting that nobody would write by hand is shown as it was typed."""

import re

MOST_WORK = 1000
"""Steps of the parser: each costs some 4 µs. 4,000 characters of dense but honest Markdown take two thirds of it."""
MOST_LEVELS = 12
"""Blocks within blocks: a list within a list counts two. What is nested deeper could be drawn nowhere."""
MOST_STYLES = 16
"""Signs around signs around a word."""
_SIGN = re.compile(r"[*~`\[<\\|]|(?<!\w)_|^[ \t]*(?:[#>]|[-+](?:\s|$)|[0-9]{1,9}[.)](?:\s|$)|---)", re.MULTILINE)


def may_be_formatted(text: str) -> bool:
    """Whether there is any sign of formatting. Most messages have none, and are drawn without being parsed."""
    return _SIGN.search(text) is not None


class Misfit(Exception):  # not an error: the text is shown as it was typed
    """A text costs too much, is nested too deeply, or does not stand in the source where it should."""


class Work:
    """Counts the steps of reading one text."""

    def __init__(self, text: str, most: int = MOST_WORK) -> None:
        """Brackets and cells cost more than their steps: it takes a search to find where a link may end."""
        self._most = most
        self.done = text.count("[") + text.count("|")

    def step(self, count: int = 1) -> None:
        """So many more. Raises `Misfit` where that is too many."""
        self.done += count
        if self.done > self._most:
            raise Misfit("work")
