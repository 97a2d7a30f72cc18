"""What waits for the wire: words in their order, and pieces of files where nothing else wants to go."""

from client_app.core.network.asked import AskedQueue
from shared.requests import Ping, SendChunk
from shared.types import UploadId


def piece(offset: int) -> SendChunk:
    return SendChunk(upload_id=UploadId(1), offset=offset, data=b"x")


def test_pieces_of_files_go_out_when_nothing_else_does() -> None:
    queue = AskedQueue()
    queue.put(1, piece(0))
    queue.put(2, Ping())
    queue.put(3, piece(1))
    queue.put(4, Ping())
    assert queue.kinds() == {Ping}
    assert [queue.take(is_wire_free=True) for _ in range(2)] == [(2, Ping()), (4, Ping())]
    assert queue.take(is_wire_free=False) is None, "the wire has to be free"
    assert queue.has_pieces
    assert queue.take(is_wire_free=True) == (1, piece(0))
    queue.put(5, Ping())
    assert queue.take(is_wire_free=False) == (5, Ping()), "words overtake them"
    assert queue.take_all() == [(3, piece(1))]
    assert not queue.has_pieces
