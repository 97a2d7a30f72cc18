"""What `make demo` does: a throw-away server on which people talk, and two windows side by side to join them."""

import os
import subprocess
import sys
import tempfile
import tkinter
from pathlib import Path

from msgspec.structs import replace

from client_app.core.network.address import Address
from client_app.preflight import NO_DISPLAY, has_display, obstacle
from client_app.settings import load_settings, save_settings
from scripts.cast import Cast
from scripts.play import CHANNELS, EARLIER, NOW, ROLES, Line
from scripts.serving import ROOT, NotServing, Stopped, make_certificates, serving, stop, stop_on_signals

WINDOWS = ("alice", "bob")
OTHERS = ("carol", "dave", "erin")
OWNER = WINDOWS[0]
"""Whose account is the first."""
TURN = 0.25

Window = subprocess.Popen[bytes]


def main() -> int:
    """Play until both windows are closed or somebody interrupts; the exit status."""
    if reason := obstacle() or (None if has_display() else NO_DISPLAY):
        print(f"hearth: {reason}", file=sys.stderr)
        return 2
    stop_on_signals()
    try:
        with tempfile.TemporaryDirectory(prefix="hearth-demo-") as folder:
            _play(Path(folder))
    except (NotServing, TimeoutError) as problem:
        print(f"hearth: The demonstration cannot go on: {problem}", file=sys.stderr)
        return 1
    except Stopped:
        pass
    return 0


def throw_away_server(folder: Path) -> list[str]:
    """Arguments of `server.py` for a server that lives in a folder and is not careful about passwords."""
    make_certificates(folder)
    certificate, key = str(folder / "server.crt"), str(folder / "server.key")
    database = str(folder / "hearth.db")
    return ["--port", "0", "--db", database, "--cert", certificate, "--key", key, "--bcrypt-rounds", "4", "--no-limits"]


def unset_environment() -> dict[str, str]:
    """The environment without what would set up a real server."""
    return {name: value for name, value in os.environ.items() if not name.startswith("HEARTH_")}


def set_stage(cast: Cast) -> None:
    """Everybody comes, and has talked for a while. Those with a window go out again and can come back in it."""
    for name in (*WINDOWS, *OTHERS):
        cast.enter(name, remember=name in WINDOWS)
    for name, role_id in ROLES:
        cast.give_role(OWNER, name, role_id)
    for name, channel, topic in CHANNELS:
        cast.create(name, channel, topic)
    for line in EARLIER:
        speak(cast, line)
    for name in WINDOWS:
        cast.leave(name)


def speak(cast: Cast, line: Line) -> None:
    """Say one line, and let it arrive before the next is said, whoever says that."""
    cast.say(line.speaker, line.place, line.text)
    cast.play(max(line.pause, 0.05))


def _play(folder: Path) -> None:
    with serving(throw_away_server(folder), environment=unset_environment(), quiet=True) as (served, _server):
        cast = Cast(folder, Address(served.host, served.port, ca_file=folder / "ca.crt"))
        set_stage(cast)
        windows = _open_windows(cast)
        print(f"People talk at {served.host}:{served.port}. Close both windows, or press Ctrl+C, to end.", flush=True)
        try:
            for line in NOW:
                if not _anybody_watches(windows):
                    return
                cast.play(line.pause)
                speak(cast, line)
            while _anybody_watches(windows):
                cast.play(TURN)
        finally:
            for window in windows:
                stop(window)
            cast.close()


def _open_windows(cast: Cast) -> list[Window]:
    """One window for each, in halves of the screen."""
    screen = tkinter.Tk()
    width, height = screen.winfo_screenwidth() // 2, screen.winfo_screenheight()
    screen.destroy()
    windows = []
    for number, name in enumerate(WINDOWS):
        home = cast.home(name)
        geometry = f"{width - 20}x{min(height - 90, 900)}+{number * width}+10"
        save_settings(home, replace(load_settings(home), window_geometry=geometry))
        command = [sys.executable, str(ROOT / "client.py"), "--data-dir", str(home)]
        windows.append(subprocess.Popen(command, process_group=0))
    return windows


def _anybody_watches(windows: list[Window]) -> bool:
    return any(window.poll() is None for window in windows)


if __name__ == "__main__":
    sys.exit(main())
