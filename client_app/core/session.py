"""What the client holds while one account is logged in: its state, what is loaded, what is on its way, its drafts."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import assert_never

from shared.entities import Message
from shared.events import (
    AnyEvent,
    BlocksChanged,
    ChannelChanged,
    ChannelCreated,
    ChannelJoined,
    ChannelLeft,
    ChannelRead,
    ChannelRemoved,
    ChannelRenamed,
    MessageChanged,
    MessagePosted,
    MessageReported,
    NewcomerSettled,
    NewcomerWaiting,
    PolicyChanged,
    PresenceChanged,
    RoleChanged,
    RoleRemoved,
    ServerStopping,
    SessionEnded,
    TopicChanged,
    UserChanged,
    UserRegistered,
)
from shared.types import GENERAL, ChannelId, ChannelKind

from .asks import Asks
from .history import History
from .outbox import Outbox
from .reading import Reading, read_ahead
from .signals import ChannelOpened, ChannelsChanged, MessageArrived, RosterChanged, Signal
from .state import State, apply, to_world
from .store import Kept
from .store.world import WRITE_SECONDS
from .timeline import Splice


@dataclass(slots=True)
class Session:
    """One account's side of the client. Everything in it belongs to the thread that drains the core."""

    account: str
    state: State
    outbox: Outbox
    history: History
    reading: Reading
    drafts: dict[ChannelId, str]
    kept: Kept
    open_channel_id: ChannelId | None = None
    last_open_channel_id: ChannelId | None = None
    """The one that was looked at when the world was kept."""
    _awaited_channel_id: ChannelId | None = None
    """To be opened as soon as it is known: the answer to a request may come before the fact that it made."""
    _kept_state: State | None = None
    _kept_open_channel_id: ChannelId | None = None

    def take(self, event: AnyEvent, emit: Callable[[Signal], None]) -> None:
        """Let a fact change what is known, and say what changed."""
        before, self.state = self.state, apply(self.state, event)
        match event:
            case MessagePosted(message=message):
                known = before.channels.get(message.channel_id)
                self.history.heard(message, is_new=known is not None and message.seq > known.last_seq)
                emit(ChannelsChanged())
                self._announce(message, emit)
            case MessageChanged(message=message):
                self.history.changed(message)
            case PresenceChanged() | ChannelJoined() | ChannelLeft() | UserRegistered() | UserChanged():
                emit(ChannelsChanged())
                emit(RosterChanged())
                self._follow_me(event, emit)
            case ChannelCreated(channel=channel):
                emit(ChannelsChanged())
                if channel.id == self._awaited_channel_id:
                    self.open(channel.id, emit)
            case ChannelRenamed() | TopicChanged() | ChannelRead() | ChannelChanged():
                emit(ChannelsChanged())
            case ChannelRemoved():
                emit(ChannelsChanged())
            case RoleChanged() | RoleRemoved() | BlocksChanged():
                emit(ChannelsChanged())
                emit(RosterChanged())
            case NewcomerWaiting() | NewcomerSettled() | MessageReported() | PolicyChanged():
                pass
            case SessionEnded() | ServerStopping():
                pass
            case _:
                assert_never(event)

    def open(self, channel_id: ChannelId, emit: Callable[[Signal], None]) -> None:
        """Look at a channel, or as soon as it is known."""
        if channel_id not in self.state.channels:
            self._awaited_channel_id = channel_id
            return
        self._awaited_channel_id = None
        self.open_channel_id = channel_id
        self.history.open(channel_id)
        emit(ChannelOpened(channel_id))
        emit(ChannelsChanged())
        emit(RosterChanged())

    def resumed(self, state: State, emit: Callable[[Signal], None]) -> bool:
        """The session is open (again): go on from a fresh state, and tell what was read meanwhile.

        Whether the server still knows all that was known here.
        """
        before, ahead = self.state, read_ahead(self.state, state)
        self.state = replace(state, read={**state.read, **ahead})
        is_same = self.history.resumed(before)
        for channel_id in ahead:
            self.reading.tell(channel_id)
        self._go_where_i_am_a_member(emit)
        self.outbox.set_online(True)
        self.keep(0.0)
        return is_same

    def dropped(self) -> None:
        """The connection is gone."""
        self.outbox.set_online(False)
        self.history.dropped()
        self.reading.dropped()

    def mark_read(self, channel_id: ChannelId) -> bool:
        """The newest message of a channel has been seen; whether that is news."""
        if channel_id not in self.state.channels or not self.state.unread(channel_id):
            return False
        self.state = apply(self.state, ChannelRead(channel_id, self.state.channels[channel_id].last_seq))
        self.reading.tell(channel_id)
        return True

    def keep(self, seconds: float = WRITE_SECONDS) -> None:
        """Keep the world as it is now, within so many seconds, unless it is kept already."""
        is_kept = self._kept_state is self.state and self._kept_open_channel_id == self.open_channel_id
        if self.kept.keeps_history and not is_kept:
            self._kept_state, self._kept_open_channel_id = self.state, self.open_channel_id
            self.kept.world.put(partial(to_world, self.state, self.open_channel_id), seconds)

    def _follow_me(self, event: AnyEvent, emit: Callable[[Signal], None]) -> None:
        """I left or joined, perhaps on another device."""
        me = self.state.me.id
        match event:
            case ChannelLeft(user_id=user_id) if user_id == me:
                self._go_where_i_am_a_member(emit)
            case ChannelJoined(channel_id=channel_id, user_id=user_id) if user_id == me:
                self.history.rejoined(channel_id)

    def _go_where_i_am_a_member(self, emit: Callable[[Signal], None]) -> None:
        if self.open_channel_id is not None and not self._is_member(self.open_channel_id):
            self.open(GENERAL, emit)

    def _is_member(self, channel_id: ChannelId) -> bool:
        channel = self.state.channels.get(channel_id)
        return channel is not None and channel.has_member(self.state.me.id)

    def _announce(self, message: Message, emit: Callable[[Signal], None]) -> None:
        channel = self.state.channels.get(message.channel_id)
        author = self.state.users.get(message.author_id)
        if channel and author and author.id != self.state.me.id and channel.has_member(self.state.me.id):
            emit(MessageArrived(message, author, channel.kind is ChannelKind.DIRECT))


def begin(
    account: str,
    state: State,
    kept: Kept,
    asks: Asks,
    timeline_changed: Callable[[ChannelId, tuple[Splice, ...]], None],
) -> Session:
    """The session of an account, with what this computer kept of it; `state` is what was known last."""

    def unsent_changed(channel_id: ChannelId) -> None:
        history.unsent_changed(channel_id)

    outbox = Outbox(kept.unsent, asks, unsent_changed)
    history = History(asks, outbox, kept.messages, lambda: session.state, timeline_changed)
    reading = Reading(asks, lambda channel_id: session.state.read.get(channel_id, 0))
    if kept.keeps_history:
        kept.prune_later()
    session = Session(account, state, outbox, history, reading, kept.drafts.all(), kept)
    return session
