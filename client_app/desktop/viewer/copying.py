"""Puts a picture onto the clipboard as a picture, by the program that this system has for it."""

import io
import os
import shutil
import subprocess  # nosec B404  # Tk hands out nothing but text
import sys
from pathlib import Path

from client_app.desktop.pictures import Unreadable
from client_app.desktop.pictures.whole import whole

from .loading import MOST_PIXELS

SECONDS = 10
_PROGRAMS = (
    ("WAYLAND_DISPLAY", "wl-copy", ("--type", "image/png")),
    ("DISPLAY", "xclip", ("-selection", "clipboard", "-target", "image/png", "-in")),
)
"""Which variable says that this program is the right one, and how it is called."""


def copy_picture(path: Path) -> bool:
    """Copy it as PNG; whether that went well. Not for the window's thread."""
    command = _command()
    if command is None:
        return False
    content = io.BytesIO()
    try:
        whole(path, MOST_PIXELS).save(content, "PNG", compress_level=1)
        # The program goes on beside us as long as what it has is the latest that was copied.
        done = subprocess.run(  # nosec B603  # a program of the system, and no argument of anybody's
            command,
            input=content.getvalue(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=SECONDS,
            check=False,
        )
    except (Unreadable, OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def _command() -> list[str] | None:
    if sys.platform in {"win32", "darwin"}:
        return None
    for variable, program, arguments in _PROGRAMS:
        found = shutil.which(program) if os.environ.get(variable) else None
        if found is not None:
            return [found, *arguments]
    return None
