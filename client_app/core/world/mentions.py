"""Which messages mention me and are unread: how each fact changes it."""

from collections.abc import Iterable
from dataclasses import replace

from shared.entities import ChannelLevel
from shared.events import ChannelLevelChanged, MentionChanged
from shared.types import ChannelId, Level, Seq

from .state import State


def with_mention(state: State, event: MentionChanged) -> State:
    """The state after a message began or ceased to mention me. What I have read already is no unread mention."""
    known = state.mentions.get(event.channel_id, ())
    is_unread = event.is_on and event.seq > state.read.get(event.channel_id, 0)
    return _with(state, event.channel_id, {*known, event.seq} if is_unread else {*known} - {event.seq})


def with_reading(state: State, channel_id: ChannelId, more: Iterable[Seq] = ()) -> State:
    """The state after another part of a channel is read than before; `more` are mentions that are unread again."""
    seqs, read = (*state.mentions.get(channel_id, ()), *more), state.read.get(channel_id, 0)
    return _with(state, channel_id, (seq for seq in seqs if seq > read))


def with_level(state: State, event: ChannelLevelChanged) -> State:
    """The state after I chose of what to be notified in a channel."""
    level = event.level
    levels = {channel_id: each for channel_id, each in state.levels.items() if channel_id != level.channel_id}
    is_usual = level == ChannelLevel(level.channel_id, Level.DEFAULT, 0)
    return replace(state, levels=levels if is_usual else {**levels, level.channel_id: level})


def _with(state: State, channel_id: ChannelId, seqs: Iterable[Seq]) -> State:
    found = tuple(sorted(set(seqs)))
    if found == state.mentions.get(channel_id, ()):
        return state
    others = {each: kept for each, kept in state.mentions.items() if each != channel_id}
    return replace(state, mentions={**others, channel_id: found} if found else others)
