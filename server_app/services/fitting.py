"""Answers made to fit into one frame, whatever the house holds."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from shared.codec import encode
from shared.entities import Channel
from shared.limits import MAX_FRAME
from shared.types import ChannelKind, UserId

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
    them again), others who are in private channels are not named, groups that were silent longest are left out
    (`open_group` finds them again), topics are cut, and what channels allow and deny is not told. Public and private
    channels are all there: nothing else would bring them back.
    """
    for step in _SAVINGS:
        if _size(all_channels) <= budget:
            break
        all_channels = step(all_channels, me, budget)
    return all_channels


def _without_others_who_left(every: tuple[Channel, ...], me: UserId, _budget: int) -> tuple[Channel, ...]:
    return tuple(replace(each, left_ids=(me,) if me in each.left_ids else ()) for each in every)


def _without_others_in_private(every: tuple[Channel, ...], me: UserId, _budget: int) -> tuple[Channel, ...]:
    return tuple(replace(each, member_ids=(me,)) if each.kind is ChannelKind.PRIVATE else each for each in every)


def _without_silent(kind: ChannelKind) -> "Saving":
    def saving(every: tuple[Channel, ...], _me: UserId, budget: int) -> tuple[Channel, ...]:
        """Ids rise with time, and so an unspoken channel is the first to go, then the one that was silent longest."""
        others = tuple(each for each in every if each.kind is not kind)
        room = budget - _size(others)
        kept: list[Channel] = []
        for each in sorted((each for each in every if each.kind is kind), key=_liveliness, reverse=True):
            room -= len(encode(each)) + 1
            if room < 0:
                break
            kept.append(each)
        return tuple(sorted((*others, *kept), key=lambda channel: channel.id))

    return saving


def _liveliness(channel: Channel) -> tuple[bool, int, int]:
    return channel.last_seq > 0, channel.last_message_id or 0, channel.id


def _without_topics(every: tuple[Channel, ...], _me: UserId, _budget: int) -> tuple[Channel, ...]:
    return tuple(replace(each, topic="") for each in every)


def _without_overrides(every: tuple[Channel, ...], _me: UserId, _budget: int) -> tuple[Channel, ...]:
    return tuple(replace(each, overrides=()) for each in every)


Saving = Callable[[tuple[Channel, ...], UserId, int], tuple[Channel, ...]]
_SAVINGS: tuple[Saving, ...] = (
    _without_others_who_left,
    _without_silent(ChannelKind.DIRECT),
    _without_others_in_private,
    _without_silent(ChannelKind.GROUP),
    _without_topics,
    _without_overrides,
)


def _size(channels: Iterable[Channel]) -> int:
    return sum(len(encode(each)) + 1 for each in channels)
