"""Avatars: letters and colours that stay the same for the same person."""

import pytest

from client_app.desktop.people.avatars import Avatars, author_color, color_index, initials
from client_app.desktop.theme import DARK, LIGHT
from client_app.desktop.toolkit import Root
from shared.types import UserId


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("alice", "A"),
        ("bob smith", "BS"),
        ("eve.long-name", "EL"),
        ("ßeta", "SS"),
        ("田中 太郎", "田"),
        ("...", "?"),
        ("", "?"),
    ],
)
def test_initials(name: str, letters: str) -> None:
    assert initials(name) == letters


def test_neighbours_in_id_differ_in_colour() -> None:
    assert len({color_index(user_id, 12) for user_id in range(1, 13)}) == 12


def test_a_name_has_its_colour_in_both_palettes() -> None:
    assert author_color(DARK, UserId(7)) in DARK.authors
    assert author_color(LIGHT, None) in LIGHT.authors


def test_a_disc_is_drawn_once_and_is_as_large_as_asked(root: Root) -> None:
    avatars = Avatars(root)
    image = avatars.image(1, "alice", 40, DARK)
    assert (image.width(), image.height()) == (40, 40)
    assert avatars.image(1, "alice", 40, DARK) is image
    assert avatars.image(2, "alice", 40, DARK) is not image
    assert avatars.image(3, "ليلى", 32, DARK).width() == 32
