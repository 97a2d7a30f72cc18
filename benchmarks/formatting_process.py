"""A process with a window, for `formatting`: it prints what it measured of itself as one line of JSON."""

import random
import statistics
import sys
import time

import msgspec

from client_app.core.markdown import read
from client_app.core.timeline.timeline import Timeline
from client_app.desktop.highlights import Highlights
from client_app.desktop.message_list import MessageList
from client_app.desktop.toolkit import Root
from shared.entities import Message
from shared.types import GENERAL, MessageId, MessageKind, UserId

from .formatting import Formatted
from .hostile_texts import HOSTILE
from .vocabulary import Vocabulary

MESSAGES = 2_000
FRAMES = 300
STEP_PIXELS = 60
_CODE = "```python\nfor number in range(10):\n    print(number, 'and more')  # so\n```"
_SHAPES = (
    "**{0}** {1} `code` and *{2}*", "> {0}\n> {1}\n{2}", "- {0}\n- {1}\n  - {2}", "{0}\n" + _CODE + "\n{1}",
    "{0} ||{1}|| [here](https://example.org/{2}) https://example.org", "# {0}\n1. {1}\n2. ~~{2}~~",
    "| {0} | b |\n|---|--:|\n| {1} | {2} |",
)  # fmt: skip


def main() -> None:
    """Measure, and print it."""
    words = Vocabulary(7)
    root = Root()
    root.geometry("900x700")
    messages = MessageList(root, root)
    messages.pack(fill="both", expand=True)
    root.update()
    _layouts(messages, [words.message() for _ in range(MESSAGES)])  # Tk measures each word once
    plain = _layouts(messages, [words.message() for _ in range(MESSAGES)])
    formatted = _layouts(messages, [_formatted(words, number) for number in range(MESSAGES)])
    frames = _frames(root, messages, [_formatted(words, number) for number in range(MESSAGES)])
    root.destroy()
    found = Formatted(plain, formatted, max(map(_reading, HOSTILE.values())), frames)
    sys.stdout.buffer.write(msgspec.json.encode(found))


def _formatted(words: Vocabulary, number: int) -> str:
    parts = (words.message().replace("|", " ").replace("\n", " ")[:200] for _ in range(3))
    return random.Random(number).choice(_SHAPES).format(*parts)


def _timeline(texts: list[str]) -> Timeline:
    timeline = Timeline("general", UserId(1), lambda user_id: f"person{user_id}")
    made = [
        Message(
            id=MessageId(seq),
            channel_id=GENERAL,
            seq=seq,
            author_id=UserId(1 + seq % 50),
            client_id=f"message-{seq}",
            kind=MessageKind.TEXT,
            body=text,
            created_at=1_700_000_000_000 + seq * 60_000,
        )
        for seq, text in enumerate(texts, 1)
    ]
    timeline.reset(made, (), is_at_end=True)
    return timeline


def _layouts(messages: MessageList, texts: list[str]) -> float:
    """Microseconds of laying out one message, the median."""
    took = []
    for entry in _timeline(texts).entries:
        start = time.perf_counter()
        messages.rows.row(entry, 860)
        took.append((time.perf_counter() - start) * 1e6)
    return statistics.median(took)


def _frames(root: Root, messages: MessageList, texts: list[str]) -> list[float]:
    messages.set_entries(_timeline(texts).entries)
    while not root.only(Highlights).is_complete:
        root.update()
    took = []
    for _ in range(FRAMES):
        start = time.perf_counter()
        messages.scroll(-STEP_PIXELS)
        root.update()
        root.winfo_pointerxy()
        took.append((time.perf_counter() - start) * 1000)
    if messages.is_at_end:
        sys.exit("The list did not scroll; frames in which nothing happens are not worth measuring.")
    return took


def _reading(text: str) -> float:
    """Milliseconds, the least of some tries."""
    took = []
    for _ in range(7):
        start = time.perf_counter()
        read(text, ["@a"])
        took.append((time.perf_counter() - start) * 1000)
    return min(took)


if __name__ == "__main__":
    main()
