"""What the client remembers between starts."""

import os
import stat
from pathlib import Path

import pytest

from client_app.settings import FILE_NAME, Settings, load_settings, replace_file, save_settings


def test_what_was_saved_is_there_at_the_next_start(tmp_path: Path) -> None:
    settings = Settings(
        server="chat.example.org", port=6000, uses_tls=False, name="alice", zoom=1.5, appearance="light"
    )
    save_settings(tmp_path / "new folder", settings)
    assert load_settings(tmp_path / "new folder") == settings


@pytest.mark.parametrize("content", [None, b"", b"{", b"[]", b'{"port": "many"}', b'{"appearance": "pink"}', b"\xff"])
def test_missing_or_broken_settings_are_the_defaults(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / FILE_NAME).write_bytes(content)
    assert load_settings(tmp_path) == Settings()


def test_settings_of_a_newer_version_are_read_as_far_as_they_are_known(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_bytes(b'{"server": "here", "telepathy": true}')
    assert load_settings(tmp_path).server == "here"


def test_settings_are_for_their_owner_alone(tmp_path: Path) -> None:
    save_settings(tmp_path, Settings())
    assert stat.S_IMODE((tmp_path / FILE_NAME).stat().st_mode) == 0o600


def test_a_crash_while_writing_leaves_the_old_file_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "file"
    replace_file(path, b"old")

    def crash(_descriptor: int) -> None:
        raise OSError("the power went out")

    monkeypatch.setattr(os, "fsync", crash)
    with pytest.raises(OSError, match="power"):
        replace_file(path, b"new")
    assert path.read_bytes() == b"old"
