"""Files that belong to messages: brought to the server piece by piece, said, fetched, and gone with what held them."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from server_app.app import App
from shared.entities import Attachment
from shared.errors import Code, Refusal
from shared.events import MessagePosted
from shared.limits import MAX_CHUNK
from shared.requests import (
    BeginUpload,
    CancelUpload,
    FetchHistory,
    FinishUpload,
    SendChunk,
    SendMessage,
)
from shared.types import GENERAL, FileVariant, UploadId

from ..conftest import ConnectFactory, ServerFactory
from ..peer import Peer
from .held_up import held_up

CONTENT = bytes(range(256)) * (2 * MAX_CHUNK // 256) + b"the end"
"""Of three pieces."""


def refusal(ask: Callable[[], object]) -> Refusal:
    with pytest.raises(Refusal) as refused:
        ask()
    return refused.value


def begin(content: bytes, name: str = "notes.txt", size: int | None = None) -> BeginUpload:
    return BeginUpload(name=name, size=len(content) if size is None else size, sha256=sha256(content))


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def chunk(upload_id: UploadId, offset: int, data: bytes) -> SendChunk:
    return SendChunk(upload_id=upload_id, offset=offset, data=data)


def on_disk(app: App) -> set[str]:
    """The contents that lie in the folder of files."""
    folder = Path(app.settings.database).with_suffix(".files")
    return {path.name for path in folder.glob("??/*")}


def test_a_file_arrives_as_it_was_sent_with_all_that_is_needed_to_show_it(alice: Peer, bob: Peer) -> None:
    file = alice.upload(CONTENT, "../plans/Grundriß 1.PDF")
    assert file == Attachment(file.id, "Grundriß 1.PDF", len(CONTENT), sha256(CONTENT), "application/pdf")
    seq = alice.say_with(file, body="look at this")
    told = bob.next_event(MessagePosted).message
    assert (told.body, told.attachments) == ("look at this", (file,))
    assert bob.request(FetchHistory(channel_id=GENERAL)).messages == (told,)
    for variant in FileVariant:
        assert bob.fetch(seq, file.id, variant=variant) == CONTENT


def test_whatever_a_file_is_called_it_gets_a_harmless_name(server: App, alice: Peer) -> None:
    names = ["x" * 4000 + ".txt", "../../etc/passwd", "CON", "a\u202egnp.exe", "..", "photo.png\x00.exe"]
    files = [alice.upload(b"%d" % number, name) for number, name in enumerate(names)]
    kept = ["x" * 251 + ".txt", "passwd", "_CON", "agnp.exe", "file", "photo.png.exe"]
    assert [file.name for file in files] == kept
    seq = alice.say_with(*files)
    assert [alice.fetch(seq, file.id) for file in files] == [b"%d" % number for number in range(len(names))]
    folder = Path(server.settings.database).with_suffix(".files")
    assert {path.name for path in folder.glob("??/*")} == {file.sha256 for file in files}, "no name is a path"


def test_several_files_are_shown_in_the_order_in_which_they_are_named_and_need_no_words(alice: Peer, bob: Peer) -> None:
    files = [alice.upload(b"%d" % number, f"{number}.txt") for number in range(10)]
    seq = alice.say_with(*files[::-1])
    told = bob.next_event(MessagePosted).message
    assert (told.body, told.attachments) == ("", tuple(files[::-1]))
    assert [bob.fetch(seq, file.id) for file in files] == [b"%d" % number for number in range(10)]
    assert refusal(lambda: alice.say("")).code is Code.BAD_REQUEST


def test_pieces_may_come_twice_but_not_out_of_order_or_beyond_the_end(alice: Peer) -> None:
    upload_id = alice.begin_upload(b"0123456789")
    assert alice.request(chunk(upload_id, 0, b"01234")).received == 5
    assert alice.request(chunk(upload_id, 0, b"01234")).received == 5
    assert alice.request(chunk(upload_id, 3, b"3456")).received == 7, "what is new of it is taken"
    early = refusal(lambda: alice.request(chunk(upload_id, 8, b"89")))
    assert (early.code, "Go on at byte 7." in early.message) == (Code.CONFLICT, True)
    incomplete = refusal(lambda: alice.request(FinishUpload(upload_id=upload_id)))
    assert (incomplete.code, "Go on at byte 7." in incomplete.message) == (Code.CONFLICT, True)
    assert refusal(lambda: alice.request(chunk(upload_id, 7, b"7890"))).code is Code.BAD_REQUEST
    assert refusal(lambda: alice.request(chunk(upload_id, 7, bytes(MAX_CHUNK + 1)))).code is Code.BAD_REQUEST
    assert alice.request(chunk(upload_id, 7, b"789")).received == 10
    file = alice.request(FinishUpload(upload_id=upload_id)).attachment
    assert alice.request(FinishUpload(upload_id=upload_id)).attachment == file, "whoever lost the answer asks again"
    assert alice.fetch(alice.say_with(file), file.id) == b"0123456789"
    assert refusal(lambda: alice.request(FinishUpload(upload_id=upload_id))).code is Code.NOT_FOUND


def test_what_comes_with_another_checksum_is_refused_and_can_be_sent_again(alice: Peer) -> None:
    upload_id = alice.begin_upload(b"what I meant")
    alice.request(chunk(upload_id, 0, b"what I said "))
    wrong = refusal(lambda: alice.request(FinishUpload(upload_id=upload_id)))
    assert (wrong.code, "checksum" in wrong.message) == (Code.BAD_REQUEST, True)
    assert alice.request(begin(b"what I meant")).received == 0
    assert alice.upload(b"what I meant").sha256 == sha256(b"what I meant")


def test_nobody_touches_the_upload_of_another_or_one_that_was_taken_back(alice: Peer, bob: Peer) -> None:
    upload_id = alice.begin_upload(b"hello")
    assert refusal(lambda: bob.request(chunk(upload_id, 0, b"hello"))).code is Code.NOT_FOUND
    assert refusal(lambda: bob.request(FinishUpload(upload_id=upload_id))).code is Code.NOT_FOUND
    bob.request(CancelUpload(upload_id=upload_id))
    alice.request(chunk(upload_id, 0, b"hello"))
    file = alice.request(FinishUpload(upload_id=upload_id)).attachment
    assert refusal(lambda: bob.say_with(file)).code is Code.NOT_FOUND
    alice.request(CancelUpload(upload_id=upload_id))
    assert refusal(lambda: alice.say_with(file)).code is Code.NOT_FOUND
    assert refusal(lambda: alice.request(chunk(upload_id, 0, b"hello"))).code is Code.NOT_FOUND


def test_a_message_holds_ten_files_at_most_each_once_and_no_file_belongs_to_two(alice: Peer) -> None:
    file = alice.upload(b"only once")
    assert refusal(lambda: alice.say_with(file, file)).code is Code.BAD_REQUEST
    assert refusal(lambda: alice.say_with(*(alice.upload(b"%d" % each) for each in range(11)))).code is Code.BAD_REQUEST
    alice.say_with(file)
    assert refusal(lambda: alice.say_with(file)).code is Code.NOT_FOUND
    assert refusal(lambda: alice.say_with(file, body="again")).code is Code.NOT_FOUND
    assert alice.upload(b"only once").id != file.id, "the same content can be sent once more"


def test_of_two_messages_that_are_written_together_the_first_gets_the_file(server: App, alice: Peer) -> None:
    file = alice.upload(b"only once")
    asked = [
        SendMessage(channel_id=GENERAL, client_id=f"client-id-{number}", body="", attachments=(file.id,))
        for number in range(2)
    ]
    with held_up(server) as wait_for_jobs:
        first, second = (alice.ask(each) for each in asked)
        wait_for_jobs(2)
    assert alice.answer(asked[0], first).seq == 1
    assert refusal(lambda: alice.answer(asked[1], second)).code is Code.NOT_FOUND
    assert alice.request(asked[0]).seq == 1, "and gets it once, however often it is sent"


def test_an_upload_goes_on_where_it_was_broken_off_also_after_a_restart(
    server: App, alice: Peer, start_server: ServerFactory, connect: ConnectFactory
) -> None:
    upload_id = alice.begin_upload(CONTENT)
    alice.request(chunk(upload_id, 0, CONTENT[:MAX_CHUNK]))
    token = alice.token
    alice.close()
    alice = connect().resume(token)
    begun = alice.request(begin(CONTENT))
    assert (begun.upload_id, begun.received) == (upload_id, MAX_CHUNK)
    alice.request(chunk(upload_id, MAX_CHUNK, CONTENT[MAX_CHUNK : MAX_CHUNK + 5]))
    server.stop()
    alice = connect(start_server()).resume(token)
    begun = alice.request(begin(CONTENT))
    assert (begun.upload_id, begun.received) == (upload_id, MAX_CHUNK + 5)
    alice.send_chunks(upload_id, CONTENT, begun.received)
    file = alice.request(FinishUpload(upload_id=upload_id)).attachment
    assert alice.fetch(alice.say_with(file), file.id) == CONTENT


def test_the_same_content_from_two_people_and_two_devices_lies_on_the_disk_once_and_tells_nobody(
    server: App, alice: Peer, bob: Peer, connect: ConnectFactory
) -> None:
    alices = alice.upload(b"the same", "mine.txt")
    assert bob.request(begin(b"the same", "his.txt")).received == 0, "nobody learns that it is here"
    bobs = bob.upload(b"the same", "his.txt")
    assert on_disk(server) == {sha256(b"the same")}
    assert (alices.id, alices.name) != (bobs.id, bobs.name)
    second = connect().resume(bob.token)
    upload_id = bob.begin_upload(b"from two devices")
    assert second.begin_upload(b"from two devices") == upload_id
    for device, offset in ((bob, 0), (second, 0), (second, 4), (bob, 4)):
        device.request(chunk(upload_id, offset, b"from two devices"[offset : offset + 4]))
    assert second.request(chunk(upload_id, 8, b" devices")).received == 16
    assert second.request(FinishUpload(upload_id=upload_id)) == bob.request(FinishUpload(upload_id=upload_id))
