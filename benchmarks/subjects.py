"""Every server that can be put under load: how it is started, and which protocol the clients speak to it."""

import contextlib
import math
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from . import certificate, machine, servers
from .dialects import Dialect, Hearth
from .figures import Plan
from .load import WAVE, Generator, Run, Target
from .peer_servers import PEERS, Peer

SENDERS = 4
WINDOW = 16

_CLIENTS_PER_WAVE_OF_ACCOUNTS = 1000
HEARTH = "Hearth"
THREADS = "Thread per connection, stored"
THREADS_IN_MEMORY = "Thread per connection, not stored"


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
def hearth(plan: Plan, *, tls: bool) -> Iterator[tuple[servers.Running, Target]]:
    """A fresh Hearth server, and how to reach it."""
    folder, port = plan.folder_for("hearth"), servers.free_port()
    if tls:
        made = certificate.make(folder)
        command = servers.hearth(folder, port, certificate=made.certificate, key=made.key)
        target = Target(port, made.context)
    else:
        command, target = servers.hearth(folder, port), Target(port)
    with servers.running(command, port, folder / "log", ready=servers.HEARTH_READY) as server:
        yield server, target


@contextlib.contextmanager
def loaded(plan: Plan, subject: str, receivers: int, *, tls: bool = False, senders: int = SENDERS) -> Iterator[Loaded]:
    """A fresh server of this name with so many clients in its room."""
    with contextlib.ExitStack() as stack:
        if subject == HEARTH:
            server, target = stack.enter_context(hearth(plan, tls=tls))
        else:
            folder, port = plan.folder_for("other"), servers.free_port()
            server = stack.enter_context(servers.running(_command(subject, folder, port), port, folder / "log"))
            target = Target(port)
        generator = Generator(target, _dialect(subject, receivers, senders), receivers, senders=senders)
        yield Loaded(server, stack.enter_context(generator))


def accounts_for(clients: int) -> int:
    """So many accounts that nobody has more than some 20 devices; whole waves make them, and others log in after."""
    return min(clients, WAVE * math.ceil(clients / _CLIENTS_PER_WAVE_OF_ACCOUNTS))


def _command(subject: str, folder: Path, port: int) -> list[str]:
    if subject in (THREADS, THREADS_IN_MEMORY):
        return servers.thread_per_connection(folder, port, durable=subject == THREADS)
    return _peer(subject).command(folder, port)


def _dialect(subject: str, receivers: int, senders: int) -> Dialect:
    if subject in (HEARTH, THREADS, THREADS_IN_MEMORY):
        return Hearth(time.monotonic_ns() & 0xFFFFFFFF, accounts_for(receivers), min(senders, receivers))
    return _peer(subject).dialect()


def _peer(name: str) -> Peer:
    return next(peer for peer in PEERS if peer.name == name)
