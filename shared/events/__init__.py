"""What a server tells to everybody whom it concerns: facts, one Struct each in the past tense.

Every fact sets something to a value (it never counts up or down), so hearing one twice does no harm.
"""

from typing import Union, get_args

from .channels import (
    ChannelChanged,
    ChannelCreated,
    ChannelJoined,
    ChannelLeft,
    ChannelRemoved,
    ChannelRenamed,
    TopicChanged,
)
from .connection import (
    ServerStopping,
    SessionEnded,
)
from .event import (
    Event,
)
from .house import (
    EmojiAdded,
    EmojiRemoved,
    IconChanged,
    MessageReported,
    NewcomerSettled,
    NewcomerWaiting,
    PolicyChanged,
)
from .messages import (
    MessageChanged,
    MessagePosted,
    PersonTyping,
    ReactionChanged,
    SavedChanged,
)
from .people import (
    BlocksChanged,
    ChoicesChanged,
    PresenceChanged,
    RoleChanged,
    RoleRemoved,
    StatusSet,
    UserChanged,
    UserRegistered,
)
from .reading import (
    ChannelLevelChanged,
    ChannelRead,
    MentionChanged,
    ReceiptChanged,
)

__all__ = [
    "EVENTS",
    "AnyEvent",
    "BlocksChanged",
    "ChannelChanged",
    "ChannelCreated",
    "ChannelJoined",
    "ChannelLeft",
    "ChannelLevelChanged",
    "ChannelRead",
    "ChannelRemoved",
    "ChannelRenamed",
    "ChoicesChanged",
    "EmojiAdded",
    "EmojiRemoved",
    "Event",
    "IconChanged",
    "MentionChanged",
    "MessageChanged",
    "MessagePosted",
    "MessageReported",
    "NewcomerSettled",
    "NewcomerWaiting",
    "PersonTyping",
    "PolicyChanged",
    "PresenceChanged",
    "ReactionChanged",
    "ReceiptChanged",
    "RoleChanged",
    "RoleRemoved",
    "SavedChanged",
    "ServerStopping",
    "SessionEnded",
    "StatusSet",
    "TopicChanged",
    "UserChanged",
    "UserRegistered",
]

AnyEvent = Union[
    UserRegistered,
    UserChanged,
    RoleChanged,
    RoleRemoved,
    PresenceChanged,
    StatusSet,
    ChoicesChanged,
    ChannelCreated,
    ChannelRenamed,
    TopicChanged,
    ChannelChanged,
    ChannelRemoved,
    ChannelJoined,
    ChannelLeft,
    MessagePosted,
    MessageChanged,
    ReactionChanged,
    ChannelRead,
    PersonTyping,
    ReceiptChanged,
    SavedChanged,
    MentionChanged,
    ChannelLevelChanged,
    BlocksChanged,
    NewcomerWaiting,
    NewcomerSettled,
    MessageReported,
    PolicyChanged,
    IconChanged,
    EmojiAdded,
    EmojiRemoved,
    SessionEnded,
    ServerStopping,
]
EVENTS: tuple[type[AnyEvent], ...] = get_args(AnyEvent)
