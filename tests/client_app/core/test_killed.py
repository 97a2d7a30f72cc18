"""The client's process is killed at any moment, or runs twice: what was said arrives, once and in order."""

import os
import random
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from client_app.core.signals import Phase
from server_app.app import App
from server_app.limits import Limits
from shared.limits import MAX_INTEGER, MAX_PAGE
from shared.requests import FetchHistory
from shared.types import GENERAL
from tests.conftest import ConnectFactory, ServerFactory
from tests.peer import Peer

from .conftest import DeviceFactory
from .headless import Headless, address_of

ROOT = Path(__file__).parents[3]
KILLS = 5


@pytest.fixture
def house(start_server: ServerFactory) -> App:
    """A server that lets people write as fast as they can."""
    return start_server(limits=Limits().without_rates_and_caps())


Begin = Callable[..., "subprocess.Popen[bytes]"]


@pytest.fixture
def begin(house: App) -> Iterator[Begin]:
    """A function that starts a client's process, which says numbered texts until it is killed."""
    processes: list[subprocess.Popen[bytes]] = []

    def start(folder: Path, name: str, first: int) -> "subprocess.Popen[bytes]":
        host, port = house.address[:2]
        arguments = [folder, host, port, house.settings.certificate, name, first]
        process: subprocess.Popen[Any] = subprocess.Popen(
            [sys.executable, "-m", "tests.client_app.core.writer_process", *map(str, arguments)],
            stdout=subprocess.PIPE,
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        processes.append(process)
        assert process.stdout
        assert process.stdout.readline() == b"in\n"
        return process

    yield start
    for process in processes:
        process.kill()
        process.communicate()


def everything_said(peer: Peer) -> list[str]:
    """All of general, oldest first."""
    bodies: list[str] = []
    last, more = 0, True
    while more:
        page = peer.request(FetchHistory(channel_id=GENERAL, after_seq=last, limit=MAX_PAGE))
        bodies += [message.body for message in page.messages]
        last, more = page.messages[-1].seq if page.messages else last, page.more
    return bodies


def is_all_sent(laptop: Headless) -> bool:
    session = laptop.client.session
    return laptop.is_at(Phase.ONLINE) and session is not None and not session.outbox.waiting(GENERAL, MAX_INTEGER)


def journal(folder: Path) -> list[str]:
    """What the process knew to be on its disk; a last line that is not whole does not count."""
    return (folder / "journal.txt").read_text().split("\n")[:-1]


def test_no_text_that_was_on_disk_is_lost_or_doubled_however_often_the_program_is_killed(
    begin: Begin, house: App, device: DeviceFactory, connect: ConnectFactory, tmp_path: Path, wait_until: Any
) -> None:
    connect(house).register("alice")
    folder, chance = tmp_path / "devices" / "laptop", random.Random(7)
    for round_number in range(KILLS):
        process = begin(folder, "alice", 100_000 * round_number)
        lines = len(journal(folder)) + chance.randint(1, 60)
        wait_until(lambda lines=lines: len(journal(folder)) >= lines)
        process.send_signal(signal.SIGKILL)
        process.wait()
    laptop = device("laptop", address_of(house))
    assert laptop.client.resume_remembered()
    laptop.open()
    laptop.until(lambda: is_all_sent(laptop))
    said = everything_said(connect(house).log_in("alice"))
    kept = journal(folder)
    assert len(kept) > KILLS
    assert sorted(set(kept) - set(said)) == []
    assert len(set(said)) == len(said)
    assert sorted(said, key=lambda text: int(text.split()[1])) == said


def test_two_processes_of_one_account_say_everything_once_and_each_in_order(
    begin: Begin, house: App, device: DeviceFactory, connect: ConnectFactory, tmp_path: Path, wait_until: Any
) -> None:
    connect(house).register("alice")
    folder = tmp_path / "devices" / "laptop"
    first = begin(folder, "alice", 0)
    wait_until(lambda: len(journal(folder)) > 20)
    second = begin(folder, "alice", 100_000)
    wait_until(lambda: sum(int(line.split()[1]) >= 100_000 for line in journal(folder)) > 50)
    for process in (first, second):
        process.send_signal(signal.SIGKILL)
        process.wait()
    laptop = device("laptop", address_of(house))
    assert laptop.client.resume_remembered()
    laptop.until(lambda: is_all_sent(laptop))
    said = everything_said(connect(house).log_in("alice"))
    assert sorted(set(journal(folder)) - set(said)) == []
    assert len(set(said)) == len(said)
    numbers = [int(text.split()[1]) for text in said]
    for process_numbers in ([n for n in numbers if n < 100_000], [n for n in numbers if n >= 100_000]):
        assert process_numbers == sorted(process_numbers)
