"""Emoji as a person finds and types them: looked for by a few letters, by shortcode, and those used of late."""

import functools
import re
from collections.abc import Sequence
from typing import NamedTuple

from shared.emoji import Kind, by_shortcode, canonical, groups, shortcode
from shared.errors import BadRequest
from shared.types import Emoji

from .composer import Completion, Completions

MOST_RECENT = 24
"""Emoji used of late that are offered again."""
MOST_FOUND = 8
BEGINS_SO = 2
POPULAR: tuple[Emoji, ...] = ("👍", "❤️", "😂", "🎉", "😮", "😢", "🙏", "👀")
"""Offered where fewer were used."""

_VERBATIM = re.compile(r"(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)|```.*\Z|\b[a-z][a-z0-9+.-]*://\S+", re.DOTALL | re.IGNORECASE)
"""Code and addresses, in which nothing is replaced."""
_BEGUN = re.compile(r"(?:^|[\s(\[*_~])(:[a-z0-9_+-]{2,})\Z")
"""A shortcode that is being typed; with one letter nothing is offered, because `:D` and `:p` are meant as they are."""
_RUN = re.compile(r"(?<![\w:])(?::[a-z0-9_+-]+:)+(?![\w:])")
"""Shortcodes, one right after the other; not the colons in `12:30:45`."""


def find(words: str, count: int | None = None) -> list[Kind]:
    """Emoji whose shortcode or other words have all of these, the nearest first."""
    wanted = _spaced(words.strip().strip(":")).split()
    if not wanted:
        return []
    ranked = [(rank, each.kind) for each in _every() if (rank := _rank(each, wanted))]
    # Of those that begin so, the one of which least is still to be typed.
    ranked.sort(key=lambda each: (each[0], len(each[1].shortcodes[0]) if each[0] == BEGINS_SO else 0))
    return [kind for _, kind in ranked[:count]]


class _Words(NamedTuple):
    """By what an emoji is found, in small letters."""

    kind: Kind
    codes: tuple[str, ...]
    words: tuple[str, ...]
    text: str


@functools.cache
def _every() -> tuple[_Words, ...]:
    found = []
    for kind in (kind for kinds in groups().values() for kind in kinds):
        codes = tuple(_spaced(code) for code in kind.shortcodes)
        words = (*(word for code in codes for word in code.split()), *kind.words.split())
        found.append(_Words(kind, codes, words, " ".join(words)))
    return tuple(found)


def _spaced(words: str) -> str:
    return words.casefold().replace("_", " ").replace("-", " ") if len(words) > 2 else words


def _rank(each: _Words, wanted: Sequence[str]) -> int:
    """1 for the very shortcode, 2 where one begins so, 3 where a word does, 4 for what is within one; else 0."""
    if not all(part in each.text for part in wanted):
        return 0
    whole = " ".join(wanted)
    if whole in each.codes:
        return 1
    if any(code.startswith(whole) for code in each.codes):
        return BEGINS_SO
    return 3 if all(any(word.startswith(part) for word in each.words) for part in wanted) else 4


def find_named(words: str, names: Sequence[Emoji]) -> list[Emoji]:
    """Those emoji of the house, each a `:name:`, that have all of these words in their names; the nearest first."""
    wanted = _spaced(words.strip().strip(":")).split()
    found = [name for name in names if wanted and all(part in _spaced(name) for part in wanted)]
    return sorted(found, key=lambda name: (not name.startswith(f":{words.strip().strip(':')}"), name))


def complete_emoji(before: str, tone: int = 0, names: Sequence[Emoji] = ()) -> Completions:
    """What the `:smi` at the end of a text may become; `names` are the emoji of the house, each a `:name:`."""
    typed = _BEGUN.search(before)
    start = typed.start(1) if typed else len(before)
    own = find_named(before[start:], names)[:MOST_FOUND] if typed else []
    kinds = find(before[start:], MOST_FOUND - len(own)) if typed else []
    # By the name alone: with its colons it would be the picture once more.
    items = [Completion(f"{name} ", name.strip(":"), emoji=name) for name in own]
    items += [Completion(f"{each.toned(tone)} ", f":{each.shortcodes[0]}:", emoji=each.toned(tone)) for each in kinds]
    return Completions(start, len(before), tuple(items))


def complete_argument(
    typed: str, end: int, recent: Sequence[Emoji], tone: int = 0, names: Sequence[Emoji] = ()
) -> Completions:
    """What may stand behind a slash word that takes an emoji: those used of late where nothing is typed of one.

    A name that is complete stays as it is, so that Enter carries out the command.
    """
    code = typed.strip(":")
    meant = by_shortcode().get(code)
    near = [*find_named(typed, names), *(kind.toned(tone) for kind in find(typed, MOST_FOUND))] if code else []
    found = near[:MOST_FOUND] if code else offered(recent, names)[:MOST_FOUND]
    items = [
        Completion(
            typed if meant and each == meant.toned(tone) else each,
            each.strip(":") if each in names else shortcode(each),
            emoji=each,
        )
        for each in found
    ]
    return Completions(end - len(typed), end, tuple(items))


def with_emoji(text: str, tone: int = 0) -> str:
    """The text with an emoji for each shortcode that there is, but for code and addresses."""
    if text.count(":") < 2:
        return text
    found, start = [], 0
    for verbatim in _VERBATIM.finditer(text):
        found += [_replaced(text[start : verbatim.start()], tone), verbatim.group()]
        start = verbatim.end()
    return "".join([*found, _replaced(text[start:], tone)])


def _replaced(text: str, tone: int) -> str:
    def emoji(match: re.Match[str]) -> str:
        kind = by_shortcode().get(match[1])
        return match[0] if kind is None else kind.toned(tone)

    return _RUN.sub(lambda run: re.sub(r":([a-z0-9_+-]+):", emoji, run[0]), text)


def named(words: str, tone: int = 0, names: Sequence[Emoji] = ()) -> Emoji:
    """The emoji that is typed, by itself or by its shortcode. Raises `BadRequest` where there is none."""
    if (own := f":{words.strip().strip(':').lower()}:") in names:
        return own
    kind = by_shortcode().get(words.strip().strip(":"))
    if kind is not None:
        return kind.toned(tone)
    found = canonical(words.strip())
    if found is None:
        near = find(words, 1)
        hint = f" There is :{near[0].shortcodes[0]}:." if near else ""
        raise BadRequest(f"There is no emoji called {words.strip()}.{hint}")
    return found


def used(recent: Sequence[Emoji], emoji: Emoji) -> tuple[Emoji, ...]:
    """The emoji used of late, after this one was used."""
    return (emoji, *(each for each in recent if each != emoji))[:MOST_RECENT]


def offered(recent: Sequence[Emoji], names: Sequence[Emoji] = ()) -> tuple[Emoji, ...]:
    """Those used of late, as far as they are there in this house, and popular ones where they are few."""
    here = [each for each in recent if not each.startswith(":") or each in names]
    return tuple(dict.fromkeys([*here, *POPULAR]))[: max(len(here), len(POPULAR))]
