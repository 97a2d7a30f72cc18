"""The theme: whatever is written can be read."""

import pytest

from client_app.desktop.theme import DARK, LIGHT, Palette, contrast, mix, pair, roles, unsent_text

READABLE = 4.5
"""WCAG 2.1, level AA."""

GROUNDS = ("sidebar", "surface", "raised", "field", "hover")
TEXTS = ("text", "text_muted", "text_faint", "link", "danger", "warning", "online", "offline", "accent")
FILLED = (
    ("on_accent", "accent"),
    ("on_accent", "accent_hover"),
    ("on_danger", "danger_fill"),
    ("on_danger", "danger_hover"),
    ("on_mention", "mention"),
    ("on_banner", "banner"),
    ("text", "selected"),
    ("text_muted", "selected"),
    ("text", "selection"),
    ("link", "selection"),
)

both = pytest.mark.parametrize("palette", [DARK, LIGHT], ids=["dark", "light"])


@both
@pytest.mark.parametrize("ground", GROUNDS)
def test_every_text_can_be_read_on_every_ground(palette: Palette, ground: str) -> None:
    for text in TEXTS:
        assert contrast(getattr(palette, text), getattr(palette, ground)) >= READABLE, (text, ground)


@both
def test_what_is_written_on_filled_things_can_be_read(palette: Palette) -> None:
    for text, ground in FILLED:
        assert contrast(getattr(palette, text), getattr(palette, ground)) >= READABLE, (text, ground)


@both
@pytest.mark.parametrize("ground", ["surface", "hover", "raised"])
def test_what_is_not_sent_yet_can_be_read(palette: Palette, ground: str) -> None:
    assert contrast(unsent_text(palette), getattr(palette, ground)) >= READABLE
    assert unsent_text(palette) != palette.text


@both
def test_names_and_initials_can_be_read(palette: Palette) -> None:
    for author in palette.authors:
        assert min(contrast(author, palette.surface), contrast(author, palette.hover)) >= READABLE, author
    for disc in palette.avatars:
        assert contrast(disc, palette.on_avatar) >= READABLE, disc


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_both_palettes_have_every_role_as_a_colour() -> None:
    for role in roles():
        assert all(len(color) == 7 and int(color[1:], 16) >= 0 for color in pair(role)), role


def test_mixing_goes_from_one_colour_to_the_other() -> None:
    assert mix("#000000", "#ffffff", 0) == "#000000"
    assert mix("#000000", "#ff8000", 0.5) == "#804000"
