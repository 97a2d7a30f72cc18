"""Emoji of the house in text: a `:name:` is cut out of a word where there is such an emoji, and nowhere else."""

import pytest
from msgspec.structs import replace

from client_app.desktop.message_list.jumbo import emoji_scale
from client_app.desktop.text.faces import Face
from client_app.desktop.text.house_emoji import with_house_emoji
from client_app.desktop.text.pieces import Kind, pieces_of

OF_THE_HOUSE = {":cat:", ":party_cat:"}


def is_emoji(name: str) -> bool:
    return name in OF_THE_HOUSE


def cut(text: str) -> list[str]:
    """The pieces that are drawn, with emoji in brackets."""
    pieces = list(with_house_emoji(pieces_of(text, 0, ()), is_emoji))
    assert [text[each.start : each.start + len(each.text)] for each in pieces] == [each.text for each in pieces]
    return [f"[{each.text}]" if each.kind is Kind.EMOJI else each.text for each in pieces if each.text.strip()]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("a :cat: b", ["a", "[:cat:]", "b"]),
        ("so:cat:!", ["so", "[:cat:]", "!"]),
        (":cat::party_cat:", ["[:cat:]", "[:party_cat:]"]),
        (":dog:cat:", [":dog", "[:cat:]"]),
        ("12:30:45 and :dog:", ["12:30:45", "and", ":dog:"]),
        ("::cat::", [":", "[:cat:]", ":"]),
        ("für :cat: und", ["für", "[:cat:]", "und"]),
        ("cat: and :cat", ["cat:", "and", ":cat"]),
    ],
)
def test_a_name_between_colons_is_a_picture_where_there_is_one(text: str, pieces: list[str]) -> None:
    assert cut(text) == pieces


def test_in_code_and_in_addresses_names_stay_as_they_are_written() -> None:
    (word,) = pieces_of(":cat:", 0, ())
    for verbatim in (
        replace(word, link="https://example.com/:cat:"),
        replace(word, face=Face(is_code=True)),
        replace(word, face=Face("mono")),
    ):
        assert list(with_house_emoji([verbatim], is_emoji)) == [verbatim]


def test_hostile_colons_cost_next_to_nothing() -> None:
    assert cut(":" * 4000) == [":" * 4000]
    assert cut(":dog" * 1000) == [":dog" * 1000]


def test_alone_they_are_large() -> None:
    assert emoji_scale(":cat: :party_cat:", is_emoji) == 2
    assert emoji_scale(":cat: 🎉", is_emoji) == 2
    for text in (":dog:", ":cat: yes", ":cat:" * 7, "x" * 300, ":cat:\n:cat:"):
        assert emoji_scale(text, is_emoji) == 1, text
