"""What a client may ask: one Struct per verb, imperative. `Request[R]` is answered by `done` with an `R`, or refused.

The Structs are the protocol: `docs/protocol.md` is generated from them.
"""

from typing import Annotated, Generic, TypeVar, Union, get_args

from msgspec import Meta, Struct

from .entities import Channel, Message, Session, Snapshot
from .types import (
    MAX_PAGE,
    Body,
    ChannelId,
    ChannelName,
    ClientId,
    Device,
    MessageId,
    MessageKind,
    Name,
    Password,
    Registration,
    RequestId,
    Rev,
    Seq,
    SessionId,
    Token,
    Topic,
    UserId,
    wire_name,
)

R = TypeVar("R")


# --- results ----------------------------------------------------------------------------------------------------------


class Nothing(Struct, frozen=True):
    """The request was carried out; there is nothing to say about it."""


class Welcome(Struct, frozen=True):
    """What the server is, before anybody has logged in."""

    server: str
    """The program's name and version."""
    protocol: int
    registration: Registration


class LoggedIn(Struct, frozen=True):
    """A session is open on this connection; events follow."""

    token: Token
    """Opens the session again with `resume`. Keep it like a password."""
    snapshot: Snapshot


class Posted(Struct, frozen=True):
    """The message is on disk."""

    message_id: MessageId
    seq: Seq


class History(Struct, frozen=True):
    """A page of messages, oldest first."""

    messages: tuple[Message, ...]
    more: bool
    """Whether there are further messages in the direction asked for (around: older ones)."""


class Changes(Struct, frozen=True):
    """Messages that changed, as they are now, in the order of their revisions."""

    messages: tuple[Message, ...]
    more: bool
    """Whether there are later changes."""


class ChannelMade(Struct, frozen=True):
    """The channel that was created, or that existed already between these two people."""

    channel_id: ChannelId


class Channels(Struct, frozen=True):
    """Every channel that the person may know of."""

    channels: tuple[Channel, ...]


class Sessions(Struct, frozen=True):
    """The person's sessions, newest first."""

    sessions: tuple[Session, ...]


# --- requests ---------------------------------------------------------------------------------------------------------


class Request(Struct, Generic[R], frozen=True, kw_only=True, tag=wire_name, tag_field="type"):
    """Asked by a client; gets exactly one reply with the same id."""

    id: RequestId = 0
    """Of the client's choosing; not one that is still waiting for its reply."""


class Hello(Request[Welcome], frozen=True, kw_only=True):
    """Ask what the server is. Optional, and before anything else."""

    protocol: int = 1
    client: Annotated[str, Meta(max_length=100)] = ""
    """The program's name and version, for the server's log."""


class Register(Request[LoggedIn], frozen=True, kw_only=True):
    """Make an account and log in with it. The first account of a server is its owner."""

    name: Name
    password: Password
    invite: Annotated[str, Meta(max_length=200)] | None = None
    device: Device = ""


class Login(Request[LoggedIn], frozen=True, kw_only=True):
    """Open a session with name and password. An unknown name and a wrong password get the same answer."""

    name: Name
    password: Password
    device: Device = ""


class Resume(Request[LoggedIn], frozen=True, kw_only=True):
    """Open the session of this token again, on a new connection."""

    token: Token
    users_rev: Rev = 0
    """The newest revision of the people who are still known from before: then only later ones are told."""


class LogOut(Request[Nothing], frozen=True, kw_only=True):
    """End this session; its token opens nothing any more. The server closes the connection after its reply."""


class ChangePassword(Request[Nothing], frozen=True, kw_only=True):
    """Set a new password; every other session of the person ends."""

    old_password: Password
    new_password: Password


class ListSessions(Request[Sessions], frozen=True, kw_only=True):
    """List the devices that can come back without the password."""


class RevokeSession(Request[Nothing], frozen=True, kw_only=True):
    """End one of one's own sessions."""

    session_id: SessionId


class CreateChannel(Request[ChannelMade], frozen=True, kw_only=True):
    """Make a public channel. Everybody is in it from the start."""

    name: ChannelName
    topic: Topic = ""
    private: bool = False
    """Reserved; the server refuses True until channels can have invited members."""


class RenameChannel(Request[Nothing], frozen=True, kw_only=True):
    """Give a channel another name. For whoever made it, and the owner."""

    channel_id: ChannelId
    name: ChannelName


class SetTopic(Request[Nothing], frozen=True, kw_only=True):
    """Say what a channel is about. For whoever made it, and the owner."""

    channel_id: ChannelId
    topic: Topic


class JoinChannel(Request[Nothing], frozen=True, kw_only=True):
    """Hear a public channel again that one has left."""

    channel_id: ChannelId


class LeaveChannel(Request[Nothing], frozen=True, kw_only=True):
    """Hear no more of a public channel. `general` cannot be left."""

    channel_id: ChannelId


class ListChannels(Request[Channels], frozen=True, kw_only=True):
    """List the channels that one may know of, those that one has left among them."""


class OpenDirect(Request[ChannelMade], frozen=True, kw_only=True):
    """Find or make the direct channel between oneself and another person."""

    user_id: UserId


class SendMessage(Request[Posted], frozen=True, kw_only=True):
    """Say something. `done` means that it is on disk; the same `client_id` sent again gets the first answer again."""

    channel_id: ChannelId
    client_id: ClientId
    body: Body
    kind: MessageKind = MessageKind.TEXT


class EditMessage(Request[Nothing], frozen=True, kw_only=True):
    """Write a message of one's own anew. One that is deleted stays deleted."""

    channel_id: ChannelId
    seq: Seq
    body: Body


class DeleteMessage(Request[Nothing], frozen=True, kw_only=True):
    """Take a message of one's own back: its number stays, and nothing of what it said."""

    channel_id: ChannelId
    seq: Seq


class FetchChanges(Request[Changes], frozen=True, kw_only=True):
    """Read what became of messages that were there already: every one that changed after this revision, once."""

    channel_id: ChannelId
    after_rev: Rev
    limit: Annotated[int, Meta(ge=1, le=MAX_PAGE)] = 50


class FetchHistory(Request[History], frozen=True, kw_only=True):
    """Read a page of a channel: the newest, or before, after or around a message. At most one of the three is given."""

    channel_id: ChannelId
    before_seq: Seq | None = None
    after_seq: Seq | None = None
    around_seq: Seq | None = None
    limit: Annotated[int, Meta(ge=1, le=MAX_PAGE)] = 50


class MarkRead(Request[Nothing], frozen=True, kw_only=True):
    """Tell how far one has read a channel. It never goes back; one's other devices hear of it."""

    channel_id: ChannelId
    seq: Seq


class Ping(Request[Nothing], frozen=True, kw_only=True):
    """Show that one is still there."""


AnyRequest = Union[
    Hello,
    Register,
    Login,
    Resume,
    LogOut,
    ChangePassword,
    ListSessions,
    RevokeSession,
    CreateChannel,
    RenameChannel,
    SetTopic,
    JoinChannel,
    LeaveChannel,
    ListChannels,
    OpenDirect,
    SendMessage,
    EditMessage,
    DeleteMessage,
    FetchHistory,
    FetchChanges,
    MarkRead,
    Ping,
]
REQUESTS: tuple[type[AnyRequest], ...] = get_args(AnyRequest)


def result_type(request: type[Request[R]]) -> type[R]:
    """The Struct that `done` carries for this kind of request."""
    (base,) = request.__orig_bases__  # type: ignore[attr-defined]
    (result,) = get_args(base)
    return result  # type: ignore[no-any-return]
