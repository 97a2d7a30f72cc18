"""What tests of channels have in common: what one sees, and how one is refused."""

from typing import Any, TypeVar

import pytest

from server_app.limits import Limits
from shared.errors import Code, Refusal
from shared.events import Event, PresenceChanged, UserRegistered
from shared.requests import ListChannels, MarkRead, Request
from shared.types import GENERAL, ChannelId

from ..peer import Peer

E = TypeVar("E")
FREE = Limits().without_rates_and_caps()


def refusal(peer: Peer, request: Request[Any]) -> tuple[Code, str]:
    """With what a request is refused."""
    with pytest.raises(Refusal) as refused:
        peer.request(request)
    return refused.value.code, refused.value.message


def sees(peer: Peer, channel_id: ChannelId) -> bool:
    """Whether a person knows of a channel."""
    return channel_id in {each.id for each in peer.request(ListChannels()).channels}


def told(peer: Peer) -> list[Event]:
    """What a device heard so far, but for who there is and who is there, which is told when it suits the house.

    All that was stored before is in it: a request that is written comes back to a device after the news of what was.
    """
    peer.request(MarkRead(channel_id=GENERAL, seq=0))
    return [each for each in peer.heard(Event) if not isinstance(each, PresenceChanged | UserRegistered)]


def told_of(peer: Peer, kind: type[E]) -> list[E]:
    """The events of this type that a device heard so far; the others are forgotten."""
    return [each for each in told(peer) if isinstance(each, kind)]
