"""From the command line to a running server, until a signal ends it."""

import logging
import os
import signal
import sys
import threading
from collections.abc import Sequence

from .errors import StartError
from .settings import Settings, load

log = logging.getLogger("hearth")

STOP_SECONDS = 10.0


def main(arguments: Sequence[str]) -> int:
    """Run a server; the process's exit code: 0 after a clean stop, 2 where it could not start."""
    try:
        settings = load(arguments, os.environ)
        _start_log(settings.log_level)
        return _serve(settings)
    except StartError as error:
        print(f"server.py: {error}", file=sys.stderr)  # noqa: T201  # the one thing that a failed start says
        return 2


def _serve(settings: Settings) -> int:
    # Here, so that --help and --version need not wait for the database library.
    from .app import App, certificate_fingerprint

    wanted = threading.Event()
    _stop_on_signals(wanted)
    app = App(settings)
    app.start()
    host, port = app.address
    print_lines = [
        f"Database: {settings.database}",
        f"TLS: on, fingerprint {certificate_fingerprint(settings.certificate)}"
        if settings.tls
        else "TLS: OFF. Passwords and messages can be read on the way; use this on your own machine only.",
        f"Registration: {settings.registration.value}",
        f"Hearth is listening on {host}:{port}",
    ]
    print("\n".join(print_lines), flush=True)  # noqa: T201  # for people, and for tools that wait for the last line
    wanted.wait()
    log.info("stopping")
    app.stop(STOP_SECONDS)
    return 0


def _stop_on_signals(wanted: threading.Event) -> None:
    def on_signal(number: int, _frame: object) -> None:
        if wanted.is_set():
            os._exit(128 + number)
        wanted.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, on_signal)


def _start_log(level: str) -> None:
    logging.basicConfig(
        level=level.upper(), format="%(asctime)s %(levelname)s %(name)s: %(message)s", stream=sys.stderr
    )
    logging.getLogger("alembic").setLevel(logging.WARNING)
