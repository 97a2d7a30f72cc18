"""Opens a file with the program that this system has for it."""

import os
import shutil
import subprocess  # nosec B404  # for the system's opener, which outlives us
import sys
from pathlib import Path

from shared.errors import Unavailable


def open_file(path: Path) -> None:
    """Let the system open it. Raises `Unavailable` where it has nothing that could.

    On Windows `startfile` is what a double click is; elsewhere the opener runs beside us and outlives us.
    """
    if sys.platform == "win32":
        os.startfile(path)  # nosec B606  # asked for by name, of a file that was checked
        return
    opener = shutil.which("open" if sys.platform == "darwin" else "xdg-open")
    if opener is None:
        raise Unavailable(f"This system has no program that opens files. It is here: {path}")
    subprocess.Popen(  # nosec B603  # a program of the system, and a path that begins with “/”
        [opener, str(path)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
