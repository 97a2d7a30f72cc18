"""A screen with a window manager, so that windows can be found and closed as a person closes them."""

import os
import shutil
import subprocess
from collections.abc import Iterator

import pytest


@pytest.fixture(scope="session")
def desktop() -> Iterator[dict[str, str]]:
    """The environment of a program that runs on a screen of the tests' own, and reads no settings of a real server."""
    missing = [name for name in ("Xvfb", "openbox", "xdotool") if shutil.which(name) is None]
    if missing:
        pytest.fail(f"These tests need {', '.join(missing)}. `make test` installs them.", pytrace=False)
    reader, writer = os.pipe()
    screen = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writer), "-screen", "0", "1280x800x24", "-nolisten", "tcp"],
        pass_fds=(writer,),
        stderr=subprocess.DEVNULL,
    )
    os.close(writer)
    with os.fdopen(reader) as answer:
        display = f":{answer.readline().strip()}"
    kept = {name: value for name, value in os.environ.items() if not name.startswith("HEARTH_")}
    environment = {**kept, "DISPLAY": display}
    manager = subprocess.Popen(["openbox", "--sm-disable"], env=environment, stderr=subprocess.DEVNULL)
    yield environment
    for process in (manager, screen):
        process.terminate()
        process.wait(10)
