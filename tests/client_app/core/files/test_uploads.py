"""Files on their way to the server: whole or not at all, whatever breaks, and never in the way of words."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from client_app.core.signals import FileProgress, Phase
from client_app.core.timeline.timeline import Entry, SendState
from server_app.app import App
from shared.limits import MAX_ATTACHMENTS
from shared.types import GENERAL
from tests.client_app.core.conftest import DeviceFactory
from tests.client_app.core.headless import Headless, address_of
from tests.client_app.core.network import Relay, at
from tests.conftest import ServerFactory

MEGABYTE = 1024 * 1024


@pytest.fixture
def paper(tmp_path: Path) -> Callable[..., Path]:
    """A function that writes a file."""

    def write(name: str = "report.pdf", size: int = 3 * MEGABYTE) -> Path:
        path = tmp_path / name
        path.write_bytes(os.urandom(size))
        return path

    return write


def entry_of(person: Headless, text: str) -> Entry:
    found: list[Entry] = [each for each in person.timeline().entries if each.text == text and each.author]
    assert found, text
    return found[-1]


def is_sent(person: Headless, text: str) -> bool:
    return any(each.text == text and each.state is SendState.SENT and each.author for each in person.timeline().entries)


def test_files_go_out_with_one_text_and_words_do_not_wait_for_them(
    generous: App, device: DeviceFactory, paper: Callable[..., Path]
) -> None:
    alice = device("alice", address_of(generous)).register("alice").open()
    bob = device("bob", address_of(generous)).register("bob").open()
    paths = [paper("report.pdf"), paper("notes.txt", 20)]
    alice.client.attach(GENERAL, paths)
    assert [each.name for each in alice.client.attached(GENERAL)] == ["report.pdf", "notes.txt"]
    alice.client.send(GENERAL, "two files")
    assert alice.client.attached(GENERAL) == ()
    assert [each.name for each in entry_of(alice, "two files").uploads] == ["report.pdf", "notes.txt"]
    alice.client.send(GENERAL, "and a word")
    alice.until(lambda: is_sent(bob, "two files"))
    assert bob.bodies()[-2:] == ["and a word", "two files"], "what has no files does not wait behind what has some"
    said = entry_of(bob, "two files").attachments
    assert [(each.name, each.size) for each in said] == [("report.pdf", 3 * MEGABYTE), ("notes.txt", 20)]
    assert any(isinstance(each, FileProgress) for each in alice.signals)
    assert alice.bodies().count("two files") == 1


def test_an_upload_goes_on_where_it_was_after_a_drop(
    generous: App, device: DeviceFactory, paper: Callable[..., Path]
) -> None:
    with Relay(generous.address) as relay:
        alice = device("alice", at(relay, address_of(generous))).register("alice").open()
        bob = device("bob", address_of(generous)).register("bob").open()
        path = paper(size=5 * MEGABYTE)
        alice.client.attach(GENERAL, [path])
        alice.client.send(GENERAL, "here")
        key = entry_of(alice, "here").uploads[0].key
        alice.until(lambda: (reached := alice.client.files.progress(key)) is not None and reached.done > MEGABYTE)
        relay.cut()
        alice.until(lambda: alice.is_at(Phase.RECONNECTING))
        assert entry_of(alice, "here").state is SendState.PENDING
        alice.until(lambda: is_sent(bob, "here"))
        assert entry_of(bob, "here").attachments[0].size == path.stat().st_size


def test_a_program_that_is_started_again_goes_on_with_the_files_and_takes_no_other_ones(
    generous: App, device: DeviceFactory, paper: Callable[..., Path]
) -> None:
    bob = device("bob", address_of(generous)).register("bob").open()
    with Relay(generous.address) as relay:
        alice = device("alice", at(relay, address_of(generous))).register("alice", remember=True).open()
        kept, changed, gone = paper("kept.bin"), paper("changed.bin"), paper("gone.bin")
        relay.freeze()
        for path in (kept, changed, gone):
            alice.client.attach(GENERAL, [path])
            alice.client.send(GENERAL, path.stem)
        paper("draft.bin")
        alice.client.attach(GENERAL, [changed.with_name("draft.bin")])
        alice.close()
        changed.write_bytes(b"something else")
        gone.rename(gone.with_name("elsewhere"))
        relay.thaw()
        again = device("alice", at(relay, address_of(generous)))
        assert again.client.resume_remembered()
        assert [each.name for each in again.client.attached(GENERAL)] == ["draft.bin"]
        again.until(lambda: is_sent(bob, "kept"))
        again.until(lambda: entry_of(again, "gone").state is SendState.FAILED)
        assert entry_of(again, "changed").error == "“changed.bin” has changed since you attached it. Attach it again."
        assert entry_of(again, "gone").error == "“gone.bin” is not there any more."
        gone.with_name("elsewhere").rename(gone)
        again.client.retry(entry_of(again, "gone").client_id)
        again.until(lambda: is_sent(bob, "gone"))
        again.client.take_back(entry_of(again, "changed").client_id)
        assert again.client.draft(GENERAL) == "changed", "what was typed with it is not lost"
        assert [each.name for each in again.client.attached(GENERAL)] == ["draft.bin", "changed.bin"]


def test_what_cannot_be_sent_is_refused_before_a_byte_and_in_place(
    start_server: ServerFactory, device: DeviceFactory, paper: Callable[..., Path], tmp_path: Path
) -> None:
    server = start_server(max_file_size=MEGABYTE)
    alice = device("alice", address_of(server)).register("alice").open()
    alice.client.set_draft(GENERAL, "typed")

    def told(*paths: Path) -> str:
        alice.signals.clear()
        alice.client.attach(GENERAL, paths)
        return str(alice.signals[-1].text)

    assert told(paper("film.mkv")) == (
        "“film.mkv” is too large: it has 3 MB, and this server takes files of at most 1 MB."
    )
    assert told(tmp_path / "nothing") == "“nothing” is not there any more."
    assert told(paper("empty", 0)) == "“empty” is empty. There is nothing to send."
    assert told(tmp_path) == f"“{tmp_path.name}” is a folder. Pack it into an archive to send it."
    small = paper("a.txt", 10)
    assert "at most 10 files: 2 more" in told(*[small] * (MAX_ATTACHMENTS + 2))
    assert len(alice.client.attached(GENERAL)) == MAX_ATTACHMENTS
    assert alice.client.draft(GENERAL) == "typed"


def test_a_message_whose_files_are_on_their_way_can_be_taken_back(
    generous: App, device: DeviceFactory, paper: Callable[..., Path]
) -> None:
    with Relay(generous.address) as relay:
        alice = device("alice", at(relay, address_of(generous))).register("alice").open()
        relay.freeze()
        alice.client.attach(GENERAL, [paper()])
        alice.client.send(GENERAL, "oh no")
        alice.client.take_back(entry_of(alice, "oh no").client_id)
        assert alice.bodies() == []
        assert alice.client.draft(GENERAL) == "oh no"
        alice.client.detach(GENERAL, alice.client.attached(GENERAL)[0].key)
        relay.thaw()
        alice.client.send(GENERAL, "without")
        alice.until(lambda: is_sent(alice, "without"))
        assert alice.bodies() == ["without"]


def test_what_was_pasted_goes_out_as_a_file_of_which_nothing_is_left(generous: App, device: DeviceFactory) -> None:
    alice = device("alice", address_of(generous)).register("alice").open()
    pasted = alice.folder / "pasted"
    for words in ("sent", "taken away"):
        alice.client.attach_content(GENERAL, "message.txt", words.encode())
        alice.until(lambda: alice.client.attached(GENERAL))
        assert [path.read_text() for path in pasted.glob("*/*")] == [words]
        if words == "sent":
            alice.client.send(GENERAL, "")
            alice.until(lambda: alice.timeline().entries and alice.timeline().entries[-1].attachments)
        else:
            alice.client.detach(GENERAL, alice.client.attached(GENERAL)[0].key)
        alice.until(lambda: not [*pasted.glob("*/*")])
    # What a program that was killed left there goes at the next start, once it is old enough to be nobody's.
    folder = next(pasted.iterdir())
    (folder / "old").write_text("left")
    (folder / "new").write_text("of another window, perhaps")
    os.utime(folder / "old", (1, 1))
    again = device("alice", address_of(generous)).login("alice")
    again.until(lambda: [path.name for path in folder.iterdir()] == ["new"])
    again.client.log_out(forget=True)
    again.until(lambda: not folder.exists())
