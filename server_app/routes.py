"""THE table: what each request runs, where, who may ask it, and what it costs."""

from collections.abc import Callable
from typing import Any

from shared import requests as ask
from shared.types import Permission

from .route import BatchStep, Route, Step, Where, Who
from .services import (
    accounts,
    audit,
    bans,
    blocks,
    changes,
    channel_rules,
    channels,
    choices,
    custom_emoji,
    directs,
    discipline,
    files,
    greeting,
    history,
    invites,
    levels,
    members,
    mentions,
    messages,
    newcomers,
    notes,
    pictures,
    pins,
    policy,
    presence,
    profiles,
    reactions,
    reads,
    receipts,
    registration,
    replies,
    reports,
    roles,
    saved,
    search,
    sessions,
    snapshot,
    statuses,
    typists,
    uploads,
    versions,
)
from .throttle import (
    BLOCKS,
    CHANGES,
    CHANNELS,
    CHUNKS,
    FETCHES,
    HISTORY,
    INVITES,
    LOGINS,
    MESSAGES,
    MODERATION,
    PROFILES,
    REGISTRATIONS,
    REPORTS,
    ROLE_CHANGES,
    SEARCHES,
    TYPING,
    UPLOADS,
    Rate,
)


def _inline(function: Callable[[Any, Any, Any], Any]) -> Step:
    return Step(Where.INLINE, function)


def _worker(function: Callable[[Any, Any, Any], Any]) -> Step:
    return Step(Where.WORKER, function)


def _hasher(function: Callable[[Any, Any, Any], Any]) -> Step:
    return Step(Where.HASHER, function)


def _writer(function: Callable[[Any, Any, Any], Any]) -> Step:
    return Step(Where.WRITER, function)


def _files(function: Callable[[Any, Any, Any], Any]) -> Step:
    return Step(Where.FILES, function)


def _aside(*steps: Step, rate: Rate, needs: Permission) -> Route:
    return Route(Who.MEMBER, steps, (rate,), needs, is_aside=True)


def _square_of(find: Callable[[Any, Any, Any], Any]) -> tuple[Step, ...]:
    """What comes before a picture is used: finding the upload, and making a square of it."""
    return _worker(find), Step(Where.PICTURES, pictures.make_square)


def _change(
    function: Callable[[Any, Any, Any], Any], *more: Rate, needs: Permission | None = None, must_outrank: bool = False
) -> Route:
    return Route(Who.MEMBER, (_writer(function),), (CHANGES, *more), needs, must_outrank)


def _read(function: Callable[[Any, Any, Any], Any], *, needs: Permission | None = None) -> Route:
    return Route(Who.MEMBER, (_worker(function),), (HISTORY,), needs)


# The connection hears events before the snapshot is read, so that nothing can fall between the two.
_ENTER = (_inline(sessions.sign_in), _worker(snapshot.take_snapshot))

ROUTES: dict[type[ask.AnyRequest], Route] = {
    ask.Hello: Route(Who.ANYBODY, (_inline(greeting.hello),)),
    ask.Register: Route(
        Who.STRANGER,
        (
            _worker(registration.judge_applicant),
            _hasher(registration.hash_new_password),
            _writer(registration.create_account),
            *_ENTER,
        ),
        (REGISTRATIONS,),
        opens_session=True,
    ),
    ask.Login: Route(
        Who.STRANGER,
        (
            _inline(accounts.look_ahead),
            _worker(accounts.find_credentials),
            _hasher(accounts.check_login),
            _writer(accounts.admit),
            *_ENTER,
        ),
        (LOGINS,),
        opens_session=True,
    ),
    ask.Resume: Route(Who.STRANGER, (_worker(sessions.find_session), *_ENTER), opens_session=True),
    ask.LogOut: Route(Who.MEMBER, (_writer(sessions.log_out),), ends_session=True),
    ask.ChangePassword: Route(
        Who.MEMBER,
        (_worker(accounts.find_my_credentials), _hasher(accounts.check_and_hash), _writer(accounts.set_password)),
        (CHANGES, LOGINS),
    ),
    ask.ListSessions: _read(sessions.list_sessions),
    ask.RevokeSession: _change(sessions.revoke_session),
    ask.Ping: Route(Who.ANYBODY, (_inline(greeting.ping),)),
    # Channels: the permission is needed in the channel that the request names.
    ask.CreateChannel: _change(channels.create_channel, CHANNELS),
    ask.RenameChannel: _change(channels.rename_channel, needs=Permission.MANAGE_CHANNELS),
    ask.SetTopic: _change(channels.set_topic, needs=Permission.MANAGE_CHANNELS),
    ask.JoinChannel: _change(channels.join_channel, needs=Permission.VIEW_CHANNELS),
    ask.LeaveChannel: _change(channels.leave_channel, needs=Permission.VIEW_CHANNELS),
    ask.ListChannels: _read(channels.list_channels),
    ask.OpenDirect: _change(directs.open_direct),
    ask.OpenGroup: _change(members.open_group, CHANNELS, needs=Permission.WRITE_DIRECTLY),
    ask.AddMember: _change(members.add_member, needs=Permission.ADD_MEMBERS),
    ask.RemoveMember: _change(members.remove_member, needs=Permission.ADD_MEMBERS),
    ask.ChangeChannel: _change(channel_rules.change_channel, needs=Permission.MANAGE_CHANNELS),
    ask.ArchiveChannel: _change(channel_rules.archive_channel, needs=Permission.MANAGE_CHANNELS),
    ask.DeleteChannel: _change(channel_rules.delete_channel, needs=Permission.MANAGE_CHANNELS),
    # Messages
    ask.SendMessage: Route(Who.MEMBER, (BatchStep(messages.post_messages),), (MESSAGES,)),
    ask.EditMessage: _change(changes.edit_message, needs=Permission.SEND_MESSAGES),
    ask.DeleteMessage: _change(changes.delete_message, needs=Permission.VIEW_CHANNELS),
    ask.FetchHistory: _read(history.fetch_history, needs=Permission.VIEW_CHANNELS),
    ask.FetchMessages: _read(replies.fetch_messages, needs=Permission.VIEW_CHANNELS),
    ask.FetchChanges: _read(changes.fetch_changes, needs=Permission.VIEW_CHANNELS),
    ask.MarkRead: _change(reads.mark_read, needs=Permission.VIEW_CHANNELS),
    ask.SetPin: _change(pins.set_pin, needs=Permission.PIN_MESSAGES),
    ask.ListPins: _read(pins.list_pins, needs=Permission.VIEW_CHANNELS),
    ask.SetSaved: _change(saved.set_saved, needs=Permission.VIEW_CHANNELS),
    ask.ListSaved: _read(saved.list_saved),
    ask.FetchVersions: _read(versions.fetch_versions, needs=Permission.VIEW_CHANNELS),
    ask.MarkUnread: _change(reads.mark_unread, needs=Permission.VIEW_CHANNELS),
    ask.MarkManyRead: _change(reads.mark_many_read),
    ask.FetchMentions: _read(mentions.fetch_mentions),
    ask.Search: Route(Who.MEMBER, (_worker(search.search),), (SEARCHES,), is_aside=True),
    ask.SetChannelLevel: _change(levels.set_channel_level, needs=Permission.VIEW_CHANNELS),
    ask.RevealMessage: _read(blocks.reveal_message, needs=Permission.VIEW_CHANNELS),
    ask.SetReaction: _change(reactions.set_reaction, needs=Permission.SEND_MESSAGES),
    ask.SetReceipts: _change(receipts.set_receipts),
    ask.Typing: Route(Who.MEMBER, (_worker(typists.tell_typing),), (TYPING,), needs=Permission.SEND_MESSAGES),
    # Files
    ask.BeginUpload: _aside(
        _files(uploads.require_room),
        _writer(uploads.begin_upload),
        _files(uploads.where_to_go_on),
        rate=UPLOADS,
        needs=Permission.ATTACH_FILES,
    ),
    ask.SendChunk: _aside(_files(uploads.take_chunk), rate=CHUNKS, needs=Permission.ATTACH_FILES),
    ask.FinishUpload: _aside(
        _files(uploads.check_upload),
        Step(Where.PICTURES, uploads.look_at_upload),
        _files(uploads.keep_upload),
        _writer(uploads.add_attachment),
        rate=UPLOADS,
        needs=Permission.ATTACH_FILES,
    ),
    ask.CancelUpload: _change(uploads.cancel_upload),
    ask.FetchPicture: Route(Who.MEMBER, (_files(pictures.fetch_picture),), (FETCHES,), is_aside=True),
    ask.SetAvatar: Route(
        Who.MEMBER, (*_square_of(pictures.find_picture), _writer(pictures.set_avatar)), (CHANGES, PROFILES)
    ),
    ask.SetIcon: Route(
        Who.MEMBER,
        (*_square_of(pictures.find_picture), _writer(pictures.set_icon)),
        (CHANGES,),
        needs=Permission.MANAGE_SERVER,
    ),
    ask.AddEmoji: Route(
        Who.MEMBER,
        (*_square_of(custom_emoji.find_emoji_picture), _writer(custom_emoji.add_emoji)),
        (CHANGES,),
        needs=Permission.MANAGE_EMOJI,
    ),
    ask.RemoveEmoji: _change(custom_emoji.remove_emoji, needs=Permission.MANAGE_EMOJI),
    ask.FetchFile: _aside(_files(files.fetch_file), rate=FETCHES, needs=Permission.VIEW_CHANNELS),
    # Who may come in
    ask.CreateInvite: _change(invites.create_invite, INVITES, needs=Permission.CREATE_INVITES),
    ask.ListInvites: _read(invites.list_invites, needs=Permission.CREATE_INVITES),
    ask.RevokeInvite: _change(invites.revoke_invite, needs=Permission.CREATE_INVITES),
    ask.ListNewcomers: _read(newcomers.list_newcomers, needs=Permission.APPROVE_NEWCOMERS),
    ask.ApproveNewcomer: _change(newcomers.approve_newcomer, needs=Permission.APPROVE_NEWCOMERS),
    ask.RejectNewcomer: _change(newcomers.reject_newcomer, needs=Permission.APPROVE_NEWCOMERS),
    ask.FetchPolicy: _read(policy.fetch_policy, needs=Permission.MANAGE_SERVER),
    ask.SetPolicy: _change(policy.set_policy, needs=Permission.MANAGE_SERVER),
    ask.ListLimits: _read(policy.list_limits, needs=Permission.MANAGE_SERVER),
    # Roles
    ask.CreateRole: _change(roles.create_role, ROLE_CHANGES, needs=Permission.MANAGE_ROLES),
    ask.ChangeRole: _change(roles.change_role, ROLE_CHANGES, needs=Permission.MANAGE_ROLES),
    ask.RemoveRole: _change(roles.remove_role, ROLE_CHANGES, needs=Permission.MANAGE_ROLES),
    ask.GiveRole: _change(roles.give_role, ROLE_CHANGES, needs=Permission.MANAGE_ROLES, must_outrank=True),
    # Keeping the peace
    ask.KickPerson: _change(discipline.kick_person, MODERATION, needs=Permission.KICK_PEOPLE, must_outrank=True),
    ask.BanPerson: _change(bans.ban_person, MODERATION, needs=Permission.BAN_PEOPLE, must_outrank=True),
    ask.UnbanPerson: _change(bans.unban_person, MODERATION, needs=Permission.BAN_PEOPLE, must_outrank=True),
    ask.BanAddress: _change(bans.ban_address, MODERATION, needs=Permission.BAN_PEOPLE),
    ask.UnbanAddress: _change(bans.unban_address, MODERATION, needs=Permission.BAN_PEOPLE),
    ask.ListBans: _read(bans.list_bans, needs=Permission.BAN_PEOPLE),
    ask.TimeOutPerson: _change(
        discipline.time_out_person, MODERATION, needs=Permission.TIME_OUT_PEOPLE, must_outrank=True
    ),
    ask.PurgeMessages: Route(
        Who.MEMBER,
        (_worker(discipline.find_messages), _writer(discipline.purge_messages)),
        (CHANGES, MODERATION),
        needs=Permission.PURGE_MESSAGES,
        must_outrank=True,
    ),
    ask.ReportMessage: _change(reports.report_message, REPORTS, needs=Permission.VIEW_CHANNELS),
    ask.ListReports: _read(reports.list_reports, needs=Permission.HANDLE_REPORTS),
    ask.CloseReport: _change(reports.close_report, needs=Permission.HANDLE_REPORTS),
    ask.FetchAudit: _read(audit.fetch_audit, needs=Permission.VIEW_AUDIT_LOG),
    # Blocks
    ask.SetBlock: _change(blocks.set_block, BLOCKS),
    ask.RemoveBlock: _change(blocks.remove_block),
    # What people tell of themselves
    ask.SetIdle: Route(Who.MEMBER, (_inline(presence.set_idle),), (CHANGES,)),
    ask.SetAvailability: _change(choices.set_availability),
    ask.SetPrivacy: _change(choices.set_privacy),
    ask.SetStatus: _change(statuses.set_status, PROFILES),
    ask.FetchProfile: _read(profiles.fetch_profile),
    ask.SetProfile: _change(profiles.set_profile, PROFILES),
    ask.ClearProfile: _change(profiles.clear_profile, MODERATION, needs=Permission.TIME_OUT_PEOPLE, must_outrank=True),
    ask.SetNote: _change(notes.set_note),
}
