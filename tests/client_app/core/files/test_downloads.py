"""Files on their way here: whole and as they were sent, or not at all, and with a sentence why."""

import hashlib
import os
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from client_app.core.files import FilePlace, Files, key_of
from client_app.core.files.cache import OPENED, FileCache
from client_app.core.signals import FileArrived, FileFailed, Phase, StatusChanged
from server_app.app import App
from shared.entities import Attachment
from shared.errors import NotFound, RateLimited, Unavailable
from shared.requests import FilePart
from shared.types import GENERAL, AttachmentId, FileVariant
from tests.client_app.core.conftest import DeviceFactory
from tests.client_app.core.headless import address_of
from tests.client_app.core.network import Relay, at
from tests.client_app.core.world import Recorder

DEADLINE = 10.0
WORDS = b"what was sent " * 1000


def file_of(content: bytes = WORDS, name: str = "report.pdf", number: int = 1, seq: int = 1) -> FilePlace:
    sha256 = hashlib.sha256(content).hexdigest()
    attachment = Attachment(
        id=AttachmentId(number), name=name, size=len(content), sha256=sha256, media_type="application/pdf"
    )
    return FilePlace(GENERAL, seq, attachment)


class Reader:
    """Somebody who wants files of a server that says what the test says."""

    def __init__(self, folder: Path) -> None:
        self.wire = Recorder()
        self.signals: list[Any] = []
        self.woken = threading.Event()
        self.folder = folder
        self.files = Files(folder, self.woken.set, self.wire, self.signals.append)
        self.files.begin("alice", is_kept=True)
        self.turn(Phase.ONLINE)

    def turn(self, phase: Phase) -> None:
        self.files.follow(StatusChanged(phase))

    def until(self, condition: Callable[[], object]) -> None:
        """Take in what the worker found out, until this is true."""
        limit = time.monotonic() + DEADLINE
        while not condition():
            assert time.monotonic() < limit, "not in time"
            self.woken.wait(0.02)
            self.woken.clear()
            self.files.drain(0.1)

    def says(self, part: Any) -> None:
        """The server answers the oldest request."""
        self.until(lambda: self.wire.asked)
        self.wire.answer(part)

    def told(self, kind: type) -> Any:
        self.until(lambda: any(isinstance(each, kind) for each in self.signals))
        return next(each for each in self.signals if isinstance(each, kind))

    def left_over(self) -> list[Path]:
        """What lies in the cache and is not complete."""
        return list(self.folder.glob("*/new/*"))


@pytest.fixture
def alice(tmp_path: Path) -> Iterator[Reader]:
    reader = Reader(tmp_path / "cache")
    yield reader
    reader.files.close()


def test_a_file_comes_in_pieces_is_checked_and_need_not_come_again(alice: Reader) -> None:
    place = file_of()
    assert alice.files.want(place) is None
    assert alice.files.want(place) is None, "asked once, however often it is wanted"
    alice.says(FilePart(data=WORDS[:9000], size=len(WORDS)))
    assert alice.files.progress(key_of(place.attachment)).done == 9000  # type: ignore[union-attr]
    alice.until(lambda: alice.wire.asked)
    assert alice.wire.requests[0].offset == 9000
    alice.says(FilePart(data=WORDS[9000:], size=len(WORDS)))
    arrived = alice.told(FileArrived)
    assert arrived.key == place.attachment.sha256
    assert arrived.path.read_bytes() == WORDS
    assert alice.files.want(place) == arrived.path
    assert alice.files.want(file_of(number=7, seq=9)) == arrived.path, "the same content, said elsewhere"
    assert alice.wire.asked == []
    assert alice.left_over() == []


@pytest.mark.parametrize(
    "parts",
    [
        [FilePart(data=WORDS[:-1] + b"!", size=len(WORDS))],
        [FilePart(data=WORDS, size=len(WORDS) + 1)],
        [FilePart(data=WORDS + b"more", size=len(WORDS))],
        [FilePart(data=WORDS[:10], size=len(WORDS)), FilePart(data=b"", size=len(WORDS))],
    ],
    ids=["another content", "another size", "more than that", "nothing more"],
)
def test_a_server_that_lies_is_not_believed(alice: Reader, parts: list[FilePart]) -> None:
    place = file_of()
    alice.files.want(place)
    for part in parts:
        alice.says(part)
    failed = alice.told(FileFailed)
    assert "“report.pdf”" in failed.reason
    assert alice.files.failure(failed.key) == failed.reason
    assert alice.files.want(place) is None
    assert alice.wire.asked == [], "not asked again by itself"
    alice.until(lambda: alice.left_over() == [])
    alice.files.try_again(failed.key)
    alice.files.want(place)
    alice.says(FilePart(data=WORDS, size=len(WORDS)))
    assert alice.told(FileArrived).path.read_bytes() == WORDS


def test_what_the_server_refuses_says_so_and_what_it_cannot_do_now_is_asked_again(alice: Reader) -> None:
    alice.files.want(file_of())
    alice.says(RateLimited("slowly", retry_after=3.0))
    seconds, again = alice.wire.due.pop()
    assert seconds == 3.0
    again()
    alice.says(NotFound("It was deleted."))
    assert alice.told(FileFailed).reason == "It was deleted."


def test_what_has_come_stays_over_a_drop(alice: Reader) -> None:
    place = file_of()
    alice.files.want(place)
    alice.says(FilePart(data=WORDS[:5000], size=len(WORDS)))
    alice.says(Unavailable("The connection broke."))
    alice.turn(Phase.RECONNECTING)
    alice.turn(Phase.ONLINE)
    alice.until(lambda: alice.wire.asked)
    assert alice.wire.requests[-1].offset == 5000
    alice.says(FilePart(data=WORDS[5000:], size=len(WORDS)))
    assert alice.told(FileArrived).path.read_bytes() == WORDS


def test_the_latest_wish_comes_first_and_who_wants_nothing_more_leaves_nothing_behind(alice: Reader) -> None:
    places = [file_of(f"file {number}".encode(), number=number) for number in range(6)]
    for place in places:
        alice.files.want(place)
    alice.until(lambda: len(alice.wire.asked) == 3)
    alice.files.cancel(key_of(places[0].attachment))
    alice.until(lambda: len(alice.wire.asked) == 4)
    assert alice.wire.requests[-1].attachment_id == 5, "the latest of those that wait"
    alice.says(FilePart(data=b"file 0", size=6))
    for place in places[1:]:
        alice.files.cancel(key_of(place.attachment))
    alice.until(lambda: alice.left_over() == [])
    assert alice.signals == []


def test_a_disk_that_takes_nothing_is_told_and_hurts_nobody(alice: Reader, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("in the way")
    alice.files.want(file_of())
    assert alice.told(FileFailed).reason == "“report.pdf” could not be kept on this computer: Not a directory."


def test_the_cache_is_bounded_and_forgets_what_was_not_used_for_longest(tmp_path: Path) -> None:
    cache = FileCache(tmp_path, most_bytes=1000)

    def put(key: str) -> None:
        new = cache.begin()
        new.write_bytes(b"x" * 300)
        cache.settle(new, key)

    for key in ("one", "two", "three"):
        put(key)
    for key, moment in {"one": 30, "two": 10, "three": 20}.items():
        path = cache.find(key)
        assert path is not None
        os.utime(path, (moment, moment))
    put("four")
    assert [key for key in ("one", "two", "three", "four") if cache.find(key)] == ["one", "three", "four"]
    cache.clear()
    assert cache.find("four") is None


def test_what_is_not_to_be_kept_goes_with_the_session(tmp_path: Path) -> None:
    reader = Reader(tmp_path)
    reader.files.begin("bob", is_kept=False)
    reader.turn(Phase.ONLINE)
    reader.files.want(file_of(b"secret"))
    reader.says(FilePart(data=b"secret", size=6))
    path = reader.told(FileArrived).path
    opened = reader.files.folder_to_open(key_of(file_of(b"secret").attachment))
    assert OPENED in opened.parts
    reader.files.end()
    reader.until(lambda: not path.exists())
    reader.files.close()


def test_a_real_file_comes_whole_over_a_line_that_breaks(generous: App, device: DeviceFactory, tmp_path: Path) -> None:
    content = b"0123456789abcdef" * 200_000
    (tmp_path / "film.mkv").write_bytes(content)
    bob = device("bob", address_of(generous)).register("bob").open()
    bob.client.attach(GENERAL, [tmp_path / "film.mkv"])
    bob.client.send(GENERAL, "")
    with Relay(generous.address) as relay:
        alice = device("alice", at(relay, address_of(generous))).register("alice").open()
        alice.until(lambda: any(each.attachments for each in alice.timeline().entries))
        entry = alice.timeline().entries[-1]
        assert alice.timeline().quote(entry.seq).text == "📎 film.mkv"
        place = FilePlace(entry.channel_id, entry.seq, entry.attachments[0])
        assert alice.client.files.want(place) is None
        alice.until(lambda: (come := alice.client.files.progress(key_of(place.attachment))) and come.done > 500_000)
        relay.cut()
        arrived = alice.next(FileArrived)
        assert arrived.path.read_bytes() == content
        assert alice.client.files.want(place, FileVariant.ORIGINAL) == arrived.path
