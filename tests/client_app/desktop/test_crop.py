"""The square of a picture that stands for somebody: chosen with the pointer or the keyboard, and made into a file."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from client_app.desktop.dialogs.crop import CropDialog, Square, choose_square
from client_app.desktop.dialogs.crop.drawing import SIDE, made
from client_app.desktop.dialogs.crop.square import CLOSEST
from client_app.desktop.toolkit import Root

from .conftest import Until
from .pictures.files import RED, halves


@pytest.mark.parametrize("picture", [(4000, 3000), (300, 900), (1, 1), (1, 10_000), (31, 31), (50, 33)])
def test_the_square_never_leaves_its_picture_however_close_and_wherever_it_is_pushed(picture: tuple[int, int]) -> None:
    square = Square.middle_of(picture)
    assert square.side == min(picture)
    acts: tuple[Callable[[Square], Square], ...] = (
        lambda each: each.closer(3.0),
        lambda each: each.moved(9, -9),
        lambda each: each.closer(1000),
        lambda each: each.moved(-900, 900),
        lambda each: each.closer(0.001),
        lambda each: each.moved(0.1, 0.1),
    )
    for act in acts:
        square = act(square)
        left, top, right, bottom = square.box
        assert left >= -1e-9
        assert top >= -1e-9
        assert right <= picture[0] + 1e-9
        assert bottom <= picture[1] + 1e-9
        assert square.side >= min(32, *picture)
        assert 1 <= square.closeness <= CLOSEST


def test_the_part_that_was_chosen_is_what_is_made_and_no_larger_than_it_is_needed(tmp_path: Path) -> None:
    image = Image.open(halves(tmp_path / "a.png", (1600, 800))).convert("RGB")
    left = Square.middle_of(image.size).moved(-9, 0)
    path = made(image, left, tmp_path / "cache")
    assert path is not None
    with Image.open(path) as square:
        assert square.size == (SIDE, SIDE)
        assert square.convert("RGB").getpixel((SIDE - 20, 20)) == pytest.approx(RED, abs=12)
    small = made(image.resize((40, 20)), Square.middle_of((40, 20)), tmp_path / "cache")
    assert small is not None
    with Image.open(small) as square:
        assert square.size == (20, 20)
    (tmp_path / "file").write_bytes(b"")
    assert made(image, left, tmp_path / "file") is None, "a disk that refuses is told of, and nothing raises"


def test_one_drags_it_comes_closer_and_gets_the_file_once(root: Root, until: Until, tmp_path: Path) -> None:
    came: list[Path] = []
    choose_square(root, halves(tmp_path / "a.png", (800, 400)), came.append)

    def dialogs() -> list[CropDialog]:
        return [child for child in root.winfo_children() if isinstance(child, CropDialog)]

    until(lambda: any(dialog.is_drawn for dialog in dialogs()))
    dialog = dialogs()[0]
    dialog.canvas.focus_force()
    root.update()
    dialog.canvas.event_generate("<Button-1>", x=50, y=50)
    dialog.canvas.event_generate("<B1-Motion>", x=500, y=50)
    assert dialog.square.box[0] == 0, "the picture goes with the hand"
    dialog.canvas.event_generate("<Button-4>", x=50, y=50)
    closer = dialog.square.closeness
    assert closer > 1
    assert float(dialog.slider.get()) == pytest.approx(closer)
    for key in ("plus", "minus", "minus", "Right", "Down"):
        dialog.canvas.event_generate(f"<{key}>")
    assert dialog.square.box[0] > 0
    dialog.canvas.event_generate("<Key-0>")
    assert dialog.square == Square.middle_of((800, 400))
    dialog.look_at(dialog.square.moved(-9, 0).closer(2))
    until(lambda: dialog.is_drawn)
    dialog.confirm()
    dialog.confirm()
    until(lambda: bool(came))
    assert not dialog.winfo_exists()
    with Image.open(came[0]) as square:
        assert square.convert("RGB").getpixel((3, 3)) == pytest.approx(RED, abs=12)
    choose_square(root, tmp_path / "gone.png", came.append)
    until(lambda: len(came) == 2)
    assert came[1] == tmp_path / "gone.png", "what cannot be seen here is for the server to refuse"
