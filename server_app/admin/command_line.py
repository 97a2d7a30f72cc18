"""`python server.py admin …`: asks the server that runs, or opens the database of one that does not."""

import os
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec
from msgspec import Struct

from server_app.app import App
from server_app.errors import DatabaseTaken, StartError
from server_app.settings import Settings, load
from server_app.storage.engine import database_url, file_of
from shared.errors import Refusal

from .answering import carry_out, result_of
from .local_socket import IS_SUPPORTED, ask
from .orders import RESULTS, AnyOrder
from .parsing import Mistyped, Typed, parsed
from .tables import as_text

REFUSED, MISTYPED = 1, 2
"""Exit codes."""
PATIENCE_SECONDS = 5.0
"""How long a server that is just starting or stopping may take."""
PAUSE_SECONDS = 0.1


def main(arguments: Sequence[str], environment: Mapping[str, str]) -> int:
    """Do what was asked; the process's exit code: 0 when it is done, 1 where it was refused, 2 where it is mistyped."""
    try:
        typed = parsed(arguments)
    except Mistyped as mistake:
        return _complain(str(mistake), MISTYPED)
    try:
        settings = load(typed.for_the_server, environment)
    except StartError as error:
        return _complain(str(error), MISTYPED)
    try:
        result = _carry_out(settings, typed.order)
    except (StartError, Refusal) as error:
        return _complain(str(error), REFUSED)
    _print(result, typed)
    return 0


def _carry_out(settings: Settings, order: AnyOrder) -> Struct:
    """Raises `Refusal`, and `StartError`."""
    file = file_of(database_url(settings.database))
    if file is None:
        raise StartError("This works with a database in a file; of others nobody could say whether a server has it.")
    if not file.exists():
        raise StartError(f"There is no database {file}. Name it with --db, or start the server once.")
    question = msgspec.json.encode(order)
    until = time.monotonic() + PATIENCE_SECONDS
    while True:
        answer = _ask(file, question)
        if answer is not None:
            return result_of(answer, RESULTS[type(order)])
        try:
            return _at_rest(settings, file, order)
        except DatabaseTaken as error:
            # Between the two looks it may have been started or stopped; it opens its socket when it serves.
            if time.monotonic() > until:
                raise _unreachable(file, error) from None
        time.sleep(PAUSE_SECONDS)


def _ask(file: Path, question: bytes) -> bytes | None:
    try:
        return ask(file, question)
    except PermissionError:
        raise StartError(f"Only its own user and root may ask the server that has {file}. Try it with sudo.") from None
    except OSError as error:
        raise StartError(f"The server that has {file} gives no answer: {error}.") from None


def _at_rest(settings: Settings, file: Path, order: AnyOrder) -> Struct:
    _become_owner(file)
    with App(settings).at_rest() as app:
        return carry_out(app, order)


def _become_owner(file: Path) -> None:
    """As root, make files beside the database as its owner would, or the server could not open them afterwards."""
    if sys.platform == "win32" or os.geteuid() != 0:
        return
    owner = file.stat()
    if owner.st_uid != 0:
        os.setgroups([])
        os.setgid(owner.st_gid)
        os.setuid(owner.st_uid)


def _unreachable(file: Path, error: DatabaseTaken) -> StartError:
    if IS_SUPPORTED:
        return StartError(f"{error} It runs, but cannot be asked beside its database; its log says why.")
    return StartError(f"The server that has {file} runs. On this system, stop it first; then this works.")


def _print(result: Struct, typed: Typed) -> None:
    print(_as_json(result) if typed.as_json else as_text(result))  # noqa: T201  # what was asked for


def _as_json(result: Struct) -> str:
    return msgspec.json.format(msgspec.json.encode(result), indent=2).decode()


def _complain(sentence: str, code: int) -> int:
    print(f"server.py: {sentence}", file=sys.stderr)  # noqa: T201  # the one thing that is said then
    return code
