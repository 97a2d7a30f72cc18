"""Scrollbar and wheel: where one is, and going elsewhere."""

import tkinter

import pytest

from client_app.desktop.scrolling.scrollbar import Scrollbar
from client_app.desktop.scrolling.wheel import _notches, _touchpad_y, bind_wheel
from client_app.desktop.toolkit import Root


@pytest.fixture
def dragged() -> list[float]:
    return []


@pytest.fixture
def bar(root: Root, dragged: list[float]) -> Scrollbar:
    bar = Scrollbar(root, root, dragged.append, "surface")
    bar.pack(side="right", fill="y")
    root.update()
    return bar


def thumb(bar: Scrollbar) -> tuple[float, float]:
    _left, top, _right, bottom = bar.bbox("all")
    return top, bottom


def test_the_thumb_goes_from_the_top_to_the_bottom(bar: Scrollbar) -> None:
    bar.show(0, 0.25)
    assert thumb(bar)[0] <= 6
    bar.show(1, 0.25)
    assert thumb(bar)[1] >= bar.winfo_height() - 6


def test_the_thumb_can_be_gripped_however_long_the_list_is(bar: Scrollbar) -> None:
    bar.show(0.5, 0.00001)
    top, bottom = thumb(bar)
    assert bottom - top >= 20


def test_nothing_is_drawn_when_everything_is_in_view(bar: Scrollbar) -> None:
    bar.show(1, 1)
    assert bar.find_all() == ()


def test_dragging_to_the_ends_tells_zero_and_one(bar: Scrollbar, dragged: list[float]) -> None:
    bar.show(0.5, 0.2)
    bar.event_generate("<Button-1>", x=5, y=bar.winfo_height() // 2)
    bar.event_generate("<B1-Motion>", x=5, y=0)
    bar.event_generate("<B1-Motion>", x=5, y=bar.winfo_height())
    bar.event_generate("<ButtonRelease-1>", x=5, y=0)
    assert dragged[0] == pytest.approx(0.5, abs=0.01)
    assert dragged[1:] == [0, 1]


def test_every_kind_of_wheel_scrolls(root: Root) -> None:
    scrolled: list[float] = []
    frame = tkinter.Frame(root, width=50, height=50)
    frame.pack()
    bind_wheel(frame, scrolled.append)
    root.update()
    frame.event_generate("<Button-5>", x=1, y=1)
    frame.event_generate("<MouseWheel>", x=1, y=1, delta=240)
    assert scrolled == [60, -120]


def test_touchpads_pack_two_signed_numbers_into_one() -> None:
    assert _touchpad_y((3 << 16) | 5) == 5
    assert _touchpad_y((3 << 16) | 0xFFFB) == -5
    assert _notches(120) == 1
