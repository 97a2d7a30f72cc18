"""Emoji: each is one piece of a text and one picture, kept for the next start, and never an error without a font."""

import tkinter
from collections.abc import Callable
from pathlib import Path

import pytest
from emoji import EMOJI_DATA
from PIL import Image, ImageFont, ImageTk

from client_app.desktop.emoji import EmojiImages, emoji_name
from client_app.desktop.emoji.font import EmojiFont
from client_app.desktop.emoji.kept import KeptPictures
from client_app.desktop.text import Breaker, Ink, Typesetter
from client_app.desktop.text.pieces import Kind, pieces_of
from client_app.desktop.toolkit import Root
from shared.emoji import groups

from .painted import texts_on

Until = Callable[[Callable[[], bool]], None]


@pytest.fixture
def no_font(monkeypatch: pytest.MonkeyPatch) -> None:
    def none(*_arguments: object) -> ImageFont.FreeTypeFont:
        raise OSError

    monkeypatch.setattr(ImageFont, "truetype", none)


def shown(photo: ImageTk.PhotoImage | None) -> Image.Image:
    """What is to be seen of an image of the window."""
    assert photo is not None
    return ImageTk.getimage(photo)


@pytest.fixture
def font() -> EmojiFont:
    """The system's colour font. Without one there is nothing to be drawn."""
    found = EmojiFont()
    if not found.has("😀"):
        pytest.skip("This system has no colour font for emoji.")
    return found


def test_every_line_of_unicodes_list_is_one_piece_wherever_it_stands() -> None:
    for line in EMOJI_DATA:
        kinds = [(piece.kind, piece.text) for piece in pieces_of(f"a{line}b {line}", 0, ())]
        assert kinds == [
            (Kind.WORD, "a"), (Kind.EMOJI, line), (Kind.WORD, "b"), (Kind.SPACE, " "), (Kind.EMOJI, line)
        ], ascii(line)  # fmt: skip


def test_every_line_that_the_font_has_is_one_picture_with_something_on_it(font: EmojiFont) -> None:
    had = [line for line in EMOJI_DATA if font.has(line)]
    assert len(had) > 3000
    # What has a colour of skin, or a selector less, differs in nothing but paint.
    for kind in (kind for kinds in groups().values() for kind in kinds if font.has(kind.emoji)):
        picture = font.draw(kind.emoji, 16)
        assert picture is not None, kind.words
        assert picture.size == (16, 16)
        assert picture.getbbox() is not None, kind.words
    alone = font.draw("👩", 32)
    for several in ("👩‍🚀", "👨‍👩‍👧‍👦", "🏳️‍🌈", "1️⃣", "🇩🇪", "👍🏽", "🏴󠁧󠁢󠁳󠁣󠁴󠁿"):
        assert font.draw(several, 32) not in (None, alone), several


def test_what_the_selector_of_text_follows_and_digits_are_no_emoji() -> None:
    assert all(piece.kind is not Kind.EMOJI for piece in pieces_of("#1 * 2 \u2764\ufe0e \u2615\ufe0e — é", 0, ()))


def test_a_colour_of_skin_belongs_only_to_what_has_a_skin() -> None:
    assert [piece.text for piece in pieces_of("👍🏽😀🏽", 0, ())] == ["👍🏽", "😀", "🏽"]


def test_an_image_is_there_at_once_and_filled_soon(root: Root, until: Until, font: EmojiFont) -> None:
    assert font.has("😀")
    images = root.only(EmojiImages)
    photo = images.photo("😀", 20)
    assert photo is not None
    assert (photo.width(), photo.height()) == (20, 20)
    assert images.photo("😀", 20) is photo
    assert shown(photo).getbbox() is None
    until(lambda: images.is_complete)
    assert shown(photo).getbbox() is not None


def test_pictures_are_kept_on_disk_for_one_font_and_a_damaged_file_is_good_up_to_the_damage(
    tmp_path: Path, font: EmojiFont
) -> None:
    every = {line: font.draw(line, 20) for line in ("😀", "🎉", "👍🏽")}
    kept = KeptPictures(tmp_path, 20, font.identity)
    for line, picture in every.items():
        assert picture is not None
        kept.put(line, picture)
    kept.close()
    again = KeptPictures(tmp_path, 20, font.identity)
    assert all(again.get(line) == picture for line, picture in every.items())
    again.close()

    (file,) = tmp_path.iterdir()
    file.write_bytes(file.read_bytes()[:-10] + b"xxxxxxxxxxyy")
    damaged = KeptPictures(tmp_path, 20, font.identity)
    assert [damaged.get(line) == picture for line, picture in every.items()] == [True, True, False]
    last = every["👍🏽"]
    assert last is not None
    damaged.put("👍🏽", last)
    assert damaged.get("👍🏽") == last
    damaged.close()
    file.write_bytes(file.read_bytes().replace("🎉".encode(), "🎊".encode()))
    renamed = KeptPictures(tmp_path, 20, font.identity)
    assert [renamed.get(line) is None for line in ("😀", "🎊", "🎉")] == [False, True, True]
    renamed.close()
    other = KeptPictures(tmp_path, 20, "another font")
    assert other.get("😀") is None
    other.close()


def test_where_nothing_can_be_kept_pictures_are_drawn_all_the_same(tmp_path: Path) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.write_bytes(b"")
    kept = KeptPictures(in_the_way, 20, "font")
    kept.put("😀", Image.new("RGBA", (20, 20)))
    assert kept.get("😀") is None


def test_a_picture_of_the_house_is_drawn_by_its_name(root: Root, until: Until, tmp_path: Path) -> None:
    Image.new("RGB", (64, 32), "#ff0000").save(tmp_path / "party.png")
    images = root.only(EmojiImages)
    assert images.photo(":party:", 20) is None
    images.picture_of = {":party:": tmp_path / "party.png", ":broken:": tmp_path / "none.png"}.get
    photo, broken = images.photo(":party:", 20), images.photo(":broken:", 20)
    until(lambda: images.is_complete)
    assert shown(photo).getbbox() == (0, 5, 20, 15)
    assert shown(broken).getbbox() is None
    images.forget(":party:")
    assert images.known(":party:", 20) is None


@pytest.mark.usefixtures("no_font")
def test_without_a_font_its_name_stands_on_a_ground_of_its_own(root: Root) -> None:
    assert root.only(EmojiImages).photo("😀", 20) is None
    typesetter, canvas = Typesetter(root), tkinter.Canvas(root)
    root.on_look(root, typesetter.look_changed)
    (line,) = Breaker(typesetter, "body", 4000).lines("go 😀!")
    typesetter.draw(canvas, line, (0, 0), Ink("body", "#ffffff", "t"))
    assert list(texts_on(canvas)) == ["go ", ":grinning:", "!"]
    (name,) = [run for run in line.runs if run.kind is Kind.EMOJI]
    assert name.width > typesetter.text_width("small", ":grinning:")


def test_names_are_shortcodes_and_flags_are_letters() -> None:
    assert emoji_name("🎉") == ":tada:"
    assert emoji_name("🇩🇪") == "DE"
    assert emoji_name("🏽") == ":emoji_modifier_fitzpatrick_type-4:"
