"""Fontconfig: finds a font that really has a character, or says that there is none."""

import subprocess
from pathlib import Path

from client_app.desktop.fontconfig import add_private_font, font_with


def test_a_font_is_found_for_an_ordinary_letter() -> None:
    path = font_with("a")
    assert path is not None
    assert path.exists()


def test_no_font_is_claimed_for_a_character_that_none_has() -> None:
    assert font_with("\U0010fffd") is None


def test_a_file_that_is_no_font_is_refused(tmp_path: Path) -> None:
    assert not add_private_font(tmp_path / "missing.otf")


def test_what_is_found_is_what_the_system_lists() -> None:
    listed = subprocess.run(["fc-list", ":charset=5d0", "file"], capture_output=True, text=True, check=True).stdout
    found = font_with("א")
    assert (found is None) == (listed.strip() == "")
    assert found is None or str(found) in listed
