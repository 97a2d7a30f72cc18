"""Emoji images: there when the system has a colour font, and never an error when it has none."""

import pytest
from PIL import ImageFont

from client_app.desktop.emoji import EmojiImages, emoji_name
from client_app.desktop.toolkit import Root


def test_an_emoji_is_an_image_of_the_size_asked_for(root: Root) -> None:
    photos = EmojiImages(root)
    photo = photos.photo("😀", 20)
    if photo is not None:  # a system without a colour font shows the name, which is tested below
        assert (photo.width(), photo.height()) == (20, 20)
        assert photos.photo("😀", 20) is photo


def test_without_a_font_there_is_no_image_and_no_error(root: Root, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_font(*_arguments: object) -> ImageFont.FreeTypeFont:
        raise OSError

    monkeypatch.setattr(ImageFont, "truetype", no_font)
    assert EmojiImages(root).photo("😀", 20) is None


def test_names_are_words_and_flags_are_letters() -> None:
    assert emoji_name("🎉") == ":party popper:"
    assert emoji_name("🇩🇪") == "DE"
