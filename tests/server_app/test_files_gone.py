"""Files go with the last thing that refers to them, and nothing is left behind for ever, whatever happened."""

import hashlib
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from server_app.app import App
from shared.errors import Code, Refusal
from shared.requests import (
    BanPerson,
    BeginUpload,
    CancelUpload,
    CreateChannel,
    DeleteChannel,
    DeleteMessage,
    EditMessage,
    Forward,
    LogOut,
    PurgeMessages,
    SendChunk,
    SendMessage,
)
from shared.types import GENERAL, AttachmentId

from ..conftest import ConnectFactory, ServerFactory
from ..peer import Peer

WaitUntil = Callable[..., None]


def folder_of(app: App) -> Path:
    return Path(app.settings.database).with_suffix(".files")


def on_disk(app: App) -> set[str]:
    """What lies in the folder of files."""
    return {path.name for path in folder_of(app).glob("*/*")}


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def rows(app: App, table: str) -> int:
    with closing(sqlite3.connect(app.settings.database)) as connection:
        ((count,),) = connection.execute(f"SELECT count(*) FROM {table}")
    return int(count)


def is_gone(peer: Peer, seq: int, attachment_id: AttachmentId) -> bool:
    with pytest.raises(Refusal) as refused:
        peer.fetch(seq, attachment_id)
    return refused.value.code is Code.NOT_FOUND


def test_a_file_goes_with_the_last_message_that_holds_it(
    server: App, alice: Peer, bob: Peer, wait_until: WaitUntil
) -> None:
    hers, his = alice.upload(b"the same"), bob.upload(b"the same", "his.txt")
    first, second = alice.say_with(hers), bob.say_with(his, body="mine")
    forward = SendMessage(
        channel_id=GENERAL, client_id="client-id-f", body="x", forward_of=Forward(channel_id=GENERAL, seq=second)
    )
    third = alice.request(forward).seq
    wait_until(lambda: on_disk(server) == {sha256(b"the same")})
    alice.request(DeleteMessage(channel_id=GENERAL, seq=first))
    assert is_gone(bob, first, hers.id)
    alice.request(PurgeMessages(user_id=bob.user_id, hours=1))
    assert is_gone(alice, second, his.id)
    (passed_on,) = alice.newest().attachments
    assert (passed_on.name, alice.fetch(third, passed_on.id)) == ("his.txt", b"the same")
    alice.request(DeleteMessage(channel_id=GENERAL, seq=third))
    assert is_gone(alice, third, passed_on.id)
    wait_until(lambda: on_disk(server) == set())
    assert (rows(server, "files"), rows(server, "attachments")) == (0, 0)


def test_what_was_not_said_goes_with_the_last_device_that_could_say_it(
    server: App, bob: Peer, connect: ConnectFactory, wait_until: WaitUntil
) -> None:
    bob.upload(b"never said")
    unfinished = bob.begin_upload(b"never finished")
    bob.send_chunks(unfinished, b"never")
    second = connect().log_in("bob")
    second.request(LogOut())
    assert rows(server, "attachments") == 1, "another device may say it"
    bob.request(LogOut())
    wait_until(lambda: on_disk(server) == set())


def test_a_file_that_the_disk_has_lost_is_told_as_such(server: App, alice: Peer) -> None:
    file = alice.upload(b"lost soon")
    seq = alice.say_with(file)
    (folder_of(server) / file.sha256[:2] / file.sha256).unlink()
    with pytest.raises(Refusal, match="The server has lost this file"):
        alice.fetch(seq, file.id)
    again = alice.upload(b"lost soon")
    assert alice.fetch(alice.say_with(again), again.id) == b"lost soon"
    assert alice.fetch(seq, file.id) == b"lost soon", "whoever sends it again brings it back"


def test_an_edit_keeps_the_files_and_may_leave_them_alone(alice: Peer) -> None:
    seq = alice.say_with(alice.upload(b"kept"), body="with words")
    alice.request(EditMessage(channel_id=GENERAL, seq=seq, body=""))
    (file,) = alice.newest().attachments
    assert (alice.newest().body, alice.fetch(seq, file.id)) == ("", b"kept")
    plain = alice.say("words").seq
    with pytest.raises(Refusal, match="needs words or a file"):
        alice.request(EditMessage(channel_id=GENERAL, seq=plain, body=""))


def test_a_file_goes_with_its_channel_with_what_is_taken_back_and_with_whoever_is_banned(
    server: App, alice: Peer, bob: Peer, wait_until: WaitUntil
) -> None:
    channel_id = alice.request(CreateChannel(name="plans")).channel_id
    file = alice.upload(b"of the channel")
    seq = alice.say_with(file, channel_id=channel_id)
    taken_back = bob.begin_upload(b"taken back")
    bob.send_chunks(taken_back, b"taken back")
    bob.upload(b"never said")
    unfinished = bob.begin_upload(b"never finished")
    bob.send_chunks(unfinished, b"never")
    alice.request(DeleteChannel(channel_id=channel_id))
    with pytest.raises(Refusal, match="no such channel"):
        alice.fetch(seq, file.id, channel_id)
    bob.request(CancelUpload(upload_id=taken_back))
    wait_until(lambda: on_disk(server) == {sha256(b"never said"), str(unfinished)})
    alice.request(BanPerson(user_id=bob.user_id))
    wait_until(lambda: on_disk(server) == set())
    assert (rows(server, "files"), rows(server, "attachments")) == (0, 0)


def test_what_nobody_says_or_goes_on_with_for_a_day_goes(server: App, alice: Peer, wait_until: WaitUntil) -> None:
    alice.upload(b"never said")
    kept = alice.upload(b"said")
    alice.say_with(kept)
    unfinished = alice.begin_upload(b"never finished")
    alice.send_chunks(unfinished, b"never")
    with closing(sqlite3.connect(server.settings.database, timeout=10)) as connection, connection:
        connection.execute("UPDATE attachments SET created_at = created_at - 86460000")
        connection.execute("UPDATE uploads SET touched_at = touched_at - 86460000")
    wait_until(lambda: on_disk(server) == {sha256(b"said")})
    with pytest.raises(Refusal) as refused:
        alice.request(SendChunk(upload_id=unfinished, offset=5, data=b" finished"))
    assert refused.value.code is Code.NOT_FOUND
    assert alice.fetch(1, kept.id) == b"said"


def test_what_a_crash_left_in_the_folder_goes_and_what_is_needed_stays(
    server: App, alice: Peer, start_server: ServerFactory, connect: ConnectFactory, wait_until: WaitUntil
) -> None:
    file = alice.upload(b"needed")
    alice.say_with(file)
    upload_id = alice.begin_upload(b"0123456789")
    alice.send_chunks(upload_id, b"01234")
    server.stop()
    folder, stray = folder_of(server), sha256(b"stray")
    (folder / stray[:2]).mkdir(exist_ok=True)
    for name in (stray, f"{stray}.thumbnail"):
        (folder / stray[:2] / name).write_bytes(b"stray")
    (folder / file.sha256[:2] / f"{file.sha256}.0123").write_bytes(b"half written")
    (folder / "uploads" / "999").write_bytes(b"stray")
    again = start_server()
    alice = connect(again).log_in("alice")
    again._sweeper.sweep()  # as its own thread does, folder by folder
    assert on_disk(again) == {file.sha256, str(upload_id)}
    begun = alice.request(BeginUpload(name="x", size=10, sha256=sha256(b"0123456789")))
    assert (begun.upload_id, begun.received) == (upload_id, 5)
    assert alice.fetch(1, file.id) == b"needed"
