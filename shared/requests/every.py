"""Every request there is: what the decoder accepts, and what routes, documentation and tests go through."""

from typing import Union, get_args

from .accounts import ChangePassword, Hello, ListSessions, Login, LogOut, Ping, Register, Resume, RevokeSession
from .blocks import RemoveBlock, SetBlock
from .channels import (
    AddMember,
    ArchiveChannel,
    ChangeChannel,
    CreateChannel,
    DeleteChannel,
    JoinChannel,
    LeaveChannel,
    ListChannels,
    OpenDirect,
    OpenGroup,
    RemoveMember,
    RenameChannel,
    SetTopic,
)
from .choices import SetAvailability, SetPrivacy
from .files import BeginUpload, CancelUpload, FetchFile, FinishUpload, SendChunk
from .invites import (
    ApproveNewcomer,
    CreateInvite,
    FetchPolicy,
    ListInvites,
    ListLimits,
    ListNewcomers,
    RejectNewcomer,
    RevokeInvite,
    SetPolicy,
)
from .mentions import FetchMentions, SetChannelLevel
from .messages import DeleteMessage, EditMessage, FetchChanges, FetchHistory, RevealMessage, SendMessage
from .moderation import (
    BanAddress,
    BanPerson,
    CloseReport,
    FetchAudit,
    KickPerson,
    ListBans,
    ListReports,
    PurgeMessages,
    ReportMessage,
    TimeOutPerson,
    UnbanAddress,
    UnbanPerson,
)
from .notes import SetNote
from .pictures import AddEmoji, FetchPicture, RemoveEmoji, SetAvatar, SetIcon
from .pins import ListPins, SetPin
from .presence import SetIdle
from .profiles import ClearProfile, FetchProfile, SetProfile
from .reactions import SetReaction
from .reads import MarkManyRead, MarkRead, MarkUnread
from .receipts import SetReceipts
from .replies import FetchMessages
from .roles import ChangeRole, CreateRole, GiveRole, RemoveRole
from .saved import ListSaved, SetSaved
from .search import Search
from .statuses import SetStatus
from .typists import Typing
from .versions import FetchVersions

AnyRequest = Union[
    Hello,
    Register,
    Login,
    Resume,
    LogOut,
    ChangePassword,
    ListSessions,
    RevokeSession,
    Ping,
    CreateChannel,
    RenameChannel,
    SetTopic,
    JoinChannel,
    LeaveChannel,
    ListChannels,
    OpenDirect,
    OpenGroup,
    AddMember,
    RemoveMember,
    ChangeChannel,
    ArchiveChannel,
    DeleteChannel,
    SendMessage,
    EditMessage,
    DeleteMessage,
    FetchChanges,
    FetchHistory,
    FetchMessages,
    MarkRead,
    MarkUnread,
    MarkManyRead,
    Typing,
    SetReceipts,
    RevealMessage,
    SetReaction,
    SetPin,
    ListPins,
    SetSaved,
    ListSaved,
    FetchVersions,
    FetchMentions,
    SetChannelLevel,
    Search,
    CreateRole,
    ChangeRole,
    RemoveRole,
    GiveRole,
    CreateInvite,
    ListInvites,
    RevokeInvite,
    ListNewcomers,
    ApproveNewcomer,
    RejectNewcomer,
    FetchPolicy,
    SetPolicy,
    ListLimits,
    KickPerson,
    BanPerson,
    UnbanPerson,
    BanAddress,
    UnbanAddress,
    ListBans,
    TimeOutPerson,
    PurgeMessages,
    ReportMessage,
    ListReports,
    CloseReport,
    FetchAudit,
    SetBlock,
    RemoveBlock,
    SetIdle,
    SetAvailability,
    SetStatus,
    FetchProfile,
    SetProfile,
    ClearProfile,
    SetPrivacy,
    SetNote,
    SetAvatar,
    SetIcon,
    AddEmoji,
    RemoveEmoji,
    FetchPicture,
    BeginUpload,
    SendChunk,
    FinishUpload,
    CancelUpload,
    FetchFile,
]
REQUESTS: tuple[type[AnyRequest], ...] = get_args(AnyRequest)
