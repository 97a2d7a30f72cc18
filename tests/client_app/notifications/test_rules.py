"""When a message is worth a notification: the whole table."""

import pytest

from client_app.desktop.notifications import is_due

TABLE = [
    # setting, direct, focused, in front -> due
    ("all", True, True, True, False),
    ("all", True, True, False, True),
    ("all", True, False, True, True),
    ("all", True, False, False, True),
    ("all", False, True, True, False),
    ("all", False, True, False, False),
    ("all", False, False, True, True),
    ("all", False, False, False, True),
    ("direct", True, True, True, False),
    ("direct", True, True, False, True),
    ("direct", True, False, True, True),
    ("direct", True, False, False, True),
    ("direct", False, True, True, False),
    ("direct", False, True, False, False),
    ("direct", False, False, True, False),
    ("direct", False, False, False, False),
    ("none", True, True, True, False),
    ("none", True, True, False, False),
    ("none", True, False, True, False),
    ("none", True, False, False, False),
    ("none", False, True, True, False),
    ("none", False, True, False, False),
    ("none", False, False, True, False),
    ("none", False, False, False, False),
]


@pytest.mark.parametrize(("setting", "direct", "focused", "front", "due"), TABLE)
def test_the_rules_are_this_table(setting: str, direct: bool, focused: bool, front: bool, due: bool) -> None:
    assert is_due(setting, is_direct=direct, is_focused=focused, is_in_front=front) is due
