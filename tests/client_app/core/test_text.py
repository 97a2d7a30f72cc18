"""What a person typed becomes what can be sent."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from client_app.core.writing.text import clean_text
from shared.codec import encode
from shared.errors import BadRequest
from shared.limits import MAX_BODY
from shared.requests import SendMessage
from shared.types import ChannelId


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("hello", "hello"),
        ("  hello \n", "hello"),
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("bell\x07 and nul\x00", "bell and nul"),
        ("half \ud83d of a pair", "half  of a pair"),
        ("a\tb", "a\tb"),
        ("\U0001faeb", "\U0001faeb"),
    ],
)
def test_what_cannot_be_sent_is_left_out(typed: str, sent: str) -> None:
    assert clean_text(typed) == sent


@pytest.mark.parametrize("typed", ["", " \n\t ", "\x00\x01", "\ud800", "\u200b\u200d \u2060", "\u3164", "\u202e"])
def test_nothing_is_refused_with_a_sentence(typed: str) -> None:
    with pytest.raises(BadRequest, match="nothing to send"):
        clean_text(typed)


def test_the_longest_message_passes_and_one_more_character_is_counted_aloud() -> None:
    assert len(clean_text("x" * MAX_BODY)) == MAX_BODY
    with pytest.raises(BadRequest, match="at most 4,000 characters; this one has 4,001"):
        clean_text("x" * (MAX_BODY + 1))


@given(st.text(st.characters(exclude_categories=())))
def test_whatever_is_typed_what_is_left_is_a_body_that_every_server_takes(typed: str) -> None:
    try:
        body = clean_text(typed)
    except BadRequest:
        return
    payload = encode(SendMessage(channel_id=ChannelId(1), client_id="12345678", body=body))
    assert msgspec.json.decode(payload, type=SendMessage).body == body
