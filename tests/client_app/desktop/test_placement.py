"""The window comes back to where it was, unless nobody could see it there."""

import pytest

from client_app.desktop.window.panes import Panes, panes
from client_app.desktop.window.placement import Screen, placement

SCREEN = Screen(0, 0, 1920, 1080)


def test_a_remembered_place_is_kept() -> None:
    assert placement("900x700+100+50", SCREEN, 1.0) == "900x700+100+50"


def test_a_window_may_hang_over_the_edge_a_little() -> None:
    assert placement("900x700+-300+50", SCREEN, 1.0) == "900x700+-300+50"


@pytest.mark.parametrize("lost", ["900x700+3000+50", "900x700+-890+50", "900x700+10+-500", "900x700+10+1079"])
def test_a_window_on_a_screen_that_is_gone_comes_back_to_the_middle(lost: str) -> None:
    assert placement(lost, SCREEN, 1.0) == "900x700+510+126"


@pytest.mark.parametrize("nonsense", ["", "hello", "900x700", "0x0+0+0x", "999999x1+0+0"])
def test_nonsense_gives_the_usual_window(nonsense: str) -> None:
    assert placement(nonsense, SCREEN, 1.0) == "1200x760+360+106"


def test_a_window_is_never_larger_than_the_screen_nor_too_small_to_use() -> None:
    assert placement("5000x4000+0+0", SCREEN, 1.0) == "1920x1080+0+0"
    assert placement("10x10+0+0", SCREEN, 1.0) == "480x400+0+0"
    assert placement("", Screen(0, 0, 800, 600), 2.0) == "800x600+0+0"


@pytest.mark.parametrize(
    ("width", "wants", "expected"),
    [
        (1600, True, Panes(True, True)),
        (1600, False, Panes(True, False)),
        (999, True, Panes(True, False)),
        (700, True, Panes(True, False)),
        (699, True, Panes(False, False)),
    ],
)
def test_the_right_pane_goes_first_and_then_the_left_one(width: int, wants: bool, expected: Panes) -> None:
    assert panes(width, wants_members=wants) == expected
