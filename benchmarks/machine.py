"""What the figures were taken on, and how this process and the servers share its cores."""

import contextlib
import os
import platform
import resource
import ssl
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import msgspec


@dataclass(frozen=True)
class Machine:
    """What a reader needs to know to judge the figures."""

    processor: str
    cores: int
    memory_gib: float
    kernel: str
    python: str
    openssl: str
    file_system: str
    """Where databases are put: its kind and its device."""
    fsync_ms: float
    """How long it takes to have 4 KiB written and on disk, median of 50: what durability costs here."""
    load_at_start: float
    """How many other threads wanted the cores in the minute before; 0 on a quiet machine."""


def describe(disk: Path) -> Machine:
    """This machine, with `disk` as the folder that databases are put in."""
    return Machine(
        processor=_processor(),
        cores=os.cpu_count() or 1,
        memory_gib=round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30, 1),
        kernel=f"{platform.system()} {platform.release()}",
        python=sys.version.split()[0],
        openssl=ssl.OPENSSL_VERSION,
        file_system=_file_system(disk),
        fsync_ms=round(_fsync_ms(disk), 3),
        load_at_start=round(os.getloadavg()[0], 2),
    )


def server_core() -> int | None:
    """The core that servers are pinned to; None where there is only one for everybody."""
    return 0 if (os.cpu_count() or 1) > 1 else None


def pin_generator() -> None:
    """Keep this process off the servers' core, on one other."""
    if server_core() is not None:
        os.sched_setaffinity(0, {1})


def raise_file_limit() -> int:
    """Allow as many open files as the system lets this process have, and say how many."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    return hard


def resident_bytes(process_id: int) -> int:
    """How much memory a process holds (RSS)."""
    pages = int(Path(f"/proc/{process_id}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


def processor_seconds(process_id: int) -> float:
    """How long the threads that a process has now have kept a core busy, in user and kernel mode."""
    nanoseconds = 0
    for thread in Path(f"/proc/{process_id}/task").iterdir():
        with contextlib.suppress(OSError):  # it may just have ended
            nanoseconds += int((thread / "schedstat").read_text().split()[0])
    return nanoseconds / 1e9


def as_dict(machine: Machine) -> dict[str, object]:
    """For the JSON file."""
    return msgspec.to_builtins(machine)  # type: ignore[no-any-return]  # a dataclass becomes a dict


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.split(":", maxsplit=1)[1].strip()
    return platform.machine()


def _file_system(folder: Path) -> str:
    """Of the mounts that hold the folder, the innermost."""
    mounts = Path("/proc/mounts")
    if not mounts.exists():
        return "unknown"
    here = str(folder.resolve()).rstrip("/") + "/"
    lines = [line.split() for line in mounts.read_text().splitlines()]
    holding = [fields for fields in lines if here.startswith(fields[1].rstrip("/") + "/")]
    device, _, kind, *_ = max(holding, key=lambda fields: len(fields[1]))
    return f"{kind} on {device}"


def _fsync_ms(folder: Path) -> float:
    seconds: list[float] = []
    with tempfile.TemporaryFile(dir=folder) as file:
        for _ in range(50):
            file.write(b"x" * 4096)
            file.flush()
            start = time.perf_counter()
            os.fsync(file.fileno())
            seconds.append(time.perf_counter() - start)
    return statistics.median(seconds) * 1000
