"""Reads a message into its tree."""

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from .budget import MOST_LEVELS, Misfit, Work, may_be_formatted
from .places import Places
from .spans import spans_of
from .tree import Block, CodeBlock, Heading, Item, Listing, Paragraph, Quoted, Rule, Span, Table, Tree

if TYPE_CHECKING:
    from markdown_it.token import Token

    from .parser import Parser


def read(text: str, names: Iterable[str] = (), using: "Parser | None" = None) -> Tree:
    """The tree of a message. `names` are the people who are named in it, as they stand there: `@alice`.

    A text without formatting, or with more of it than anybody would write, has no blocks: it is shown as it was typed.
    """
    if not may_be_formatted(text):
        return Tree(text, ())
    from .parser import parser

    source = _one_kind_of_line_end(text)
    try:
        tokens = (using or parser()).tokens(source, names, Work(source), blocks=True)
        if any(token.level > MOST_LEVELS for token in tokens):
            return Tree(text, ())
        blocks = _Reader(Places(source), iter(tokens)).blocks("")
    except Misfit:
        return Tree(text, ())
    return Tree(text, blocks if any(map(_shows_something, blocks)) else ())


def read_spans(text: str, names: Iterable[str] = ()) -> Tree:
    """The tree of a sentence such as `/me` says: one paragraph, whatever its lines begin with."""
    if not may_be_formatted(text):
        return Tree(text, ())
    from .parser import parser

    source = _one_kind_of_line_end(text)
    try:
        tokens = parser().tokens(source, names, Work(source), blocks=False)
        return Tree(text, (Paragraph(spans_of(tokens[0], lambda position: position)),))
    except Misfit:
        return Tree(text, ())


def _one_kind_of_line_end(text: str) -> str:
    """As long as before."""
    return (
        text.replace("\r\n", " \n").replace("\r", "\n").replace("\0", "\ufffd")
        if "\r" in text or "\0" in text
        else text
    )


def _shows_something(block: Block) -> bool:
    """Whether anything but signs would be drawn: somebody who types “-” or “---” means just that."""
    match block:
        case Paragraph(spans=spans) | Heading(spans=spans):
            return bool(spans)
        case Quoted(blocks=blocks):
            return any(map(_shows_something, blocks))
        case Listing(items=items):
            return any(_shows_something(each) for item in items for each in item.blocks)
        case CodeBlock(lines=lines):
            return bool(lines)
        case Rule():
            return False
        case Table():
            return True


class _Reader:
    """Goes once through the tokens of blocks."""

    def __init__(self, places: Places, tokens: Iterator["Token"]) -> None:
        self._places = places
        self._tokens = tokens

    def blocks(self, until: str) -> tuple[Block, ...]:
        """The blocks up to a closing token."""
        found: list[Block] = []
        for token in self._tokens:
            if token.type == until:
                break
            found.append(self._block(token))
        return tuple(found)

    def _block(self, token: "Token") -> Block:
        makers: dict[str, Callable[[Token], Block]] = {
            "paragraph_open": lambda _token: Paragraph(self._inline()),
            "heading_open": lambda token: Heading(len(token.markup), self._inline()),
            "blockquote_open": lambda _token: Quoted(self.blocks("blockquote_close")),
            "bullet_list_open": self._listing,
            "ordered_list_open": self._listing,
            "fence": self._code,
            "table_open": lambda _token: self._table(),
            "hr": lambda token: Rule(*self._places.line(_first_line(token))),
        }
        if token.type not in makers:
            raise Misfit(token.type)
        return makers[token.type](token)

    def _inline(self) -> tuple[Span, ...]:
        token = next(self._tokens)
        spans = spans_of(token, self._places.of_inline(token))
        next(self._tokens)
        return spans

    def _listing(self, opening: "Token") -> Listing:
        items: list[Item] = []
        is_tight = True
        for token in self._tokens:
            if token.type.endswith("_list_close"):
                break
            start = self._places.start_of_item(token, opening.type == "ordered_list_open")
            paragraphs: list[bool] = []
            items.append(Item(start, self._item(paragraphs)))
            is_tight = is_tight and all(paragraphs)
        number = opening.attrGet("start")
        first = (1 if number is None else int(number)) if opening.type == "ordered_list_open" else None
        return Listing(tuple(items), first, opening.markup, is_tight)

    def _item(self, hidden: list[bool]) -> tuple[Block, ...]:
        """The blocks of an item; notes of each paragraph in it whether it stands in a tight list."""
        found: list[Block] = []
        for token in self._tokens:
            if token.type == "list_item_close":
                break
            if token.type == "paragraph_open":
                hidden.append(token.hidden)
            found.append(self._block(token))
        return tuple(found)

    def _code(self, token: "Token") -> CodeBlock:
        first = _first_line(token)
        shown = token.content.removesuffix("\n").split("\n") if token.content else ()
        lines = self._places.of_lines(first + 1, shown)
        start = self._places.find(first, token.markup)
        end = self._places.line((token.map or [0, first + 1])[1] - 1)[1]
        words = token.info.split()
        return CodeBlock(start, end, words[0] if words else "", lines)

    def _table(self) -> Table:
        rows: list[tuple[tuple[Span, ...], ...]] = []
        aligns: list[str] = []
        starts: list[tuple[int, int]] = []
        cells: list[tuple[Span, ...]] = []
        for token in self._tokens:
            match token.type:
                case "tr_open":
                    cells, first = [], _first_line(token)
                    starts.append(self._places.line(first))
                    self._places.begin_row(first)
                case "th_open":
                    aligns.append(str(token.attrGet("style") or "").removeprefix("text-align:"))
                case "inline":
                    cells.append(spans_of(token, self._places.of_cell(token)))
                case "tr_close":
                    rows.append(tuple(cells))
                case "table_close":
                    break
        return Table(tuple(rows), tuple(aligns), tuple(starts))


def _first_line(token: "Token") -> int:
    return token.map[0] if token.map else 0
