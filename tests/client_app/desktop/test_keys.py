"""The table's keys become Tk's patterns, and words that people read."""

import pytest

from client_app.core.actions import ACTIONS
from client_app.desktop.dialogs.help import help_lines
from client_app.desktop.keys import readable, sequences


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ("Ctrl+K", ("<Control-k>", "<Control-K>")),
        ("Ctrl+Shift+N", ("<Control-Shift-n>", "<Control-Shift-N>")),
        ("Alt+Up", ("<Alt-Up>",)),
        ("Ctrl++", ("<Control-plus>", "<Control-KP_Add>")),
        ("Ctrl+-", ("<Control-minus>", "<Control-KP_Subtract>")),
        ("Ctrl+0", ("<Control-Key-0>", "<Control-KP_0>")),
        ("Ctrl+/", ("<Control-slash>",)),
        ("Ctrl+.", ("<Control-period>",)),
        ("Escape", ("<Escape>",)),
        ("F1", ("<F1>",)),
    ],
)
def test_keys_become_patterns(keys: str, expected: tuple[str, ...]) -> None:
    assert sequences(keys) == expected


def test_keys_are_written_as_people_say_them() -> None:
    assert readable("Ctrl+Prior") == "Ctrl+Page Up"
    assert readable("Ctrl++") == "Ctrl++"
    assert readable("Return") == "Enter"


def test_no_two_actions_share_a_key() -> None:
    patterns = [pattern for action in ACTIONS for keys in action.keys for pattern in sequences(keys)]
    assert len(patterns) == len(set(patterns))


def test_help_shows_every_key_and_every_command() -> None:
    ways = " ".join(way for _, way in help_lines())
    for action in ACTIONS:
        assert all(readable(keys) in ways for keys in action.keys)
        assert not action.slash or f"/{action.slash}" in ways
