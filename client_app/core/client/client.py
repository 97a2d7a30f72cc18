"""What a user interface holds, or a bot: intents go in and return at once, signals come out."""

from collections.abc import Callable, Sequence

from client_app.core.signals import LoggedOut, Phase
from client_app.core.store import Reference
from client_app.core.timeline.timeline import Entry, Timeline
from client_app.core.writing.emoji import used, with_emoji
from client_app.core.writing.text import clean_text, one_line
from shared.entities import Block, Session
from shared.errors import BadRequest, Refusal
from shared.names import check_password
from shared.requests import (
    ChangePassword,
    DeleteMessage,
    EditMessage,
    ListSessions,
    LogOut,
    RemoveBlock,
    ReportMessage,
    RevokeSession,
    SetBlock,
    SetReaction,
)
from shared.types import BlockKind, ChannelId, ClientId, Emoji, MessageKind, Permission, Seq, SessionId, UserId

from .attaching import Attaching


class Client(Attaching):
    """A whole client: what can be done once one is in. See its bases for the rest."""

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
            self._forget_files(account)
        self._telling.emit(LoggedOut(""))
        self.tell()

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

    # --- what one may, and of whom one hears --------------------------------------------------------------------------

    def may(self, permission: Permission, channel_id: ChannelId | None = None) -> bool:
        """Whether I may do this, in this channel or on the whole server."""
        return self._permissions.may(permission, channel_id)

    def outranks(self, user_id: UserId) -> bool:
        """Whether I may act on this person, where I have the permission."""
        return self._permissions.outranks(user_id)

    def block_of(self, user_id: UserId) -> Block | None:
        """What I do not want to hear of this person; None where I want to hear everything."""
        return self._permissions.block_of(user_id)

    def block(self, user_id: UserId, seconds: int | None = None) -> None:
        """Hear nothing more of a person, for ever where no `seconds` are given. They cannot tell."""
        self._set_block(user_id, BlockKind.BLOCK, seconds)

    def mute(self, user_id: UserId, seconds: int | None = None) -> None:
        """Get no more notifications of a person."""
        self._set_block(user_id, BlockKind.MUTE, seconds)

    def unblock(self, user_id: UserId) -> None:
        """Hear of a person again."""
        self._hear_again(user_id)

    def unmute(self, user_id: UserId) -> None:
        """Get notifications of a person again."""
        self._hear_again(user_id)

    def reveal(self, channel_id: ChannelId, seq: Seq) -> None:
        """Show one message of somebody whom one blocks, until `hide`."""
        if self.session:
            self.session.history.hidden.reveal(channel_id, seq, self._tell_refusal)

    def hide(self, channel_id: ChannelId, seq: Seq) -> None:
        """Hide a message again that was shown by `reveal`."""
        if self.session:
            self.session.history.hidden.hide(channel_id, seq)
            self.tell()

    def report(self, channel_id: ChannelId, seq: Seq, reason: str = "") -> None:
        """Show a message of somebody else to the moderators, as it is now."""
        request = ReportMessage(channel_id=channel_id, seq=seq, reason=one_line(reason))
        self.ask(request, lambda _: self.notice("Reported. Those who keep the peace here will look at it."))

    def _set_block(self, user_id: UserId, kind: BlockKind, seconds: int | None) -> None:
        name = self.state.name(user_id) if self.state else ""
        done = f"You hear no more of {name}." if kind is BlockKind.BLOCK else f"{name} is muted."
        self.ask(SetBlock(user_id=user_id, kind=kind, seconds=seconds), lambda _: self.notice(done))

    def _hear_again(self, user_id: UserId) -> None:
        name = self.state.name(user_id) if self.state else ""
        self.ask(RemoveBlock(user_id=user_id), lambda _: self.notice(f"You hear of {name} again."))

    # --- messages -----------------------------------------------------------------------------------------------------

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

    def send(self, channel_id: ChannelId, text: str, kind: MessageKind = MessageKind.TEXT) -> None:
        """Say something: shown at once, sent as soon as that is possible, kept until then. Raises `BadRequest`.

        A text takes along what is attached in this channel, and then may be empty. It answers what is being answered
        there, if anything is; an announcement answers nothing.
        """
        if self.session is None:
            raise BadRequest("Log in first.")
        attached = self.session.drafts.attached
        uploads = attached.of(channel_id) if kind is MessageKind.TEXT else ()
        text, reference = self._clean(text) if text.strip() or not uploads else "", Reference()
        if kind is not MessageKind.ANNOUNCEMENT and (reply := self.session.replies.of(channel_id)) is not None:
            reference = Reference(reply.seq, reply.is_silent)
            self.session.replies.end(channel_id)
        self.session.outbox.add(channel_id, kind, text, reference, uploads)
        if uploads:
            attached.put(channel_id, ())
        self.tell()

    def _clean(self, text: str) -> str:
        """What is typed as it is sent, with an emoji for each shortcode."""
        return clean_text(with_emoji(text, self.settings.skin_tone))

    def edit(
        self, channel_id: ChannelId, seq: Seq, text: str, refused: Callable[[Refusal], None] | None = None
    ) -> None:
        """Write a message of one's own anew; it shows when the server has it. Raises `BadRequest` where it cannot be.

        A refusal, also for want of a connection, is a `Notice` unless `refused` takes it, to put the text back.
        """
        self.ask(EditMessage(channel_id=channel_id, seq=seq, body=self._clean(text)), refused=refused)

    def delete(self, channel_id: ChannelId, seq: Seq) -> None:
        """Take a message back: one's own, or with the permission another's."""
        self.ask(DeleteMessage(channel_id=channel_id, seq=seq))

    def react(self, channel_id: ChannelId, seq: Seq, emoji: Emoji, *, is_on: bool = True) -> None:
        """Put an emoji under a message, or take one's own back; it shows when the server has it."""
        self.ask(SetReaction(channel_id=channel_id, seq=seq, emoji=emoji, is_on=is_on))

    def choose_reaction(self, channel_id: ChannelId, seq: Seq, emoji: Emoji) -> None:
        """Put an emoji under a message; take it back where it is mine already."""
        message, me = self.timeline(channel_id).message(seq), self.me
        mine = {each.emoji for each in message.reactions if me and me.id in each.user_ids} if message else set()
        self.react(channel_id, seq, emoji, is_on=emoji not in mine)

    def remember_emoji(self, emoji: Emoji) -> None:
        """This one was used: it is offered first the next time."""
        self.save_settings(recent_emoji=used(self.settings.recent_emoji, emoji))

    def delete_many(self, channel_id: ChannelId, seqs: Sequence[Seq]) -> None:
        """Take several messages of a channel back, one after the other, as fast as the server allows."""
        self._deletions.add(channel_id, seqs)

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
        return self.session.drafts.of(channel_id) if self.session else ""

    def typists(self, channel_id: ChannelId) -> tuple[UserId, ...]:
        """Who else is writing in a channel at this moment; whoever began first is first."""
        return self.session.typists.of(channel_id) if self.session else ()

    def typed(self, channel_id: ChannelId) -> None:
        """Something to be said is being written in a channel; the others there are told, now and then."""
        if self.session and self.phase is Phase.ONLINE and self.may(Permission.SEND_MESSAGES, channel_id):
            self.session.typists.typed(channel_id)

    def set_draft(self, channel_id: ChannelId, text: str) -> None:
        """Keep what is typed in a channel."""
        if self.session and channel_id in self.session.state.channels:
            self.session.drafts.put(channel_id, text)
