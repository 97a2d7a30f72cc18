"""What is encoded is decoded to the same, and nothing that a peer sends raises anything unforeseen."""

import json
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.answers import Done, Refused
from shared.codec import (
    UndecodableRequest,
    decode_from_server,
    decode_request,
    decode_result,
    done_payload,
    encode,
    refused_payload,
)
from shared.errors import Code, ProtocolViolation, RateLimited
from shared.events import EVENTS, MessagePosted
from shared.limits import MAX_BODY
from shared.requests import REQUESTS, Ping, Posted, SendMessage, result_type
from shared.types import GENERAL, MessageId, MessageKind

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=12,
)
type_names = st.sampled_from([str(request.__struct_config__.tag) for request in REQUESTS])
field_names = st.sampled_from(sorted({name for request in REQUESTS for name in request.__struct_fields__}))
requests_like = st.builds(
    lambda kind, fields: {"type": kind, **fields}, type_names, st.dictionaries(field_names, json_values, max_size=5)
)


def refusal_of(payload: bytes) -> UndecodableRequest | ProtocolViolation | None:
    """How a request is refused; None where it is understood."""
    try:
        decode_request(payload)
    except (UndecodableRequest, ProtocolViolation) as refusal:
        return refusal
    return None


def decodes_or_is_refused(payload: bytes) -> None:
    refusal = refusal_of(payload)
    if refusal is not None:
        assert refusal.message.endswith(".")
        assert refusal.code in (Code.BAD_REQUEST, Code.UNKNOWN_TYPE)


@given(st.binary(max_size=300))
def test_any_bytes_are_decoded_or_refused(payload: bytes) -> None:
    decodes_or_is_refused(payload)


@given(json_values | requests_like)
def test_any_json_is_decoded_or_refused(value: Any) -> None:
    decodes_or_is_refused(json.dumps(value).encode())


@given(st.text(max_size=MAX_BODY), st.sampled_from(MessageKind))
def test_a_body_is_decoded_to_itself_or_refused(body: str, kind: MessageKind) -> None:
    payload = encode(SendMessage(id=1, channel_id=GENERAL, client_id="client-id", body=body, kind=kind))
    try:
        request = decode_request(payload)
    except UndecodableRequest:
        assert not body or any(ord(letter) < 32 or ord(letter) == 127 for letter in body)
    else:
        assert isinstance(request, SendMessage)
        assert (request.body, request.kind) == (body, kind)


@pytest.mark.parametrize(
    "payload",
    [
        b'{"type":"ping","id":1,"x":"\\ud800"}',
        b'{"type":"ping","id":1,"x":"\xff"}',
        b'{"type":"ping","id":1,"x":' + b"[" * 50_000 + b"]" * 50_000 + b"}",
        b"[" * 100_000,
        b"",
    ],
)
def test_the_ways_in_which_the_decoder_fails_all_end_here(payload: bytes) -> None:
    decodes_or_is_refused(payload)


def test_unknown_fields_are_ignored_and_unknown_types_refused_by_their_id() -> None:
    assert decode_request(b'{"type":"ping","id":7,"new_in_version_9":[1]}') == Ping(id=7)
    with pytest.raises(UndecodableRequest) as refused:
        decode_request(b'{"type":"levitate","id":7}')
    assert (refused.value.request_id, refused.value.code) == (7, Code.UNKNOWN_TYPE)


def test_an_event_of_a_newer_server_is_skipped_and_nonsense_is_not() -> None:
    assert decode_from_server(b'{"type":"house_painted","colour":"red"}') is None
    with pytest.raises(ProtocolViolation):
        decode_from_server(b'{"type":"message_posted"}')
    with pytest.raises(ProtocolViolation):
        decode_from_server(b"\xff")


def test_a_result_is_decoded_by_the_type_of_its_request() -> None:
    done = decode_from_server(done_payload(3, Posted(message_id=MessageId(5), seq=6)))
    assert isinstance(done, Done)
    assert done.id == 3
    assert decode_result(SendMessage, done) == Posted(message_id=MessageId(5), seq=6)
    with pytest.raises(ProtocolViolation):
        decode_result(SendMessage, Done(id=1, result=msgspec.Raw(b"{}")))


@pytest.mark.parametrize("kind", REQUESTS)
def test_each_request_has_a_result_of_its_own(kind: Any) -> None:
    assert issubclass(result_type(kind), msgspec.Struct)


def test_names_on_the_wire_are_snake_case_and_unique() -> None:
    tags = [kind.__struct_config__.tag for kind in (*REQUESTS, *EVENTS)]
    assert len(set(tags)) == len(tags)
    assert MessagePosted.__struct_config__.tag == "message_posted"


def test_a_refusal_is_written_with_its_id_and_a_violation_without_a_time_to_wait() -> None:
    refused = decode_from_server(refused_payload(7, RateLimited("Slow down.", retry_after=0.4)))
    assert refused == Refused(id=7, code=Code.RATE_LIMITED, message="Slow down.", retry_after=0.4)
    told = decode_from_server(refused_payload(None, ProtocolViolation("What?")))
    assert told == Refused(id=None, code=Code.BAD_FRAME, message="What?")
