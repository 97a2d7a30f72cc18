"""Ids, and words with what they may hold.

A limit lives in the type, so that the decoder refuses what breaks it before any code of ours has seen the value.
"""

import enum
from typing import Annotated, NewType

from msgspec import Meta

from .limits import (
    MAX_ABOUT,
    MAX_BODY,
    MAX_CHANNEL_NAME,
    MAX_DEVICE,
    MAX_FRAME_BEFORE_LOGIN,
    MAX_INTEGER,
    MAX_NOTE,
    MAX_PRONOUNS,
    MAX_RANK,
    MAX_REASON,
    MAX_ROLE_NAME,
    MAX_SLOW_SECONDS,
    MAX_SPAN_SECONDS,
    MAX_STATUS,
    MAX_TOPIC,
)

_TEXT = r"\A[^\x00-\x08\x0b-\x1f\x7f]*\Z"
"""Text for people: no control characters but tab and line feed; NUL and escapes have broken databases and terminals."""
_LINE = r"\A[^\x00-\x1f\x7f\u2028\u2029]*\Z"

RequestId = Annotated[int, Meta(ge=0, le=MAX_INTEGER)]
Seq = Annotated[int, Meta(ge=0, le=MAX_INTEGER)]
"""A message's number within its channel: 1, 2, 3 … without holes. 0 stands for "before the first"."""
Rev = Annotated[int, Meta(ge=0, le=MAX_INTEGER)]
"""A revision: the number of a change within its channel (to a message that was there already) or within the server (to
a person), 1, 2, 3 … Whoever knows everything up to one asks for what came after it. 0 stands for "before the first"."""
Milliseconds = Annotated[int, Meta(ge=0, le=MAX_INTEGER)]
"""A moment, in milliseconds since 1970-01-01 UTC."""

UserId = NewType("UserId", Annotated[int, Meta(ge=1, le=MAX_INTEGER)])
ChannelId = NewType("ChannelId", Annotated[int, Meta(ge=1, le=MAX_INTEGER)])
MessageId = NewType("MessageId", Annotated[int, Meta(ge=1, le=MAX_INTEGER)])
SessionId = NewType("SessionId", Annotated[int, Meta(ge=1, le=MAX_INTEGER)])
RoleId = NewType("RoleId", Annotated[int, Meta(ge=1, le=MAX_INTEGER)])
ReportId = NewType("ReportId", Annotated[int, Meta(ge=1, le=MAX_INTEGER)])
AttachmentId = NewType("AttachmentId", Annotated[int, Meta(ge=1, le=MAX_INTEGER)])
UploadId = NewType("UploadId", Annotated[int, Meta(ge=1, le=MAX_INTEGER)])
CustomEmojiId = NewType("CustomEmojiId", Annotated[int, Meta(ge=1, le=MAX_INTEGER)])
AuditId = NewType("AuditId", Annotated[int, Meta(ge=1, le=MAX_INTEGER)])

GENERAL = ChannelId(1)
"""The channel that always exists and that nobody can leave."""

Body = Annotated[str, Meta(max_length=MAX_BODY, pattern=_TEXT)]
"""What somebody says; empty only where files say it."""
KeptBody = Annotated[str, Meta(max_length=MAX_BODY)]
"""The body of a message as it is now; empty where the message was deleted."""
Topic = Annotated[str, Meta(max_length=MAX_TOPIC, pattern=_LINE)]
ChannelName = Annotated[str, Meta(min_length=1, max_length=MAX_CHANNEL_NAME, pattern=_LINE)]
"""What a person may call a channel; `shared.names.channel_name` gives the form it takes."""
Name = Annotated[str, Meta(max_length=80, pattern=_LINE)]
"""A name as typed, before `shared.names` has judged it, so that a bad one gets a sentence and not a decoder's error."""
Password = Annotated[str, Meta(max_length=1024)]
Token = Annotated[str, Meta(max_length=128)]
Device = Annotated[str, Meta(max_length=MAX_DEVICE, pattern=_LINE)]
ClientId = Annotated[str, Meta(min_length=8, max_length=64, pattern=r"\A[0-9A-Za-z_-]+\Z")]
"""A message's id as its sender made it, a UUID. (author, client_id) is unique: a retry returns the first result."""


Reason = Annotated[str, Meta(max_length=MAX_REASON, pattern=_LINE)]
"""Why something was done, for those whom it concerns; may be empty."""
Words = Annotated[str, Meta(max_length=100, pattern=_LINE)]
"""A few words to be looked for."""
RoleName = Annotated[str, Meta(min_length=1, max_length=MAX_ROLE_NAME, pattern=_LINE)]
Rank = Annotated[int, Meta(ge=1, le=MAX_RANK)]
"""The higher one acts on the lower one. The built-in roles: owner 100, admin 80, moderator 60, member 20, guest 10."""
InviteCode = Annotated[str, Meta(min_length=1, max_length=64)]
SlowSeconds = Annotated[int, Meta(ge=0, le=MAX_SLOW_SECONDS)]
Seconds = Annotated[int, Meta(ge=1, le=MAX_SPAN_SECONDS)]
"""How long something shall last."""
NetworkAddress = Annotated[str, Meta(min_length=2, max_length=45, pattern=_LINE)]
"""An IPv4 or IPv6 address; of the latter the first 64 bits count, which is one household."""


StatusText = Annotated[str, Meta(max_length=MAX_STATUS, pattern=_LINE)]
"""What somebody is up to, on one line; may be empty."""
DisplayName = Annotated[str, Meta(max_length=MAX_FRAME_BEFORE_LOGIN)]
"""As typed, before `shared.names` has judged it, so that a bad one gets a sentence and not a decoder's error."""
Pronouns = Annotated[str, Meta(max_length=MAX_PRONOUNS, pattern=_LINE)]
About = Annotated[str, Meta(max_length=MAX_ABOUT, pattern=_TEXT)]
NoteText = Annotated[str, Meta(max_length=MAX_NOTE, pattern=_TEXT)]

Emoji = Annotated[str, Meta(min_length=1, max_length=40, pattern=_LINE)]
"""An emoji as Unicode writes it: a few code points; `shared.emoji` says which there are."""


Sha256 = Annotated[str, Meta(min_length=64, max_length=64, pattern=r"\A[0-9a-f]{64}\Z")]
"""The SHA-256 of a file's content, in hexadecimal."""
PictureId = Annotated[str, Meta(max_length=64, pattern=r"\A([0-9a-f]{64})?\Z")]
"""A picture that everybody may see who is logged in, by the SHA-256 of its content; empty for none."""
FileName = Annotated[str, Meta(min_length=1, max_length=MAX_FRAME_BEFORE_LOGIN)]
"""As it was called where it came from, before `shared.file_names` has cleaned it."""
CustomEmojiName = Annotated[str, Meta(min_length=1, max_length=MAX_FRAME_BEFORE_LOGIN)]
"""As typed, without colons, before `shared.names` has judged it, so that a bad one gets a sentence."""


class ChannelKind(enum.Enum):
    """Who a channel is for."""

    PUBLIC = "public"
    """Everybody is a member who may see it and has not left."""
    PRIVATE = "private"
    """Only for those who were brought into it; nobody else learns that it exists, whatever their role."""
    GROUP = "group"
    """A conversation of up to ten people, who all have the same rights in it."""
    DIRECT = "direct"
    """Two people, or one person's notes to themselves; nobody else learns that it exists."""


class MessageKind(enum.Enum):
    """How a message is to be shown."""

    TEXT = "text"
    ACTION = "action"
    """`/me waves`: the author is the sentence's subject."""
    ANNOUNCEMENT = "announcement"
    """To everybody, in `general`, from somebody who may announce; shown as such and notified of to all."""


class Level(enum.Enum):
    """Of what somebody wants to be notified in a channel."""

    DEFAULT = "default"
    """What they chose for all channels."""
    ALL = "all"
    MENTIONS = "mentions"
    """Only of messages that mention them."""
    NONE = "none"


class FileVariant(enum.Enum):
    """In which form a file is wanted."""

    ORIGINAL = "original"
    THUMBNAIL = "thumbnail"
    """Of a picture: small enough for a message."""


class Permission(enum.Enum):
    """Something that a role may allow to its people."""

    VIEW_CHANNELS = "view_channels"
    """See public channels and read what is said in them. `general` is seen by all."""
    SEND_MESSAGES = "send_messages"
    """Write in the channels that one is in."""
    SEND_IN_READ_ONLY = "send_in_read_only"
    """Write in channels that are read-only for others."""
    BYPASS_SLOW_MODE = "bypass_slow_mode"
    """Write without waiting in channels in slow mode."""
    DELETE_MESSAGES = "delete_messages"
    """Delete what others said."""
    ADD_MEMBERS = "add_members"
    """Bring people into private channels that one is in, and take them out; whoever made the channel may anyway."""
    MANAGE_CHANNELS = "manage_channels"
    """Change, archive and delete channels that others made."""
    CREATE_CHANNELS = "create_channels"
    """Make public channels."""
    CREATE_PRIVATE_CHANNELS = "create_private_channels"
    """Make private channels."""
    WRITE_DIRECTLY = "write_directly"
    """Begin conversations with other people; answering is always possible."""
    CREATE_INVITES = "create_invites"
    """Make invite codes, for roles below one's own, and revoke one's own."""
    MANAGE_INVITES = "manage_invites"
    """See and revoke others' invite codes, to roles that one may give."""
    APPROVE_NEWCOMERS = "approve_newcomers"
    """Let newcomers in, or turn them away, where they wait for that."""
    MANAGE_ROLES = "manage_roles"
    """Make, change, remove and give roles below one's own, with permissions that one has."""
    MANAGE_SERVER = "manage_server"
    """Set the rules of the house: approval of newcomers, the raid switch, the word filter."""
    TIME_OUT_PEOPLE = "time_out_people"
    """Let people of lower rank only look on for a while."""
    KICK_PEOPLE = "kick_people"
    """End all sessions of people of lower rank; they may log in again."""
    BAN_PEOPLE = "ban_people"
    """Keep people of lower rank, or an address, out."""
    PURGE_MESSAGES = "purge_messages"
    """Delete in one step what a person of lower rank said in the last hours."""
    HANDLE_REPORTS = "handle_reports"
    """See reported messages and decide on them."""
    VIEW_AUDIT_LOG = "view_audit_log"
    """Read who did what to whom."""
    ANNOUNCE = "announce"
    """Write to everybody at once."""
    PIN_MESSAGES = "pin_messages"
    """Pin messages, and take pins away."""
    ATTACH_FILES = "attach_files"
    """Send files and pictures."""
    MANAGE_EMOJI = "manage_emoji"
    """Add emoji of the house, and take them away."""
    MENTION_EVERYBODY = "mention_everybody"
    """Notify everybody in a channel at once, with @channel and @here."""


class BlockKind(enum.Enum):
    """What one wants to hear of a person."""

    BLOCK = "block"
    """Nothing: what they say is hidden and can be shown one by one; they cannot tell."""
    MUTE = "mute"
    """Their messages, but no notification of them."""


class Availability(enum.Enum):
    """What somebody chose to look like while they are here, on whichever device."""

    AUTOMATIC = "automatic"
    """Online, and idle while nobody has touched any of their devices for a while."""
    DO_NOT_DISTURB = "do_not_disturb"
    """Seen as such, and notified of nothing."""
    INVISIBLE = "invisible"
    """As if they were not here: nobody can tell that they come and go."""


class AuditAction(enum.Enum):
    """What the audit log tells of."""

    INVITE_CREATED = "invite_created"
    INVITE_REVOKED = "invite_revoked"
    NEWCOMER_APPROVED = "newcomer_approved"
    NEWCOMER_REJECTED = "newcomer_rejected"
    POLICY_CHANGED = "policy_changed"
    ROLE_CREATED = "role_created"
    ROLE_CHANGED = "role_changed"
    ROLE_REMOVED = "role_removed"
    ROLE_GIVEN = "role_given"
    CHANNEL_CHANGED = "channel_changed"
    CHANNEL_ARCHIVED = "channel_archived"
    CHANNEL_DELETED = "channel_deleted"
    MEMBER_ADDED = "member_added"
    MEMBER_REMOVED = "member_removed"
    PERSON_KICKED = "person_kicked"
    PERSON_BANNED = "person_banned"
    PERSON_UNBANNED = "person_unbanned"
    PERSON_TIMED_OUT = "person_timed_out"
    PROFILE_CLEARED = "profile_cleared"
    MESSAGE_DELETED = "message_deleted"
    MESSAGES_PURGED = "messages_purged"
    MESSAGE_UNPINNED = "message_unpinned"
    REPORT_CLOSED = "report_closed"
    ANNOUNCED = "announced"
    EMOJI_ADDED = "emoji_added"
    EMOJI_REMOVED = "emoji_removed"
    ICON_CHANGED = "icon_changed"
    PASSWORD_RESET = "password_reset"  # nosec B105  # the name of something done


class Registration(enum.Enum):
    """Who may make an account."""

    OPEN = "open"
    INVITE = "invite"
    CLOSED = "closed"


def wire_name(struct_name: str) -> str:
    """The `type` of a Struct on the wire: `SendMessage` is `send_message`."""
    return "".join("_" + letter.lower() if letter.isupper() else letter for letter in struct_name).lstrip("_")
