"""What the raw writers were promised: every acknowledged text and change, and whatever was said twice differently."""

import threading
from collections import Counter
from dataclasses import dataclass, field

from shared.requests import Posted
from shared.types import ChannelId, ClientId, MessageId, Seq

Place = tuple[ChannelId, Seq]


@dataclass(frozen=True)
class Promise:
    """A text of which the server said that it is on disk, and where."""

    mark: str
    channel_id: ChannelId
    seq: Seq
    message_id: MessageId


@dataclass
class Ledger:
    """Filled by all writers at once; read when they have ended."""

    said: set[str] = field(default_factory=set)
    """The marks of all texts that were ever sent."""
    promises: dict[ClientId, Promise] = field(default_factory=dict)
    changing: dict[Place, set[str | None]] = field(default_factory=dict)
    """What was asked to become of messages; None for deleted."""
    changed: dict[Place, str | None] = field(default_factory=dict)
    """What was acknowledged to have become of them, last."""
    flaws: list[str] = field(default_factory=list)
    """Answers and facts that contradict each other."""
    refusals: Counter[str] = field(default_factory=Counter)
    heard: int = 0
    drops: int = 0
    backs: list[tuple[float, float]] = field(default_factory=list)
    """When a connection was lost and when it was there again, seconds since 1970."""
    lock: threading.Lock = field(default_factory=threading.Lock)

    def promise(self, client_id: ClientId, mark: str, channel_id: ChannelId, posted: Posted) -> None:
        """Note an answer; the same text must get the same one, however often it is sent."""
        promise = Promise(mark, channel_id, posted.seq, posted.message_id)
        with self.lock:
            before = self.promises.setdefault(client_id, promise)
            if before != promise:
                self.flaws.append(f"{mark} was answered with {before} and with {promise}")

    def flaw(self, text: str) -> None:
        """Note a contradiction."""
        with self.lock:
            self.flaws.append(text)
