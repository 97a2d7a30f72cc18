"""What the client holds while one account is logged in: its state, what is loaded, what is on its way, its drafts."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import assert_never

from client_app.core.history.history import History
from client_app.core.history.reading import Reading
from client_app.core.signals import (
    AdministrationChanged,
    ChannelOpened,
    ChannelsChanged,
    MentionsChanged,
    MessageArrived,
    Notice,
    PicturesChanged,
    PinsChanged,
    RosterChanged,
    SavedMessagesChanged,
    Signal,
)
from client_app.core.store.world import WRITE_SECONDS
from client_app.core.world.endings import Endings, ends_of
from client_app.core.world.facts import apply
from client_app.core.world.keeping import Keeping
from client_app.core.world.news import hints, news_of_me
from client_app.core.world.pace import Pace
from client_app.core.world.permissions import Permissions
from client_app.core.world.state import TALKS, State
from client_app.core.world.waiting import Waiting
from client_app.core.writing.drafts import Drafts, Rescue
from client_app.core.writing.outbox import Outbox
from client_app.core.writing.replies import Replies
from client_app.core.writing.typists import Typists
from shared.entities import Message
from shared.events import (
    AnyEvent,
    BlocksChanged,
    ChannelChanged,
    ChannelCreated,
    ChannelJoined,
    ChannelLeft,
    ChannelLevelChanged,
    ChannelRead,
    ChannelRemoved,
    ChannelRenamed,
    ChoicesChanged,
    EmojiAdded,
    EmojiRemoved,
    IconChanged,
    MentionChanged,
    MessageChanged,
    MessagePosted,
    MessageReported,
    NewcomerSettled,
    NewcomerWaiting,
    PersonTyping,
    PolicyChanged,
    PresenceChanged,
    ReactionChanged,
    ReceiptChanged,
    RoleChanged,
    RoleRemoved,
    SavedChanged,
    ServerStopping,
    SessionEnded,
    StatusSet,
    TopicChanged,
    UserChanged,
    UserRegistered,
)
from shared.types import GENERAL, BlockKind, ChannelId, MessageKind, Milliseconds, Rev, Seq, UserId

AboutMessages = MessagePosted | MessageChanged | ReactionChanged | SavedChanged


@dataclass(slots=True)
class Session:
    """One account's side of the client. Everything in it belongs to the thread that drains the core."""

    account: str
    state: State
    outbox: Outbox
    history: History
    reading: Reading
    drafts: Drafts
    replies: Replies
    rescue: Rescue
    keeping: Keeping
    endings: Endings
    permissions: Permissions
    typists: Typists
    waiting: Waiting = field(default_factory=Waiting)
    open_channel_id: ChannelId | None = None
    last_open_channel_id: ChannelId | None = None
    """The one that was looked at when the world was kept."""
    _awaited_channel_id: ChannelId | None = None
    """To be opened as soon as it is known: the answer to a request may come before the fact that it made."""
    _blocked: frozenset[UserId] = frozenset()
    """Whose messages were hidden when it was looked at last."""
    names_rev: Rev = 0
    """The change to people that last gave one another name: rows that were made before it show the old one."""
    _mentioning: set[tuple[ChannelId, Seq]] = field(default_factory=set)
    """What was just told to mention me; the message itself is told next."""
    _pace: Pace = field(default_factory=Pace)

    def take(self, event: AnyEvent, emit: Callable[[Signal], None]) -> None:  # noqa: PLR0912  # a branch for each event
        """Let a fact change what is known, and say what changed."""
        before, self.state = self.state, apply(self.state, event)
        match event:
            case (MessagePosted() | MessageChanged() | ReactionChanged() | SavedChanged()) as about_messages:
                self._take_message(about_messages, before, emit)
            case MentionChanged(channel_id=channel_id, seq=seq, is_on=is_on):
                self._mentioning |= {(channel_id, seq)} if is_on else set()
                emit(ChannelsChanged())
                emit(MentionsChanged())
            case ChannelLevelChanged() | ReceiptChanged():
                self._plan(emit)
                emit(ChannelsChanged())
            case PresenceChanged() | StatusSet() | ChoicesChanged() | ChannelRenamed() | TopicChanged():
                emit(ChannelsChanged())
                emit(RosterChanged())
                if isinstance(event, StatusSet):
                    self._plan(emit)
            case ChannelRead(channel_id=channel_id):
                emit(ChannelsChanged())
                if channel_id == self.open_channel_id and self.reading.follow(channel_id, before):
                    self.history.new_line.draw(channel_id)
            case PersonTyping(channel_id=channel_id, user_id=user_id):
                self.typists.heard(channel_id, user_id, emit)
            case ChannelJoined() | ChannelLeft() | ChannelChanged():
                self._look_again(before, emit)
                self._follow_me(event, emit)
            case UserRegistered() | UserChanged() | RoleChanged() | RoleRemoved() | BlocksChanged():
                self._look_again(before, emit)
                for sentence in news_of_me(before, self.state, self.permissions.now()):
                    emit(Notice(sentence))
                emit(AdministrationChanged())
            case ChannelCreated(channel=channel):
                emit(ChannelsChanged())
                if channel.id == self._awaited_channel_id:
                    self.open(channel.id, emit)
            case ChannelRemoved(channel_id=channel_id):
                emit(ChannelsChanged())
                self._lose(channel_id, before, emit)
            case NewcomerWaiting() | NewcomerSettled() | MessageReported() | PolicyChanged():
                for sentence in hints(event, self.waiting, self.state):
                    emit(Notice(sentence))
                self.waiting = self.waiting.after(event)
                emit(AdministrationChanged())
            case IconChanged() | EmojiAdded() | EmojiRemoved():
                emit(PicturesChanged())
            case SessionEnded() | ServerStopping():
                pass
            case _:
                assert_never(event)

    def _take_message(self, event: AboutMessages, before: State, emit: Callable[[Signal], None]) -> None:
        match event:
            case MessagePosted(message=message):
                self._heard(message, before, emit)
            case MessageChanged(message=message):
                self.history.changed(message)
                emit(PinsChanged(message.channel_id))
                if (message.channel_id, message.seq) in self._mentioning:
                    self._announce(message, before, emit)
            case ReactionChanged():
                self.history.reactions.heard(event)
            case SavedChanged():
                emit(SavedMessagesChanged())
            case _:
                assert_never(event)

    def open(self, channel_id: ChannelId, emit: Callable[[Signal], None]) -> None:
        """Look at a channel, or as soon as it is known."""
        if channel_id not in self.state.channels:
            self._awaited_channel_id = channel_id
            return
        self._awaited_channel_id = None
        self.open_channel_id = channel_id
        self.reading.opened(channel_id)
        self.history.open(channel_id)
        emit(ChannelOpened(channel_id))
        emit(ChannelsChanged())
        emit(RosterChanged())

    def resumed(self, state: State, emit: Callable[[Signal], None]) -> bool:
        """The session is open (again): go on from a fresh state, and tell what was read meanwhile.

        Whether the server still knows all that was known here.
        """
        before, self.state = self.state, state
        self.reading.resumed(before)
        here = {*before.channels, *self.history.channels, *self.outbox.channels, *self.drafts.channels}
        for channel_id in sorted(here - state.channels.keys()):
            self._lose(channel_id, before, emit)
        if self.open_channel_id is not None:
            self.history.new_line.came_back(self.open_channel_id)
        is_same = self.history.resumed(before)
        self.endings.forget()
        self._look_again(before, emit)
        self._go_where_i_am_a_member(emit)
        self.outbox.set_online(True)
        self.keep(0.0)
        return is_same

    def dropped(self) -> None:
        """The connection is gone."""
        self.outbox.set_online(False)
        self.history.dropped()
        self.reading.dropped()
        self.typists.dropped()

    def keep(self, seconds: float = WRITE_SECONDS) -> None:
        """Keep the world as it is now, within so many seconds, unless it is kept already."""
        self.keeping.keep(self.state, self.open_channel_id, seconds)

    def wait_until(self, channel_id: ChannelId) -> Milliseconds:
        """Until when slow mode lets me write nothing more in a channel; 0 where I need not wait."""
        return self._pace.wait_until(self.state, channel_id, self.permissions.now())

    def _look_again(self, before: State, emit: Callable[[Signal], None]) -> None:
        """Rights, or whom I block, may be others now, by a fact or by the clock."""
        is_other = before.users is not self.state.users
        if is_other and any(before.name(user_id) != self.state.name(user_id) for user_id in before.users):
            self.names_rev = self.state.users_rev
        now = self.permissions.now()
        blocked = self.state.blocked(now)
        if self._blocked - blocked or before.blocked(now) - blocked:
            self.history.hidden.hear_again()
        else:
            self.history.hidden.look_again()
        self._blocked = blocked
        emit(ChannelsChanged())
        emit(RosterChanged())
        self._plan(emit)

    def _plan(self, emit: Callable[[Signal], None]) -> None:
        """Look again when the next time-out, block or wait is over."""
        now = self.permissions.now()
        ends = [*ends_of(self.state), *self._pace.ends(self.state, now)]
        self.endings.plan(ends, now, lambda: self._look_again(self.state, emit))

    def _follow_me(self, event: AnyEvent, emit: Callable[[Signal], None]) -> None:
        """I left or joined, perhaps on another device."""
        me = self.state.me.id
        match event:
            case ChannelLeft(user_id=user_id) if user_id == me:
                self._go_where_i_am_a_member(emit)
            case ChannelJoined(channel_id=channel_id, user_id=user_id) if user_id == me:
                self.history.rejoined(channel_id)

    def _lose(self, channel_id: ChannelId, before: State, emit: Callable[[Signal], None]) -> None:
        """A channel is not there for me any more: nothing of it stays here, and what I had not sent is not lost."""
        channel = before.channels.get(channel_id)
        name = before.title(channel) if channel is not None else "A channel"
        name = f"#{name}" if channel is not None and channel.kind not in TALKS else name
        self.history.forget(channel_id)
        self._pace.forget(channel_id)
        self.replies.end(channel_id)
        why = f"{name} is not there for you any more."
        if not self.rescue.channel_is_gone(channel_id, why, emit) and channel_id == self.open_channel_id:
            emit(Notice(why))
        if channel_id == self.open_channel_id:
            self.open(GENERAL, emit)

    def _go_where_i_am_a_member(self, emit: Callable[[Signal], None]) -> None:
        here = self.open_channel_id
        channel = None if here is None else self.state.channels.get(here)
        if here is not None and (channel is None or not channel.has_member(self.state.me.id)):
            self.open(GENERAL, emit)

    def _heard(self, message: Message, before: State, emit: Callable[[Signal], None]) -> None:
        known = before.channels.get(message.channel_id)
        self.history.heard(message, is_new=known is not None and message.seq > known.last_seq)
        self.typists.said(message.channel_id, message.author_id)
        emit(ChannelsChanged())
        self._announce(message, before, emit)

    def _announce(self, message: Message, before: State, emit: Callable[[Signal], None]) -> None:
        """Somebody said something: I, somebody of whom I want to hear, or somebody else, of whom nothing is unread."""
        channel = self.state.channels.get(message.channel_id)
        author = self.state.users.get(message.author_id)
        if channel is None or author is None or not channel.has_member(self.state.me.id):
            return
        if author.id == self.state.me.id:
            self._pace.said(channel.id, self.permissions.now())
            self._plan(emit)
            return
        is_mention = (message.channel_id, message.seq) in self._mentioning
        self._mentioning.discard((message.channel_id, message.seq))
        block = self.state.block_of(author.id, self.permissions.now())
        is_announcement = message.kind is MessageKind.ANNOUNCEMENT
        if message.is_hidden or (block is not None and block.kind is BlockKind.BLOCK):
            if channel.id not in before.channels or not before.unread(channel.id):
                self.reading.mark_read(channel.id)
        elif block is None or is_announcement:
            emit(MessageArrived(message, author, channel.kind in TALKS, is_announcement, is_mention))
