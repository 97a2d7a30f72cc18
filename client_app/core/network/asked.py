"""What is asked and waits for the wire: pieces of files only go out when nothing else does."""

from collections import deque
from typing import Any

from shared.requests import Request, SendChunk

from .incoming import Ticket

Asked = tuple[Ticket, Request[Any]]


class AskedQueue:
    """In order, but for pieces of files. Any thread may put, one takes: the ends of a deque are atomic."""

    def __init__(self) -> None:
        self._asked: deque[Asked] = deque()
        self._pieces: deque[Asked] = deque()

    def put(self, ticket: Ticket, request: Request[Any]) -> None:
        """Ask this."""
        (self._pieces if isinstance(request, SendChunk) else self._asked).append((ticket, request))

    def take(self, *, is_wire_free: bool) -> Asked | None:
        """What is to go out next; a piece of a file only where nothing waits in the wire, nor here."""
        if self._asked:
            return self._asked.popleft()
        return self._pieces.popleft() if self._pieces and is_wire_free else None

    def take_all(self) -> list[Asked]:
        """All of it, because it cannot go out."""
        taken = []
        while (asked := self.take(is_wire_free=True)) is not None:
            taken.append(asked)
        return taken

    @property
    def has_pieces(self) -> bool:
        """Whether pieces of files wait."""
        return bool(self._pieces)

    def kinds(self) -> set[type[Request[Any]]]:
        """Of which kinds there are any."""
        return {type(each) for _, each in (*self._asked,)}
