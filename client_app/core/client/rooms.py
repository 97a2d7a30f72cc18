"""What can be done with channels and conversations, and with the house as a whole."""

from collections.abc import Callable, Sequence
from pathlib import Path

from client_app.core.intents.administration import Administration
from client_app.core.intents.deletions import Deletions
from client_app.core.intents.pictures import Pictures
from client_app.core.intents.pins import Pins
from client_app.core.intents.profiles import Profiles
from client_app.core.intents.saved import Saved
from client_app.core.intents.versions import Versions
from client_app.core.network.address import invite_link
from client_app.core.session.idleness import Idleness
from client_app.core.signals import AdministrationChanged, LoggedIn, Phase, StatusChanged
from client_app.core.world.presence import Presence
from client_app.core.world.waiting import Waiting
from shared.entities import Override, Status
from shared.errors import BadRequest, Refusal
from shared.limits import MAX_GROUP, MAX_TOPIC
from shared.names import channel_name
from shared.requests import (
    AddMember,
    ArchiveChannel,
    ChangeChannel,
    CreateChannel,
    DeleteChannel,
    FetchMentions,
    JoinChannel,
    LeaveChannel,
    MentionPage,
    OpenDirect,
    OpenGroup,
    RemoveMember,
    RenameChannel,
    SetChannelLevel,
    SetTopic,
)
from shared.types import Availability, ChannelId, InviteCode, Level, MessageId, Permission, UserId

from .lifecycle import Lifecycle
from .loop import Wake


class Rooms(Lifecycle):
    """A client that can move around. Refusals become a `Notice`."""

    def __init__(
        self, folder: Path, wake: Wake | None = None, *, use_keyring: bool = True, cache: Path | None = None
    ) -> None:
        """See `Lifecycle`."""
        super().__init__(folder, wake, use_keyring=use_keyring, cache=cache)
        self.administration = Administration(self, self._permissions)
        self._deletions = Deletions(self._asks, lambda sentence: self.notice(sentence, is_error=True))
        self.on(StatusChanged, lambda status: None if status.phase is Phase.ONLINE else self._deletions.forget())
        self.pins, self.saved, self.versions = Pins(self), Saved(self), Versions(self)
        self.profiles = Profiles(self)
        self.pictures = Pictures(self, self._permissions, self.files)
        self.idleness = Idleness(self)
        self.on(LoggedIn, lambda _: self._ask_what_waits())
        self.on(LoggedIn, self.idleness.logged_in)

    @property
    def presence_of_mine(self) -> Presence:
        """How I look to others, as far as is known; nobody sees me while there is no connection."""
        if self.state is None or self.phase is not Phase.ONLINE:
            return Presence.OFFLINE
        return self.state.presence_of(self.state.me.id)

    @property
    def status_of_mine(self) -> Status | None:
        """What I say that I am up to at this moment."""
        return self.state.status_of(self.state.me.id, self._permissions.now()) if self.state else None

    @property
    def is_left_in_peace(self) -> bool:
        """Whether nothing is to be notified to me, on any device."""
        return self.state is not None and self.state.choices.availability is Availability.DO_NOT_DISTURB

    @property
    def waiting(self) -> Waiting:
        """What waits for whoever keeps the house, as far as has been told here."""
        return self.session.waiting if self.session else Waiting()

    def _ask_what_waits(self) -> None:
        """Whoever keeps the house is not told of what came while nobody of them was here."""
        if self.phase is not Phase.ONLINE:
            return
        keeps, nothing = self.administration, lambda _: None
        if self._permissions.may(Permission.APPROVE_NEWCOMERS):
            keeps.list_newcomers(lambda found: self._now_waits(self.waiting.with_newcomers(found)), nothing)
        if self._permissions.may(Permission.HANDLE_REPORTS):
            keeps.list_reports(
                True, None, lambda page: self._now_waits(self.waiting.with_reports(page.reports)), nothing
            )

    def _now_waits(self, waiting: Waiting) -> None:
        if self.session is not None and self.session.waiting != waiting:
            self.session.waiting = waiting
            self._telling.emit(AdministrationChanged())

    def link_to(self, code: InviteCode) -> str:
        """What somebody opens or pastes to come here with this invite; empty while nobody is logged in."""
        if self.address is None or self._connection is None:
            return ""
        return invite_link(self.address, code, self._connection.fingerprint)

    def open_channel(self, channel_id: ChannelId) -> None:
        """Look at a channel."""
        if self.session:
            self.session.open(channel_id, self._telling.emit)
            self.tell()

    def open_direct(self, user_id: UserId, then: Callable[[ChannelId], None] | None = None) -> None:
        """Find or make the direct channel with somebody, and look at it (or do something else with it).

        One that is there already is found without the server.
        """
        use = then or self.open_channel
        known = self.state.direct_with(user_id) if self.state else None
        if known is not None:
            use(known)
        else:
            self.ask(OpenDirect(user_id=user_id), lambda made: use(made.channel_id))

    def open_group(self, user_ids: Sequence[UserId]) -> None:
        """Begin a conversation with several people, and look at it. Raises `BadRequest` where they are too many."""
        others = tuple(dict.fromkeys(each for each in user_ids if self.me is None or each != self.me.id))
        if len(others) < 2:
            raise BadRequest("Name at least two others; to write to one person, open a direct conversation.")
        if len(others) >= MAX_GROUP:
            raise BadRequest(f"A group has at most {MAX_GROUP} people, you among them. Make a private channel instead.")
        self.ask(OpenGroup(user_ids=others), lambda made: self.open_channel(made.channel_id))

    def create_channel(self, name: str, topic: str = "", *, private: bool = False) -> None:
        """Make a channel, and look at it. Raises `BadRequest` where the name cannot be."""
        request = CreateChannel(name=channel_name(name), topic=topic.strip(), private=private)
        self.ask(request, lambda made: self.open_channel(made.channel_id))

    def rename_channel(self, channel_id: ChannelId, name: str) -> None:
        """Give a channel another name. Raises `BadRequest` where the name cannot be."""
        self.ask(RenameChannel(channel_id=channel_id, name=channel_name(name)))

    def set_topic(self, channel_id: ChannelId, topic: str) -> None:
        """Say what a channel is about. Raises `BadRequest` where that is too long."""
        topic = " ".join(topic.split())
        if len(topic) > MAX_TOPIC:
            raise BadRequest(f"A topic has at most {MAX_TOPIC} characters; this one has {len(topic)}.")
        self.ask(SetTopic(channel_id=channel_id, topic=topic))

    def join_channel(self, channel_id: ChannelId) -> None:
        """Hear a channel again, and look at it."""
        self.ask(JoinChannel(channel_id=channel_id), lambda _: self.open_channel(channel_id))

    def leave_channel(self, channel_id: ChannelId) -> None:
        """Hear no more of a channel."""
        self.ask(LeaveChannel(channel_id=channel_id))

    def change_channel(
        self,
        channel_id: ChannelId,
        *,
        is_read_only: bool | None = None,
        slow_seconds: int | None = None,
        overrides: tuple[Override, ...] | None = None,
        then: Callable[[], None] = lambda: None,
        refused: Callable[[Refusal], None] | None = None,
    ) -> None:
        """Set what is given of a channel's rules."""
        request = ChangeChannel(
            channel_id=channel_id, is_read_only=is_read_only, slow_seconds=slow_seconds, overrides=overrides
        )
        self.ask(request, lambda _: then(), refused)

    def set_level(self, channel_id: ChannelId, level: Level) -> None:
        """Choose of what to be notified in a channel; where it is muted, it stays so."""
        if (row := self.channels.row(channel_id)) is not None:
            left = -((self._permissions.now() - row.muted_until) // 1000) if row.muted_until else None
            request = SetChannelLevel(channel_id=channel_id, level=level, is_muted=row.is_muted, seconds=left)
            self.ask(request)

    def mute_channel(self, channel_id: ChannelId, seconds: int | None = None) -> None:
        """Let only mentions count in a channel, for so many seconds or for ever."""
        if (row := self.channels.row(channel_id)) is not None:
            self.ask(SetChannelLevel(channel_id=channel_id, level=row.level, is_muted=True, seconds=seconds))

    def unmute_channel(self, channel_id: ChannelId) -> None:
        """Let everything count again, as far as the level says."""
        if (row := self.channels.row(channel_id)) is not None:
            self.ask(SetChannelLevel(channel_id=channel_id, level=row.level))

    def fetch_mentions(
        self,
        before_id: MessageId | None,
        then: Callable[[MentionPage], None],
        refused: Callable[[Refusal], None] | None = None,
    ) -> None:
        """A page of what mentions me, the newest first; `before_id` is that of the page before."""
        self.ask(FetchMentions(before_id=before_id), then, refused)

    def archive_channel(self, channel_id: ChannelId, is_archived: bool = True) -> None:
        """Let nobody write in a channel any more, or let them again."""
        self.ask(ArchiveChannel(channel_id=channel_id, is_archived=is_archived))

    def delete_channel(self, channel_id: ChannelId) -> None:
        """Delete a channel and all that was said in it, for good."""
        self.ask(DeleteChannel(channel_id=channel_id))

    def add_member(self, channel_id: ChannelId, user_id: UserId) -> None:
        """Bring somebody into a private channel or a group."""
        self.ask(AddMember(channel_id=channel_id, user_id=user_id))

    def remove_member(self, channel_id: ChannelId, user_id: UserId) -> None:
        """Take somebody out of a private channel."""
        self.ask(RemoveMember(channel_id=channel_id, user_id=user_id))
