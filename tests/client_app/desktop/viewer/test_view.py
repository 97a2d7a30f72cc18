"""How a picture lies in the viewer, and what is loaded of one."""

from pathlib import Path

import pytest
from PIL import Image

from client_app.desktop.pictures import Unreadable
from client_app.desktop.viewer.loading import MOST_PIXELS, loaded, rendered
from client_app.desktop.viewer.view import MOST, View

from ..pictures.files import BLUE, RED, bomb, halves, hostile

ROOM = (800, 600)


@pytest.mark.parametrize("picture", [(4000, 3000), (100, 50), (1, 1), (9000, 3), (3, 9000), (2**31, 2**31)])
def test_all_of_a_picture_fits_in_the_middle_and_is_not_enlarged(picture: tuple[int, int]) -> None:
    view = View(picture, ROOM).fit()
    assert view.is_fitting
    assert view.scale <= 1
    left, top, width, height = view.place
    assert 0 <= left <= ROOM[0] - width + 1
    assert 0 <= top <= ROOM[1] - height + 1
    assert view.part == (0, 0, 1, 1)


def test_what_is_under_the_pointer_stays_there_when_it_gets_larger() -> None:
    view, at = View((4000, 3000), ROOM).fit(), (300, 200)
    for factor in (2.0, 1.5, 1.25, 0.8):
        before = ((at[0] - view.x) / view.scale, (at[1] - view.y) / view.scale)
        view = view.scaled(view.scale * factor, at)
        after = ((at[0] - view.x) / view.scale, (at[1] - view.y) / view.scale)
        assert after == pytest.approx(before, abs=0.01)
    assert view.scaled(1000, at).scale == MOST
    assert view.scaled(0.0001, at).scale == pytest.approx(64 / 4000)


def test_it_can_be_pushed_as_far_as_there_is_more_of_it() -> None:
    view = View((1000, 400), ROOM).scaled(1.0, (0, 0))
    assert view.moved(-10_000, -10_000).x == ROOM[0] - 1000
    assert view.moved(10_000, 10_000).x == 0
    assert view.moved(0, 500).y == view.y, "what has room stays in the middle"
    assert view.moved(-100, 0).part[0] == pytest.approx(0.1)
    assert View((1000, 400), ROOM).fit().resized((400, 300)).is_fitting


def test_a_huge_picture_is_made_smaller_while_it_is_loaded(tmp_path: Path) -> None:
    for name in ("large.jpg", "large.png"):
        image = loaded(halves(tmp_path / name, (7000, 7000)))
        assert image.width * image.height <= MOST_PIXELS
        assert image.width == image.height
    shown = rendered(image, View((7000, 7000), ROOM).fit())
    assert shown.size == (600, 600)
    close = rendered(image, View((7000, 7000), ROOM).fit().scaled(8.0, (0, 0)))
    assert close.size == ROOM
    assert [shown.getpixel(at) for at in ((100, 300), (500, 300))] == [RED, BLUE]


def test_nothing_hostile_is_loaded(tmp_path: Path) -> None:
    for name, path in (hostile(tmp_path) | {"too large": bomb(tmp_path / "b.png", 8000, 8000)}).items():
        with pytest.raises(Unreadable):
            loaded(path)
        assert name


def test_what_can_be_seen_through_lies_on_a_ground_on_which_black_and_white_are_seen(tmp_path: Path) -> None:
    path = tmp_path / "clear.png"
    Image.new("RGBA", (40, 40), (255, 0, 0, 0)).save(path)
    assert loaded(path).getpixel((5, 5)) == (0x7D, 0x78, 0x74)
