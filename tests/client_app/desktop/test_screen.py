"""How large things are: quarters of the standard size, whatever the screen says."""

import pytest

from client_app.desktop.toolkit import Root
from client_app.desktop.toolkit.screen import screen_scale


class Screen:
    """A window that says what resolution its screen has."""

    def __init__(self, dpi: float) -> None:
        self._dpi = dpi

    def winfo_fpixels(self, _inch: str) -> float:
        return self._dpi


@pytest.mark.parametrize(("dpi", "scale"), [(96, 1), (110, 1.25), (144, 1.5), (191.7, 2), (30, 1), (5000, 1)])
def test_the_scale_follows_the_resolution(display: str, dpi: float, scale: float) -> None:
    assert screen_scale(Screen(dpi)) == scale  # type: ignore[arg-type]  # all that it asks of a window


def test_the_desktops_own_scale_comes_first(display: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GDK_SCALE", "2")
    assert screen_scale(Screen(96)) == 2  # type: ignore[arg-type]


def test_a_window_at_96_dpi_is_not_scaled(root: Root) -> None:
    assert root.look.scale == 1
