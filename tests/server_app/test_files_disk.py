"""A disk for files that fills up: refused in words, chat goes on, and the upload goes on when there is room."""

import hashlib
from pathlib import Path

import pytest

from shared.errors import Code, Refusal
from shared.limits import MAX_CHUNK, MEBIBYTE
from shared.requests import BeginUpload, FinishUpload, SendChunk

from .conftest import ChildFactory
from .sick_disk import SmallDisk

CONTENT = bytes(range(256)) * (4 * MEBIBYTE // 256)
BEGIN = BeginUpload(name="large.bin", size=len(CONTENT), sha256=hashlib.sha256(CONTENT).hexdigest())
NO_RESERVE = "import server_app.file_store as store; store.RESERVE = -(2**60)"
"""Nothing is left free: so the disk itself says that it is full."""


def test_a_full_disk_refuses_the_next_piece_and_nobody_who_chats_notices(
    tiny_disk: SmallDisk, start_child: ChildFactory, tmp_path: Path
) -> None:
    options = ("--no-limits", "--files", str(tiny_disk.folder / "files"))
    child = start_child(tmp_path / "hearth.db", before=NO_RESERVE, options=options)
    with child.connect() as alice, child.connect() as bob:
        upload_id = alice.register("alice").request(BEGIN).upload_id
        bob.register("bob")
        alice.request(SendChunk(upload_id=upload_id, offset=0, data=CONTENT[:MAX_CHUNK]))
        tiny_disk.fill()
        for _ in range(2):
            with pytest.raises(Refusal, match="disk is full") as refused:
                alice.send_chunks(upload_id, CONTENT, MAX_CHUNK)
            assert (refused.value.code, refused.value.retry_after) == (Code.UNAVAILABLE, 5.0)
        with pytest.raises(Refusal, match="disk is full"):
            bob.upload(b"x" * MEBIBYTE)
        assert alice.say("can you read this?").seq == 1
        assert bob.bodies() == ["can you read this?"]
        tiny_disk.make_room()
        begun = alice.request(BEGIN)
        assert (begun.upload_id, begun.received >= MAX_CHUNK) == (upload_id, True)
        alice.send_chunks(upload_id, CONTENT, begun.received)
        file = alice.request(FinishUpload(upload_id=upload_id)).attachment
        assert alice.fetch(alice.say_with(file), file.id) == CONTENT
    assert "Traceback" not in child.log()
    assert child.log().count("the disk is full") == 1


def test_the_last_of_a_disk_is_left_to_the_database(tiny_disk: SmallDisk, start_child: ChildFactory) -> None:
    child = start_child(tiny_disk.database)
    with child.connect() as alice:
        with pytest.raises(Refusal, match="disk is full"):
            alice.register("alice").upload(b"a file has no room, and words have")
        assert alice.say("words").seq == 1


def test_a_folder_that_cannot_be_made_keeps_the_server_from_starting(tmp_path: Path, start_child: ChildFactory) -> None:
    (tmp_path / "in-the-way").write_text("a file")
    with pytest.raises(AssertionError, match=r"The folder for files, .*in-the-way.*, cannot be made"):
        start_child(tmp_path / "hearth.db", options=("--files", str(tmp_path / "in-the-way" / "files")))
