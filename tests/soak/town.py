"""The accounts and channels of a soak, made before anything goes wrong."""

from collections.abc import Sequence
from dataclasses import dataclass

from shared.requests import CreateChannel
from shared.types import GENERAL, ChannelId
from tests.peer import Peer

PUBLIC = ("plans", "music", "garden")


@dataclass(frozen=True)
class Town:
    """Who lives there, and where they speak."""

    people: tuple[str, ...]
    """The account of each device; one that is named twice has two."""
    writers: tuple[str, ...]
    """Accounts with two connections each."""
    public: tuple[ChannelId, ...]
    channels: dict[str, tuple[ChannelId, ...]]
    """Where each of the people speaks: the public channels and some direct ones."""


def build(address: tuple[str, int], clients: int, writers: int) -> Town:
    """Make everybody and everything; each third of the people's accounts has two devices."""
    names: list[str] = []
    devices: list[str] = []
    while len(devices) < clients:
        names.append(f"anna{len(names) + 1}")
        devices += [names[-1]] * (2 if len(names) % 3 == 1 and len(devices) + 2 <= clients else 1)
    writing = tuple(f"writer{number}" for number in range(1, max(1, writers // 2) + 1))
    peers = {name: Peer(address).register(name) for name in (*names, *writing)}
    try:
        first = next(iter(peers.values()))
        public = (GENERAL, *(first.request(CreateChannel(name=name)).channel_id for name in PUBLIC))
        directs = _directs(peers, names)
        return Town(tuple(devices), writing, public, {name: (*public, *directs[name]) for name in names})
    finally:
        for peer in peers.values():
            peer.close()


def _directs(peers: dict[str, Peer], names: Sequence[str]) -> dict[str, list[ChannelId]]:
    """Each with the next, in a ring."""
    directs: dict[str, list[ChannelId]] = {name: [] for name in names}
    for name, other in zip(names, [*names[1:], *names[:1]], strict=True):
        channel_id = peers[name].direct(peers[other].user_id)
        for each in {name, other}:
            if channel_id not in directs[each]:
                directs[each].append(channel_id)
    return directs
