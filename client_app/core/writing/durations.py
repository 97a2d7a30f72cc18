"""How long something shall last, as people type it and read it: `30s`, `10m`, `2h`, `7d`, `4w`."""

import re

from shared.errors import BadRequest

SECONDS = {"s": 1, "m": 60, "h": 60 * 60, "d": 24 * 60 * 60, "w": 7 * 24 * 60 * 60}
_UNITS = (("week", SECONDS["w"]), ("day", SECONDS["d"]), ("hour", SECONDS["h"]), ("minute", SECONDS["m"]))
_PATTERN = re.compile(r"(\d{1,9})([smhdw])", re.ASCII)


def is_duration(word: str) -> bool:
    """Whether this word is one."""
    return _PATTERN.fullmatch(word.lower()) is not None


def parse_duration(word: str, most: int) -> int:
    """So many seconds. Raises `BadRequest` with a sentence for anything else, and for more than `most` seconds."""
    found = _PATTERN.fullmatch(word.strip().lower())
    if found is None:
        raise BadRequest(f"“{word}” is no length of time. Type 30s, 10m, 2h, 7d or 4w.")
    seconds = int(found[1]) * SECONDS[found[2]]
    if not seconds:
        raise BadRequest("It has to last for at least a second.")
    if seconds > most:
        raise BadRequest(f"It can last for {duration_in_words(most)} at most.")
    return seconds


def split_duration(text: str, most: int) -> tuple[int | None, str]:
    """The length of time with which a text may begin, in seconds, and the rest. Raises `BadRequest` beyond `most`."""
    word, _, rest = text.strip().partition(" ")
    return (parse_duration(word, most), rest.strip()) if is_duration(word) else (None, text.strip())


def duration_in_words(seconds: int) -> str:
    """“90 minutes”, “1 week”: in the largest unit of which it is a whole number."""
    for name, size in _UNITS:
        if seconds >= size and seconds % size == 0:
            return _count(seconds // size, name)
    return _count(seconds, "second")


def _count(number: int, name: str) -> str:
    return f"{number:,} {name}" if number == 1 else f"{number:,} {name}s"
