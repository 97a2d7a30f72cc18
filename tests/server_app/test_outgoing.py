"""What is sent arrives whole and in order, however little the kernel takes at a time."""

import ssl

from hypothesis import given
from hypothesis import strategies as st

from server_app.net.outgoing import Outgoing


class Kernel:
    """Takes so many bytes at each call; 0 stands for “not now”. Like OpenSSL, it insists on the same bytes again."""

    def __init__(self, takes: list[int]) -> None:
        self.takes = takes
        self.taken = bytearray()
        self.refused: bytes | None = None

    def send(self, data: bytes) -> int:
        if self.refused is not None:
            assert data == self.refused, "what was refused must be offered again as it was"
        count = min(self.takes.pop(0), len(data)) if self.takes else len(data)
        if not count:
            self.refused = data
            raise ssl.SSLWantWriteError
        self.refused = None
        self.taken += data[:count]
        return count


@given(st.lists(st.lists(st.binary(min_size=1, max_size=50), max_size=5), max_size=8), st.lists(st.integers(0, 60)))
def test_everything_arrives_in_order(turns: list[list[bytes]], takes: list[int]) -> None:
    kernel, outgoing = Kernel(takes), Outgoing()
    for chunks in turns:
        outgoing.chunks.extend(chunks)
        outgoing.flush(kernel.send)
        assert not outgoing.chunks
    while not outgoing.drain(kernel.send):
        pass
    assert bytes(kernel.taken) == b"".join(chunk for chunks in turns for chunk in chunks)
    assert outgoing.backlog == 0


def test_a_large_amount_goes_in_pieces() -> None:
    kernel, outgoing = Kernel([100_000, 0]), Outgoing()
    outgoing.chunks.append(b"x" * 1_000_000)
    assert not outgoing.flush(kernel.send)
    assert outgoing.backlog == 900_000
    assert outgoing.drain(kernel.send)


def test_nothing_is_sent_while_the_kernel_is_known_to_be_full() -> None:
    kernel, outgoing = Kernel([0]), Outgoing()
    outgoing.chunks.append(b"one")
    assert not outgoing.flush(kernel.send)
    outgoing.chunks.append(b"two")
    assert not outgoing.flush(kernel.send)
    assert outgoing.drain(kernel.send)
    assert kernel.taken == b"onetwo"
