"""What exists: people and their roles, channels, messages, files, and the snapshot that a newcomer gets of it."""

from .channels import Channel, ChannelLevel, Override, ReadPosition, UnreadMentions
from .files import Attachment, CustomEmoji
from .messages import Mention, Message, Reaction, Saved, Version
from .people import Block, Choices, PersonStatus, Role, Session, Status, User
from .snapshot import Snapshot

__all__ = [
    "Attachment",
    "Block",
    "Channel",
    "ChannelLevel",
    "Choices",
    "CustomEmoji",
    "Mention",
    "Message",
    "Override",
    "PersonStatus",
    "Reaction",
    "ReadPosition",
    "Role",
    "Saved",
    "Session",
    "Snapshot",
    "Status",
    "UnreadMentions",
    "User",
    "Version",
]
