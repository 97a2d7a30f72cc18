"""From what was typed behind `server.py admin` to an order."""

import argparse
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NoReturn

from shared.limits import MAX_INVITE_USES, MAX_REASON, MAX_SPAN_SECONDS

from .orders import (
    AnyOrder,
    BanSomebody,
    GiveRole,
    ListBans,
    ListFiles,
    ListPeople,
    MakeInvite,
    ReadAudit,
    ResetPassword,
    UnbanSomebody,
)

_UNITS = {"s": 1, "m": 60, "h": 60 * 60, "d": 24 * 60 * 60, "w": 7 * 24 * 60 * 60}
_WEEK = 7 * 24 * 60 * 60
MOST_ENTRIES = 10_000


class Mistyped(Exception):
    """What was typed makes no sense; `str()` is the sentence."""


@dataclass(frozen=True)
class Typed:
    """What was asked for."""

    order: AnyOrder
    as_json: bool
    for_the_server: tuple[str, ...]
    """Options by which the server's own settings are found."""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise Mistyped(f"{message[:1].upper()}{message[1:]}. See server.py admin --help.")


def parsed(arguments: Sequence[str]) -> Typed:
    """The order. Raises `Mistyped`; `--help` prints and raises `SystemExit`, as argparse does."""
    found = _parser().parse_args(arguments)
    for_the_server = tuple(
        part
        for option in ("db", "config")
        if getattr(found, option, None) is not None
        for part in (f"--{option}", getattr(found, option))
    )
    return Typed(_order(found), bool(getattr(found, "json", False)), for_the_server)


def _parser() -> argparse.ArgumentParser:
    everywhere = _Parser(add_help=False, argument_default=argparse.SUPPRESS)
    everywhere.add_argument("--db", metavar="PATH", help="the server's database, where it is not the usual one")
    everywhere.add_argument("--config", metavar="FILE", help="the server's TOML file")
    everywhere.add_argument("--json", action="store_true", help="print one JSON document instead of a table")
    parser = _Parser(
        "server.py admin",
        description="People, roles, invites, bans and files, from the command line, whether the server runs or not.",
        epilog="A span is a number with s, m, h, d or w: 30m, 7d. The server's HEARTH_… variables count here, too.",
        parents=[everywhere],
        allow_abbrev=False,
    )
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)

    def command(name: str, summary: str) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=summary, description=summary, parents=[everywhere], allow_abbrev=False)
        assert isinstance(made, argparse.ArgumentParser)
        return made

    command("users", "list everybody who has an account")
    invite = command("invite", "make an invite code")
    invite.add_argument(
        "--role", default="member", metavar="ROLE", help="what whoever uses it becomes (default member)"
    )
    invite.add_argument("--for", dest="span", type=_span, default=_WEEK, metavar="SPAN", help="default 7d; or: ever")
    invite.add_argument("--uses", type=_uses, default=1, metavar="N", help="accounts it can make (default 1); or: any")
    role = command("role", "give somebody a role; “owner” hands the server over")
    role.add_argument("name", metavar="NAME")
    role.add_argument("role", metavar="ROLE")
    reset = command("reset-password", "make a new password for somebody, print it once, and end their sessions")
    reset.add_argument("name", metavar="NAME")
    ban = command("ban", "keep a person, or an address, out")
    _add_whom(ban)
    ban.add_argument("--reason", default="", type=_reason, metavar="WORDS", help="told to whoever is kept out")
    ban.add_argument("--for", dest="span", type=_span, default=None, metavar="SPAN", help="default: ever")
    ban.add_argument("--with-address", action="store_true", help="also the address from which the person came last")
    _add_whom(command("unban", "let a person, or an address, come back"))
    command("bans", "list who is kept out")
    command("files", "list what people have attached, and how much room it takes")
    audit = command("audit", "read who did what, newest first")
    audit.add_argument("words", nargs="*", metavar="WORD", help="only entries that have these words or names in them")
    audit.add_argument("--count", type=_count, default=50, metavar="N", help="at most so many entries (default 50)")
    return parser


def _add_whom(parser: argparse.ArgumentParser) -> None:
    whom = parser.add_mutually_exclusive_group(required=True)
    whom.add_argument("name", nargs="?", default="", metavar="NAME")
    whom.add_argument("--address", default="", metavar="ADDRESS", help="an address instead of a person")


def _order(found: argparse.Namespace) -> AnyOrder:  # noqa: PLR0911  # one branch a command
    match found.command:
        case "users":
            return ListPeople()
        case "invite":
            return MakeInvite(role=found.role, seconds=found.span, max_uses=found.uses)
        case "role":
            return GiveRole(name=found.name, role=found.role)
        case "reset-password":
            return ResetPassword(name=found.name)
        case "ban":
            if found.address and found.with_address:
                raise Mistyped("--with-address is for a person. See server.py admin ban --help.")
            return BanSomebody(
                name=found.name,
                address=found.address,
                reason=found.reason,
                seconds=found.span,
                with_address=found.with_address,
            )
        case "unban":
            return UnbanSomebody(name=found.name, address=found.address)
        case "bans":
            return ListBans()
        case "files":
            return ListFiles()
        case "audit":
            return ReadAudit(text=" ".join(found.words), count=found.count)
        case other:
            raise AssertionError(f"the parser knows no {other}")


def _span(text: str) -> int | None:
    if text == "ever":
        return None
    match = re.fullmatch(r"([1-9][0-9]{0,8})([smhdw])", text)
    seconds = int(match[1]) * _UNITS[match[2]] if match else 0
    if not 0 < seconds <= MAX_SPAN_SECONDS:
        raise argparse.ArgumentTypeError(f"“{text}” is not a span such as 30m, 7d, or ever")
    return seconds


def _uses(text: str) -> int | None:
    return None if text == "any" else _whole(text, MAX_INVITE_USES)


def _count(text: str) -> int:
    return _whole(text, MOST_ENTRIES)


def _whole(text: str, most: int) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= most):
        raise argparse.ArgumentTypeError(f"“{text}” is not a whole number from 1 to {most:,}")
    return int(text)


def _reason(text: str) -> str:
    if len(text) > MAX_REASON or not text.isprintable():
        raise argparse.ArgumentTypeError(f"a reason is one line of at most {MAX_REASON} characters")
    return text
