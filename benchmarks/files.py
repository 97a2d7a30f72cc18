"""Files beside the chat: what those who chat notice of somebody's 25 MB, and of a hundred people's files at once.

The server runs as it comes, with its limits lifted as far as they would end the load, on one core. Whoever carries
files has the other, but for the moments in which the chat is written and read.
"""

import contextlib
import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from . import failures, machine, servers, subjects
from .chat import ANSWER_SECONDS, PEOPLE, Chat, server
from .figures import Figure, Plan, quantile

NAME = "files"
SIZE, CROWD_SIZE = 25, 5
"""Megabytes."""
ALONE, UP, DOWN = "nobody carries files", f"somebody sends files of {SIZE} MB", f"somebody fetches {SIZE} MB"
CROWD = f"100 people send files of {CROWD_SIZE} MB"
WAYS = {ALONE: (1, SIZE, "talk"), UP: (1, SIZE, "up"), DOWN: (1, SIZE, "down"), CROWD: (100, CROWD_SIZE, "up")}
"""How many people carry files, how large, and in which direction."""
MEMORY = f"server memory that {CROWD} take at most, beside the chat"
_UNLIMITED = 10**6
_MOST_RUNS = 3
_BYTES = 1024 * 1024


def chat_setting(way: str, name: str) -> str:
    """What the table calls it; `name` is p50 or p99."""
    return f"{PEOPLE} people chat over TLS while {way}, {name}"


def own_setting(way: str, name: str) -> str:
    """What the table calls it on the connection that carries the files."""
    return f"one message, on the connection on which {way}, TLS, {name}"


def speed_setting(way: str) -> str:
    """What the table calls how fast files go meanwhile."""
    return f"files while {PEOPLE} people chat over TLS and {way}"


@dataclass
class _Found:
    """What the runs of one way came to, a value for each."""

    chats: list[list[float]] = field(default_factory=list)
    own: list[list[float]] = field(default_factory=list)
    megabytes: list[float] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)


def measure(plan: Plan) -> list[Figure]:
    """The chat without files, beside one who carries them and who talks, too, and beside a crowd."""
    found = {way: _Found() for way in WAYS}
    with failures.left_out(plan, "Files beside the chat"):
        lifted = {
            f"{name}_{part}": _UNLIMITED
            for name in ("registrations", "logins", "messages", "uploads", "chunks", "fetches")
            for part in ("per_second", "burst")
        }
        lifted |= {"private_channels_per_account": _UNLIMITED, "channels": _UNLIMITED, "channels_burst": _UNLIMITED}
        lifted |= {"connections_per_address": _UNLIMITED, "bytes_per_second": 2**30, "frames_per_second": _UNLIMITED}
        options = ("--bcrypt-rounds", "4", "--quota", "0")
        for _ in range(min(_MOST_RUNS, plan.runs)):
            for way, runs in found.items():
                plan.say(f"Hearth: {chat_setting(way, 'p99')}")
                with server(plan, lifted, *options) as (running, target), contextlib.closing(Chat(target)) as chat:
                    chat.run(plan.chat_seconds / 4)
                    before = machine.resident_bytes(running.process_id)
                    with _carrying(running.port, way, plan.chat_seconds) as carried:
                        runs.chats.append(chat.run(plan.chat_seconds))
                    runs.memory.append((_most_resident_bytes(running.process_id) - before) / _BYTES)
                runs.own.append(sorted(carried.latencies))
                runs.megabytes.append(carried.bytes / _BYTES / plan.chat_seconds)
                plan.say(f"… {carried.bytes / _BYTES:,.0f} MB of files")
        return list(_figures(found))
    return []


def _figures(found: dict[str, _Found]) -> Iterator[Figure]:
    for name, share in (("p50", 0.5), ("p99", 0.99)):
        for way, runs in found.items():
            values = tuple(quantile(run, share) for run in runs.chats)
            yield Figure(NAME, subjects.HEARTH, chat_setting(way, name), "ms", values)
        for way, runs in found.items():
            if way != CROWD:
                values = tuple(quantile(run, share) for run in runs.own)
                yield Figure(NAME, subjects.HEARTH, own_setting(way, name), "ms", values)
    for way, runs in found.items():
        if way != ALONE:
            yield Figure(NAME, subjects.HEARTH, speed_setting(way), "MB/s", tuple(runs.megabytes))
    yield Figure(NAME, subjects.HEARTH, MEMORY, "MB", tuple(found[CROWD].memory))


@dataclass
class _Carried:
    """What was carried, once it is over."""

    bytes: int = 0
    latencies: list[float] = field(default_factory=list)


@contextlib.contextmanager
def _carrying(port: int, way: str, seconds: float) -> Iterator[_Carried]:
    """Carry files in the background."""
    carried = _Carried()
    command = [sys.executable, "-m", "benchmarks.carrier", str(port), str(seconds), *map(str, WAYS[way])]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=servers.ROOT) as carrier:
        assert carrier.stdout is not None
        try:
            carrier.stdout.readline()
            yield carried
            told = json.loads(carrier.communicate(timeout=seconds + ANSWER_SECONDS)[0])
        except BaseException:
            carrier.kill()
            raise
    carried.bytes, carried.latencies = told["bytes"], told["latencies"]


def _most_resident_bytes(process_id: int) -> int:
    """How much memory a process ever held (RSS)."""
    status = Path(f"/proc/{process_id}/status").read_text("ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) * 1024
