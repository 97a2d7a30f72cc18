"""Everything that can be set, in one table: file < environment (`HEARTH_…`) < command line."""

import argparse
import dataclasses
import ipaddress
import os
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from shared import __version__
from shared.limits import MEBIBYTE
from shared.types import Registration

from .addresses import Network, parsed
from .errors import StartError
from .limits import Limits

ROOT = Path(__file__).resolve().parent.parent
"""The folder of `server.py`: defaults lie beside it, whatever the working directory."""

LOG_LEVELS = ("debug", "info", "warning", "error")


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@dataclass(frozen=True)
class Settings:
    """What a server runs with. Every field has the default that `server.py` has."""

    host: str = "127.0.0.1"
    port: int = 5050
    database: str = str(ROOT / "data" / "hearth.db")
    tls: bool = True
    certificate: Path = ROOT / "certs" / "server.crt"
    key: Path = ROOT / "certs" / "server.key"
    io_threads: int = dataclasses.field(default_factory=lambda: min(4, _cores()))
    registration: Registration | None = None
    """None: as `registration_in_force` says."""
    bcrypt_rounds: int = 12
    log_level: str = "info"
    proxy_protocol: tuple[Network, ...] = ()
    """Where balancers are that say for whom they connect; nobody else is believed."""
    files: Path | None = None
    """None: as `files_folder` says."""
    max_file_size: int = 25 * MEBIBYTE
    quota: int = 1024 * MEBIBYTE
    """Bytes of files that a person may have uploaded; 0 for any number."""
    limits: Limits = dataclasses.field(default_factory=Limits)

    def files_folder(self, database: Path | None) -> Path:
        """Where files lie: as it was set, or else beside the database, if that is a file, under its name."""
        beside = database or ROOT / "data" / "hearth.db"
        return self.files or beside.with_suffix(".files")

    @property
    def is_local(self) -> bool:
        """Whether only this machine reaches the server.

        Behind a balancer the address says nothing about that. A name other than `localhost` may mean any address.
        """
        address = parsed(self.host)
        is_loopback = self.host == "localhost" if address is None else address.is_loopback
        return is_loopback and not self.proxy_protocol

    @property
    def registration_in_force(self) -> Registration:
        """Who may make an account: as it was set, or else everybody on this machine and elsewhere the invited."""
        return self.registration or (Registration.OPEN if self.is_local else Registration.INVITE)


def _whole(low: int, high: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not (text.isascii() and text.isdigit() and low <= int(text) <= high):
            raise ValueError(f"takes a whole number from {low} to {high}")
        return int(text)

    return read


def _megabytes(low: int, high: int) -> Callable[[str], int]:
    whole = _whole(low, high)
    return lambda text: whole(text) * MEBIBYTE


def _choice(*choices: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text not in choices:
            raise ValueError(f"takes one of {', '.join(choices)}")
        return text

    return read


def _switch(text: str) -> bool:
    if text.lower() in ("1", "true", "yes", "on"):
        return True
    if text.lower() in ("0", "false", "no", "off", ""):
        return False
    raise ValueError("takes true or false")


def _positive(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = 0
    if not number > 0:
        raise ValueError("takes a number over 0")
    return number


def _networks(text: str) -> tuple[Network, ...]:
    try:
        return tuple(ipaddress.ip_network(each.strip(), strict=False) for each in text.split(",") if each.strip())
    except ValueError:
        raise ValueError("takes addresses or networks with commas between them") from None


def _some(text: str) -> str:
    if not text:
        raise ValueError("takes a value that is not empty")
    return text


@dataclass(frozen=True)
class Option:
    """One thing that can be set: `--name`, `HEARTH_NAME`, and `name` in the file."""

    name: str
    read: Callable[[str], Any]
    """From text to the value, or `ValueError` with what it takes; `_switch` makes an option without an argument."""
    placeholder: str
    help: str


OPTIONS = (
    Option("host", _some, "ADDRESS", "address to listen on; 0.0.0.0 or :: for every interface (default 127.0.0.1)"),
    Option("port", _whole(0, 65535), "PORT", "TCP port; 0 takes a free one (default 5050)"),
    Option("db", _some, "PATH|URL", "database: a path or an SQLAlchemy URL (default data/hearth.db beside server.py)"),
    Option("files", _some, "FOLDER", "where people's files lie (default: beside the database, hearth.files)"),
    Option("max-file-size", _megabytes(1, 4096), "MB", "how large a file may be that people send (default 25)"),
    Option("quota", _megabytes(0, 2**30), "MB", "files of one person together; 0 for any number (default 1024)"),
    Option("no-tls", _switch, "", "speak without encryption: for tests, or behind a proxy that does TLS"),
    Option("cert", _some, "FILE", "the server's certificate, PEM (default certs/server.crt beside server.py)"),
    Option("key", _some, "FILE", "its private key, PEM (default certs/server.key beside server.py)"),
    Option("io-threads", _whole(1, 64), "N", "threads that serve connections (default: the cores, at most 4)"),
    Option(
        "registration",
        _choice(*(each.value for each in Registration)),
        "WHO",
        "who may make an account: open, invite or closed (default: open where only this machine connects, else invite)",
    ),
    Option("bcrypt-rounds", _whole(4, 20), "N", "price of a password check; each round doubles it (default 12)"),
    Option(
        "proxy-protocol",
        _networks,
        "ADDRESSES",
        "balancers that begin each connection with a PROXY protocol header, version 2: addresses or networks, by comma",
    ),
    Option("no-limits", _switch, "", "lift every rate limit and connection cap: for load tests only"),
    Option("log-level", _choice(*LOG_LEVELS), "LEVEL", "debug, info, warning or error (default info)"),
)


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise StartError(f"{message[:1].upper()}{message[1:]}. See server.py --help.")


def load(arguments: Sequence[str], environment: Mapping[str, str]) -> Settings:
    """The settings that file, environment and command line make together. Raises `StartError`.

    `--help` and `--version` print and raise `SystemExit`, as argparse does.
    """
    parser = _Parser("server.py", description="The Hearth chat server.", allow_abbrev=False)
    for option in OPTIONS:
        if option.read is _switch:
            parser.add_argument("--" + option.name, action="store_const", const="true", help=option.help)
        else:
            parser.add_argument("--" + option.name, metavar=option.placeholder, help=option.help)
    parser.add_argument("--config", metavar="FILE", help="TOML file with these names, and limits under [limits]")
    parser.add_argument("--version", action="version", version=f"Hearth {__version__}")
    parser.epilog = (
        "Each option is also read from HEARTH_… (HEARTH_IO_THREADS=2) and from the file (io-threads = 2). "
        "For people, roles, invites and bans: server.py admin --help."
    )
    typed = vars(parser.parse_args(arguments))
    config = typed.pop("config") or environment.get("HEARTH_CONFIG")
    texts, limit_texts = _from_file(Path(config)) if config else ({}, {})
    for option in OPTIONS:
        variable, field = f"HEARTH_{_identifier(option.name).upper()}", _identifier(option.name)
        if variable in environment:
            texts[field] = (variable, environment[variable])
        if typed[field] is not None:
            texts[field] = (f"--{option.name}", typed[field])
    for limit in dataclasses.fields(Limits):
        variable = f"HEARTH_LIMIT_{limit.name.upper()}"
        if variable in environment:
            limit_texts[limit.name] = (variable, environment[variable])
    values = {_identifier(each.name): _read(each.read, texts.get(_identifier(each.name))) for each in OPTIONS}
    limits = Limits(**{name: _read(_positive, text) for name, text in limit_texts.items()})
    return _settings({name: value for name, value in values.items() if value is not None}, limits)


Texts = dict[str, tuple[str, str]]
"""For each name: where it was set, as it is called there, and the text."""


def _from_file(path: Path) -> tuple[Texts, Texts]:
    try:
        table = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise StartError(f"The file {path} cannot be read: {error.strerror}.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise StartError(f"The file {path} is not TOML: {error}.") from None
    limits = table.pop("limits", {})
    if not isinstance(limits, dict):
        raise StartError(f"In {path}, limits is a table: write [limits] and the limits below it.")
    known = {_identifier(option.name) for option in OPTIONS}
    return (
        _texts(path, table, known),
        _texts(path, limits, {limit.name for limit in dataclasses.fields(Limits)}),
    )


def _texts(path: Path, table: dict[str, Any], known: set[str]) -> Texts:
    texts: Texts = {}
    for name, value in table.items():
        if _identifier(name) not in known:
            raise StartError(f"In {path}, “{name}” is not something that can be set. See server.py --help.")
        texts[_identifier(name)] = (f"In {path}, {name}", str(value).lower() if value in (True, False) else str(value))
    return texts


def _read(read: Callable[[str], Any], text: tuple[str, str] | None) -> Any:
    if text is None:
        return None
    origin, value = text
    try:
        return read(value)
    except ValueError as error:
        raise StartError(f"{origin} {error}, not “{value}”. See server.py --help.") from None


def _settings(values: dict[str, Any], limits: Limits) -> Settings:
    """Settings from what the options are called outside."""
    if values.pop("no_limits", False):
        limits = limits.without_rates_and_caps()
    values["tls"] = not values.pop("no_tls", False)
    renamed = {"db": "database", "cert": "certificate"}
    fields = {renamed.get(name, name): value for name, value in values.items()}
    for name in ("certificate", "key", "files"):
        if name in fields:
            fields[name] = Path(fields[name]).expanduser()
    if "registration" in fields:
        fields["registration"] = Registration(fields["registration"])
    return Settings(**fields, limits=limits)


def _identifier(name: str) -> str:
    return name.replace("-", "_")
