"""Turns the tokens of one paragraph into spans, and finds where each stands in its text."""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from .budget import MOST_STYLES, Misfit
from .tree import Break, Code, Link, Named, Span, Style, Styled, Text

if TYPE_CHECKING:
    from markdown_it.token import Token

_BREAK = re.compile(r" *\\?\n[ \t]*")
_TICKS = re.compile(r"`+")
_STYLES = {"strong": Style.STRONG, "em": Style.EMPHASIS, "s": Style.STRIKE, "spoiler": Style.SPOILER}


def spans_of(token: "Token", at: Callable[[int], int]) -> tuple[Span, ...]:
    """The spans of an `inline` token; `at` gives the source's place for one in its text. Raises `Misfit`."""
    return _Spans(token.content, at).read(token.children or [])


class _Open:
    """A sign that was opened, and what came behind it."""

    def __init__(self, token: "Token", start: int) -> None:
        self.token = token
        self.start = start
        self.spans: list[Span] = []


class _Spans:
    """Follows the tokens with a cursor in the text."""

    def __init__(self, text: str, at: Callable[[int], int]) -> None:
        self._text = text
        self._at = at
        self._cursor = 0
        self._open: list[_Open] = []
        self._found: list[Span] = []

    def read(self, tokens: list["Token"]) -> tuple[Span, ...]:
        top = self._found
        for token in tokens:
            if token.nesting > 0:
                self._begin(token)
            elif token.nesting < 0:
                self._finish()
            else:
                self._leaf(token)
            if len(self._open) > MOST_STYLES:
                raise Misfit(token.type)
        return tuple(top)

    def _leaf(self, token: "Token") -> None:
        match token.type:
            case "text":
                if token.content:
                    self._take(Text, token.content)
            case "text_special":
                hidden = len(token.markup) - len(token.content)
                self._cursor += hidden
                self._take(Text, token.content)
            case "name":
                self._take(Named, token.content)
            case "softbreak" | "hardbreak":
                end = self._match(_BREAK)
                self._found.append(Break(self._place(self._cursor), self._place(end - 1) + 1))
                self._cursor = end
            case "code_inline":
                self._code(token)
            case _:
                raise Misfit(token.type)

    def _take(self, kind: type[Text] | type[Named], words: str) -> None:
        if not self._text.startswith(words, self._cursor):
            raise Misfit(words)
        start = self._place(self._cursor)
        self._cursor += len(words)
        last = self._found[-1] if self._found else None
        if kind is Text and isinstance(last, Text) and last.end == start:
            self._found[-1] = Text(last.start, start + len(words))
        else:
            self._found.append(kind(start, start + len(words)))

    def _code(self, token: "Token") -> None:
        length = len(token.markup)
        first = self._cursor + length
        closing = next((run for run in _TICKS.finditer(self._text, first) if len(run.group()) == length), None)
        if closing is None:
            raise Misfit(token.markup)
        last = closing.start()
        if len(token.content) < last - first:  # One space on either side belongs to the signs.
            first, last = first + 1, last - 1
        start, self._cursor = self._cursor, closing.end()
        # Code may go over a line's end, where the source has more than the text: a leaf for each line.
        ends = [self._place(start), *(self._place(each) for each in (first, last - 1, closing.end() - 1))]
        self._found.append(Code(ends[0], ends[3] + 1, ends[1], ends[2] + 1))

    def _begin(self, token: "Token") -> None:
        opened = _Open(token, self._cursor)
        if token.type == "link_open":
            opened.start = token.meta["start"]
            self._cursor = opened.start + {"picture": 2, "auto": 1}.get(token.info, 0 if token.markup else 1)
        else:
            self._cursor += len(token.markup) or 2
        self._open.append(opened)
        opened.spans, self._found = self._found, opened.spans

    def _finish(self) -> None:
        opened = self._open.pop()
        inner, self._found = self._found, opened.spans
        start = self._place(opened.start)
        if opened.token.type != "link_open":
            self._cursor += len(opened.token.markup) or 2
            style = _STYLES[opened.token.type.removesuffix("_open")]
            self._found.append(Styled(style, start, self._place(self._cursor - 1) + 1, tuple(inner)))
            return
        self._cursor = opened.token.meta["end"]
        if opened.token.markup == "address":
            inner = []
        url, is_picture = str(opened.token.attrs["href"]), opened.token.info == "picture"
        self._found.append(Link(url, start, self._place(self._cursor - 1) + 1, tuple(inner), is_picture))

    def _match(self, pattern: re.Pattern[str]) -> int:
        found = pattern.match(self._text, self._cursor)
        if found is None:
            raise Misfit(pattern.pattern)
        return found.end()

    def _place(self, position: int) -> int:
        return self._at(position)
