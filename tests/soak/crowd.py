"""The processes of people, as the driver holds them: started, killed, frozen, and asked what they show in the end."""

import contextlib
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from shared.types import ChannelId

from .house import ROOT
from .keeping import Keeping, keeping
from .orders import FINAL, QUIET, DeviceOrders, Orders, Showing, folder_of

PER_PROCESS = 4
"""Devices that die together."""


class Crowd:
    """Some processes of several devices each. Its methods belong to one thread at a time."""

    def __init__(self, folder: Path, orders: Orders) -> None:
        self._folder = folder
        self._orders = orders
        self._paths: list[Path] = []
        for number, devices in enumerate(_groups(orders)):
            path = folder / f"orders-{number}.json"
            path.write_bytes(msgspec.json.encode(msgspec.structs.replace(orders, devices=devices)))
            self._paths.append(path)
        self._processes: list[subprocess.Popen[bytes]] = []

    @property
    def devices(self) -> Sequence[DeviceOrders]:
        """All devices."""
        return self._orders.devices

    def keepings(self) -> list[Keeping]:
        """What the devices keep on their disks; for after their end."""
        return [keeping(self._orders, device) for device in self.devices]

    @property
    def logs(self) -> list[Path]:
        """What the processes said of themselves."""
        return [path.with_suffix(".log") for path in self._paths]

    def start(self) -> None:
        """Start all processes."""
        self._processes = [self._spawn(path) for path in self._paths]

    def kill(self, choice: int) -> None:
        """End one process as kill -9 does."""
        process = self._processes[choice % len(self._processes)]
        process.kill()
        process.wait()
        _hang_up(process)

    def revive(self) -> None:
        """Start again what was killed."""
        self._processes = [
            process if process.poll() is None else self._spawn(path)
            for process, path in zip(self._processes, self._paths, strict=True)
        ]

    def freeze(self, choice: int) -> None:
        """Let one process do nothing at all."""
        self._processes[choice % len(self._processes)].send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """Let all go on."""
        for process in self._processes:
            if process.poll() is None:
                process.send_signal(signal.SIGCONT)

    def hush(self, patience: float) -> list[str]:
        """Have nothing new said, and wait until all is sent; the speakers that were not done in time."""
        return self._tell("hush", QUIET, patience)

    def finish(self, patience: float) -> list[str]:
        """Have everybody look at everything and say what they show; the speakers that did not in time."""
        late = self._tell("finish", FINAL, patience)
        for process in self._processes:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(15)
        return late

    def hung(self) -> list[str]:
        """The processes that have not ended by themselves, after `finish`, or ended badly."""
        return [
            f"{path.stem} ended with {process.poll()}"
            for process, path in zip(self._processes, self._paths, strict=True)
            if process.poll() != 0
        ]

    def close(self) -> None:
        """End what still runs."""
        for process in self._processes:
            process.kill()
            process.wait()
            _hang_up(process)

    def showings(self) -> list[Showing]:
        """What the devices show in the end."""
        files = [folder_of(device) / FINAL for device in self.devices]
        return [msgspec.json.decode(file.read_bytes(), type=Showing) for file in files if file.exists()]

    def _spawn(self, path: Path) -> subprocess.Popen[bytes]:
        with path.with_suffix(".log").open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "tests.soak.people", str(path)],
                cwd=ROOT,
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                process_group=0,
            )

    def _tell(self, word: str, file: str, patience: float) -> list[str]:
        for process in self._processes:
            with contextlib.suppress(OSError):
                assert process.stdin is not None
                process.stdin.write(word.encode() + b"\n")
                process.stdin.flush()
        deadline = time.monotonic() + patience
        while late := [device.speaker for device in self.devices if not (folder_of(device) / file).exists()]:
            if time.monotonic() > deadline:
                break
            time.sleep(0.05)
        return late


def _groups(orders: Orders) -> list[tuple[DeviceOrders, ...]]:
    devices = orders.devices
    return [devices[start : start + PER_PROCESS] for start in range(0, len(devices), PER_PROCESS)]


def _hang_up(process: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(OSError):
        if process.stdin is not None:
            process.stdin.close()


def device_orders(
    folder: Path, accounts: Sequence[str], channel_ids: Mapping[str, Sequence[ChannelId]]
) -> tuple[DeviceOrders, ...]:
    """The devices of these accounts; an account that is named twice has two."""
    numbers: dict[str, int] = {}
    devices = []
    for account in accounts:
        numbers[account] = numbers.get(account, 0) + 1
        speaker = f"{account}/{numbers[account]}"
        place = folder / speaker.replace("/", "-")
        place.mkdir(parents=True, exist_ok=True)
        devices.append(DeviceOrders(account, speaker, str(place), tuple(channel_ids[account])))
    return tuple(devices)
