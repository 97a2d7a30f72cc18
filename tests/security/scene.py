"""Scenes for the walk: people of every role, and channels to which they stand in every relation."""

import itertools
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

from scripts.rights import Case, Person, Target, Where
from server_app.app import App
from shared import requests as ask
from shared.entities import Override, ReadPosition
from shared.errors import Code, Refusal
from shared.rights import ADMIN, GUEST, MEMBER, OWNER
from shared.types import (
    GENERAL,
    AttachmentId,
    Availability,
    BlockKind,
    ChannelId,
    CustomEmojiId,
    Permission,
    PictureId,
    RoleId,
    Seq,
    UploadId,
    UserId,
)

from ..peer import PASSWORD, Peer
from ..pictures import picture

_numbers = itertools.count(1)
NOBODY = UserId(987654321)
NO_FILE = AttachmentId(987654321)


def fresh(word: str) -> str:
    """A name that nothing has yet."""
    return f"{word}{next(_numbers)}"


@dataclass
class House:
    """A server with its owner, and peers that hang up when it is over."""

    app: App
    root: Peer = field(init=False)
    _peers: list[Peer] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.root = self.connect().register("root")

    def connect(self) -> Peer:
        """A stranger."""
        peer = Peer(self.app.address, tls=False)
        self._peers.append(peer)
        return peer

    def somebody(self, role_id: RoleId = MEMBER) -> Peer:
        """Somebody new, in this role."""
        if role_id == OWNER:
            return self.connect().log_in("root")
        peer = self.connect().register(fresh("person"))
        if role_id != MEMBER:
            self.root.request(ask.GiveRole(user_id=peer.user_id, role_id=role_id))
        return peer

    def newcomer(self) -> UserId:
        """Somebody who waits for approval."""
        self.root.request(ask.SetPolicy(needs_approval=True))
        name = fresh("newcomer")
        with pytest.raises(Refusal) as refused:
            self.connect().register(name)
        assert refused.value.code is Code.APPROVAL_PENDING
        self.root.request(ask.SetPolicy(needs_approval=False))
        waiting = self.root.request(ask.ListNewcomers()).newcomers
        return next(each.user_id for each in waiting if each.name == name)

    def close(self) -> None:
        """Hang up."""
        for peer in self._peers:
            peer.close()


@dataclass
class Scene:
    """Somebody who asks, somebody else, and where they meet."""

    house: House
    person: Person
    me: Peer
    other: Peer
    """Makes what I did not make; may do everything, unless I am the owner."""
    case: Case
    channel_id: ChannelId = GENERAL
    seq: Seq = 1
    attachment_id: AttachmentId = NO_FILE
    target_id: UserId = NOBODY

    def request(self) -> Any:
        """What is asked, so that nothing but the rights can be wrong with it."""
        return REQUESTS[self.case.request](self)


def scene(house: House, person: Person, case: Case) -> Scene:
    """Set it, with people who are new."""
    # A new password ends one's other sessions, and the owner is needed further on.
    keeps_root = person.role_id == OWNER and case.request is ask.ChangePassword
    me = house.root if keeps_root else house.somebody(person.role_id)
    other = house.somebody(ADMIN) if person.role_id == OWNER else house.root
    made = Scene(house, person, me, other, case)
    if case.where is not None:
        made.channel_id, made.seq = _channel(made, case.where), 0
        if "seq" in case.request.__struct_fields__:
            made.seq = _message(made, case)
        _finish(made, case.where)
    if case.target is not None:
        made.target_id = _target(made, case.target)
    if person.is_blocked:
        other.request(ask.SetBlock(user_id=me.user_id, kind=BlockKind.BLOCK))
    if person.is_timed_out:
        house.root.request(ask.TimeOutPerson(user_id=me.user_id, seconds=3600))
    return made


def _channel(made: Scene, where: Where) -> ChannelId:
    """A channel in which both can write, as far as ever possible."""
    me, other, house = made.me, made.other, made.house
    match where:
        case Where.MINE | Where.MY_PRIVATE:
            return _of_mine(made, private=where is Where.MY_PRIVATE)
        case Where.PRIVATE | Where.FOREIGN_PRIVATE:
            channel_id = other.request(ask.CreateChannel(name=fresh("private"), private=True)).channel_id
            if where is Where.PRIVATE:
                other.request(ask.AddMember(channel_id=channel_id, user_id=me.user_id))
            return channel_id
        case Where.GROUP | Where.FOREIGN_GROUP:
            third = house.somebody().user_id
            people = (third, me.user_id) if where is Where.GROUP else (third, house.somebody().user_id)
            return other.request(ask.OpenGroup(user_ids=people)).channel_id
        case Where.DIRECT | Where.FOREIGN_DIRECT:
            with_whom = me.user_id if where is Where.DIRECT else house.somebody().user_id
            return other.request(ask.OpenDirect(user_id=with_whom)).channel_id
        case _:
            return other.request(ask.CreateChannel(name=fresh("public"))).channel_id


def _of_mine(made: Scene, *, private: bool) -> ChannelId:
    """Made by me, while I was a member: guests make none."""
    me, root = made.me, made.house.root
    if made.person.role_id == GUEST:
        root.request(ask.GiveRole(user_id=me.user_id, role_id=MEMBER))
    channel_id = me.request(ask.CreateChannel(name=fresh("mine"), private=private)).channel_id
    if private:
        me.request(ask.AddMember(channel_id=channel_id, user_id=made.other.user_id))
    if made.person.role_id == GUEST:
        root.request(ask.GiveRole(user_id=me.user_id, role_id=GUEST))
    return channel_id


def _message(made: Scene, case: Case) -> Seq:
    """A message in it, mine or another's."""
    if case.is_own is not True:
        if case.request is ask.FetchFile:
            file = made.other.upload(b"said by another")
            made.attachment_id = file.id
            return made.other.say_with(file, channel_id=made.channel_id)
        return made.other.say("said by another", made.channel_id).seq
    is_blind = made.person.role_id == GUEST and case.where in _PUBLIC
    if is_blind:
        made.house.root.request(ask.GiveRole(user_id=made.me.user_id, role_id=MEMBER))
    seq = made.me.say("said by me", made.channel_id).seq
    if is_blind:
        made.house.root.request(ask.GiveRole(user_id=made.me.user_id, role_id=GUEST))
    return seq


_PUBLIC = (Where.PUBLIC, Where.MINE, Where.LEFT, Where.HIDDEN, Where.READ_ONLY, Where.ARCHIVED)


def _finish(made: Scene, where: Where) -> None:
    """What makes the channel what it is, now that everybody has written in it."""
    channel_id, other = made.channel_id, made.other
    match where:
        case Where.LEFT if made.person.role_id != GUEST:
            made.me.request(ask.LeaveChannel(channel_id=channel_id))
        case Where.HIDDEN if made.person.role_id != OWNER:
            hidden = (Override(made.person.role_id, deny=(Permission.VIEW_CHANNELS,)),)
            other.request(ask.ChangeChannel(channel_id=channel_id, overrides=hidden))
        case Where.READ_ONLY:
            other.request(ask.ChangeChannel(channel_id=channel_id, is_read_only=True))
        case Where.ARCHIVED:
            other.request(ask.ArchiveChannel(channel_id=channel_id))


def _target(made: Scene, target: Target) -> UserId:
    match target:
        case Target.LOWER:
            return made.house.somebody(GUEST).user_id
        case Target.SAME:
            return made.house.somebody(made.person.role_id).user_id
        case Target.HIGHER:
            return made.house.root.user_id
        case Target.ONESELF:
            return made.me.user_id


def _role_of_its_own(made: Scene) -> RoleId:
    return made.house.root.request(ask.CreateRole(name=fresh("role"), rank=1)).role_id


def _invite(made: Scene) -> str:
    """Mine where I may make any, else another's."""
    maker = made.me if Permission.CREATE_INVITES in made.person.standing.role.permissions else made.house.root
    return maker.request(ask.CreateInvite(role_id=GUEST)).invite.code


def _report(made: Scene) -> Any:
    """Of a message of the owner's, by somebody else."""
    seq = made.house.root.say("reported")
    return made.house.somebody().request(ask.ReportMessage(channel_id=GENERAL, seq=seq.seq)).report_id


REQUESTS: dict[type[ask.AnyRequest], Callable[[Scene], ask.AnyRequest]] = {
    ask.LogOut: lambda _: ask.LogOut(),
    ask.ChangePassword: lambda _: ask.ChangePassword(old_password=PASSWORD, new_password=PASSWORD),
    ask.ListSessions: lambda _: ask.ListSessions(),
    ask.RevokeSession: lambda made: ask.RevokeSession(session_id=_second_session(made)),
    ask.CreateChannel: lambda _: ask.CreateChannel(name=fresh("new")),
    ask.RenameChannel: lambda made: ask.RenameChannel(channel_id=made.channel_id, name=fresh("renamed")),
    ask.SetTopic: lambda made: ask.SetTopic(channel_id=made.channel_id, topic="new"),
    ask.JoinChannel: lambda made: ask.JoinChannel(channel_id=made.channel_id),
    ask.LeaveChannel: lambda made: ask.LeaveChannel(channel_id=made.channel_id),
    ask.ListChannels: lambda _: ask.ListChannels(),
    ask.OpenDirect: lambda made: ask.OpenDirect(user_id=made.house.somebody().user_id),
    ask.OpenGroup: lambda made: ask.OpenGroup(user_ids=(made.house.somebody().user_id, made.house.somebody().user_id)),
    ask.AddMember: lambda made: ask.AddMember(channel_id=made.channel_id, user_id=made.house.somebody().user_id),
    ask.RemoveMember: lambda made: ask.RemoveMember(channel_id=made.channel_id, user_id=_third_member(made)),
    ask.ChangeChannel: lambda made: ask.ChangeChannel(channel_id=made.channel_id, slow_seconds=5),
    ask.ArchiveChannel: lambda made: ask.ArchiveChannel(channel_id=made.channel_id),
    ask.DeleteChannel: lambda made: ask.DeleteChannel(channel_id=made.channel_id),
    ask.SendMessage: lambda made: ask.SendMessage(channel_id=made.channel_id, client_id=fresh("client-id"), body="x"),
    ask.EditMessage: lambda made: ask.EditMessage(channel_id=made.channel_id, seq=made.seq, body="edited"),
    ask.DeleteMessage: lambda made: ask.DeleteMessage(channel_id=made.channel_id, seq=made.seq),
    ask.FetchHistory: lambda made: ask.FetchHistory(channel_id=made.channel_id),
    ask.FetchMessages: lambda made: ask.FetchMessages(channel_id=made.channel_id, seqs=(1,)),
    ask.FetchChanges: lambda made: ask.FetchChanges(channel_id=made.channel_id, after_rev=0),
    ask.MarkRead: lambda made: ask.MarkRead(channel_id=made.channel_id, seq=made.seq),
    ask.MarkUnread: lambda made: ask.MarkUnread(channel_id=made.channel_id, seq=made.seq),
    ask.SetReceipts: lambda _: ask.SetReceipts(is_on=False),
    ask.Typing: lambda made: ask.Typing(channel_id=made.channel_id),
    ask.MarkManyRead: lambda _: ask.MarkManyRead(positions=(ReadPosition(channel_id=GENERAL, seq=0),)),
    ask.MarkRead: lambda made: ask.MarkRead(channel_id=made.channel_id, seq=1),
    ask.FetchMentions: lambda _: ask.FetchMentions(),
    ask.Search: lambda made: ask.Search(query="said", channel_id=made.channel_id),
    ask.SetChannelLevel: lambda made: ask.SetChannelLevel(channel_id=made.channel_id, is_muted=True),
    ask.RevealMessage: lambda made: ask.RevealMessage(channel_id=made.channel_id, seq=made.seq),
    ask.SetReaction: lambda made: ask.SetReaction(channel_id=made.channel_id, seq=made.seq, emoji="👍"),
    ask.SetPin: lambda made: ask.SetPin(channel_id=made.channel_id, seq=made.seq, is_on=True),
    ask.ListPins: lambda made: ask.ListPins(channel_id=made.channel_id),
    ask.SetSaved: lambda made: ask.SetSaved(channel_id=made.channel_id, seq=made.seq, is_on=True),
    ask.ListSaved: lambda _: ask.ListSaved(),
    ask.FetchVersions: lambda made: ask.FetchVersions(channel_id=made.channel_id, seq=made.seq),
    ask.CreateInvite: lambda _: ask.CreateInvite(role_id=GUEST),
    ask.ListInvites: lambda _: ask.ListInvites(),
    ask.RevokeInvite: lambda made: ask.RevokeInvite(code=_invite(made)),
    ask.ListNewcomers: lambda _: ask.ListNewcomers(),
    ask.ApproveNewcomer: lambda made: ask.ApproveNewcomer(user_id=made.house.newcomer()),
    ask.RejectNewcomer: lambda made: ask.RejectNewcomer(user_id=made.house.newcomer()),
    ask.FetchPolicy: lambda _: ask.FetchPolicy(),
    ask.SetPolicy: lambda _: ask.SetPolicy(filtered_words=("swearword",)),
    ask.ListLimits: lambda _: ask.ListLimits(),
    ask.CreateRole: lambda _: ask.CreateRole(name=fresh("role"), rank=1),
    ask.ChangeRole: lambda made: ask.ChangeRole(
        role_id=_role_of_its_own(made), name=fresh("changed"), rank=2, permissions=()
    ),
    ask.RemoveRole: lambda made: ask.RemoveRole(role_id=_role_of_its_own(made)),
    ask.GiveRole: lambda made: ask.GiveRole(user_id=made.target_id, role_id=_role_of_its_own(made)),
    ask.KickPerson: lambda made: ask.KickPerson(user_id=made.target_id),
    ask.BanPerson: lambda made: ask.BanPerson(user_id=made.target_id),
    ask.UnbanPerson: lambda made: ask.UnbanPerson(user_id=made.target_id),
    ask.BanAddress: lambda _: ask.BanAddress(address="192.0.2.7"),
    ask.UnbanAddress: lambda _: ask.UnbanAddress(address="192.0.2.8"),
    ask.ListBans: lambda _: ask.ListBans(),
    ask.TimeOutPerson: lambda made: ask.TimeOutPerson(user_id=made.target_id, seconds=60),
    ask.PurgeMessages: lambda made: ask.PurgeMessages(user_id=made.target_id, hours=1),
    ask.ReportMessage: lambda made: ask.ReportMessage(channel_id=made.channel_id, seq=made.seq),
    ask.ListReports: lambda _: ask.ListReports(),
    ask.CloseReport: lambda made: ask.CloseReport(report_id=_report(made)),
    ask.FetchAudit: lambda _: ask.FetchAudit(),
    ask.SetBlock: lambda made: ask.SetBlock(user_id=made.other.user_id, kind=BlockKind.MUTE),
    ask.SetIdle: lambda _: ask.SetIdle(is_idle=True),
    ask.SetAvailability: lambda _: ask.SetAvailability(availability=Availability.DO_NOT_DISTURB),
    ask.SetPrivacy: lambda _: ask.SetPrivacy(shares_last_seen=False),
    ask.SetStatus: lambda _: ask.SetStatus(text="at lunch", seconds=60),
    ask.FetchProfile: lambda made: ask.FetchProfile(user_id=made.other.user_id),
    ask.SetProfile: lambda _: ask.SetProfile(display_name=fresh("Called "), pronouns="they", about="new here"),
    ask.ClearProfile: lambda made: ask.ClearProfile(user_id=made.target_id),
    ask.SetNote: lambda made: ask.SetNote(user_id=made.other.user_id, text="met at the fair"),
    ask.SetAvatar: lambda _: ask.SetAvatar(),
    ask.SetIcon: lambda _: ask.SetIcon(),
    ask.AddEmoji: lambda made: ask.AddEmoji(name=fresh("emoji_"), attachment_id=_picture(made)),
    ask.RemoveEmoji: lambda _: ask.RemoveEmoji(emoji_id=CustomEmojiId(1)),
    ask.FetchPicture: lambda made: ask.FetchPicture(picture=_icon(made)),
    ask.BeginUpload: lambda _: ask.BeginUpload(name="notes.txt", size=5, sha256="0" * 64),
    ask.SendChunk: lambda made: ask.SendChunk(upload_id=_upload(made), offset=0, data=b"hello"),
    ask.FinishUpload: lambda made: ask.FinishUpload(upload_id=_upload(made, is_complete=True)),
    ask.CancelUpload: lambda made: ask.CancelUpload(upload_id=_upload(made)),
    ask.FetchFile: lambda made: ask.FetchFile(
        channel_id=made.channel_id, seq=made.seq, attachment_id=made.attachment_id
    ),
    ask.RemoveBlock: lambda made: ask.RemoveBlock(user_id=made.other.user_id),
}


def _upload(made: Scene, *, is_complete: bool = False) -> UploadId:
    """Of mine; begun before I was timed out."""
    root, user_id = made.house.root, made.me.user_id
    if made.person.is_timed_out:
        root.request(ask.TimeOutPerson(user_id=user_id, seconds=0))
    upload_id = made.me.begin_upload(b"hello")
    if is_complete:
        made.me.send_chunks(upload_id, b"hello")
    if made.person.is_timed_out:
        root.request(ask.TimeOutPerson(user_id=user_id, seconds=3600))
    return upload_id


def _second_session(made: Scene) -> Any:
    name = made.me.snapshot.me.name
    made.house.connect().log_in(name)
    return next(each.id for each in made.me.request(ask.ListSessions()).sessions if not each.is_current)


def _picture(made: Scene) -> AttachmentId:
    """Mine, where I may bring any here."""
    try:
        return made.me.upload(picture(), "picture.png").id
    except Refusal:
        return AttachmentId(NOBODY)


def _icon(made: Scene) -> PictureId:
    """That of the house, which it has from now on."""
    root = made.house.root
    root.request(ask.SetIcon(attachment_id=root.upload(picture(), "icon.png").id))
    return made.house.connect().log_in("root").snapshot.icon


def _third_member(made: Scene) -> UserId:
    """Somebody who was brought in, where people are brought in at all."""
    third = made.house.somebody().user_id
    try:
        made.other.request(ask.AddMember(channel_id=made.channel_id, user_id=third))
    except Refusal:
        return third
    return third
