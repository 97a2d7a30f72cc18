"""A message as one plain text, for places that cannot draw it: notifications, quotes, lists of channels."""

from .reading import read
from .tree import (
    Block,
    Break,
    Code,
    CodeBlock,
    Heading,
    Link,
    Listing,
    Named,
    Paragraph,
    Quoted,
    Rule,
    Span,
    Style,
    Styled,
    Table,
    Text,
    Tree,
)

SPOILER = "▇▇▇"
"""In the place of what is covered, however long it is."""


def plain_text(tree: Tree | str) -> str:
    """What it says, without signs; a line for each of its lines, and nothing of what is covered.

    Takes a tree, or the text of a message.
    """
    tree = read(tree) if isinstance(tree, str) else tree
    if tree.is_plain:
        return tree.source
    return "\n".join(line for block in tree.blocks for line in _lines(tree.source, block))


def _lines(source: str, block: Block) -> list[str]:
    match block:
        case Paragraph(spans=spans) | Heading(spans=spans):
            return words(source, spans).split("\n")
        case Quoted(blocks=blocks):
            return [f"> {line}" for each in blocks for line in _lines(source, each)]
        case Listing():
            return _items(source, block)
        case CodeBlock(lines=lines):
            return [source[start:end] for start, end in lines]
        case Table(rows=rows):
            return [" | ".join(words(source, cell) for cell in row) for row in rows]
        case Rule(start=start, end=end):
            return [source[start:end].strip()]


def _items(source: str, listing: Listing) -> list[str]:
    found = []
    for number, item in enumerate(listing.items):
        sign = "•" if listing.first is None else f"{listing.first + number}{listing.delimiter}"
        lines = [line for block in item.blocks for line in _lines(source, block)] or [""]
        found.append(f"{sign} {lines[0]}".rstrip())
        found += [f"  {line}" for line in lines[1:]]
    return found


def words(source: str, spans: tuple[Span, ...]) -> str:
    """What spans say."""
    return "".join(_words(source, span) for span in spans)


def _words(source: str, span: Span) -> str:
    match span:
        case Text(start=start, end=end) | Named(start=start, end=end):
            return source[start:end]
        case Code(inner_start=start, inner_end=end):
            return source[start:end].replace("\n", " ")
        case Break():
            return "\n"
        case Styled(style=Style.SPOILER):
            return SPOILER
        case Styled(spans=spans):
            return words(source, spans)
        case Link(spans=spans):
            return words(source, spans) if spans else span.url
