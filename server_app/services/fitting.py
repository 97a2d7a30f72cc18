"""Answers made to fit into one frame, whatever the house holds."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from shared.codec import encode
from shared.entities import Channel
from shared.types import MAX_FRAME, ChannelKind, UserId

FRAME_BUDGET = MAX_FRAME - 4096
"""Bytes for what grows; the rest is for what stands around it."""


S = TypeVar("S", bound=Struct)


def fit_page(found: list[S], count: int, budget: int) -> tuple[list[S], bool]:
    """At most so many from the front, as far as they have room; whether more were found."""
    for index, each in enumerate(found[:count]):
        budget -= len(encode(each)) + 1
        if budget < 0:
            return found[:index], True
    return found[:count], len(found) > count


def fit_channels(all_channels: tuple[Channel, ...], me: UserId, budget: int) -> tuple[Channel, ...]:
    """The channels in at most so many bytes, with the least needed left out first.

    A frame that is too long would lock everybody out for good. So, in this order and only where it must be: others who
    left public channels are not named, the direct channels that were silent longest are left out (`open_direct` finds
    them again), topics are cut.
    """
    for step in _SAVINGS:
        if _size(all_channels) <= budget:
            break
        all_channels = step(all_channels, me, budget)
    return all_channels


def _without_others_who_left(every: tuple[Channel, ...], me: UserId, _budget: int) -> tuple[Channel, ...]:
    return tuple(replace(each, left_ids=(me,) if me in each.left_ids else ()) for each in every)


def _without_silent_directs(every: tuple[Channel, ...], _me: UserId, budget: int) -> tuple[Channel, ...]:
    """Ids rise with time, and so an unspoken channel is the first to go, then the oldest."""
    public = tuple(each for each in every if each.kind is ChannelKind.PUBLIC)
    room = budget - _size(public)
    kept: list[Channel] = []
    directs = (each for each in every if each.kind is ChannelKind.DIRECT)
    for each in sorted(directs, key=lambda channel: (channel.last_seq > 0, channel.id), reverse=True):
        room -= len(encode(each)) + 1
        if room < 0:
            break
        kept.append(each)
    return tuple(sorted((*public, *kept), key=lambda channel: channel.id))


def _without_topics(every: tuple[Channel, ...], _me: UserId, _budget: int) -> tuple[Channel, ...]:
    return tuple(replace(each, topic="") for each in every)


_SAVINGS: tuple[Callable[[tuple[Channel, ...], UserId, int], tuple[Channel, ...]], ...] = (
    _without_others_who_left,
    _without_silent_directs,
    _without_topics,
)


def _size(channels: Iterable[Channel]) -> int:
    return sum(len(encode(each)) + 1 for each in channels)
