"""Uploads that are broken off: by the death of either end, by whoever sends them, by what becomes of the file."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest

from client_app.core.network.address import Address
from client_app.core.signals import FileProgress
from client_app.core.timeline.timeline import SendState
from server_app.app import App
from shared.types import GENERAL
from tests.client_app.core.conftest import DeviceFactory
from tests.client_app.core.headless import Headless, address_of
from tests.client_app.core.network import Relay, at
from tests.server_app.child import ROOT, Child

from .test_uploads import entry_of, is_sent

MEGABYTE = 1024 * 1024
SENDER = """
import sys
from pathlib import Path
from client_app.core.client import Client
from shared.types import GENERAL

client = Client(Path(sys.argv[1]), use_keyring=False)
assert client.resume_remembered()
for text in ("one", "two"):
    client.attach(GENERAL, [Path(sys.argv[2])])
    client.send(GENERAL, text)
client.flush(30)
client.run()
"""
"""A program that sends a file with each of two messages, until it is killed."""


@contextmanager
def sender(folder: Path, path: Path) -> Iterator[None]:
    """It runs, and is killed at the end."""
    command = [sys.executable, "-c", SENDER, str(folder), str(path)]
    child: subprocess.Popen[Any] = subprocess.Popen(command, env={**os.environ, "PYTHONPATH": str(ROOT)})
    with child:
        yield
        child.kill()


def started(stack: ExitStack, tmp_path: Path) -> Child:
    child = Child(tmp_path / "hearth.db", tmp_path / "server.log")
    stack.callback(child.kill)
    child.wait_until_ready()
    return child


def test_what_is_sent_with_a_file_arrives_once_though_both_ends_are_killed_in_the_midst_of_it(
    device: DeviceFactory, tmp_path: Path
) -> None:
    path = tmp_path / "film.mkv"
    path.write_bytes(os.urandom(6 * MEGABYTE))
    with ExitStack() as stack:
        server = started(stack, tmp_path)
        relay = stack.enter_context(Relay(server.address))
        here = at(relay, Address("127.0.0.1", uses_tls=False))
        alice = device("alice", here).register("alice", remember=True).open()
        alice.close()
        relay.hold(after=3 * MEGABYTE)
        with sender(alice.folder, path):
            alice.until(lambda: relay.is_frozen)
        relay.cut()
        relay.thaw()
        again = device("alice", here)
        reached: list[int] = []

        def note(told: FileProgress) -> None:
            if (progress := again.client.files.progress(told.key)) is not None:
                reached.append(progress.done)

        again.client.on(FileProgress, note)
        relay.hold(after=3 * MEGABYTE)
        assert again.client.resume_remembered()
        again.until(lambda: relay.is_frozen)
        assert reached[0] > MEGABYTE, "it goes on where the program was killed"
        before = len(reached)
        server.kill()
        relay.lead_to(started(stack, tmp_path).address)
        relay.cut()
        relay.thaw()
        again.until(lambda: is_sent(again, "one") and is_sent(again, "two"))
        assert reached[before] > 2 * MEGABYTE, "it goes on where the server was killed"
        bob = device("bob", here).register("bob").open()
        assert bob.bodies() == ["one", "two"]
        for text in ("one", "two"):
            (attachment,) = entry_of(bob, text).attachments
            kept = tmp_path / "hearth.files" / attachment.sha256[:2] / attachment.sha256
            assert kept.read_bytes() == path.read_bytes()


@pytest.fixture
def line(generous: App) -> Iterator[Relay]:
    with Relay(generous.address) as relay:
        yield relay


@pytest.fixture
def alice(generous: App, line: Relay, device: DeviceFactory) -> Headless:
    return device("alice", at(line, address_of(generous))).register("alice").open()


def test_an_upload_is_taken_back_at_any_moment_and_sent_all_the_same_when_one_thinks_better_of_it(
    alice: Headless, line: Relay, tmp_path: Path
) -> None:
    path = tmp_path / "notes.bin"
    moments = [0, 2_000, 60_000, 250_000, 420_000, 800_000, 830_000, 836_000, 840_000]
    outcomes = []
    for moment in moments:
        text = f"after {moment}"
        path.write_bytes(os.urandom(300_000))
        alice.client.attach(GENERAL, [path, path])
        line.hold(after=moment)
        alice.client.send(GENERAL, text)
        alice.until(lambda text=text: line.is_frozen or is_sent(alice, text))  # type: ignore[misc]  # a default binds it
        alice.client.take_back(entry_of(alice, text).client_id)
        is_back = alice.client.draft(GENERAL) == text
        outcomes.append(is_back)
        line.thaw()
        if is_back:
            assert [each.path for each in alice.client.attached(GENERAL)] == [str(path)] * 2
            alice.client.set_draft(GENERAL, "")
            alice.client.send(GENERAL, text)
        alice.until(lambda text=text: is_sent(alice, text))  # type: ignore[misc]  # a default binds it
        line.hold(after=1 << 40)
        assert alice.client.attached(GENERAL) == ()
        assert [each.size for each in entry_of(alice, text).attachments] == [300_000] * 2
    assert alice.bodies() == [f"after {moment}" for moment in moments]
    assert outcomes[0]
    assert not outcomes[-1], "what has been said is not taken back"


def test_a_file_that_becomes_another_one_on_its_way_is_not_sent_and_the_text_is_not_lost(
    alice: Headless, line: Relay, tmp_path: Path
) -> None:
    path = tmp_path / "report.txt"
    for change, sentence in (
        (
            lambda: path.write_bytes(bytes(2 * MEGABYTE)),
            "“report.txt” has changed since you attached it. Attach it again.",
        ),
        (lambda: path.write_bytes(b"short"), "“report.txt” has changed since you attached it. Attach it again."),
        (path.unlink, "“report.txt” is not there any more."),
    ):
        path.write_bytes(os.urandom(2 * MEGABYTE))
        alice.client.attach(GENERAL, [path])
        line.hold(after=MEGABYTE)
        alice.client.send(GENERAL, "as promised")
        alice.until(lambda: line.is_frozen)
        change()
        line.thaw()
        alice.until(lambda: entry_of(alice, "as promised").state is SendState.FAILED)
        assert entry_of(alice, "as promised").error == sentence
        alice.client.take_back(entry_of(alice, "as promised").client_id)
        assert alice.client.draft(GENERAL) == "as promised"
        alice.client.set_draft(GENERAL, "")
        alice.client.detach(GENERAL, alice.client.attached(GENERAL)[0].key)


def test_what_has_come_whole_is_not_brought_again_where_the_message_was_refused(
    generous: App, alice: Headless, line: Relay, device: DeviceFactory, tmp_path: Path
) -> None:
    path = tmp_path / "film.mkv"
    path.write_bytes(os.urandom(2 * MEGABYTE))
    bob = device("bob", address_of(generous)).register("bob").open()
    bob.client.send(GENERAL, "where is it?")
    alice.until(lambda: alice.bodies() == ["where is it?"] and is_sent(bob, "where is it?"))
    question = entry_of(bob, "where is it?").seq
    alice.client.begin_reply(GENERAL, question)
    alice.client.attach(GENERAL, [path])
    line.hold(after=MEGABYTE)
    alice.client.send(GENERAL, "here")
    alice.until(lambda: line.is_frozen)
    bob.client.delete(GENERAL, question)
    bob.until(lambda: any(each.is_deleted for each in bob.timeline().entries))
    line.thaw()
    alice.until(lambda: entry_of(alice, "here").state is SendState.FAILED)
    line.hold(after=MEGABYTE)
    alice.client.retry_without_quote(entry_of(alice, "here").client_id)
    alice.until(lambda: is_sent(alice, "here") or line.is_frozen)
    assert not line.is_frozen
    assert entry_of(alice, "here").attachments[0].size == 2 * MEGABYTE
