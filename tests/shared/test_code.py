"""What the server takes for code is what the window draws as code."""

from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from client_app.core.markdown import (
    Block,
    Code,
    CodeBlock,
    Heading,
    Link,
    Listing,
    Paragraph,
    Quoted,
    Span,
    Styled,
    read,
)
from shared.code import code_ranges

CORPUS = (
    "no code",
    "`code`",
    "a `b` c `d` e",
    "`` a ` b ``",
    "`` a ` b",
    "`a``b`",
    r"\`not code\` `code`",
    r"`code \` and text`",
    "`over\ntwo lines`",
    "`not over\n\na paragraph`",
    "```\nfence\n```",
    "before\n```\nfence\n```\nafter `code`",
    "~~~\nfence `x`\n~~~",
    "```python\nfence\n```",
    "```not `a fence` here",
    "```a line of its own```",
    "````\n```\nstill\n````",
    "```\nopen to the end\n\nof all",
    "```\nnot closed ``` by this\n```",
    "```\nclosed by more\n`````\n`code`",
    "~~~\nnot closed by\n```\nbut\n~~~\n`code`",
    "> `quoted`",
    "> `quoted\n> on two`",
    "> `not`\nout `yes`",
    "> `open\nnot closed outside`",
    "> ```\n> fence\n> ```\n`code`",
    "> ```\n> ends with the quote\nout `code`",
    "- `item`\n- `other`",
    "- `open\n- not closed here`",
    "- item\n  goes `on\n  over lines`",
    "- ```\n  fence in an item\n  ```\n- `code`",
    "- ```\n  ends with the item\nout `code`",
    "1. `one`\n2. `two`",
    "text\n2. `not an item\nof a list`",
    "# `heading\nnot part of it`",
    "`a\n# heading`\nb`",
    "text `a\n- item` b",
    "a `b\n---\nc` d",
    "> - ```\n>   deep\n>   ```\n> `code`",
    "  ```\n  moved in\n  ```\n`code`",
    "a\\\\`code`",
    "```` four `not three` ````",
    "`@bob` @alice ```\n@carol",
    "text\n```\n@bob\n``` @channel",
)
"""Places where both could differ: one look at each of CommonMark's rules for code."""


def drawn(text: str) -> list[tuple[int, int]]:
    """What the window draws as code."""
    found: list[tuple[int, int]] = []
    for block in read(text).blocks:
        of_block(block, found)
    return found


def of_block(block: Block, found: list[tuple[int, int]]) -> None:
    match block:
        case Paragraph(spans=spans) | Heading(spans=spans):
            of_spans(spans, found)
        case Quoted(blocks=blocks):
            for each in blocks:
                of_block(each, found)
        case Listing(items=items):
            for each in (block for item in items for block in item.blocks):
                of_block(each, found)
        case CodeBlock(lines=lines):
            found += [line for line in lines if line[0] < line[1]]


def of_spans(spans: tuple[Span, ...], found: list[tuple[int, int]]) -> None:
    for span in spans:
        match span:
            case Code(inner_start=start, inner_end=end):
                found.append((start, end))
            case Styled(spans=inner) | Link(spans=inner):
                of_spans(inner, found)


def letters_in(text: str, ranges: Iterable[tuple[int, int]]) -> set[int]:
    return {at for start, end in ranges for at in range(start, end) if text[at].isalnum() or text[at] == "@"}


def assert_agreed(text: str) -> None:
    enclosed = code_ranges(text)
    code = letters_in(text, drawn(text))
    fences = (start for start, _ in enclosed if text.startswith(("```", "~~~"), start))
    words = {at for start in fences for at in range(start, (text + "\n").find("\n", start))}
    assert code <= letters_in(text, enclosed), "drawn as code, and yet somebody would be mentioned in it"
    assert not letters_in(text, enclosed) - code - words, "drawn as text, and yet nobody would be mentioned in it"


@pytest.mark.parametrize("text", CORPUS)
def test_both_agree_on_what_is_code(text: str) -> None:
    assert_agreed(text)


@settings(max_examples=400, deadline=None)
@given(st.text("``a\\ \n", max_size=24))
def test_both_agree_on_any_text_of_backticks(text: str) -> None:
    assert_agreed(text)


def test_each_range_has_its_signs_in_it() -> None:
    text = "a `b` c\n```py\nd\n```\ne"
    assert [text[start:end] for start, end in code_ranges(text)] == ["`b`", "```py\nd\n```"]
