"""The window's command line: reads the options, makes sure that all is there, opens the window."""

import argparse
import logging
import logging.handlers
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from .preflight import NO_DISPLAY, has_display, obstacle, tell

if TYPE_CHECKING:
    from .desktop.login.form import Prefill

VERSION = "0.1.0"
LOG_BYTES, LOG_FILES = 1_000_000, 3
EXIT_FAILED, EXIT_UNUSABLE = 1, 2

_log = logging.getLogger(__name__)


def main(arguments: list[str] | None = None) -> int:
    """Run the window until it is closed. The exit status: 0, 1 after a failure, 2 if it cannot open at all."""
    options = _parser().parse_args(arguments)
    if (problem := obstacle()) is not None:
        tell(problem)
        return EXIT_UNUSABLE
    if not has_display():
        tell(NO_DISPLAY)
        return EXIT_UNUSABLE
    # Only now is it known that these can be imported.
    import tkinter

    from shared.errors import BadRequest

    try:
        prefill = _prefill(options)
        folder = Path(options.data_dir).expanduser() if options.data_dir else default_folder()
        _log_into(folder, options.log_level)
        return _open_window(folder, prefill, None if options.data_dir else default_cache_folder())
    except BadRequest as refusal:
        tell(refusal.message)
    except tkinter.TclError as error:
        if "display" not in str(error):
            raise
        tell(f"{NO_DISPLAY} ({error})")
    except OSError as error:
        tell(f"Hearth cannot use its data folder: {error}. Choose another one with --data-dir.")
    return EXIT_UNUSABLE


def default_folder() -> Path:
    """Where this system wants a program to keep a person's data."""
    from platformdirs import user_data_path

    return user_data_path("hearth", appauthor=False)


def default_cache_folder() -> Path:
    """Where this system wants a program to keep what it can make anew."""
    from platformdirs import user_cache_path

    return user_cache_path("hearth", appauthor=False)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="client.py", description="Hearth: the chat window.")
    parser.add_argument("link", nargs="?", metavar="LINK", help="an invite, or a link to a message: hearth://…")
    parser.add_argument("--server", metavar="HOST[:PORT]", help="the server that the login screen proposes")
    parser.add_argument("--port", type=int, metavar="N", help="its port (default: 5050)")
    parser.add_argument("--ca", metavar="FILE", help="believe this authority's certificates and no other's")
    parser.add_argument("--no-tls", action="store_true", help="connect without encryption")
    parser.add_argument("--name", help="the name that the login screen proposes")
    parser.add_argument("--data-dir", metavar="DIR", help="where settings, history and unsent messages are kept")
    levels = ["debug", "info", "warning", "error"]
    parser.add_argument("--log-level", choices=levels, default="info", help="how much client.log in that folder says")
    parser.add_argument("--version", action="version", version=f"Hearth {VERSION}")
    return parser


def _prefill(options: argparse.Namespace) -> "Prefill":
    """What the login screen shows at first. Raises `BadRequest` for an address, or a link, that is none."""
    from .core.network.address import is_message_link, parse_address, parse_invite, parse_message_link
    from .desktop.login.form import Prefill

    ca_file = Path(options.ca).expanduser().resolve() if options.ca else None
    if ca_file is not None and not ca_file.is_file():
        from shared.errors import BadRequest

        raise BadRequest(f"There is no file {ca_file}. --ca wants the authority’s certificate (such as certs/ca.pem).")
    if options.link and is_message_link(options.link):
        place = parse_message_link(options.link)
        return Prefill(replace(place.address, ca_file=ca_file), options.name or "", link=options.link)
    if options.link:
        invitation = parse_invite(options.link)
        return Prefill(replace(invitation.address, ca_file=ca_file), options.name or "", invitation.code)
    if options.server is None and not (options.port or options.no_tls or ca_file):
        return Prefill(None, options.name or "")
    server = options.server or "127.0.0.1"
    address = parse_address(server, port=options.port, uses_tls=not options.no_tls, ca_file=ca_file)
    return Prefill(address, options.name or "")


def _log_into(folder: Path, level: str) -> None:
    """Write the log into the folder, at most 4 MB of it. Raises `OSError` where the folder cannot be used."""
    folder.mkdir(parents=True, exist_ok=True)
    handler = logging.handlers.RotatingFileHandler(
        folder / "client.log", maxBytes=LOG_BYTES, backupCount=LOG_FILES, encoding="utf-8"
    )
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(threadName)s %(name)s: %(message)s"))
    logging.basicConfig(level=level.upper(), handlers=[handler])
    logging.getLogger("PIL").setLevel(logging.WARNING)
    # At DEBUG it would write the text of every notification.
    logging.getLogger("desktop_notifier").setLevel(logging.ERROR)
    sys.excepthook = lambda kind, error, _trace: _report_crash(folder, kind, error)


def _report_crash(folder: Path, kind: type[BaseException], error: BaseException) -> None:
    if issubclass(kind, KeyboardInterrupt):
        return
    _log.critical("Hearth had to stop.", exc_info=error)
    tell(f"Hearth had to stop: {kind.__name__}. What happened is in {folder / 'client.log'}.")


def _open_window(folder: Path, prefill: "Prefill", cache_folder: Path | None) -> int:
    from .desktop.app import open_app
    from .desktop.stopping import close_on_signals

    app = open_app(folder, prefill, cache=cache_folder)
    close_on_signals(app.root, app.close)
    try:
        app.show()
        _log.info("The window is open.")
        app.run()
    finally:
        app.client.close()
    return 0
