"""From the command line to a running server, until a signal ends it."""

import contextlib
import gc
import logging
import os
import queue
import signal
import sys
from collections.abc import Sequence

from .errors import StartError
from .settings import Settings, load

log = logging.getLogger("hearth")

STOP_SECONDS = 10.0


def main(arguments: Sequence[str]) -> int:
    """Run a server; the process's exit code: 0 after a clean stop, 2 where it could not start."""
    if arguments[:1] == ["admin"]:
        # Here, so that a server does not load what only the command line needs.
        from .admin.command_line import main as admin

        return admin(arguments[1:], os.environ)
    try:
        settings = load(arguments, os.environ)
        _start_log(settings.log_level)
        return _serve(settings)
    except StartError as error:
        print(f"server.py: {error}", file=sys.stderr)  # noqa: T201  # the one thing that a failed start says
        return 2


def _serve(settings: Settings) -> int:
    # Here, so that --help and --version need not wait for the database library.
    from .admin.answering import local_socket
    from .app import App, certificate_fingerprint

    signals = _catch_signals()
    app = App(settings)
    app.start()
    admin = local_socket(app)
    if admin is not None:
        admin.start()
    # What stands now stands to the end. Collecting garbage need not walk through it, which stops all threads for 30 ms.
    gc.collect()
    gc.freeze()
    host, port = app.address
    print_lines = [
        f"Database: {settings.database}",
        f"TLS: on, fingerprint {certificate_fingerprint(settings.certificate)}"
        if settings.tls
        else "TLS: OFF. Passwords and messages can be read on the way; use this on your own machine only.",
        _registration(settings),
        *([] if app.has_people else ["Nobody has an account yet. The first one is the owner: make it now."]),
        f"Hearth is listening on {host}:{port}",
    ]
    print("\n".join(print_lines), flush=True)  # noqa: T201  # for people, and for tools that wait for the last line
    _wait_for_one(signals)
    log.info("stopping")
    if admin is not None:
        admin.stop()
    app.stop(STOP_SECONDS)
    return 0


def _registration(settings: Settings) -> str:
    """Who may make an account and, where nobody chose that, why."""
    line = f"Registration: {settings.registration_in_force.value}"
    if settings.registration is not None:
        return line
    if settings.is_local:
        return f"{line}, since only this machine reaches {settings.host}. --registration sets it."
    where = "a balancer" if settings.proxy_protocol else settings.host
    return f"{line}, since others can reach the server through {where}. --registration sets it."


def _wait_for_one(signals: "queue.SimpleQueue[int]") -> None:
    """Until a signal has come. One that comes just before a wait begins does not end it; so none is longer than 1 s."""
    while True:
        with contextlib.suppress(queue.Empty):
            signals.get(timeout=1.0)
            return


def _catch_signals() -> "queue.SimpleQueue[int]":
    """The first signal to stop comes out of this; the second ends the process at once."""
    # Of all that can wake a thread, this alone may be used within a signal handler.
    signals: queue.SimpleQueue[int] = queue.SimpleQueue()
    came: list[int] = []

    def on_signal(number: int, _frame: object) -> None:
        if came:
            os._exit(128 + number)
        came.append(number)
        signals.put(number)

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, on_signal)
    return signals


def _start_log(level: str) -> None:
    logging.basicConfig(
        level=level.upper(), format="%(asctime)s %(levelname)s %(name)s: %(message)s", stream=sys.stderr
    )
    logging.getLogger("alembic").setLevel(logging.WARNING)
