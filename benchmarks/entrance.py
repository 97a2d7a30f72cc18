"""How a client gets into the room: it says its steps one by one, each when what it waited for has arrived."""

from collections.abc import Callable

from .dialects import Dialect


class Entrance:
    """Reads until the client is in. `on_entered` then gets the bytes that arrived after the last step."""

    def __init__(
        self, dialect: Dialect, client: int, say: Callable[[bytes], None], on_entered: Callable[[bytes], None]
    ) -> None:
        self._dialect = dialect
        self._steps = dialect.opening(client)
        self._say = say
        self._on_entered = on_entered
        self._rest = b""
        say(self._steps[0].say)

    def feed(self, data: bytes | memoryview) -> None:
        """Go on with what the server said. Raises `Refused` where it does not let the client in."""
        stream, start = self._rest + data, 0
        while self._steps and (end := self._dialect.cut(stream, start)):
            self._take(stream[start:end])
            start = end
        self._rest = stream[start:]
        if not self._steps:
            self._on_entered(self._rest)

    def _take(self, frame: bytes) -> None:
        if reply := self._dialect.answer(frame):
            self._say(reply)
        if self._steps[0].until in frame:
            self._steps.pop(0)
            if self._steps:
                self._say(self._steps[0].say)
