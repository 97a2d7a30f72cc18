"""The left pane: channels and conversations, what they are called, what is unread in them, what I may do there."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from client_app.core.world import clock
from client_app.core.world.permissions import Permissions
from client_app.core.world.presence import Presence
from client_app.core.world.state import TALKS, State
from shared.entities import Channel, ChannelLevel, Status
from shared.limits import MAX_INTEGER
from shared.types import GENERAL, BlockKind, ChannelId, ChannelKind, Level, Milliseconds, Permission, UserId


@dataclass(frozen=True, slots=True)
class ChannelRow:
    """One channel as the left pane shows it."""

    channel_id: ChannelId
    title: str
    """Its name without `#`; of a direct one, the other person's; of a group without a name, the others'."""
    kind: ChannelKind
    topic: str
    unread: int
    mentions: int
    """How many unread messages mention me."""
    level: Level
    """Of what I want to be notified here."""
    is_muted: bool
    """Whether only mentions count, for now or for ever."""
    muted_until: Milliseconds
    """When that is over; 0 where it has no end, or is not so."""
    is_open: bool
    is_joined: bool
    is_online: bool
    """Of a direct one: whether the other person is there."""
    is_read_only: bool
    slow_seconds: int
    """How long each person waits here between two messages; 0 for not at all."""
    wait_until: Milliseconds
    """Until then slow mode lets me write nothing more here, as far as is known; 0 where I need not wait."""
    is_archived: bool
    may_write: bool
    why_not_write: str
    """A sentence for the place of the composer; empty where I may write."""
    may_manage: bool
    """Whether I may rename it, set its topic and change its rules."""
    may_archive: bool
    may_delete: bool
    may_leave: bool
    may_add_members: bool
    """Whether I may bring people in."""
    may_remove_members: bool
    """Whether I may take people out."""
    other_id: UserId | None = None
    """Of a direct one: the other person, or I myself where it holds my notes."""
    has_draft: bool = False
    """Whether I began to write something there."""
    is_typing: bool = False
    """Whether somebody else is writing there at this moment."""
    member_ids: tuple[UserId, ...] = ()
    """Of a private channel, a group or a direct one: who is in it."""
    presence: Presence = Presence.OFFLINE
    """Of a direct one: how the other person looks."""
    status: Status | None = None
    """Of a direct one: what the other person says that they are up to."""

    @property
    def counted(self) -> int:
        """The number that calls me here: all that is unread, or only what mentions me, as I want it."""
        if self.level is Level.NONE:
            return 0
        return self.mentions if self.is_muted or self.level is Level.MENTIONS else self.unread

    @property
    def stands_out(self) -> bool:
        """Whether something is unread of which I want to know."""
        return bool(self.counted) or (bool(self.unread) and not self.is_muted)


class ChannelList:
    """The channels in the order in which they are drawn. Computed anew from the state each time it is asked."""

    def __init__(
        self,
        state: Callable[[], State | None],
        open_channel: Callable[[], ChannelId | None],
        permissions: Permissions | None = None,
        wait_until: Callable[[ChannelId], Milliseconds] = lambda _: 0,
        *,
        has_draft: Callable[[ChannelId], bool] = lambda _: False,
        typists: Callable[[ChannelId], Collection[UserId]] = lambda _: (),
    ) -> None:
        """`wait_until` says until when I have to wait in a channel in slow mode, `typists` who else writes there."""
        self._has_draft, self._typists = has_draft, typists
        self._state = state
        self._open_channel = open_channel
        self._permissions = permissions or Permissions(state, clock.now)
        self._wait_until = wait_until

    def joined(self) -> tuple[ChannelRow, ...]:
        """The public and private channels that I hear and that are in use, `general` first."""
        return self._channels(lambda channel, is_mine: is_mine and not channel.is_archived)

    def available(self) -> tuple[ChannelRow, ...]:
        """The public channels that I have left and that are in use."""
        return self._channels(lambda channel, is_mine: not is_mine and not channel.is_archived)

    def archived(self) -> tuple[ChannelRow, ...]:
        """The channels in which nobody writes any more and which I have not left."""
        return self._channels(lambda channel, is_mine: is_mine and channel.is_archived)

    def directs(self) -> tuple[ChannelRow, ...]:
        """Direct conversations and groups; the most recent first.

        One in which nothing was said or begun, or whose other person is blocked, is there only while it is open.
        """
        if (state := self._state()) is None:
            return ()
        talks = [channel for channel in state.channels.values() if channel.kind in TALKS]
        shown = [channel for channel in talks if channel.id == self._open_channel() or self._is_listed(state, channel)]
        shown.sort(key=lambda channel: (channel.last_message_id or MAX_INTEGER, channel.id), reverse=True)
        return tuple(self._row(state, channel) for channel in shown)

    def row(self, channel_id: ChannelId) -> ChannelRow | None:
        """One channel; None where there is no such channel."""
        state = self._state()
        channel = state.channels.get(channel_id) if state else None
        return self._row(state, channel) if state and channel else None

    def in_order(self) -> tuple[ChannelRow, ...]:
        """All that the left pane shows, from top to bottom, but what is archived."""
        return self.joined() + self.directs()

    def unread(self) -> int:
        """How many messages call me in all."""
        return sum(row.counted for row in self.in_order())

    def named(self, name: str) -> ChannelRow | None:
        """The public or private channel of this name, with or without `#`, whatever its case."""
        wanted = name.strip().lstrip("#").casefold()
        rows = self.joined() + self.available() + self.archived() + self._archived_and_left()
        return next((row for row in rows if row.title.casefold() == wanted), None)

    def _archived_and_left(self) -> tuple[ChannelRow, ...]:
        return self._channels(lambda channel, is_mine: not is_mine and channel.is_archived)

    def _is_listed(self, state: State, channel: Channel) -> bool:
        if channel.kind is ChannelKind.GROUP:
            return True
        block = self._permissions.block_of(state.other(channel))
        has_any = bool(channel.last_seq) or self._has_draft(channel.id)
        return has_any and (block is None or block.kind is not BlockKind.BLOCK)

    def _channels(self, is_wanted: Callable[[Channel, bool], bool]) -> tuple[ChannelRow, ...]:
        if (state := self._state()) is None:
            return ()
        found = [
            channel
            for channel in state.channels.values()
            if channel.kind not in TALKS and is_wanted(channel, channel.has_member(state.me.id))
        ]
        found.sort(key=lambda channel: (channel.id != GENERAL, channel.name.casefold()))
        return tuple(self._row(state, channel) for channel in found)

    def _row(self, state: State, channel: Channel) -> ChannelRow:
        is_direct, is_mine = channel.kind is ChannelKind.DIRECT, channel.has_member(state.me.id)
        has_an_end = channel.id != GENERAL and not is_direct
        why_not = self._permissions.why_not_write(state, channel)
        may_manage = self._permissions.may_in(state, Permission.MANAGE_CHANNELS, channel)
        may_add = self._permissions.may_in(state, Permission.ADD_MEMBERS, channel)
        is_slow = channel.slow_seconds and not self._permissions.may_in(state, Permission.BYPASS_SLOW_MODE, channel)
        level = state.levels.get(channel.id, ChannelLevel(channel.id))
        until, now = level.muted_until, self._permissions.now()
        return ChannelRow(
            channel_id=channel.id,
            title=state.title(channel),
            kind=channel.kind,
            topic=channel.topic,
            unread=state.unread(channel.id),
            mentions=len(state.unread_mentions(channel.id)),
            level=level.level,
            is_muted=until is None or until > now,
            muted_until=until if until is not None and until > now else 0,
            is_open=channel.id == self._open_channel(),
            is_joined=is_mine,
            is_online=is_direct and state.other(channel) in state.online,
            is_read_only=channel.is_read_only,
            slow_seconds=channel.slow_seconds,
            wait_until=self._wait_until(channel.id) if is_slow else 0,
            is_archived=channel.is_archived,
            may_write=not why_not,
            why_not_write=why_not,
            may_manage=may_manage,
            may_archive=may_manage and has_an_end and channel.kind not in TALKS,
            may_delete=may_manage and has_an_end and channel.kind not in TALKS,
            may_leave=is_mine and has_an_end,
            may_add_members=may_add and channel.kind in (ChannelKind.PRIVATE, ChannelKind.GROUP),
            may_remove_members=may_add and channel.kind is ChannelKind.PRIVATE,
            other_id=state.other(channel) if is_direct else None,
            has_draft=self._has_draft(channel.id),
            is_typing=bool(self._typists(channel.id)),
            member_ids=channel.member_ids,
            presence=state.presence_of(state.other(channel)) if is_direct else Presence.OFFLINE,
            status=state.status_of(state.other(channel), self._permissions.now()) if is_direct else None,
        )
