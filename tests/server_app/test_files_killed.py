"""A server that is killed at any moment of a file's life: what was begun goes on, and nothing is left behind."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from shared.entities import Attachment
from shared.limits import MAX_CHUNK
from shared.requests import BeginUpload, DeleteMessage, FinishUpload, SendMessage
from shared.types import GENERAL

from ..peer import HungUp, Peer
from .child import Child
from .conftest import ChildFactory

CONTENT = bytes(range(251)) * (2 * MAX_CHUNK // 251)
"""Of two pieces."""
MOMENTS = {
    "a piece is on the disk": "server_app.file_store.FileStore.append, after",
    "its checksum is about to be found out": "server_app.file_store.FileStore.checksum, before",
    "it is about to be put in place": "server_app.file_store.FileStore.keep, before",
    "it is in place": "server_app.file_store.FileStore.keep, after",
    "its row is written and not committed": "server_app.storage.uploads.finish_upload, after",
    "its row is committed and nobody was told": "server_app.app.settle, before",
    "a message that holds it is written and not committed": "server_app.storage.attachments.say, after",
    "the message is deleted and not committed": "server_app.storage.attachments.remove_of_messages, after",
    "its row is gone and the file is not": "server_app.file_store.FileStore.remove_unneeded, before",
}
SWEEPS = "import server_app.sweeper as sweeper; sweeper.TURN_SECONDS = 0.005"
"""Looks through all folders at once, and not in four minutes."""


def doomed(moment: str, flag: Path) -> str:
    """Python by which a server is killed at this moment of its life, once the flag is there."""
    path, _, when = moment.partition(", ")
    place = path.rpartition(".")[0]
    module = place if place.islower() else place.rpartition(".")[0]
    return f"""
import os, signal, {module}
known = {path}
def instead(*arguments):
    if {when == "before"} and os.path.exists({str(flag)!r}):
        os.kill(os.getpid(), signal.SIGKILL)
    result = known(*arguments)
    if {when == "after"} and os.path.exists({str(flag)!r}):
        os.kill(os.getpid(), signal.SIGKILL)
    return result
{path} = instead
{SWEEPS}
"""


class Life:
    """All that happens to a file, going on wherever it was broken off, by somebody who keeps what was acknowledged."""

    def __init__(self) -> None:
        self._file: Attachment | None = None

    def go_on(self, alice: Peer) -> None:
        if self._file is None:
            digest = hashlib.sha256(CONTENT).hexdigest()
            begun = alice.request(BeginUpload(name="life.txt", size=len(CONTENT), sha256=digest))
            alice.send_chunks(begun.upload_id, CONTENT, begun.received)
            self._file = alice.request(FinishUpload(upload_id=begun.upload_id)).attachment
        said = SendMessage(channel_id=GENERAL, client_id="client-id-1", body="", attachments=(self._file.id,))
        seq = alice.request(said).seq
        if not alice.newest().is_deleted:
            assert alice.fetch(seq, self._file.id) == CONTENT
            alice.request(DeleteMessage(channel_id=GENERAL, seq=seq))


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_file_outlives_a_server_that_is_killed_when(
    moment: str, tmp_path: Path, start_child: ChildFactory, wait_until: Callable[..., None]
) -> None:
    flag, life = tmp_path / "flag", Life()
    child: Child = start_child(before=doomed(MOMENTS[moment], flag))
    with child.connect() as alice:
        alice.register("alice")
        flag.touch()
        try:
            life.go_on(alice)
            # The last of the moments comes when nobody is waiting.
            alice.wait_until_closed()
        except HungUp:
            pass
    child.wait()
    again = start_child(before=SWEEPS)
    with again.connect() as alice:
        life.go_on(alice.log_in("alice"))
    wait_until(lambda: not list((tmp_path / "hearth.files").glob("*/*")))
    assert "Traceback" not in again.log()
