"""Naughty strings from one window to the other, over real TLS: the same text arrives, and nothing goes wrong."""

import json
from pathlib import Path

from client_app.core.writing.emoji import with_emoji
from client_app.core.writing.text import clean_text
from server_app.app import App
from shared.errors import BadRequest
from shared.limits import MAX_BODY
from tests.client_app.desktop.window.test_two_windows import Remote

from .strings import STRINGS


def sendable(text: str) -> str:
    """What arrives of a text; empty where nothing of it can be sent."""
    try:
        return clean_text(with_emoji(text))
    except BadRequest:
        return ""


def test_the_same_text_arrives_in_the_other_window(windows: tuple[Remote, Remote], tmp_path: Path, server: App) -> None:
    alice, bob = windows
    alice.begin("in alice")
    bob.begin("in bob")
    alice.end()
    bob.end()
    texts = [text for text in STRINGS if len(text) <= MAX_BODY and sendable(text)]
    assert len(texts) >= 500
    (tmp_path / "texts.json").write_text(json.dumps(texts), "ascii")
    alice.do(f"say-all {tmp_path / 'texts.json'}")
    for name, window in (("alice", alice), ("bob", bob)):
        window.begin(f"tell-all {tmp_path / name}.json {len(texts)}")
    wanted = [sendable(text) for text in texts]
    for name, window in (("alice", alice), ("bob", bob)):
        window.end()
        said, errors = json.loads((tmp_path / f"{name}.json").read_text("ascii"))
        assert said == wanted
        assert errors == []
        window.do("leave")
