"""What chats write otherwise than the specification says, and texts that were written to do harm."""

import pytest

from benchmarks.hostile_texts import HOSTILE
from client_app.core.markdown import (
    Code,
    CodeBlock,
    Heading,
    Link,
    Listing,
    Named,
    Paragraph,
    Quoted,
    Span,
    Style,
    Styled,
    Table,
    Text,
    plain_text,
    read,
    read_spans,
    reading,
)  # fmt: skip
from client_app.core.markdown.budget import MOST_WORK, Work


def spans(text: str, *names: str) -> tuple[Span, ...]:
    (block,) = read(text, names).blocks
    assert isinstance(block, Paragraph)
    return block.spans


def test_a_message_without_signs_is_not_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_arguments: object) -> Work:
        raise AssertionError("it was parsed")

    monkeypatch.setattr(reading, "Work", never)
    for text in ("Just words.", "it’s 5 o'clock; see snake_case_names (really)", "https://a.b/c_d", "a - b, 1.5, 3) x"):
        assert read(text).is_plain


def test_what_spans_there_are() -> None:
    text = "**a** *b* ~~c~~ ||d|| `e` [f](https://g.h) ![i](https://j.k)"
    found = [span for span in spans(text) if not isinstance(span, Text)]
    assert [span.style for span in found[:4] if isinstance(span, Styled)] == [
        Style.STRONG, Style.EMPHASIS, Style.STRIKE, Style.SPOILER,
    ]  # fmt: skip
    assert isinstance(found[4], Code)
    links = [span for span in found if isinstance(span, Link)]
    assert [(link.url, link.is_picture) for link in links] == [("https://g.h", False), ("https://j.k", True)]
    assert [text[span.start : span.end] for span in found] == [
        "**a**", "*b*", "~~c~~", "||d||", "`e`", "[f](https://g.h)", "![i](https://j.k)",
    ]  # fmt: skip


def test_what_blocks_there_are() -> None:
    text = "# a\n> b\n\n- c\n  1. d\n---\n```py\ne\n```\n|f|g|\n|-|:-:|\n|h|i|"
    kinds = [type(block).__name__ for block in read(text).blocks]
    assert kinds == ["Heading", "Quoted", "Listing", "Rule", "CodeBlock", "Table"]
    code = next(block for block in read(text).blocks if isinstance(block, CodeBlock))
    assert (code.language, [text[start:end] for start, end in code.lines]) == ("py", ["e"])
    table = next(block for block in read(text).blocks if isinstance(block, Table))
    assert table.aligns == ("", "center")


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "data:text/html,x",
        "mailto:a@b.c",
        "vbscript:x",
        "//a.b",
        "ftp://a.b",
        "/x",
    ],
)
def test_only_the_web_and_messages_are_linked(address: str) -> None:
    for text in (f"[**a**]({address})", f"<{address}>", f"![a]({address}) `x`"):
        assert address in plain_text(text)
        assert not any(isinstance(span, Link) for span in (spans(text) if not read(text).is_plain else ()))
    assert isinstance(spans("[a](hearth://chat.example.org/c/1/42)")[0], Link)


def test_words_that_are_another_address_hide_nothing() -> None:
    assert not any(
        isinstance(span, Link) and span.spans for span in spans("[https://bank.example](https://thief.example)")
    )
    assert isinstance(spans("[https://a.b](https://a.b)")[0], Link)


def test_a_raw_address_is_no_formatting() -> None:
    link = next(span for span in spans("*see* https://a.b/_c_*d*?e=`f (https://g.h/(i)).") if isinstance(span, Link))
    assert link.url == "https://a.b/_c_*d*?e=`f"
    assert plain_text("**https://a.b/c**") == "https://a.b/c"
    assert [span.url for span in spans("`x` ||https://a.b|| https://c.d") if isinstance(span, Link)] == ["https://c.d"]


def test_html_and_entities_are_text() -> None:
    text = "<b>not bold</b> &amp; *yes*"
    assert plain_text(text) == "<b>not bold</b> &amp; yes"


def test_a_line_break_is_one_and_an_answer_stands_below_its_quote() -> None:
    assert plain_text("*a*\nb") == "a\nb"
    quoted, answer = read("> *asked*\nanswered").blocks
    assert isinstance(quoted, Quoted)
    assert isinstance(answer, Paragraph)
    listing, after = read("- item\nafter").blocks
    assert isinstance(listing, Listing)
    assert isinstance(after, Paragraph)


def test_names_are_never_formatting() -> None:
    text = "hi @_bob_ and *@al*ice* `@_bob_`"
    found = spans(text, "@_bob_", "@al*ice")
    names = [span for span in found if isinstance(span, Named)]
    styled = [span for span in found if isinstance(span, Styled)]
    assert [text[name.start : name.end] for name in names] == ["@_bob_"]
    assert [text[name.start : name.end] for name in styled[0].spans if isinstance(name, Named)] == ["@al*ice"]


@pytest.mark.parametrize("text", ["-", "*", ">", "#", "1.", "---", "> ", "- -", "```", "***", "||||", "** **", "2026."])
def test_signs_alone_are_what_was_meant(text: str) -> None:
    assert plain_text(text).strip() == text.strip()


def test_a_shrug_keeps_both_arms() -> None:
    assert plain_text("¯\\_(ツ)_/¯ *so*") == "¯\\_(ツ)_/¯ so"


def test_headings_of_all_levels() -> None:
    assert [block.level for block in read("# a\n### b\n###### c").blocks if isinstance(block, Heading)] == [1, 3, 6]


def test_me_has_no_blocks() -> None:
    tree = read_spans("# waves **both** hands\n- so")
    assert plain_text(tree) == "# waves both hands\n- so"


def test_plain_text_tells_nothing_that_is_covered() -> None:
    assert plain_text("it was ||the butler||") == "it was ▇▇▇"
    assert plain_text("1. a\n2. **b**\n   - c\n> d\n\n|e|f|\n|-|-|\n|g|h|") == "1. a\n2. b\n  • c\n> d\ne | f\ng | h"


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_foreign_line_ends_do_no_harm(end: str) -> None:
    tree = read(f"**a**{end}b{end}- c")
    assert [type(block).__name__ for block in tree.blocks] == ["Paragraph", "Listing"]


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_texts_are_shown_as_typed_after_little_work(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    counted: list[Work] = []

    def counting(source: str) -> Work:
        counted.append(Work(source))
        return counted[-1]

    monkeypatch.setattr(reading, "Work", counting)
    tree = read(text, ["@a"])
    assert sum(work.done for work in counted) <= max(MOST_WORK + 3, text.count("[") + text.count("|") + 3)
    assert plain_text(tree)
    assert tree.source == text


def test_dense_but_honest_texts_are_formatted() -> None:
    line = "**bold** word `code` [a](https://a.b/c) and more words here, ok\n"
    assert not read(line * 60).is_plain
    assert not read("\n".join(["- item with `code` and **bold** text which is long enough"] * 65)).is_plain
