"""Files of which two things happen at once: each asker gets an answer, and no content is written to once it is kept."""

import hashlib
import io
import threading
from pathlib import Path

import pytest
from PIL import Image

from server_app import file_store
from server_app.app import App
from server_app.file_store import FileStore
from server_app.pictures import Looked, Looker
from shared.errors import Code, Refusal
from shared.requests import FinishUpload, SendChunk, SendMessage
from shared.types import GENERAL

from ..peer import Peer


def telling_picture() -> bytes:
    """A photograph that says with what it was taken, so that it is not kept as it came."""
    file, exif = io.BytesIO(), Image.Exif()
    exif[0x010F] = "secret camera"
    Image.new("RGB", (900, 700), "green").save(file, "JPEG", exif=exif)
    return file.getvalue()


def test_an_upload_that_is_finished_twice_at_once_becomes_one_file(
    server: App, alice: Peer, monkeypatch: pytest.MonkeyPatch
) -> None:
    both_looked, looks = threading.Event(), list[Path]()
    look_at, keep = Looker.look_at, FileStore.keep

    def looked_at(looker: Looker, path: Path) -> Looked | None:
        found = look_at(looker, path)
        looks.append(path)
        if len(looks) == 2:
            both_looked.set()
        return found

    def kept(store: FileStore, source: Path, sha256: str, thumbnail: Path | None = None) -> None:
        assert both_looked.wait(10)
        keep(store, source, sha256, thumbnail)

    monkeypatch.setattr(Looker, "look_at", looked_at)
    monkeypatch.setattr(FileStore, "keep", kept)
    content = telling_picture()
    upload_id = alice.begin_upload(content, "photo.jpg")
    alice.send_chunks(upload_id, content)
    finish = FinishUpload(upload_id=upload_id)
    first, second = alice.ask(finish), alice.ask(finish)
    file = alice.answer(finish, first).attachment
    assert alice.answer(finish, second).attachment == file
    there = alice.fetch(alice.say_with(file), file.id)
    assert (hashlib.sha256(there).hexdigest(), b"secret camera" in there) == (file.sha256, False)
    folder = Path(server.settings.database).with_suffix(".files")
    contents = {path.name for path in folder.glob("??/*")}
    assert contents == {file.sha256, f"{file.sha256}.thumbnail"}
    server._sweeper.sweep()  # as it does by itself in a moment
    assert not server._house.files._pledged, "nothing is kept for want of a row"


def test_what_others_brought_meanwhile_takes_no_room_that_is_left_to_the_database(
    server: App, alice: Peer, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload_id = alice.begin_upload(b"announced while there was room")
    monkeypatch.setattr(file_store, "RESERVE", 2**60)
    with pytest.raises(Refusal, match="disk is full") as refused:
        alice.request(SendChunk(upload_id=upload_id, offset=0, data=b"announced"))
    assert (refused.value.code, refused.value.retry_after) == (Code.UNAVAILABLE, 5.0)
    assert server._house.files.received(upload_id) == 0
    monkeypatch.undo()
    assert alice.upload(b"announced while there was room").size == 30


def test_whoever_asks_again_with_the_same_files_brought_anew_gets_the_first_answer(alice: Peer) -> None:
    first, again = alice.upload(b"a picture"), alice.upload(b"a picture")
    said = SendMessage(channel_id=GENERAL, client_id="client-id-1", body="look", attachments=(first.id,))
    seq = alice.request(said).seq
    retry = SendMessage(channel_id=GENERAL, client_id="client-id-1", body="look", attachments=(again.id,))
    assert alice.request(retry).seq == seq
    assert alice.newest().attachments == (first,), "the message is as it was said"
    other = SendMessage(channel_id=GENERAL, client_id="client-id-2", body="more", attachments=(again.id,))
    assert alice.request(other).seq == seq + 1, "and what was brought again belongs to no message yet"
