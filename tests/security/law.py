"""What each request ought to be answered, and what it ought to change: the other half of the model."""

from collections.abc import Callable
from typing import Any

from . import law_of_files as files
from . import law_of_kept_messages as kept
from . import law_of_mentions as mentions
from . import law_of_messages as messages
from . import law_of_people as people
from . import law_of_pictures as pictures
from . import law_of_reactions as reactions
from . import law_of_reads as reads
from . import law_of_rooms as rooms
from . import law_of_search as search
from . import law_of_tales as tales
from .grounds import Effect, No
from .model import World


def judge(world: World, me: int, ask: Any) -> tuple[str, Effect]:
    """`done` or the code of the refusal; and what happens where it is done."""
    try:
        return "done", _LAW[type(ask).__name__](world, me, ask)
    except No as no:
        return str(no), lambda _: None


_LAW: dict[str, Callable[[World, int, Any], Effect]] = {
    "CreateChannel": rooms.create_channel,
    "RenameChannel": rooms.rename_channel,
    "SetTopic": rooms.set_topic,
    "JoinChannel": rooms.join_channel,
    "LeaveChannel": rooms.leave_channel,
    "OpenDirect": rooms.open_direct,
    "OpenGroup": rooms.open_group,
    "AddMember": rooms.add_member,
    "RemoveMember": rooms.remove_member,
    "ChangeChannel": rooms.change_channel,
    "ArchiveChannel": rooms.archive_channel,
    "DeleteChannel": rooms.delete_channel,
    "SendMessage": messages.send_message,
    "EditMessage": messages.edit_message,
    "DeleteMessage": messages.delete_message,
    "BeginUpload": files.begin_upload,
    "SendChunk": files.send_chunk,
    "FinishUpload": files.finish_upload,
    "CancelUpload": files.cancel_upload,
    "FetchFile": files.fetch_file,
    "FetchHistory": messages.look,
    "FetchMessages": messages.look,
    "FetchChanges": messages.look,
    "MarkRead": reads.mark_read,
    "MarkUnread": messages.look,
    "Typing": reads.typing,
    "SetReceipts": reads.set_receipts,
    "MarkManyRead": reads.mark_many_read,
    "RevealMessage": messages.reveal_message,
    "FetchMentions": mentions.fetch_mentions,
    "Search": search.search,
    "SetChannelLevel": messages.look,
    "SetReaction": reactions.set_reaction,
    "SetPin": kept.set_pin,
    "ListPins": kept.list_pins,
    "SetSaved": kept.set_saved,
    "ListSaved": kept.list_saved,
    "FetchVersions": kept.fetch_versions,
    "SetAvatar": pictures.set_avatar,
    "SetIcon": pictures.set_icon,
    "AddEmoji": pictures.add_emoji,
    "RemoveEmoji": pictures.remove_emoji,
    "FetchPicture": pictures.fetch_picture,
    "CreateRole": people.create_role,
    "ChangeRole": people.change_role,
    "RemoveRole": people.remove_role,
    "GiveRole": people.give_role,
    "KickPerson": people.kick_person,
    "BanPerson": people.ban_person,
    "UnbanPerson": people.unban_person,
    "TimeOutPerson": people.time_out_person,
    "PurgeMessages": people.purge_messages,
    "ReportMessage": people.report_message,
    "ListReports": people.only_with("handle_reports"),
    "CloseReport": people.close_report,
    "FetchAudit": people.only_with("view_audit_log"),
    "SetIdle": tales.freely,
    "SetAvailability": tales.set_availability,
    "SetPrivacy": tales.freely,
    "SetStatus": tales.set_status,
    "FetchProfile": tales.fetch_profile,
    "SetProfile": tales.set_profile,
    "ClearProfile": tales.clear_profile,
    "SetNote": tales.set_note,
    "SetBlock": people.set_block,
    "RemoveBlock": people.remove_block,
    "CreateInvite": people.create_invite,
    "ListInvites": people.only_with("create_invites"),
    "RevokeInvite": people.revoke_invite,
    "ListNewcomers": people.only_with("approve_newcomers"),
    "SetPolicy": people.set_policy,
    "FetchPolicy": people.only_with("manage_server"),
    "ListLimits": people.only_with("manage_server"),
    "ListBans": people.only_with("ban_people"),
    "BanAddress": people.only_with("ban_people"),
    "UnbanAddress": people.only_with("ban_people"),
}
LAWFUL = frozenset(_LAW)
"""The requests that the model knows."""
