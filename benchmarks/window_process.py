"""A process with a window, for `window`: it prints what it measured of itself as one line of JSON.

python -m benchmarks.window_process login FOLDER      the whole program up to its painted login screen
python -m benchmarks.window_process list MESSAGES     a list of so many messages, scrolled and added to
"""

import functools
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path

import msgspec

from client_app.core.timeline.timeline import Timeline
from client_app.desktop.message_list import MessageList
from client_app.desktop.toolkit import Root
from shared.entities import Message
from shared.types import GENERAL, MessageId, MessageKind, UserId

from .window import Scrolled, Shown

FRAMES = 300
STEP_PIXELS = 60
SIZE = "900x700"
PEOPLE = 50
_WORDS = ("so", "then", "we", "could", "meet", "at", "the", "harbour", "after", "work", "and", "bring", "lights", "😀")


def show_login(folder: Path) -> Shown:
    """Open the program as `client.py` does, until the X server has drawn its first screen."""
    from client_app.desktop.app import open_app

    app = open_app(folder, use_keyring=False)
    app.show()
    _painted(app.root)
    shown = Shown(painted=time.time())
    app.close()
    app.client.close()
    return shown


def scroll_list(count: int) -> Scrolled:
    """Milliseconds until the list is first painted, of frames that scroll up, and of frames with a new message each."""
    timeline = Timeline("general", UserId(1), lambda user_id: f"person{user_id}")
    timeline.reset(_messages(1, count), (), is_at_end=True)
    root = Root()
    root.geometry(SIZE)
    messages = MessageList(root, root)
    messages.pack(fill="both", expand=True)
    _painted(root)
    start = time.perf_counter()
    messages.set_entries(timeline.entries)
    _painted(root)
    shown = (time.perf_counter() - start) * 1000
    scrolled = [_frame(root, lambda: messages.scroll(-STEP_PIXELS)) for _ in range(FRAMES)]
    if messages.is_at_end:
        sys.exit("The list did not scroll; frames in which nothing happens are not worth measuring.")
    messages.scroll_to_end()
    _painted(root)
    appended = []
    for seq in range(count + 1, count + FRAMES // 3):
        splices = timeline.append(_messages(seq, 1), ())
        appended.append(_frame(root, functools.partial(messages.apply, splices)))
    root.destroy()
    return Scrolled(shown, scrolled, appended)


def _frame(root: Root, change: Callable[[], object]) -> float:
    start = time.perf_counter()
    change()
    _painted(root)
    return (time.perf_counter() - start) * 1000


def _painted(root: Root) -> None:
    """Wait until the X server has really drawn: a question to it is answered after all that was asked before."""
    root.update()
    root.winfo_pointerxy()


def _messages(first: int, count: int) -> list[Message]:
    """Messages of PEOPLE people, most of them short, the same in every run."""
    made = []
    for seq in range(first, first + count):
        dice = random.Random(seq)
        length = min(120, max(1, round(dice.lognormvariate(2.4, 0.8))))
        body = " ".join(dice.choice(_WORDS) for _ in range(length))
        author = UserId(1 + dice.randrange(PEOPLE))
        made.append(
            Message(
                id=MessageId(seq),
                channel_id=GENERAL,
                seq=seq,
                author_id=author,
                client_id=f"message-{seq}",
                kind=MessageKind.TEXT,
                body=body,
                created_at=1_700_000_000_000 + seq * 60_000,
            )
        )
    return made


if __name__ == "__main__":
    measured: Shown | Scrolled
    measured = show_login(Path(sys.argv[2])) if sys.argv[1] == "login" else scroll_list(int(sys.argv[2]))
    sys.stdout.buffer.write(msgspec.json.encode(measured))
