"""Every line of Unicode's emoji-test, as a package has them: each is known, however much of it is left out."""

import pytest
from emoji import EMOJI_DATA, STATUS

from shared.emoji import by_shortcode, canonical, shortcode

COMPONENT, QUALIFIED = STATUS["component"], STATUS["fully_qualified"]


def test_every_line_means_the_emoji_that_is_written_in_full() -> None:
    assert len(EMOJI_DATA) > 5200
    for line, about in EMOJI_DATA.items():
        meant = canonical(line)
        if about["status"] == COMPONENT:
            assert meant is None, f"{line!a} is a part of emoji and none itself"
        else:
            assert meant is not None, f"{line!a} is not known"
            assert EMOJI_DATA[meant]["status"] == QUALIFIED
            assert meant.replace("\ufe0f", "") == line.replace("\ufe0f", "")
            assert by_shortcode()[shortcode(line).strip(":")]


@pytest.mark.parametrize(
    ("code", "tone", "emoji"),
    [
        ("people_holding_hands", 5, "🧑🏿‍🤝‍🧑🏿"),
        ("handshake", 1, "🤝🏻"),
        ("woman-kiss-man", 3, "👩🏽‍❤️‍💋‍👨🏽"),
        ("dancers", 2, "👯🏼"),
    ],
)
def test_people_who_are_several_take_a_colour_together(code: str, tone: int, emoji: str) -> None:
    assert by_shortcode()[code].toned(tone) == emoji


def test_people_of_whom_each_has_a_colour_are_the_same_emoji() -> None:
    assert shortcode("🧑🏻‍🤝‍🧑🏿") == ":people_holding_hands:"
    assert shortcode("🫱🏿‍🫲🏻") == ":handshake:"
