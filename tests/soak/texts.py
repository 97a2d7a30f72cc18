"""What is said: every text unique, with a mark that says who said it and as which of their texts."""

import random
import re

from shared.limits import MAX_BODY

_MARK = re.compile(r"(\S+#\d+) ")
_WORDS = ("river", "lantern", "quiet", "harvest", "copper", "meadow", "signal", "orchard", "winter", "thread")
LONG = 0.05
"""Of the texts, how many are long, so that frames of all sizes are cut somewhere."""
FLOOD = 1_000_000
"""Texts from this number on are as long as may be: what fills the buffers of whoever does not read."""
WITH_FILE = "+file"
"""What follows the name of a speaker in the marks of texts that go out with a file, which other texts may overtake."""
_MOST_BYTES = 400_000
"""Of a file: a few pieces, so that some break off in the middle."""


def body(seed: int, speaker: str, number: int) -> str:
    """The text that a speaker says as their number so and so; the same for the same seed."""
    chance = random.Random(f"body {seed} {speaker} {number}")
    if number >= FLOOD:
        return f"{mark(speaker, number)} ".ljust(MAX_BODY, chance.choice("abcdefgh"))
    count = chance.randint(200, 400) if chance.random() < LONG else chance.randint(1, 12)
    return f"{mark(speaker, number)} {' '.join(chance.choices(_WORDS, k=count))}"


def mark(speaker: str, number: int) -> str:
    """What a text begins with, also after it was edited."""
    return f"{speaker}#{number}"


def rewritten(text_mark: str, number: int) -> str:
    """The text as it is after an edit."""
    return f"{text_mark} written anew, edit {number}"


def has_file(text_mark: str) -> bool:
    """Whether the text went out with a file."""
    return speaker_of(text_mark).endswith(WITH_FILE)


def file_of(seed: int, text_mark: str) -> bytes:
    """The file that goes out with a text; the same for the same seed, and another one for each text."""
    chance = random.Random(f"file {seed} {text_mark}")
    return chance.randbytes(chance.randint(1, _MOST_BYTES))


def mark_of(text: str) -> str | None:
    """The mark of a text; None where it has none, which no text of the soak is without."""
    found = _MARK.match(text)
    return found[1] if found else None


def speaker_of(text_mark: str) -> str:
    """Who said it."""
    return text_mark.rpartition("#")[0]


def number_of(text_mark: str) -> int:
    """As which of their texts."""
    return int(text_mark.rpartition("#")[2])
