"""The picture of formatted messages: words, quotes, lists, code, a table, a spoiler, and what is being written."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from scripts.cast import Cast
from scripts.demo import speak
from scripts.play import Line

if TYPE_CHECKING:
    from client_app.desktop.app import DesktopApp

CHANNEL, TOPIC = "release", "What comes next, and when"
SAID = (
    ("erin", "# Version 2.0\nIt comes on **Friday**, *if* the tests agree. Until then:\n"
             "- read the [notes](https://example.org/notes)\n- try `make demo`\n  1. on a small screen\n  2. by day"),
    ("carol", "> It comes on **Friday**\n~~Thursday~~ Friday it is, @dave! And the film: ||everybody dances||"),
    ("dave", "This keeps the count:\n```python\ndef greet(names: list[str]) -> int:\n    \"\"\"Say hello.\"\"\"\n"
             "    for name in names:  # one by one\n        print(f\"Hello, {name}!\")\n    return len(names)\n```"),
    ("erin", "| who | minutes | |\n|:--|--:|:-:|\n| carol | 12 | **first** |\n| dave | 15.5 | 🎉 |"),
)  # fmt: skip
WRITTEN = "And I bring **cake**"


def take_formatting(app: "DesktopApp", cast: Cast, show: Callable[[str], None], picture: Callable[[str], None]) -> None:
    """Have them talk, open the channel, begin an answer, take the picture, and take the answer back."""
    cast.create("erin", CHANNEL, TOPIC)
    for name, text in SAID:
        speak(cast, Line(0, name, CHANNEL, text))
        app.root.update()
    show(CHANNEL)
    app.window.scroll_to_end()
    app.window.conversation.composer.insert(WRITTEN)
    app.root.update()
    picture("formatting")
    app.window.conversation.composer.clear()
