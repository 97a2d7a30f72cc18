"""What is what in code: keywords, texts, numbers, comments, as Pygments sees it, who may take its time."""

import enum
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

MOST_SECONDS = 0.2
"""Of reading one block; what comes later in it is shown without colours."""


class Part(enum.Enum):
    """What a stretch of code is."""

    KEYWORD = "keyword"
    NAME = "name"
    """What is being defined: a function, a class; a tag, an attribute."""
    BUILTIN = "builtin"
    """What the language brings along: types, built-in functions, variables of a shell."""
    STRING = "string"
    NUMBER = "number"
    COMMENT = "comment"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Colored:
    """`code[start:end]` is that."""

    start: int
    end: int
    part: Part


_PARTS: Mapping[str, Part] = {
    "Token.Keyword": Part.KEYWORD,
    "Token.Keyword.Type": Part.BUILTIN,
    "Token.Operator.Word": Part.KEYWORD,
    "Token.Name.Function": Part.NAME,
    "Token.Name.Class": Part.NAME,
    "Token.Name.Decorator": Part.NAME,
    "Token.Name.Tag": Part.NAME,
    "Token.Name.Attribute": Part.NAME,
    "Token.Name.Builtin": Part.BUILTIN,
    "Token.Name.Exception": Part.BUILTIN,
    "Token.Name.Variable": Part.BUILTIN,
    "Token.Literal.String": Part.STRING,
    "Token.Literal.Number": Part.NUMBER,
    "Token.Literal.Date": Part.NUMBER,
    "Token.Comment": Part.COMMENT,
    "Token.Generic.Heading": Part.NAME,
    "Token.Generic.Subheading": Part.NAME,
    "Token.Generic.Inserted": Part.ADDED,
    "Token.Generic.Deleted": Part.REMOVED,
}
"""By Pygments' names; of those that are not here their parents count."""


def highlighted(language: str, code: str) -> tuple[Colored, ...]:
    """What is to be coloured, in order; nothing where nobody knows the language."""
    import pygments.lexers
    import pygments.util

    options = {"stripnl": False, "ensurenl": False}
    try:
        lexer = pygments.lexers.get_lexer_by_name(language, **options)
    except pygments.util.ClassNotFound:
        # What files of it end with is as good a name: `kt`, `hpp`.
        found_lexer = pygments.lexers.find_lexer_class_for_filename(f"code.{language}")
        if found_lexer is None:
            return ()
        lexer = found_lexer(**options)
    end = time.perf_counter() + MOST_SECONDS
    found: list[Colored] = []
    for start, kind, text in lexer.get_tokens_unprocessed(code):
        part = _part_of(kind)
        if part is None or not text:
            continue
        last = found[-1] if found else None
        if last is not None and last.part is part and last.end == start:
            found[-1] = Colored(last.start, start + len(text), part)
        else:
            found.append(Colored(start, start + len(text), part))
        if time.perf_counter() > end:
            break
    return tuple(found)


def _part_of(kind: object) -> Part | None:
    return next((_PARTS[name] for name in _names(str(kind)) if name in _PARTS), None)


def _names(name: str) -> Iterator[str]:
    while name:
        yield name
        name = name.rpartition(".")[0]


def prepare() -> None:
    """Load what reading and colouring need, which takes some 30 ms, before it is needed."""
    import pygments.lexers

    from .parser import parser

    parser()
    pygments.lexers.get_lexer_by_name("python")
