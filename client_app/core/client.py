"""What a user interface holds, or a bot: intents go in and return at once, signals come out."""

from collections.abc import Callable

from shared.entities import Session
from shared.errors import BadRequest, Refusal
from shared.names import channel_name, check_password
from shared.requests import (
    ChangePassword,
    CreateChannel,
    DeleteMessage,
    EditMessage,
    JoinChannel,
    LeaveChannel,
    ListSessions,
    LogOut,
    OpenDirect,
    RenameChannel,
    RevokeSession,
    SetTopic,
)
from shared.types import MAX_TOPIC, ChannelId, ClientId, MessageKind, Seq, SessionId, UserId

from .lifecycle import Lifecycle
from .signals import ChannelsChanged, LoggedOut, Phase
from .text import clean_text
from .timeline import Entry, Timeline


class Client(Lifecycle):
    """A whole client: what can be done once one is in. See `Lifecycle` for getting in, and for the loop."""

    def reconnect_now(self) -> None:
        """Do not wait for the next attempt to come back."""
        if self._connection is not None:
            self._connection.retry_now()

    def log_out(self, *, forget: bool = False) -> None:
        """End the session here and on the server; `forget` also deletes what this computer keeps of the account."""
        if self.session is None or self.address is None:
            return
        account = self.session.account
        self._asks.ask(LogOut(), lambda _: None, lambda _: None)
        self._forget_token(self.address, self.session.state.me.name)
        self._leave(Phase.LOGGED_OUT)
        if forget:
            self._store.forget(account)
        self._telling.emit(LoggedOut(""))
        self.tell()

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

    def create_channel(self, name: str, topic: str = "") -> None:
        """Make a channel, and look at it. Raises `BadRequest` where the name cannot be."""
        request = CreateChannel(name=channel_name(name), topic=topic.strip())
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

    def change_password(self, old: str, new: str) -> None:
        """Set a new password, which ends the other sessions. Raises `BadRequest` where the new one cannot be."""
        check_password(new)
        request = ChangePassword(old_password=old, new_password=new)
        self.ask(request, lambda _: self.notice("Your password is changed. Other devices have to log in again."))

    def list_sessions(self, then: Callable[[tuple[Session, ...]], None]) -> None:
        """Ask for the devices that can come back without the password."""
        self.ask(ListSessions(), lambda listed: then(listed.sessions))

    def revoke_session(self, session_id: SessionId, then: Callable[[], None] = lambda: None) -> None:
        """End one of them."""
        self.ask(RevokeSession(session_id=session_id), lambda _: then())

    def timeline(self, channel_id: ChannelId) -> Timeline:
        """What is loaded of a channel. Raises `BadRequest` while nobody is logged in."""
        if self.session is None:
            raise BadRequest("Log in first.")
        return self.session.history.timeline(channel_id)

    def rows(self, channel_id: ChannelId) -> list[Entry]:
        """All rows of a channel, for a list that draws it anew: changes that are told from now on begin with these."""
        self._telling.forget_rows(channel_id)
        return self.timeline(channel_id).entries

    def load_older(self, channel_id: ChannelId) -> None:
        """Load a page of older messages. Harmless when there are none, or a page is under way."""
        if self.session:
            self.session.history.load_older(channel_id)
            self.tell_soon()

    def load_newer(self, channel_id: ChannelId) -> None:
        """Load a page of newer messages, after a jump into the past."""
        if self.session:
            self.session.history.load_newer(channel_id)
            self.tell_soon()

    def jump_to(self, channel_id: ChannelId, seq: Seq) -> None:
        """Load the messages around this one."""
        if self.session:
            self.session.history.jump_to(channel_id, seq)
            self.tell_soon()

    def jump_to_end(self, channel_id: ChannelId) -> None:
        """Load the newest messages."""
        if self.session:
            self.session.history.jump_to_end(channel_id)
            self.tell_soon()

    def mark_read(self, channel_id: ChannelId) -> None:
        """The newest message of a channel has been seen."""
        if self.session and self.session.mark_read(channel_id):
            self._telling.emit(ChannelsChanged())
            self.tell()

    def send(self, channel_id: ChannelId, text: str, kind: MessageKind = MessageKind.TEXT) -> None:
        """Say something: shown at once, sent as soon as that is possible, kept until then. Raises `BadRequest`."""
        if self.session is None:
            raise BadRequest("Log in first.")
        self.session.outbox.add(channel_id, kind, clean_text(text))
        self.tell()

    def edit(
        self, channel_id: ChannelId, seq: Seq, text: str, refused: Callable[[Refusal], None] | None = None
    ) -> None:
        """Write a message of one's own anew; it shows when the server has it. Raises `BadRequest` where it cannot be.

        A refusal, also for want of a connection, is a `Notice` unless `refused` takes it, to put the text back.
        """
        self.ask(EditMessage(channel_id=channel_id, seq=seq, body=clean_text(text)), refused=refused)

    def delete(self, channel_id: ChannelId, seq: Seq) -> None:
        """Take a message of one's own back."""
        self.ask(DeleteMessage(channel_id=channel_id, seq=seq))

    def retry(self, client_id: ClientId) -> None:
        """Send a refused message again."""
        if self.session:
            self.session.outbox.retry(client_id)
            self.tell()

    def discard(self, client_id: ClientId) -> None:
        """Delete a refused message."""
        if self.session:
            self.session.outbox.discard(client_id)
            self.tell()

    def failed(self, channel_id: ChannelId) -> list[ClientId]:
        """The messages of a channel that were refused and wait for a decision, oldest first."""
        return self.session.outbox.failed(channel_id) if self.session else []

    def draft(self, channel_id: ChannelId) -> str:
        """What was typed in a channel and not sent."""
        return self.session.drafts.get(channel_id, "") if self.session else ""

    def set_draft(self, channel_id: ChannelId, text: str) -> None:
        """Keep what is typed in a channel."""
        if self.session and self.draft(channel_id) != text:
            self.session.drafts[channel_id] = text
            self.session.kept.drafts.put(channel_id, text)
