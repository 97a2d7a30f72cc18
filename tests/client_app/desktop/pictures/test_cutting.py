"""A picture's file becomes an image of the wanted size, whatever it is; what is hostile becomes a failure."""

import io
import time
import tracemalloc
from itertools import pairwise
from pathlib import Path

import pytest
from PIL import Image

from client_app.desktop.pictures import Cut, Unreadable
from client_app.desktop.pictures.cutting import blurred, cut_out
from client_app.desktop.pictures.photos import rounded

from .files import BLUE, GROUND, RED, bomb, halves, hostile


def is_near(image: Image.Image, at: tuple[int, int], color: tuple[int, int, int]) -> bool:
    found = image.convert("RGB").getpixel(at)
    assert isinstance(found, tuple)
    return all(abs(int(a) - b) < 12 for a, b in zip(found, color, strict=True))


@pytest.mark.parametrize("suffix", ["jpg", "png", "gif", "webp", "bmp"])
def test_each_kind_of_picture_is_scaled_into_its_box(tmp_path: Path, suffix: str) -> None:
    path = halves(tmp_path / f"picture.{suffix}", (800, 600))
    image = cut_out(path, Cut(200, 150, 200, 150, GROUND))
    assert (image.size, image.mode) == ((200, 150), "RGB")
    assert is_near(image, (20, 75), RED)
    assert is_near(image, (180, 75), BLUE)


def test_what_sticks_out_is_cut_off_on_both_sides_alike(tmp_path: Path) -> None:
    image = cut_out(halves(tmp_path / "wide.png", (1000, 100)), Cut(100, 100, 1000, 100, GROUND))
    assert image.size == (100, 100)
    assert is_near(image, (40, 50), RED)
    assert is_near(image, (60, 50), BLUE)


def test_a_small_picture_lies_in_the_middle_and_is_not_enlarged(tmp_path: Path) -> None:
    image = cut_out(halves(tmp_path / "small.png", (20, 10)), Cut(48, 48, 20, 10, GROUND))
    ground = (0x30, 0x29, 0x28)
    assert [is_near(image, at, ground) for at in ((24, 17), (24, 30), (12, 24), (35, 24))] == [True] * 4
    assert is_near(image, (16, 24), RED)
    assert is_near(image, (31, 24), BLUE)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_picture_from_a_camera_held_sideways_stands_upright(tmp_path: Path, orientation: int) -> None:
    upright = Image.new("RGB", (80, 40), BLUE)
    upright.paste(RED, (0, 0, 40, 20))
    back = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}
    stored = upright if orientation == 1 else upright.transpose(Image.Transpose(back[orientation]))
    exif = Image.Exif()
    exif[0x0112] = orientation
    path = tmp_path / "photo.jpg"
    stored.save(path, quality=95, exif=exif)
    image = cut_out(path, Cut(80, 40, 80, 40, GROUND))
    assert is_near(image, (10, 5), RED)
    assert [is_near(image, at, BLUE) for at in ((10, 35), (70, 5), (70, 35))] == [True] * 3


def test_what_can_be_seen_through_lies_on_the_ground(tmp_path: Path) -> None:
    image = Image.new("RGBA", (40, 40), (0, 0, 0, 0))
    image.paste((*RED, 255), (0, 0, 20, 40))
    path = tmp_path / "clear.png"
    image.save(path)
    shown = cut_out(path, Cut(40, 40, 40, 40, GROUND))
    assert is_near(shown, (5, 20), RED)
    assert is_near(shown, (35, 20), (0x30, 0x29, 0x28))


def test_nothing_hostile_is_a_picture_and_none_of_it_costs_much(tmp_path: Path) -> None:
    for name, path in hostile(tmp_path).items():
        tracemalloc.start()
        began = time.process_time()
        with pytest.raises(Unreadable):
            cut_out(path, Cut(400, 300, 400, 300, GROUND))
        spent, (_, peak) = time.process_time() - began, tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert spent < 1.0, name
        assert peak < 8_000_000, name


def test_sizes_that_nobody_has_are_no_reason_to_ask_for_memory(tmp_path: Path) -> None:
    for width, height in ((1, 2**31 - 1), (2**31 - 1, 2**31 - 1), (7_100, 7_100)):
        with pytest.raises(Unreadable):
            cut_out(bomb(tmp_path / "bomb.png", width, height), Cut(400, 300, 400, 300, GROUND))


def test_a_whole_picture_of_too_many_pixels_is_refused_before_any_is_decoded(tmp_path: Path) -> None:
    path = tmp_path / "blank.png"
    Image.new("1", (7_100, 7_100)).save(path)
    assert path.stat().st_size < 100_000
    with pytest.raises(Unreadable, match="too many pixels"):
        cut_out(path, Cut(400, 300, 400, 300, GROUND))


def test_a_preview_fills_the_same_box_without_edges(tmp_path: Path) -> None:
    preview = io.BytesIO()
    with Image.open(halves(tmp_path / "picture.png", (16, 12))) as image:
        image.save(preview, "WEBP", quality=80)
    shown = blurred(preview.getvalue(), Cut(400, 300, 400, 300, GROUND))
    assert shown.size == (400, 300)
    row = [shown.convert("RGB").getpixel((x, 150)) for x in range(400)]
    reds = [pixel[0] for pixel in row if isinstance(pixel, tuple)]
    assert max(abs(a - b) for a, b in pairwise(reds)) <= 4
    with pytest.raises(Unreadable):
        blurred(b"RIFF", Cut(400, 300, 400, 300, GROUND))


def test_corners_are_round_and_only_they_are_half_transparent(tmp_path: Path) -> None:
    cutting = rounded(cut_out(halves(tmp_path / "p.png", (80, 60)), Cut(80, 60, 80, 60, GROUND)), 8)
    assert [corner.size for corner in cutting.corners] == [(8, 8)] * 4
    assert {value for _, value in cutting.middle.getchannel("A").getcolors() or ()} == {0, 255}
    whole = cutting.middle.copy()
    for corner, at in zip(cutting.corners, ((0, 0), (72, 0), (72, 52), (0, 52)), strict=True):
        whole.paste(corner, at)
    alpha = whole.getchannel("A")
    assert [alpha.getpixel(at) for at in ((0, 0), (79, 0), (79, 59), (0, 59))] == [0] * 4
    assert [alpha.getpixel(at) for at in ((7, 7), (72, 7), (72, 52), (7, 52), (40, 0), (0, 30))] == [255] * 6
    assert rounded(Image.new("RGB", (3, 2)), 8).radius == 1, "of what is tiny, no more than there is"
