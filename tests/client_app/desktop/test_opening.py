"""Opening a file hands it to the program of the system, which outlives us, whatever it is called."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from client_app.desktop.files.opening import open_file
from shared.errors import Unavailable

pytestmark = pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="`xdg-open` is what other systems have")


def test_the_systems_opener_gets_the_path_as_one_word(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wait_until: Callable[..., None]
) -> None:
    programs, told = tmp_path / "programs", tmp_path / "told"
    programs.mkdir()
    opener = programs / "xdg-open"
    opener.write_text(f'#!/bin/sh\nprintf \'%s\\n\' "$#" "$1" > {told}.part && /bin/mv {told}.part {told}\n')
    opener.chmod(0o755)
    monkeypatch.setenv("PATH", str(programs))
    for name in ("report.pdf", "-rf $(touch x) `y` ; & 'z' \"名.txt"):
        path = tmp_path / name
        open_file(path)
        wait_until(told.exists)
        assert told.read_text("utf-8") == f"1\n{path}\n"
        told.unlink()


def test_where_nothing_opens_files_it_is_said_where_the_file_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Unavailable, match=r"no program that opens files.*report\.pdf"):
        open_file(tmp_path / "report.pdf")
