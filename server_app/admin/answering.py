"""From an order as bytes to its answer as bytes, on the side of the server."""

from collections.abc import Callable
from typing import Any

import msgspec
from msgspec import Struct

from server_app.app import App
from server_app.storage.engine import database_url, file_of
from shared.errors import BadRequest, Code, Refusal

from .carrying_out import step
from .local_socket import LocalSocket
from .orders import AnyOrder


class Answer(Struct, frozen=True, kw_only=True):
    """What came of an order: its result, or why it was refused."""

    result: msgspec.Raw = msgspec.Raw(b"null")
    refusal: str = ""
    code: Code | None = None


_ORDERS: msgspec.json.Decoder[Any] = msgspec.json.Decoder(AnyOrder)
_ANSWERS = msgspec.json.Decoder(Answer)


def local_socket(app: App) -> LocalSocket | None:
    """Where this server can be asked while it runs; None where its database lies in no file."""
    file = file_of(database_url(app.settings.database))
    return None if file is None else LocalSocket(file, answering(app))


def answering(app: App) -> Callable[[bytes], bytes]:
    """A function that answers orders; any thread may call it, and it waits for the disk."""

    def answer(question: bytes) -> bytes:
        try:
            answered = Answer(result=msgspec.Raw(msgspec.json.encode(carry_out(app, _order(question)))))
        except Refusal as refusal:
            answered = Answer(refusal=refusal.message, code=refusal.code)
        return msgspec.json.encode(answered)

    return answer


def carry_out(app: App, order: AnyOrder) -> Struct:
    """Have it done by the server's writer, and wait. Raises `Refusal`."""
    return app.run_errand(type(order).__name__, step(order, app.hash_password))


def result_of(answer: bytes, kind: type[Struct]) -> Struct:
    """What an answer says. Raises the `Refusal` that it may be, or that it makes no sense."""
    try:
        answered = _ANSWERS.decode(answer)
        if answered.code is not None:
            raise Refusal(answered.refusal, code=answered.code)
        return msgspec.json.decode(answered.result, type=kind)
    except msgspec.MsgspecError:
        raise _another_version() from None


def _order(question: bytes) -> AnyOrder:
    try:
        order: AnyOrder = _ORDERS.decode(question)
    except msgspec.MsgspecError:
        raise _another_version() from None
    return order


def _another_version() -> BadRequest:
    return BadRequest("The server that runs is of another version than this command. Start it anew, then try again.")
