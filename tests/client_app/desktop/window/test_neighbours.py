"""Other programs on the same screen: what is dragged out of them, and what they put onto the clipboard."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

import pytest
from PIL import Image

from client_app.core.files import FilePlace
from server_app.app import App
from shared.types import GENERAL
from tests.conftest import ConnectFactory

from .conftest import OpenWindow
from .person import Person
from .test_files import names
from .test_two_windows import ROOT

pytestmark = pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="these programs speak as those of X11 do")


class Neighbour:
    """A program that drags or copies."""

    def __init__(self, process: "subprocess.Popen[str]", alice: Person) -> None:
        self._process, self._alice = process, alice
        assert process.stdin is not None
        assert process.stdout is not None
        self._in: IO[str] = process.stdin
        self._out: IO[str] = process.stdout
        self.asked("")

    def asked(self, line: str) -> str:
        """What it says to this, while the window goes on."""
        self._in.write(line + "\n" if line else "")
        self._in.flush()
        heard = bytearray()
        os.set_blocking(self._out.fileno(), False)

        def has_answered() -> bool:
            heard.extend(self._out.buffer.read() or b"")  # type: ignore[attr-defined]  # a text stream of a process has it
            return heard.endswith(b"\n")

        self._alice.until(has_answered)
        return heard.decode().strip()

    def close(self) -> None:
        self._in.close()
        self._process.wait(10)
        self._out.close()


Start = Callable[..., Neighbour]


@pytest.fixture
def alice(server: App, open_window: OpenWindow) -> Person:
    return open_window(server).come_in("alice")


@pytest.fixture
def start(alice: Person, tmp_path: Path) -> Iterator[Start]:
    """A function that starts a program: `start("drag", kind=content)`."""
    started: list[Neighbour] = []

    def start_one(word: str, offers: dict[str, bytes]) -> Neighbour:
        while started:
            started.pop().close()
        command = [sys.executable, "-m", "tests.client_app.desktop.window.neighbour", word]
        for number, (kind, content) in enumerate(offers.items()):
            path = tmp_path / f"offer-{number}"
            path.write_bytes(content)
            command.append(f"{kind}={path}")
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT)
        started.append(Neighbour(process, alice))
        return started[-1]

    yield start_one
    while started:
        started.pop().close()


def test_files_are_dragged_out_of_another_program(
    alice: Person, start: Start, tmp_path: Path, server: App, connect: ConnectFactory
) -> None:
    bob, drops = connect(server).register("bob"), alice.app.window.conversation.drops
    paths = [tmp_path / "a file {with} spaces.txt", tmp_path / "ünï — 名.txt"]
    for path in paths:
        path.write_text(path.name, "utf-8")
    listed = "".join(f"{path.as_uri()}\r\n" for path in paths).encode()
    program = start("drag", {"text/uri-list": listed, "text/plain": listed})
    assert program.asked("over") == "taken"
    assert drops.is_shown
    program.asked("away")
    alice.until(lambda: not drops.is_shown)
    program.asked("over")
    assert program.asked("drop") == "taken"
    assert not drops.is_shown
    assert names(alice) == [path.name for path in paths]
    alice.say("both of them")
    alice.until(lambda: "both of them" in alice.sent)
    assert [each.name for each in bob.newest().attachments] == [path.name for path in paths]
    # A page is no file of this computer, nor is what another one has.
    program = start("drag", {"text/uri-list": b"https://example.com/\r\nfile://elsewhere/etc/passwd\r\n"})
    assert program.asked("over") == "taken"
    assert program.asked("drop") == "refused"
    assert not drops.is_shown
    assert names(alice) == []
    # Text is not taken; and whoever drags and then is no more leaves nothing over the conversation.
    program = start("drag", {"text/plain": b"some words"})
    assert program.asked("over") == "refused"
    assert not drops.is_shown
    start("drag", {"text/uri-list": listed}).asked("over")
    assert drops.is_shown
    start("drag", {"text/plain": b""})
    alice.app.window.conversation.drops.canvas.event_generate("<Motion>", x=9, y=9)
    assert not drops.is_shown


def test_what_another_program_copied_is_pasted(
    alice: Person, start: Start, tmp_path: Path, server: App, connect: ConnectFactory
) -> None:
    bob = connect(server).register("bob")
    picture = tmp_path / "picture.png"
    Image.effect_noise((1000, 800), 80).save(picture)
    content = picture.read_bytes()
    assert len(content) > 400_000, "more than Tk hands out"
    start("copy", {"image/png": content, "image/jpeg": b"", "TIMESTAMP": b""})
    alice.press("Control-v", alice.composer.text)
    alice.until(lambda: names(alice))
    assert names(alice)[0].startswith("Picture ")
    alice.press("Return", alice.composer.text)
    alice.until(lambda: [entry for entry in alice.entries if entry.attachments])
    (attachment,) = bob.newest().attachments
    assert (attachment.width, attachment.height, attachment.media_type) == (1000, 800, "image/png")
    place = FilePlace(GENERAL, alice.entries[-1].seq, attachment)
    alice.until(lambda: alice.app.client.files.want(place))
    # A picture of another kind becomes one of this kind.
    other = tmp_path / "picture.bmp"
    Image.new("RGB", (300, 200), "red").save(other)
    start("copy", {"image/bmp": other.read_bytes()})
    alice.press("Control-v", alice.composer.text)
    alice.until(lambda: names(alice))
    assert alice.app.client.attached(GENERAL)[0].name.endswith(".png")
    alice.app.client.detach(GENERAL, alice.app.client.attached(GENERAL)[0].key)
    # What is no picture after all.
    start("copy", {"image/png": b"no picture"})
    alice.press("Control-v", alice.composer.text)
    alice.until(lambda: "nothing on the clipboard" in alice.app.window.toast.text)
    assert names(alice) == []
    # Files that were copied in a file manager, as each of them tells it.
    paths = [tmp_path / "one & two.txt", tmp_path / "three.txt"]
    for path in paths:
        path.write_text(path.name)
    uris = [path.as_uri() for path in paths]
    for kind, listed in (
        ("x-special/gnome-copied-files", "\n".join(["copy", *uris])),
        ("text/uri-list", "\r\n".join([*uris, ""])),
    ):
        start("copy", {kind: listed.encode(), "UTF8_STRING": "\n".join(map(str, paths)).encode()})
        alice.press("Control-v", alice.composer.text)
        assert names(alice) == [path.name for path in paths], kind
        for upload in alice.app.client.attached(GENERAL):
            alice.app.client.detach(GENERAL, upload.key)
    assert alice.composer.get() == ""
