"""Every server that can be put under load: how it is started, and which protocol the clients speak to it."""

import contextlib
import math
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from . import certificate, machine, servers
from .dialects import Dialect, Hearth, Relayed
from .figures import Plan
from .load import WAVE, Generator, Run, Target
from .peer_servers import PEERS, Peer

SENDERS = 4
WINDOW = 16

_CLIENTS_PER_WAVE_OF_ACCOUNTS = 1000
HEARTH = "Hearth"
THREADS = "Thread per connection, stored"
THREADS_IN_MEMORY = "Thread per connection, not stored"
RELAY = "Relay that only copies"
OLD_HEARTH = "Hearth as it was"


@dataclass(frozen=True)
class Loaded:
    """A server with a room full of clients."""

    server: servers.Running
    generator: Generator

    def run(self, messages: int, window: int = WINDOW) -> tuple[Run, float]:
        """One run, and which share of a core the server was busy meanwhile."""
        before = machine.processor_seconds(self.server.process_id)
        run = self.generator.run(messages, window)
        return run, (machine.processor_seconds(self.server.process_id) - before) / run.seconds


@contextlib.contextmanager
def hearth(
    plan: Plan,
    *,
    tls: bool,
    folder: Path | None = None,
    root: Path = servers.ROOT,
    idle_seconds: int = servers.LISTENERS_SECONDS,
) -> Iterator[tuple[servers.Running, Target]]:
    """A Hearth server and how to reach it; a fresh one, where no folder with a database is given."""
    folder, port = folder or plan.folder_for("hearth"), servers.free_port()
    made = certificate.make(plan.folder_for("certificate")) if tls else None
    command = servers.hearth(folder, port, pair=made.pair if made else None, root=root, idle_seconds=idle_seconds)
    with servers.running(command, port, folder / "log", ready=servers.HEARTH_READY) as server:
        yield server, Target(port, made.context if made else None)


@contextlib.contextmanager
def loaded(
    plan: Plan,
    subject: str,
    receivers: int,
    *,
    tls: bool = False,
    senders: int = SENDERS,
    root: Path = servers.ROOT,
) -> Iterator[Loaded]:
    """A fresh server of this name with so many clients in its room; Hearth from the checkout `root`."""
    with contextlib.ExitStack() as stack:
        if subject in (HEARTH, OLD_HEARTH):
            server, target = stack.enter_context(hearth(plan, tls=tls, root=root))
        else:
            folder, port = plan.folder_for("other"), servers.free_port()
            made = certificate.make(plan.folder_for("certificate")) if tls else None
            command = _command(subject, folder, port, made.pair if made else None)
            server = stack.enter_context(servers.running(command, port, folder / "log"))
            target = Target(port, made.context if made else None)
        dialect = _dialect(subject, receivers, senders)
        generator = Generator(target, dialect, receivers, senders=senders, native=plan.native)
        yield Loaded(server, stack.enter_context(generator))


def accounts_for(clients: int) -> int:
    """So many accounts that nobody has more than some 20 devices; whole waves make them, and others log in after."""
    return min(clients, WAVE * math.ceil(clients / _CLIENTS_PER_WAVE_OF_ACCOUNTS))


def _command(subject: str, folder: Path, port: int, pair: servers.Pair | None) -> list[str]:
    if subject in (THREADS, THREADS_IN_MEMORY):
        return servers.thread_per_connection(folder, port, durable=subject == THREADS)
    if subject == RELAY:
        return servers.relay(port)
    return _peer(subject).command(folder, port, pair)


def _dialect(subject: str, receivers: int, senders: int) -> Dialect:
    if subject in (HEARTH, OLD_HEARTH, THREADS, THREADS_IN_MEMORY):
        return Hearth(time.monotonic_ns() & 0xFFFFFFFF, accounts_for(receivers), min(senders, receivers))
    return Relayed() if subject == RELAY else _peer(subject).dialect()


def _peer(name: str) -> Peer:
    return next(peer for peer in PEERS if peer.name == name)
