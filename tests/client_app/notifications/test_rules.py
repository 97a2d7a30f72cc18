"""When a message is worth a notification: the whole table."""

import pytest

from client_app.desktop.notifications import Wishes, is_due
from shared.types import Level

WHERE = ((True, True), (True, False), (False, True), (False, False))
"""Whether the window has the keyboard, and whether it shows the message's conversation."""
NEVER, ELSEWHERE, UNLESS_READ = (0, 0, 0, 0), (0, 0, 1, 1), (0, 1, 1, 1)
TABLE = [
    # setting, level, muted -> a message of a channel, of a direct conversation, a mention in a channel
    ("all", Level.DEFAULT, False, ELSEWHERE, UNLESS_READ, UNLESS_READ),
    ("direct", Level.DEFAULT, False, NEVER, UNLESS_READ, UNLESS_READ),
    ("none", Level.DEFAULT, False, NEVER, NEVER, NEVER),
    ("all", Level.DEFAULT, True, NEVER, NEVER, UNLESS_READ),
    ("direct", Level.DEFAULT, True, NEVER, NEVER, UNLESS_READ),
    ("none", Level.DEFAULT, True, NEVER, NEVER, NEVER),
    ("none", Level.ALL, False, ELSEWHERE, UNLESS_READ, UNLESS_READ),
    ("none", Level.ALL, True, NEVER, NEVER, UNLESS_READ),
    ("all", Level.MENTIONS, False, NEVER, NEVER, UNLESS_READ),
    ("none", Level.MENTIONS, False, NEVER, NEVER, UNLESS_READ),
    ("all", Level.MENTIONS, True, NEVER, NEVER, UNLESS_READ),
    ("all", Level.NONE, False, NEVER, NEVER, NEVER),
    ("all", Level.NONE, True, NEVER, NEVER, NEVER),
]


@pytest.mark.parametrize(("setting", "level", "is_muted", "in_channel", "direct", "mention"), TABLE)
def test_the_rules_are_this_table(
    setting: str,
    level: Level,
    is_muted: bool,
    in_channel: tuple[int, ...],
    direct: tuple[int, ...],
    mention: tuple[int, ...],
) -> None:
    wishes = Wishes(setting, level, is_muted)
    for number, (is_focused, is_in_front) in enumerate(WHERE):
        place = {"is_focused": is_focused, "is_in_front": is_in_front}
        assert is_due(wishes, is_direct=False, **place) is bool(in_channel[number])
        assert is_due(wishes, is_direct=True, **place) is bool(direct[number])
        assert is_due(wishes, is_direct=False, is_mention=True, **place) is bool(mention[number])
        announced = is_due(wishes, is_direct=False, is_announcement=True, **place)
        assert announced is bool(UNLESS_READ[number]), "that concerns everybody"
