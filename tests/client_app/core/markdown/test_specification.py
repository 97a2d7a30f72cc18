"""The examples of the CommonMark specification give the tree of their HTML, but for what chats do otherwise."""

import json
import re
import sys
import tarfile
from html import unescape
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

import pytest

from client_app.core.markdown import read, reading
from client_app.core.markdown.parser import Parser

from .html import html

EXAMPLES = "tests/test_cmark_spec/commonmark.json"

OTHERWISE = {
    "Entity and numeric character references": "“&amp;” is what was typed, as “<b>” is",
    "Setext headings": "a line of dashes below a text underlines nothing",
    "Indented code blocks": "people indent lines that are no code",
    "HTML blocks": "HTML is text",
    "Link reference definitions": "addresses stand where they belong, not at the end",
    "Images": "a picture is a link",
    "Raw HTML": "HTML is text",
}
"""Sections that do not hold in chats, and why."""

EXCEPT = {
    "indented lines are not code": (
        {1, 2, 3, 5, 6, 7, 8, 18, 48, 69, 134, 137, 225, 231, 236, 252, 253, 254, 257, 264, 270, 271, 272, 273, 274}
        | {278, 286, 287, 288, 289, 312, 313}
    ),
    "a line without its sign is no part of a quote or of a list": {232, 233, 238, 247, 250, 251, 290, 291, 292, 293},
    "a line of dashes underlines nothing": {59, 141, 300},
    "HTML is text": {21, 308, 309, 344, 475, 476, 477, 524, 642, 643},
    "there are no references": {23, 317, 527, 528, 529, 530, 531, 532, 533, 534, 535, 536, 537, 538, 539, 540}
    | {541, 542, 543, 544, 545, 549, 550, 553, 554, 555, 556, 557, 558, 559, 560, 561, 562, 563, 564, 565, 566}
    | {567, 568, 569, 570, 571},
    "a picture is a link": {517, 520},
    "a link without words shows its address": {484},
    "raw addresses are links": {602, 608, 611},
    "the word behind a fence is taken as it is": {24},
}  # fmt: skip
"""Examples of other sections that do not hold, by number."""


class Example(NamedTuple):
    number: int
    section: str
    markdown: str
    html: str


def examples() -> list[Example]:
    source = next((Path(sys.prefix) / "sources").glob("markdown_it_py-*.tar.gz"))
    with tarfile.open(source) as archive:
        member = archive.extractfile(f"{source.name.removesuffix('.tar.gz')}/{EXAMPLES}")
        assert member is not None
        found = json.load(member)
    return [Example(each["example"], each["section"], each["markdown"], each["html"]) for each in found]


@pytest.fixture
def parser(monkeypatch: pytest.MonkeyPatch) -> Parser:
    """One that takes any address, as the examples do; and texts without any sign are parsed, too."""
    monkeypatch.setattr(reading, "may_be_formatted", lambda _: True)
    return Parser(may_link=lambda _: True)


def alike(markup: str) -> str:
    """The HTML less what a tree says otherwise: titles of links, kinds of line breaks, ways to write a character."""
    markup = re.sub(r' title="[^"]*"', "", markup)
    markup = re.sub(r'href="[^"]*"', lambda match: unquote(match.group()), markup)
    return unescape(re.sub(r"\s*<br />\n?", "\n", markup)).strip()


def is_as_specified(example: Example, parser: Parser) -> bool:
    text = example.markdown.rstrip("\n")
    tree = read(text, (), parser)
    wanted = alike(example.html)
    if tree.is_plain:
        return not re.sub("<[^>]*>", "", wanted).strip()  # Only signs would be drawn: they are what was meant.
    return alike(html(tree)) == wanted


def test_examples_give_the_tree_of_their_html(parser: Parser) -> None:
    excepted = set().union(*EXCEPT.values())
    held = [each for each in examples() if each.section not in OTHERWISE and each.number not in excepted]
    assert len(held) > 340
    assert [each.number for each in held if not is_as_specified(each, parser)] == []


def test_what_is_excepted_is_really_otherwise(parser: Parser) -> None:
    excepted = set().union(*EXCEPT.values())
    numbers = [each.number for each in examples() if each.number in excepted and is_as_specified(each, parser)]
    assert numbers == []


def test_nothing_of_any_example_is_lost(parser: Parser) -> None:
    """Every word is in the tree, as text or as an address; titles of links and languages are not looked for."""
    looked_at = 0
    for example in examples():
        text = example.markdown.rstrip("\n")
        if any(sign in text for sign in ('"', "'", "(title)", "```", "~~~")):
            continue
        tree = read(text, (), parser)
        shown = text if tree.is_plain else unescape(unquote(html(tree)))
        lost = [word for word in re.findall(r"[a-z]{3,}", unescape(unquote(text))) if word not in shown]
        assert not lost, (example.number, lost)
        looked_at += 1
    assert looked_at > 450
