"""How many devices a second can come back over TLS: connect, shake hands, resume by token, read the snapshot, leave."""

import contextlib
import select
import socket
import ssl
import time
from collections.abc import Generator

from shared import codec, framing, tls
from shared.answers import Done
from shared.limits import MAX_FRAME
from shared.requests import Resume

from . import failures, machine, subjects
from .dialects import Refused
from .figures import Figure, Plan
from .load import Target
from .rooms import STALL_SECONDS, LoadFailed
from .servers import Running
from .stock import CHANNELS, Stock

NAME = "returns"
_AT_ONCE = 64
"""How many are on their way back at any time."""
_READ_SIZE = 256 * 1024

Coming = Generator[tuple[int, int], None, None]
"""A device that is coming back: its descriptor, and the events of `epoll` that it waits for."""


def measure(plan: Plan) -> list[Figure]:
    """Everybody comes back with their first device, again and again, and knows the people from before."""
    plan.say(f"Hearth: {plan.people:,} people come back")
    with failures.left_out(plan, "Coming back"):
        return _measure(plan, plan.small_stock())
    return []


def setting(people: int) -> str:
    """What the table calls it."""
    return f"devices that come back, TLS, {people:,} people and {CHANNELS} channels"


def by_core_setting(people: int) -> str:
    """What the table calls it."""
    return f"{setting(people)}, for each second of the server's processor time"


def _measure(plan: Plan, stock: Stock) -> list[Figure]:
    folder = stock.copy_to(plan.folder_for("returns"))
    rates, by_core, server_shares, generator_shares = [], [], [], []
    with subjects.hearth(plan, tls=True, folder=folder) as (server, target):
        _round(target, stock, plan.people // 10)
        for _ in range(plan.runs):
            seconds, server_share, generator_share = _timed_round(server, target, stock, plan.people)
            rates.append(plan.people / seconds)
            by_core.append(plan.people / seconds / server_share)
            server_shares.append(server_share)
            generator_shares.append(generator_share)
    middle = plan.runs // 2
    shares = (sorted(server_shares)[middle], sorted(generator_shares)[middle])
    return [
        Figure(NAME, subjects.HEARTH, setting(plan.people), "devices/s", tuple(rates), *shares),
        Figure(NAME, subjects.HEARTH, by_core_setting(plan.people), "devices/s", tuple(by_core), *shares),
    ]


def _timed_round(server: Running, target: Target, stock: Stock, people: int) -> tuple[float, float, float]:
    """Seconds, and of one core how busy the server and this process were."""
    server_busy, busy = machine.processor_seconds(server.process_id), time.process_time()
    start = time.perf_counter()
    _round(target, stock, people)
    seconds = time.perf_counter() - start
    server_share = (machine.processor_seconds(server.process_id) - server_busy) / seconds
    return seconds, server_share, (time.process_time() - busy) / seconds


def _round(target: Target, stock: Stock, people: int) -> None:
    """So many come back, each once. Raises `LoadFailed`, `Refused`."""
    # Whether the certificate is right is the client's work, and not what is measured.
    context = tls.pinning_context()
    waiting = iter([_come_back(target, context, stock, index) for index in range(people)])
    epoll = select.epoll()
    under_way: dict[int, Coming] = {}
    try:
        while True:
            while len(under_way) < _AT_ONCE and (coming := next(waiting, None)):
                descriptor, events = next(coming)
                under_way[descriptor] = coming
                epoll.register(descriptor, events)
            if not under_way:
                return
            ready = epoll.poll(STALL_SECONDS)
            if not ready:
                raise LoadFailed(f"{len(under_way)} devices could not come back.")
            for descriptor, _ in ready:
                step = next(under_way[descriptor], None)
                if step is None:
                    del under_way[descriptor]  # closed, so the kernel has forgotten it too
                else:
                    epoll.modify(*step)
    finally:
        for coming in under_way.values():
            coming.close()
        epoll.close()


def _come_back(target: Target, context: ssl.SSLContext, stock: Stock, index: int) -> Coming:
    """One device; it goes on when its socket is ready. Raises `LoadFailed`, `Refused`."""
    with contextlib.ExitStack() as stack:
        plain = stack.enter_context(socket.socket())
        plain.setblocking(False)
        with contextlib.suppress(BlockingIOError):
            plain.connect((target.host, target.port))
        yield plain.fileno(), select.EPOLLOUT
        line = stack.enter_context(context.wrap_socket(plain, do_handshake_on_connect=False))
        while True:
            try:
                line.do_handshake()
                break
            except ssl.SSLWantReadError:
                yield line.fileno(), select.EPOLLIN
        token = stock.tokens[index]
        line.send(framing.frame(codec.encode(Resume(id=1, token=token, users_rev=stock.users_rev))))
        frames = framing.FrameReader(MAX_FRAME)
        while True:
            yield line.fileno(), select.EPOLLIN
            try:
                data = line.recv(_READ_SIZE)
            except ssl.SSLWantReadError:
                continue
            if not data:
                raise LoadFailed("The server closed a connection on which somebody came back.")
            if payloads := frames.feed(data):
                _check(payloads[0], token, is_thorough=index == 0)
                return


def _check(payload: bytes, token: str, *, is_thorough: bool) -> None:
    """Whether it lets the device in; thoroughly, with all channels and nobody whom it knows."""
    if not payload.startswith(b'{"type":"done"'):
        raise Refused(payload.decode(errors="replace"))
    if token.encode() not in payload:
        raise LoadFailed("Somebody came back as somebody else.")
    if not is_thorough:
        return
    answer = codec.decode_from_server(payload)
    assert isinstance(answer, Done), "its type says so"
    snapshot = codec.decode_result(Resume, answer).snapshot
    if len(snapshot.channels) != CHANNELS or snapshot.users:
        raise LoadFailed("Somebody came back to another house than they left.")
