"""Requests that go their own way: chat never waits behind a file, and the pieces of a file stay in order."""

import threading
from collections.abc import Callable
from typing import Any

import pytest

from server_app.app import App
from server_app.file_store import FileStore
from server_app.session import MOST_ASIDE
from shared.requests import FinishUpload, SendChunk

from ..peer import Peer

WaitUntil = Callable[..., None]


@pytest.fixture
def slow_disk(server: App, monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """While it is not set, no piece of a file gets onto the disk."""
    released, append = threading.Event(), FileStore.append

    def wait_and_append(*arguments: Any) -> int:
        assert released.wait(30)
        return append(*arguments)

    monkeypatch.setattr(FileStore, "append", wait_and_append)
    return released


def test_a_message_behind_slow_files_is_answered_first(
    slow_disk: threading.Event, alice: Peer, wait_until: WaitUntil
) -> None:
    contents = [b"%d" % number for number in range(2 * MOST_ASIDE)]
    chunks = [SendChunk(upload_id=alice.begin_upload(each), offset=0, data=each) for each in contents]
    ids = [alice.ask(chunk) for chunk in chunks]
    for number in range(3):
        assert alice.say(f"number {number}").seq == number + 1
    for request_id in ids:
        with pytest.raises(TimeoutError):
            alice.done(request_id, deadline=0.001)
    slow_disk.set()
    assert [alice.answer(chunk, each).received for chunk, each in zip(chunks, ids, strict=True)] == [1] * len(ids)


def test_pieces_that_are_sent_without_waiting_are_taken_in_order(alice: Peer, bob: Peer) -> None:
    content = bytes(range(200))
    uploads = [peer.begin_upload(content) for peer in (alice, bob)]
    asked = [
        [
            (chunk, peer.ask(chunk))
            for chunk in (
                SendChunk(upload_id=upload_id, offset=at, data=content[at : at + 5]) for at in range(0, 200, 5)
            )
        ]
        for peer, upload_id in zip((alice, bob), uploads, strict=True)
    ]
    for peer, upload_id, sent in zip((alice, bob), uploads, asked, strict=True):
        assert [peer.answer(*each).received for each in sent] == list(range(5, 201, 5))
        file = peer.request(FinishUpload(upload_id=upload_id)).attachment
        assert peer.fetch(peer.say_with(file), file.id) == content


def test_whoever_hangs_up_in_the_middle_harms_nobody(slow_disk: threading.Event, alice: Peer, bob: Peer) -> None:
    upload_id = alice.begin_upload(b"0123456789")
    for offset in (0, 5):
        alice.ask(SendChunk(upload_id=upload_id, offset=offset, data=b"01234"))
    bob.say("is she there?")
    alice.close()
    bob.say("she is not")
    slow_disk.set()
    assert bob.upload(b"mine").size == 4
