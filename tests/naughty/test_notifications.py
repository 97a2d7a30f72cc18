"""Naughty strings as notifications of a real desktop's own service: the same text, safe, and never obeyed as markup."""

import html
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from client_app.core.markdown import plain_text
from client_app.core.writing.text import clean_text
from client_app.desktop.notifications.note import MAX_LINE, clip
from client_app.desktop.text import display_text
from server_app.app import App
from shared.errors import BadRequest, Refusal
from shared.names import display_name
from shared.requests import SetProfile
from tests.client_app.desktop.window.conftest import OpenWindow
from tests.client_app.notifications.conftest import bus
from tests.peer import Peer

from .strings import STRINGS

__all__ = ["bus"]

ROOM = 180
"""Characters of a message here: what a notification shows, so that nothing of it is cut off."""
PRINTED = re.compile(r"\tsummary: '(.*)'\n\tbody: '(.*)'\n\ticon: ")
FORMATTED = re.compile(r"\tformatted: '(.*\n.*)'\n")
TURNS = set("\u202a\u202b\u202d\u202e\u2066\u2067\u2068\u2069")

Notified = Callable[[], str]


@pytest.fixture
def dunst(display: str, bus: str, tmp_path: Path) -> Iterator[Notified]:
    """What the desktop's service has printed of all notifications so far; it must be alive when the test ends."""
    program = shutil.which("dunst")
    if program is None:
        pytest.skip("dunst is missing, a desktop's service for notifications: sudo apt install dunst")
    told = tmp_path / "dunst.txt"
    with told.open("wb") as out:
        service = subprocess.Popen([program, "-print", "-config", "/dev/null"], stdout=out, stderr=subprocess.DEVNULL)
    yield lambda: told.read_text("utf-8")
    assert service.poll() is None, "the service did not survive"
    service.terminate()
    service.wait(30)


def packed(texts: tuple[str, ...]) -> list[str]:
    """The texts that can be sent, several in each message."""
    said = [""]
    for text in texts:
        try:
            clean = clean_text(text[:ROOM])
        except BadRequest:
            continue
        together = f"{said[-1]}\n{clean}".strip()
        if len(together.encode("utf-16-le")) // 2 <= ROOM:
            said[-1] = together
        else:
            said.append(clean)
    return said


def named_anew(bob: Peer, name: str) -> bool:
    """Whether he may call himself so."""
    try:
        bob.request(SetProfile(display_name=name))
    except Refusal:
        return False
    return True


def test_they_reach_the_desktops_own_service_as_they_are(server: App, open_window: OpenWindow, dunst: Notified) -> None:
    alice = open_window(server).come_in("alice")
    names = iter(STRINGS)
    with Peer(server.address).register("bob") as bob:
        me = alice.app.client.me
        assert me is not None
        channel_id = bob.direct(me.id)
        said, called = packed(STRINGS), list[str]()
        for text in said:
            called.append(next(each for each in names if each.isprintable() and named_anew(bob, each)))
            bob.say(text, channel_id)
        alice.until(lambda: dunst().count("\tsummary: ") == len(said))
        alice.until(lambda: dunst().endswith("}\n"))
        printed = PRINTED.findall(dunst())
        wanted = [clip(" ".join(display_text(plain_text(text)).split()), MAX_LINE) for text in said]
        assert [html.unescape(body) for _, body in printed] == wanted
        assert [title for title, _ in printed] == [display_name(name) for name in called]
        assert len(said) > 80
        assert not any(set(body) & TURNS for _, body in printed)
        formatted = FORMATTED.findall(dunst())
        assert len(formatted) == len(said)
        assert not any("<" in each.removeprefix("<b>").replace("</b>\n", "", 1) for each in formatted), "no markup"
    assert alice.app.window.toast.text == "", "none came back to the window"
