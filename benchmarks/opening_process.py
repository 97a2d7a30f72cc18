"""A process with a window, for `opening`.

python -m benchmarks.opening_process read FOLDER PORT    a new person joins and scrolls up as far as a device keeps
python -m benchmarks.opening_process open FOLDER         comes back and opens the channel; prints one line of JSON
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path

import msgspec

from client_app.core.client import Client
from client_app.core.network.address import Address
from client_app.core.signals import LoginFailed
from client_app.core.store.messages import MOST_IN_A_CHANNEL
from client_app.desktop.app import DesktopApp, open_app
from shared.types import GENERAL, ChannelId

from .opening import OpenedChannel

DEADLINE = 120.0
OTHER = ChannelId(2)
AGAIN = 20


def read(folder: Path, port: int) -> None:
    """Join, make another channel, and read as much of `general` as a device keeps."""
    client = Client(folder, lambda: None, use_keyring=False)
    failed: list[LoginFailed] = []
    client.on(LoginFailed, failed.append)
    client.register(Address("127.0.0.1", port, uses_tls=False), "reader", "correct horse", remember=True)
    _drain(client, lambda: client.session is not None or failed)
    if failed:
        sys.exit(f"Nobody could join: {failed[0]}")
    client.create_channel("plans")
    _drain(client, lambda: client.channels.row(OTHER))
    client.open_channel(GENERAL)
    timeline = client.timeline(GENERAL)
    _drain(client, lambda: timeline.entries and not timeline.is_loading)
    while timeline.last_seq - timeline.first_seq + 1 < MOST_IN_A_CHANNEL:
        before = timeline.first_seq
        client.load_older(GENERAL)
        _drain(client, lambda: timeline.first_seq < before)  # noqa: B023  # waited for before it changes
    client.close()


def open_channel(folder: Path) -> OpenedChannel:
    """Milliseconds from asking for the channel until the X server has drawn its messages."""
    app = open_app(folder, use_keyring=False)
    app.show()
    _update(app, lambda: app.client.session is not None and app.client.channels.row(OTHER))
    app.client.open_channel(OTHER)
    _update(app, lambda: app.window.conversation.channel_id == OTHER)
    times = []
    for _ in range(AGAIN):
        start = time.perf_counter()
        app.client.open_channel(GENERAL)
        _update(app, lambda: len(app.window.conversation.messages.painted) > 2)
        app.root.winfo_pointerxy()
        times.append((time.perf_counter() - start) * 1000)
        app.client.open_channel(OTHER)
        _update(app, lambda: len(app.window.conversation.messages.painted) <= 2)
    app.close()
    app.client.close()
    return OpenedChannel(times[0], times[1:])


def _drain(client: Client, condition: Callable[[], object]) -> None:
    until = time.monotonic() + DEADLINE
    while not condition():
        if time.monotonic() > until:
            sys.exit("What was waited for did not come.")
        if not client.drain():
            time.sleep(0.001)


def _update(app: DesktopApp, condition: Callable[[], object]) -> None:
    until = time.monotonic() + DEADLINE
    while not condition():
        if time.monotonic() > until:
            sys.exit("What was waited for was not shown.")
        app.root.update()


if __name__ == "__main__":
    if sys.argv[1] == "read":
        read(Path(sys.argv[2]), int(sys.argv[3]))
    else:
        sys.stdout.buffer.write(msgspec.json.encode(open_channel(Path(sys.argv[2]))))
