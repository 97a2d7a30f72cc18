"""A process with a list of messages and pictures, for `gallery`: it prints what it measured of itself as JSON.

python -m benchmarks.gallery_process FOLDER MESSAGES PICTURES
"""

import hashlib
import io
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path

import msgspec
from PIL import Image

import client_app.desktop.app  # noqa: F401  # the whole window is in memory, and not only its list
from client_app.core.timeline.timeline import Entry, Timeline
from client_app.desktop.message_list import MessageEvents, MessageList
from client_app.desktop.pictures import Gallery, PictureSupply, Source
from client_app.desktop.toolkit import Root
from shared.entities import Attachment, Message
from shared.types import GENERAL, AttachmentId, MessageId, MessageKind, UserId

from .walked import Walked

FRAMES, STEP_PIXELS, SIZE = 200, 60, "900x700"
DENSE = 4
"""Among the latest messages one in so many has a picture; among the others they are spread evenly."""
_PATIENCE = 0.25
"""Seconds for which the walk waits for the pictures of a screen."""
_WORDS = ("so", "then", "we", "could", "meet", "at", "the", "harbour", "after", "work", "and", "bring", "lights", "😀")


def walk(folder: Path, count: int, pictures: int) -> Walked:
    """Scroll by notches past the latest pictures, then by screens up to the first message."""
    paths = {number: _thumbnail(folder, number) for number in range(pictures)}
    timeline = Timeline("general", UserId(1), lambda user_id: f"person{user_id}")
    timeline.reset(_messages(count, paths), (), is_at_end=True)
    root = Root()
    root.geometry(SIZE)
    gallery = Gallery(root)
    source = _source(paths)
    messages = MessageList(root, root, MessageEvents(pictures=PictureSupply(gallery, source)))
    messages.pack(fill="both", expand=True)
    messages.set_entries(timeline.entries)
    _painted(root)
    shown: set[int] = set()
    frames = []
    for _ in range(FRAMES):
        start = time.perf_counter()
        messages.scroll(-STEP_PIXELS)
        _painted(root)
        frames.append((time.perf_counter() - start) * 1000)
        _look(messages, shown)
        time.sleep(max(0.016 - (time.perf_counter() - start), 0.001))  # The hand is no faster than the screen.
    while messages.viewport.index > 0 or messages.viewport.y < 0:
        messages.scroll_page(-1)
        until = time.monotonic() + _PATIENCE
        while not _look(messages, shown) and time.monotonic() < until:
            root.update()
            time.sleep(0.001)
    return Walked(frames, len(shown), _megabytes())


def _look(messages: MessageList, shown: set[int]) -> bool:
    """Note which pictures are on the screen; whether all of those in view are."""
    slots = [slot for painted in messages.painted.values() for slot in messages.painter.pictures.slots(painted)]
    shown |= {int(slot.placed.attachment.id) for slot in slots if slot.is_done}
    return all(slot.is_done for slot in slots)


def _painted(root: Root) -> None:
    """Wait until the X server has really drawn: a question to it is answered after all that was asked before."""
    root.update()
    root.winfo_pointerxy()


def _source(paths: dict[int, Path]) -> Callable[[Entry, Attachment, bool], Source]:
    """All files are at hand."""
    return lambda _entry, attachment, _is_original: Source(attachment.sha256, lambda: paths[attachment.id - 1])


def _thumbnail(folder: Path, number: int) -> Path:
    """What a server makes of a photograph: WebP, 800 x 600."""
    path = folder / f"{number}.webp"
    if not path.exists():
        dice = random.Random(number)
        small = Image.frombytes("RGB", (20, 15), dice.randbytes(900))
        small.resize((800, 600), Image.Resampling.BICUBIC).save(path, "WEBP", quality=75, method=0)
    return path


def _messages(count: int, paths: dict[int, Path]) -> list[Message]:
    """Messages of a few people; half of the pictures among the latest ones, the others spread over all before."""
    latest = len(paths) // 2
    with_picture = {count - DENSE * number: number for number in range(latest)}
    rest = len(paths) - latest
    apart = (count - DENSE * latest - 1) // max(rest, 1)
    with_picture |= {1 + apart * number: latest + number for number in range(rest)}
    made = []
    for seq in range(1, count + 1):
        dice = random.Random(seq)
        words = " ".join(dice.choice(_WORDS) for _ in range(min(120, max(1, round(dice.lognormvariate(2.4, 0.8))))))
        number = with_picture.get(seq)
        made.append(
            Message(
                id=MessageId(seq),
                channel_id=GENERAL,
                seq=seq,
                author_id=UserId(1 + dice.randrange(50)),
                client_id=f"message-{seq}",
                kind=MessageKind.TEXT,
                body=words,
                created_at=1_700_000_000_000 + seq * 60_000,
                attachments=() if number is None else (_attachment(number, paths[number]),),
            )
        )
    return made


def _attachment(number: int, path: Path) -> Attachment:
    preview = io.BytesIO()
    with Image.open(path) as image:
        image.resize((16, 12)).save(preview, "WEBP", quality=50)
    digest = hashlib.sha256(str(number).encode()).hexdigest()
    return Attachment(
        id=AttachmentId(number + 1),
        name=f"{number}.jpg",
        size=path.stat().st_size,
        sha256=digest,
        media_type="image/jpeg",
        width=4000,
        height=3000,
        preview=preview.getvalue(),
    )


def _megabytes() -> float:
    """What this process has in memory."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096 / 1e6


if __name__ == "__main__":
    measured = walk(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
    sys.stdout.buffer.write(msgspec.json.encode(measured))
