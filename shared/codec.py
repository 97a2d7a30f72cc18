"""Struct <-> JSON bytes; the only place that knows how msgspec fails.

Decoding what a peer sent can raise three kinds of error: `MsgspecError`, `UnicodeDecodeError` (bad UTF-8 in a string)
and `RecursionError` (deep nesting, even in a field that is ignored). All three end here.
"""

import re
from typing import TypeVar

import msgspec

from .answers import Done, FromServer, Refused
from .errors import BadRequest, Code, ProtocolViolation, Refusal
from .requests import AnyRequest, Request, result_type
from .types import RequestId

R = TypeVar("R")

_UNDECODABLE = (msgspec.MsgspecError, UnicodeDecodeError, RecursionError)

encode = msgspec.json.Encoder().encode
"""JSON bytes of a Struct."""


class _Envelope(msgspec.Struct):
    """The two fields by which even a bad request can be answered."""

    type: str
    id: RequestId = 0


_requests: msgspec.json.Decoder[AnyRequest] = msgspec.json.Decoder(AnyRequest)
_envelopes = msgspec.json.Decoder(_Envelope)
_from_server: msgspec.json.Decoder[FromServer] = msgspec.json.Decoder(FromServer)


class UndecodableRequest(BadRequest):
    """A request that was understood well enough to be refused by its id."""

    def __init__(self, request_id: RequestId, message: str, code: Code) -> None:
        super().__init__(message, code=code)
        self.request_id = request_id


def decode_request(payload: bytes) -> AnyRequest:
    """What a client asks.

    Raises `UndecodableRequest` where the reply can carry the request's id, and `ProtocolViolation` where the payload is
    no JSON object with a `type`.
    """
    try:
        return _requests.decode(payload)
    except _UNDECODABLE as error:
        reason = error
    try:
        envelope = _envelopes.decode(payload)
    except _UNDECODABLE:
        raise ProtocolViolation("This is not a JSON object with a “type” and an “id”.", code=Code.BAD_REQUEST) from None
    path = re.search(r"at `\$\.?(.*)`$", str(reason))
    field = path.group(1) if path else ""
    if field == "type":
        raise UndecodableRequest(envelope.id, "This server does not know that type of request.", Code.UNKNOWN_TYPE)
    raise UndecodableRequest(envelope.id, _sentence(field, str(reason)), Code.BAD_REQUEST)


def decode_from_server(payload: bytes) -> FromServer | None:
    """What a server tells; None for a type that is newer than this client. Raises `ProtocolViolation`."""
    try:
        return _from_server.decode(payload)
    except _UNDECODABLE as error:
        if str(error).endswith("at `$.type`") and "Invalid value" in str(error):
            return None
        raise ProtocolViolation(f"The server sent something that is not Hearth’s protocol: {error}") from None


def decode_result(request: type[Request[R]], done: Done) -> R:
    """The result of a request of this type. Raises `ProtocolViolation`."""
    try:
        return msgspec.json.decode(done.result, type=result_type(request))
    except _UNDECODABLE as error:
        raise ProtocolViolation(f"The server’s answer is not Hearth’s protocol: {error}") from None


def done_payload(request_id: RequestId, result: msgspec.Struct) -> bytes:
    """JSON bytes of `Done` around a result."""
    return b'{"type":"done","id":%d,"result":%b}' % (request_id, encode(result))


def refused_payload(request_id: RequestId | None, reason: Refusal | ProtocolViolation) -> bytes:
    """JSON bytes of `Refused` for this reason; without an id where no request is to blame."""
    retry_after = reason.retry_after if isinstance(reason, Refusal) else None
    return encode(Refused(id=request_id, code=reason.code, message=reason.message, retry_after=retry_after))


def _sentence(field: str, reason: str) -> str:
    """A decoder's complaint in words for a person."""
    if "matching regex" in reason:
        return f"“{field}” holds characters that are not allowed here."
    if "missing required field" in reason:
        missing = re.search(r"field `(\w+)`", reason)
        return f"“{missing.group(1) if missing else field}” is missing."
    if length := re.search(r"length (<=|>=) (\d+)", reason):
        return f"“{field}” has {'at most' if length.group(1) == '<=' else 'at least'} {length.group(2)} characters."
    detail = reason.split(" - at ", maxsplit=1)[0].replace("`", "")
    return f"“{field}” is not right: {detail}." if field else f"The request is not right: {detail}."
