"""What `make screenshots` does: take the pictures in `docs/images` from real windows on a screen without a monitor."""

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from msgspec.structs import replace

from client_app.core.network.address import Address
from client_app.desktop.administration.listing import ListPage
from client_app.desktop.administration.section import Administration
from client_app.desktop.dialogs.pins import PinsDialog
from client_app.desktop.login.form import Prefill
from client_app.desktop.toolkit.menu import make_menu
from client_app.desktop.window.menus import own_menu
from client_app.settings import load_settings, save_settings
from scripts.cast import Cast
from scripts.demo import set_stage, speak, throw_away_server, unset_environment
from scripts.files_scene import take_files
from scripts.formatting_scene import take_formatting
from scripts.languages_scene import take_languages
from scripts.likeness_scene import take_likenesses
from scripts.pictures_scene import take_pictures
from scripts.play import NOW
from scripts.search_scene import take_search
from scripts.serving import ROOT, serving
from shared.rights import GUEST
from shared.types import GENERAL, Availability, UserId

if TYPE_CHECKING:
    from client_app.desktop.app import DesktopApp

IMAGES = ROOT / "docs" / "images"
WIDTH, HEIGHT = 1240, 800
PATIENCE = 20.0
SETTLE_SECONDS = 0.6
"""Between the last change and the picture: fonts, images and idle work of the toolkit come a little later."""


def main() -> int:
    """Take all pictures; 0, or 2 where there is no Xvfb."""
    program = shutil.which("Xvfb")
    if program is None:
        print("hearth: this needs Xvfb, a screen without a monitor; run: sudo apt-get install xvfb", file=sys.stderr)
        return 2
    IMAGES.mkdir(parents=True, exist_ok=True)
    with _screen(program), tempfile.TemporaryDirectory(prefix="hearth-pictures-") as folder:
        _take(Path(folder))
    return 0


def _take(folder: Path) -> None:
    with contextlib.ExitStack() as stack:
        served, _ = stack.enter_context(serving(throw_away_server(folder), environment=unset_environment(), quiet=True))
        # By its name: a stranger's address on a picture would not mean anything.
        cast = Cast(folder, Address("localhost", served.port, ca_file=folder / "ca.crt"))
        stack.callback(cast.close)
        set_stage(cast)
        with _window(folder / "newcomer", Prefill(Address("chat.example.org"), "alice")) as app:
            _picture(app, cast, "login")
        with _window(cast.home("alice")) as app:
            _wait(app, cast, lambda: bool(app.window.winfo_manager()))
            for line in NOW:
                speak(cast, line._replace(pause=0.2))
                app.root.update()
            _picture(app, cast, "dark")
            for take in (_take_reactions, _take_replies, _take_pins, _take_mentions):
                take(app, cast)
            wait, go, shoot = partial(_wait, app, cast), partial(_open, app, cast), partial(_picture, app, cast)
            take_files(app, cast, wait, go, shoot)
            take_formatting(app, cast, go, shoot)
            take_languages(app, cast, go, shoot)
            take_search(app, wait, shoot)
            _take_presence(app, cast)
            _take_reading(app, cast)
            _open(app, cast, "photos")
            _picture(app, cast, "empty")
            _take_the_house(app, cast)
            take_likenesses(app, cast, folder / "likenesses", wait, shoot)
            take_pictures(app, cast, wait, shoot)
        with _window(cast.home("bob"), appearance="light") as app:
            _wait(app, cast, lambda: bool(app.window.winfo_manager()))
            _open(app, cast, "plans")
            _picture(app, cast, "light")
        with _window(cast.home("alice")) as app:
            _wait(app, cast, lambda: bool(app.window.winfo_manager()))
            _open(app, cast, "plans")
            stack.close()
            _wait(app, None, lambda: bool(app.window.conversation.banner.sentence))
            _picture(app, None, "banner")


def _take_reactions(app: "DesktopApp", cast: Cast) -> None:
    """What people think of what was said, and all that there is to think."""
    newest = [entry.seq for entry in app.window.conversation.messages.entries if entry.seq][-1]
    for name, emoji in (("carol", "👍"), ("erin", "👍"), ("carol", "🎉"), ("erin", "❤️"), ("dave", "😂")):
        cast.react(name, "general", newest, emoji)
    app.client.react(GENERAL, newest, "🎉")
    app.window.pick_emoji()
    _picture(app, cast, "reactions")
    app.window.choosing.close()


def _take_replies(app: "DesktopApp", cast: Cast) -> None:
    """Answers with what they answer, something forwarded with a link to it, and an answer that is begun."""
    asked = [entry.seq for entry in app.window.conversation.messages.entries if entry.seq][-1]
    plans = app.client.channels.named("plans")
    assert plans is not None
    app.client.forward(GENERAL, [asked], [plans.channel_id], comment=app.client.link_to_message(GENERAL, asked))
    _open(app, cast, "plans")
    newest = [entry.seq for entry in app.window.conversation.messages.entries if entry.seq][-1]
    cast.answer("carol", "plans", newest - 1, "Count me in 🎉")
    cast.answer("dave", "plans", 1, "By the lake it is, then.")
    _settle(app, cast)
    app.window.begin_reply([entry.seq for entry in app.window.conversation.messages.entries if entry.seq][-1])
    app.window.conversation.composer.insert("I bring the")
    _picture(app, cast, "replies")
    app.window.conversation.composer.clear()
    app.client.end_reply(plans.channel_id)
    _open(app, cast, "general")


def _take_reading(app: "DesktopApp", cast: Cast) -> None:
    """What is new above the view; what the other has read, who is writing, and something begun elsewhere."""
    app.client.mark_unread(GENERAL, 2)
    app.window.scroll_to_end()
    _picture(app, cast, "new")
    app.client.mark_read(GENERAL)
    app.window.conversation.composer.insert("I think")
    app.client.open_direct(_user_id(app, "carol"))
    _settle(app, cast)
    talk = app.client.open_channel_id
    assert talk is not None
    for text in ("Have you seen the tomatoes?", "I think that we should pick them before the frost comes."):
        app.client.send(talk, text)
    _settle(app, cast)
    cast.attend("carol", "alice", types=True)
    _picture(app, cast, "receipts")
    _open(app, cast, "general")
    app.window.conversation.composer.clear()


def _take_pins(app: "DesktopApp", cast: Cast) -> None:
    """What is pinned to a channel, and the bar beside one of these messages."""
    for seq in (2, 4, 5):
        app.client.pins.set(GENERAL, seq, is_on=True)
    _open(app, cast, "general")
    _settle(app, cast)
    app.window.show_pins()
    _settle(app, cast)
    dialog = next(child for child in app.root.winfo_children() if isinstance(child, PinsDialog))
    row = min(dialog.messages.painted.values(), key=lambda painted: -painted.y)
    dialog.messages.canvas.event_generate("<Motion>", x=300, y=row.y + row.row.height // 2)
    _picture(app, cast, "pins")
    app.window.close_dialogs()


def _take_mentions(app: "DesktopApp", cast: Cast) -> None:
    """What mentions somebody, and how many channels have more to read."""
    for name, channel, text in (
        ("carol", "plans", "@alice, can you bring the projector on Friday?"),
        ("dave", "music", "@carol and @alice: I booked the room for eight."),
    ):
        cast.say(name, channel, text)
        _settle(app, cast)
    app.window.show_inbox()
    _picture(app, cast, "mentions")
    app.window.close_dialogs()


def _take_presence(app: "DesktopApp", cast: Cast) -> None:
    """How people look, what they are up to, and the menu in which one chooses."""
    cast.look("carol", Availability.AUTOMATIC, "🌴 On holiday until Monday")
    cast.look("dave", Availability.DO_NOT_DISTURB, "🎧 Focusing")
    cast.look("erin", Availability.INVISIBLE, "")
    cast.describe("dave", "David Moore", "he/him", "Boats, tea, and long walks by the sea.")
    app.client.profiles.set_status("🏠 Working from home")
    app.client.profiles.set_note(_user_id(app, "dave"), "Has the key to the boathouse.")
    _open(app, cast, "general")
    menu = make_menu(app.root, own_menu(app.window, app.client))
    menu.update_idletasks()
    menu.post(200, HEIGHT - 40 - menu.winfo_reqheight())
    _picture(app, cast, "presence")
    menu.destroy()


def _take_the_house(app: "DesktopApp", cast: Cast) -> None:
    """What the owner of a server sees of people and channels."""
    client, window = app.client, app.window
    _open(app, cast, "general")
    window.show_card(_user_id(app, "dave"), WIDTH - 240, 250)
    _picture(app, cast, "card")
    window.card.close()
    client.create_channel("board", "Money, dates, and who keeps the keys", private=True)
    _wait(app, cast, lambda: client.channels.named("board") is not None)
    board = client.channels.named("board")
    assert board is not None
    for name in ("bob", "carol"):
        client.add_member(board.channel_id, _user_id(app, name))
    window.show_settings_of(board.channel_id, "Members")
    _picture(app, cast, "channel")
    window.close_dialogs()
    client.administration.create_invite(GUEST, 3600, 5, lambda _made: None)
    window.show_administration("people")
    _settle(app, cast)
    section = next(child for child in app.root.winfo_children() if isinstance(child, Administration))
    page = section.page
    assert isinstance(page, ListPage)
    page.choose(next(row.key for row in page.rows() if row.title == "erin"))
    _picture(app, cast, "administration")
    section.close()


def _user_id(app: "DesktopApp", name: str) -> UserId:
    return next(row.user_id for row in app.client.roster.everybody() if row.handle == name)


@contextlib.contextmanager
def _window(
    home: Path, prefill: Prefill | None = None, *, appearance: Literal["dark", "light"] = "dark"
) -> Iterator["DesktopApp"]:
    """Somebody's window, as large as the screen."""
    from client_app.desktop.app import open_app

    geometry = f"{WIDTH}x{HEIGHT}+0+0"
    settings = replace(load_settings(home), appearance=appearance, window_geometry=geometry, notifications="none")
    save_settings(home, settings)
    app = open_app(home, prefill, use_keyring=False)
    app.show()
    app.root.focus_force()
    app.login.focus_first()
    try:
        yield app
    finally:
        app.close()
        app.client.close()


def _open(app: "DesktopApp", cast: Cast, channel: str) -> None:
    _wait(app, cast, lambda: app.client.channels.named(channel) is not None)
    row = app.client.channels.named(channel)
    assert row is not None
    app.client.open_channel(row.channel_id)
    _settle(app, cast)


def _picture(app: "DesktopApp", cast: Cast | None, name: str) -> None:
    from PIL import Image, ImageGrab

    _settle(app, cast)
    picture = ImageGrab.grab((0, 0, WIDTH, HEIGHT), xdisplay=os.environ["DISPLAY"])
    file = IMAGES / f"{name}.png"
    # A window has few colours: a palette is a third of the size, and the eye sees no difference.
    picture.quantize(256, dither=Image.Dither.NONE).save(file, optimize=True)
    print(f"{file.relative_to(ROOT)}: {file.stat().st_size // 1024} KiB", flush=True)


def _settle(app: "DesktopApp", cast: Cast | None) -> None:
    until = time.monotonic() + SETTLE_SECONDS
    _wait(app, cast, lambda: time.monotonic() > until)


def _wait(app: "DesktopApp", cast: Cast | None, condition: Callable[[], bool]) -> None:
    """Let the window and the people work until something is so. Raises `TimeoutError`."""
    until = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > until:
            raise TimeoutError("The window does not come to what was waited for.")
        app.root.update()
        if cast is not None:
            cast.play(0.01)


@contextlib.contextmanager
def _screen(program: str) -> Iterator[None]:
    """A screen without a monitor, for as long as the block lasts."""
    reader, writer = os.pipe()
    size = f"{WIDTH}x{HEIGHT}x24"
    command = [program, "-displayfd", str(writer), "-screen", "0", size, "-dpi", "96", "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=(writer,), stderr=subprocess.DEVNULL)
    os.close(writer)
    with os.fdopen(reader) as answer:
        os.environ["DISPLAY"] = f":{answer.readline().strip()}"
    try:
        yield
    finally:
        server.terminate()
        server.wait(10)


if __name__ == "__main__":
    sys.exit(main())
