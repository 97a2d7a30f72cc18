"""Which emoji there are: as Unicode writes them, by shortcode, in groups, in colours of skin."""

import functools
from pathlib import Path
from typing import NamedTuple

from .types import Emoji

TONES = ("", *map(chr, range(0x1F3FB, 0x1F400)))
"""Colours of skin, from none to the darkest."""
_SELECTOR = "\ufe0f"
"""Says that the character before it is meant as a picture; where it is left out, the same is meant."""


class Kind(NamedTuple):
    """One emoji, whatever its colour of skin."""

    emoji: Emoji
    shortcodes: tuple[str, ...]
    """Without colons, the usual one first."""
    words: str
    """Other words for it, by which it may be looked for."""
    has_tones: bool
    """Whether a colour behind its first character is all that it takes."""
    others: tuple[Emoji, ...] = ()
    """What else is the same: people of whom each has a colour of their own."""

    def toned(self, tone: int) -> Emoji:
        """It in a colour of skin, an index of `TONES`, where it comes in any; of several people, all of them."""
        if not tone:
            return self.emoji
        if self.has_tones:
            return self.emoji[0] + TONES[tone] + self.emoji[1:].removeprefix(_SELECTOR)
        return next((each for each in self.others if set(TONES[1:]) & set(each) == {TONES[tone]}), self.emoji)


@functools.cache
def groups() -> dict[str, tuple[Kind, ...]]:
    """All of them, by the names of their groups, in the order in which they are shown."""
    found: dict[str, list[Kind]] = {}
    kinds: list[Kind] = []
    for line in Path(__file__).with_suffix(".txt").read_text("utf-8").splitlines():
        if line.startswith("# "):
            kinds = found[line[2:]] = []
        else:
            emoji, shortcodes, words, tones, others = (*line.split("\t"), "", "", "")[:5]
            kinds.append(Kind(emoji, tuple(shortcodes.split(",")), words, bool(tones), tuple(others.split())))
    return {name: tuple(each) for name, each in found.items()}


@functools.cache
def _by_bare_text() -> dict[str, tuple[Emoji, Kind]]:
    """Each in every colour, by its text without selectors: as Unicode writes it, and what it is."""
    every = [kind for kinds in groups().values() for kind in kinds]
    toned = [(kind.toned(tone), kind) for kind in every for tone in range(len(TONES) if kind.has_tones else 1)]
    others = [(emoji, kind) for kind in every for emoji in kind.others]
    return {emoji.replace(_SELECTOR, ""): (emoji, kind) for emoji, kind in (*toned, *others)}


@functools.cache
def by_shortcode() -> dict[str, Kind]:
    """Each by all of its shortcodes."""
    return {code: kind for kinds in groups().values() for kind in kinds for code in kind.shortcodes}


def canonical(text: str) -> Emoji | None:
    """The emoji that is meant, written in the one way; None where there is no such emoji."""
    found = _by_bare_text().get(text.replace(_SELECTOR, ""))
    return None if found is None else found[0]


def shortcode(emoji: Emoji) -> str:
    """The usual one, between colons; the emoji itself where it has none."""
    found = _by_bare_text().get(emoji.replace(_SELECTOR, ""))
    return emoji if found is None else f":{found[1].shortcodes[0]}:"
