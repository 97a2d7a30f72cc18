"""The folder of files by itself: what is on its way to being noted is never removed, and everything else may be."""

import hashlib
import os
from pathlib import Path

import pytest

from server_app import file_store
from server_app.file_store import FileStore
from shared.types import UploadId


@pytest.fixture
def store(tmp_path: Path) -> FileStore:
    made = FileStore(tmp_path / "files")
    made.open()
    return made


def put(store: FileStore, content: bytes, thumbnail: bytes = b"") -> str:
    """Have it come as upload 1, and put it in place."""
    store.drop(UploadId(1))
    store.append(UploadId(1), content)
    small = store.folder / "small"
    if thumbnail:
        small.write_bytes(thumbnail)
    sha256 = hashlib.sha256(content).hexdigest()
    store.keep(store.part(UploadId(1)), sha256, small if thumbnail else None)
    return sha256


def is_kept(store: FileStore, sha256: str) -> bool:
    """Whether it stays when the database does not know of it."""
    store.remove_unneeded(sha256[:2], set())
    return store.content(sha256).exists()


def test_a_content_is_safe_from_being_put_in_place_until_its_transaction_has_ended(store: FileStore) -> None:
    sha256 = put(store, b"content")
    assert is_kept(store, sha256)
    store.noted(sha256)
    noted = store.take_noted()
    assert is_kept(store, sha256), "the transaction may not have ended"
    assert put(store, b"content") == sha256
    store.release(noted)
    assert is_kept(store, sha256), "it has come a second time"
    store.noted(sha256)
    store.release(store.take_noted())
    assert not is_kept(store, sha256)


def test_what_was_never_noted_goes_after_a_while(store: FileStore, monkeypatch: pytest.MonkeyPatch) -> None:
    sha256 = put(store, b"content", b"small")
    assert is_kept(store, sha256)
    monkeypatch.setattr(file_store, "PLEDGE_SECONDS", 0.0)
    assert not is_kept(store, sha256)
    assert not list(store.content(sha256).parent.iterdir()), "its thumbnail went, too"


def test_what_the_database_knows_stays_with_its_thumbnail_and_without_what_a_crash_left(store: FileStore) -> None:
    sha256 = put(store, b"content", b"small")
    store.noted(sha256)
    store.release(store.take_noted())
    (store.content(sha256).parent / f"{sha256}.0123").write_bytes(b"half written")
    assert store.remove_unneeded(sha256[:2], {sha256}) == 1
    with store.opened(sha256, small=True) as small, store.opened(sha256, small=False) as large:
        assert (small.read(), large.read()) == (b"small", b"content")


def test_a_disk_that_knows_no_links_gets_the_content_all_the_same(
    store: FileStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError("not on this disk")

    monkeypatch.setattr(os, "link", refuse)
    assert store.content(put(store, b"content")).read_bytes() == b"content"


def test_the_folders_belong_to_the_server_alone(store: FileStore) -> None:
    folders = (store.folder, store.folder / "uploads", store.content(put(store, b"content")).parent)
    assert [folder.stat().st_mode & 0o077 for folder in folders] == [0, 0, 0]


def test_what_is_doubtful_is_named_once_and_a_few_at_a_time(store: FileStore) -> None:
    store.doubt(("ab" + "0" * 62, "cd" + "0" * 62, "ab" + "1" * 62))
    first, second = store.take_doubtful(1), store.take_doubtful(5)
    assert (len(first), first | second, store.take_doubtful(5)) == (1, {"ab", "cd"}, set())


def test_a_checksum_is_right_whatever_came_in_which_pieces_and_also_after_a_restart(store: FileStore) -> None:
    upload_id = UploadId(7)
    for piece in (b"one", b"two"):
        store.append(upload_id, piece)
    assert store.checksum(upload_id) == hashlib.sha256(b"onetwo").hexdigest()
    again = FileStore(store.folder)
    again.append(upload_id, b"three")
    assert again.checksum(upload_id) == hashlib.sha256(b"onetwothree").hexdigest()
    # As a full disk leaves a piece that came in part.
    with store.part(upload_id).open("ab") as part:
        part.write(b"th")
    store.append(upload_id, b"ree")
    assert store.checksum(upload_id) == hashlib.sha256(store.part(upload_id).read_bytes()).hexdigest()
    store.drop(upload_id)
    store.append(upload_id, b"anew")
    assert store.checksum(upload_id) == hashlib.sha256(b"anew").hexdigest()
