"""Frames come out as they went in, however the network cut them."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.errors import Code, ProtocolViolation
from shared.framing import PREFIX_BYTES, FrameReader, frame

payloads = st.lists(st.binary(min_size=1, max_size=60), max_size=12)


@given(payloads, st.lists(st.integers(1, 40), min_size=1))
def test_payloads_survive_any_cutting(wanted: list[bytes], cuts: list[int]) -> None:
    stream = b"".join(frame(payload) for payload in wanted)
    reader = FrameReader(60)
    found: list[bytes] = []
    while stream:
        for cut in cuts:
            found += reader.feed(stream[:cut])
            stream = stream[cut:]
    assert found == wanted
    assert reader.is_between_frames


@given(st.integers(0, 2**32 - 1))
def test_a_length_is_judged_as_soon_as_it_is_there(length: int) -> None:
    reader = FrameReader(1000)
    prefix = struct.pack(">I", length)
    assert reader.feed(prefix[:-1]) == []
    if 0 < length <= 1000:
        assert reader.feed(prefix[-1:]) == []
        assert not reader.is_between_frames
    else:
        with pytest.raises(ProtocolViolation) as violation:
            reader.feed(prefix[-1:])
        assert violation.value.code is Code.BAD_FRAME


@given(st.binary(max_size=500))
def test_no_bytes_whatever_raise_anything_else(data: bytes) -> None:
    reader = FrameReader(100)
    try:
        for payload in reader.feed(data):
            assert 0 < len(payload) <= 100
    except ProtocolViolation:
        pass


def test_the_limit_may_rise_between_frames() -> None:
    reader = FrameReader(1)
    assert reader.feed(frame(b"a")) == [b"a"]
    reader.max_length = 2
    assert reader.feed(frame(b"ab")) == [b"ab"]
    assert len(frame(b"ab")) == PREFIX_BYTES + 2
