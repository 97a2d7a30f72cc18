"""What a message looks like: Markdown as people in chats write it, read into a small tree that any window can draw."""

from .addresses import Address, find_addresses
from .plain import plain_text
from .reading import read, read_spans
from .source import widened
from .tree import (
    Block,
    Break,
    Code,
    CodeBlock,
    Heading,
    Item,
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

__all__ = [
    "Address",
    "Block",
    "Break",
    "Code",
    "CodeBlock",
    "Heading",
    "Item",
    "Link",
    "Listing",
    "Named",
    "Paragraph",
    "Quoted",
    "Rule",
    "Span",
    "Style",
    "Styled",
    "Table",
    "Text",
    "Tree",
    "find_addresses",
    "plain_text",
    "read",
    "read_spans",
    "widened",
]
