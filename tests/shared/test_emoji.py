"""Which emoji there are, and that each is written in one way."""

import pytest

from shared.emoji import TONES, by_shortcode, canonical, groups, shortcode
from shared.entities import Reaction
from shared.reactions import with_reaction
from shared.types import UserId

ALICE, BOB = UserId(1), UserId(2)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("👍", "👍"),
        ("\u2764", "\u2764\ufe0f"),
        ("\u2764\ufe0f", "\u2764\ufe0f"),
        ("👍🏽", "👍🏽"),
        ("\u261d\ufe0f🏻", "\u261d🏻"),
        ("\U0001f3f3\u200d🌈", "\U0001f3f3\ufe0f\u200d🌈"),
        ("1\u20e3", "1\ufe0f\u20e3"),
        ("🇩🇪", "🇩🇪"),
        ("👨‍👩‍👧‍👦", "👨‍👩‍👧‍👦"),
        ("x", None),
        ("1", None),
        ("", None),
        ("\ufe0f", None),
        ("👍👍", None),
        ("🏽", None),
        ("🇩", None),
    ],
)
def test_an_emoji_is_written_in_one_way_and_anything_else_is_none(typed: str, meant: str | None) -> None:
    assert canonical(typed) == meant


def test_every_emoji_of_the_table_is_itself_in_each_colour_and_has_shortcodes_of_its_own() -> None:
    kinds = [kind for found in groups().values() for kind in found]
    assert len(kinds) > 1800
    for kind in kinds:
        assert all(canonical(kind.toned(tone)) == kind.toned(tone) for tone in range(len(TONES)))
        assert all(by_shortcode()[code] is kind for code in kind.shortcodes)
        assert len(kind.emoji) <= 40
    assert len({kind.emoji for kind in kinds}) == len(kinds)


def test_a_colour_of_skin_is_left_out_where_there_is_none() -> None:
    thumb, heart = by_shortcode()["thumbsup"], by_shortcode()["heart"]
    assert (thumb.toned(3), heart.toned(3)) == ("👍🏽", "❤️")
    assert (shortcode("👍🏽"), shortcode("❤")) == (":+1:", ":heart:")
    assert shortcode("something newer") == "something newer"


def test_people_stand_in_the_order_in_which_they_came_and_so_do_emoji() -> None:
    found = with_reaction((), "👍", ALICE, is_on=True)
    found = with_reaction(found, "🎉", ALICE, is_on=True)
    found = with_reaction(found, "👍", BOB, is_on=True)
    assert found == (Reaction("👍", (ALICE, BOB)), Reaction("🎉", (ALICE,)))
    found = with_reaction(found, "👍", ALICE, is_on=False)
    assert found == (Reaction("👍", (BOB,)), Reaction("🎉", (ALICE,)))
    assert with_reaction(found, "👍", BOB, is_on=False) == (Reaction("🎉", (ALICE,)),)


def test_what_is_so_already_stays_the_very_same() -> None:
    found = with_reaction((), "👍", ALICE, is_on=True)
    assert with_reaction(found, "👍", ALICE, is_on=True) is found
    assert with_reaction(found, "👍", BOB, is_on=False) is found
    assert with_reaction(found, "🎉", ALICE, is_on=False) is found
