"""A client in a process of its own, for tests that kill it: says numbered texts and writes down what is on disk.

Its arguments: the folder, host, port, the authority's file, the account, and the first number.
"""

import sys
import threading
from pathlib import Path

from client_app.core.client import Client
from client_app.core.network.address import Address
from client_app.core.signals import LoggedIn
from shared.types import GENERAL

PAUSE = 0.002
"""Seconds between two texts; with more than the store's thread needs, it would not be killed in between."""


def main(folder: str, host: str, port: str, authority: str, name: str, first: str) -> None:
    """Say texts until the process is killed. A line is written once the text before it is on disk."""
    client = Client(Path(folder), use_keyring=False)
    journal = Path(folder, "journal.txt").open("a")  # noqa: SIM115 -- closed by the kill
    numbers = iter(range(int(first), 10**9))
    pause = threading.Event()

    def kept(text: str) -> None:
        journal.write(f"{text}\n")
        journal.flush()

    def say() -> None:
        text = f"{name} {next(numbers)}"
        client.send(GENERAL, text)
        client._store.in_order(lambda: kept(text))

    client.on(LoggedIn, lambda _: print("in", flush=True))
    address = Address(host, int(port), uses_tls=True, ca_file=Path(authority))
    client.save_settings(server=host, port=int(port), ca_file=authority, name=name)
    if not client.resume_remembered():
        client.login(address, name, "correct horse", remember=True)
    while True:
        while client.drain():
            pass
        if client.session is not None:
            say()
        pause.wait(PAUSE)


if __name__ == "__main__":
    main(*sys.argv[1:])
