"""Random requests: each made of a few numbers, so that a failure is told in a few lines and made smaller."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from msgspec.structs import replace

from shared import requests as ask
from shared.entities import Override, ReadPosition
from shared.types import (
    AttachmentId,
    Availability,
    BlockKind,
    ChannelId,
    CustomEmojiId,
    Level,
    MessageKind,
    Permission,
    ReportId,
    RoleId,
    UploadId,
    UserId,
)

from .model import GUEST, HALL, World

PERMISSIONS = tuple(Permission)


@dataclass
class Draw:
    """What the numbers stand for in the world as it is."""

    world: World
    me: int
    a: int
    b: int
    c: int
    fresh: str
    """A text that nobody has used."""

    @property
    def client_id(self) -> str:
        """As new, and no secret."""
        return f"client-{self.fresh[2:-1]}"

    @property
    def room(self) -> ChannelId:
        """Any room that ever was, or none; mostly one that is there for whoever asks."""
        known = sorted(self.world.rooms_of(self.me))
        rooms = known if self.c % 3 else [*self.world.rooms, 999]
        return ChannelId(rooms[self.a % len(rooms)])

    @property
    def person(self) -> UserId:
        people = list(self.world.people)
        return UserId(people[self.b % len(people)])

    @property
    def role(self) -> RoleId:
        roles = [*self.world.roles, 999]
        return RoleId(roles[self.c % len(roles)])

    @property
    def seq(self) -> int:
        room = self.world.rooms.get(self.room)
        return self.b % ((len(room.said) if room else 0) + 2)

    @property
    def upload(self) -> UploadId:
        """Mostly one of one's own."""
        mine = [number for number, upload in self.world.uploads.items() if upload.owner == self.me]
        uploads = mine if self.c % 4 and mine else [*self.world.uploads, 999]
        return UploadId(uploads[self.a % len(uploads)])

    @property
    def file(self) -> AttachmentId:
        """Mostly one of one's own that is not said."""
        mine = [number for number, file in self.world.files.items() if file.owner == self.me and not file.said]
        files = mine if self.b % 4 and mine else [*self.world.files, 999]
        return AttachmentId(files[self.b % len(files)])

    @property
    def name(self) -> str:
        """A new one, or now and then that of another room, whether or not one can know of it."""
        taken = [room.name for room in self.world.rooms.values() if room.name]
        return taken[self.b % len(taken)] if self.c % 4 == 0 else self.fresh

    @property
    def permissions(self) -> tuple[Permission, ...]:
        """Some of one's own, and now and then another."""
        mine = [each for each in PERMISSIONS if each.value in self.world.roles[self.world.people[self.me].role].can]
        chosen = [each for number, each in enumerate(mine) if (self.a >> (number % 10)) & 1]
        return tuple(chosen if self.b % 4 else {*chosen, PERMISSIONS[self.c % len(PERMISSIONS)]})


def _overrides(draw: Draw) -> tuple[Override, ...]:
    """Those that are there, with one role's otherwise."""
    room = draw.world.rooms.get(draw.room)
    allowed, denied = (room.allowed, room.denied) if room else ({}, {})
    roles = [each for each in sorted({*allowed, *denied}) if each != draw.role]
    kept = [Override(RoleId(each), _named(allowed.get(each)), _named(denied.get(each))) for each in roles]
    # Mostly sight, because most follows from it.
    what = Permission.VIEW_CHANNELS if draw.b % 3 else PERMISSIONS[draw.b % len(PERMISSIONS)]
    one = (what,)
    new = (Override(draw.role, deny=one), Override(draw.role, allow=one), Override(draw.role))[(draw.b // 3) % 3]
    return (*kept, new)


def _named(values: set[str] | None) -> tuple[Permission, ...]:
    return tuple(each for each in PERMISSIONS if each.value in (values or ()))


def _changed_role(draw: Draw) -> ask.ChangeRole:
    role = draw.world.roles.get(draw.role)
    is_fixed = role is not None and role.id <= GUEST and draw.a % 8 > 0
    name, rank = (role.name, role.height) if role is not None and is_fixed else (draw.fresh, 1 + draw.b % 99)
    # What nobody can take from the owner makes no sense to ask for.
    rank = min(rank, 99)
    kept = {each for each in PERMISSIONS if role is not None and each.value in role.can}
    flipped = kept ^ {PERMISSIONS[draw.a % len(PERMISSIONS)] if draw.b % 2 else Permission.VIEW_CHANNELS}
    return ask.ChangeRole(role_id=draw.role, name=name, rank=rank, permissions=_named({each.value for each in flipped}))


def _code(draw: Draw) -> str:
    codes = [*draw.world.codes, "0000-0000-0000-0000-0000"]
    return codes[draw.a % len(codes)]


def _report(draw: Draw) -> ReportId:
    reports = [*draw.world.complaints, 999]
    return ReportId(reports[draw.a % len(reports)])


def _positions(draw: Draw) -> tuple[ReadPosition, ...]:
    """Of every room that ever was, and of one that never was."""
    return tuple(ReadPosition(channel_id=ChannelId(each), seq=draw.c % 7) for each in [*draw.world.rooms, 999])


def _profile(draw: Draw) -> ask.SetProfile:
    return (
        ask.SetProfile(display_name=draw.fresh),
        ask.SetProfile(about=draw.fresh),
        ask.SetProfile(display_name="", about=""),
    )[draw.a % 3]


def _people(draw: Draw) -> tuple[UserId, ...]:
    people = list(draw.world.people)
    return tuple(UserId(people[number % len(people)]) for number in (draw.a, draw.b, draw.c))


def _forward(draw: Draw) -> ask.SendMessage:
    """From any room that ever was, or mostly one that is there for whoever asks."""
    sources = [*draw.world.rooms, 999] if draw.b % 3 == 0 else sorted(draw.world.rooms_of(draw.me))
    source = ChannelId(sources[draw.b % len(sources)])
    said = draw.world.rooms[source].said if source in draw.world.rooms else []
    forward = ask.Forward(channel_id=source, seq=draw.c % (len(said) + 2))
    return ask.SendMessage(channel_id=draw.room, client_id=draw.client_id, body="forwarded", forward_of=forward)


def _search(draw: Draw) -> ask.Search:
    """For a word that somebody said, wherever that was; the older ones are gone from what everybody may see."""
    said = [each.words.split()[-1] for room in draw.world.rooms.values() for each in room.said if each.words]
    word = said[draw.b % len(said)] if said else draw.fresh
    return ask.Search(query=word, channel_id=draw.room if draw.c % 3 == 0 else None, limit=100)


def _naming(draw: Draw) -> str:
    """A text that names somebody, or everybody."""
    name = "channel" if draw.c % 4 == 0 else draw.world.people[draw.person].name
    return f"@{name} {draw.fresh}"


def _piece(draw: Draw) -> ask.SendChunk:
    """Of a file that holds its own name."""
    upload = draw.world.uploads.get(draw.upload)
    content, offset = (upload.name if upload else "x").encode(), (0, 0, 0, 3)[draw.b % 4]
    return ask.SendChunk(upload_id=draw.upload, offset=offset, data=content[offset : (None, 5)[draw.b % 5 == 0]])


def _announced(draw: Draw) -> ask.BeginUpload:
    name = f"{draw.fresh}.txt"
    return ask.BeginUpload(name=name, size=len(name), sha256=hashlib.sha256(name.encode()).hexdigest())


def _fetched(draw: Draw) -> ask.FetchFile:
    """Mostly where there is one."""
    rooms = [draw.world.rooms[each] for each in sorted(draw.world.rooms_of(draw.me))]
    holding = [(room.id, seq) for room in rooms for seq, said in enumerate(room.said, 1) if said.files]
    room, seq = holding[draw.a % len(holding)] if holding and draw.c % 4 else (draw.room, draw.seq)
    said = draw.world.rooms[room].said[seq - 1] if (room, seq) in holding else None
    held = [number for number, file in draw.world.files.items() if said is not None and file in said.files]
    number = AttachmentId(held[draw.b % len(held)]) if held else draw.file
    return ask.FetchFile(channel_id=ChannelId(room), seq=seq, attachment_id=number)


def _content(draw: Draw) -> ask.FetchPicture:
    """By its content, which gives nobody a right to it."""
    names = [file.name for file in draw.world.files.values()] or ["nothing"]
    return ask.FetchPicture(picture=hashlib.sha256(names[draw.a % len(names)].encode()).hexdigest())


Make = Callable[[Draw], Any]
SEND: Make = lambda draw: ask.SendMessage(  # noqa: E731  # one of a table
    channel_id=draw.room, client_id=draw.client_id, body=draw.fresh
)
REQUESTS: dict[str, tuple[int, Make]] = {
    # How often, and what.
    "create a channel": (2, lambda draw: ask.CreateChannel(name=draw.name, topic=draw.fresh + "t")),
    "create a private one": (4, lambda draw: ask.CreateChannel(name=draw.name, topic=draw.fresh + "t", private=True)),
    "rename": (2, lambda draw: ask.RenameChannel(channel_id=draw.room, name=draw.name)),
    "set a topic": (3, lambda draw: ask.SetTopic(channel_id=draw.room, topic=draw.fresh)),
    "join": (2, lambda draw: ask.JoinChannel(channel_id=draw.room)),
    "leave": (2, lambda draw: ask.LeaveChannel(channel_id=draw.room)),
    "open a direct channel": (2, lambda draw: ask.OpenDirect(user_id=draw.person)),
    "open a group": (2, lambda draw: ask.OpenGroup(user_ids=_people(draw))),
    "add a member": (5, lambda draw: ask.AddMember(channel_id=draw.room, user_id=draw.person)),
    "remove a member": (3, lambda draw: ask.RemoveMember(channel_id=draw.room, user_id=draw.person)),
    "set exceptions": (4, lambda draw: ask.ChangeChannel(channel_id=draw.room, overrides=_overrides(draw))),
    "hush": (1, lambda draw: ask.ChangeChannel(channel_id=draw.room, is_read_only=bool(draw.b % 2))),
    "slow down": (1, lambda draw: ask.ChangeChannel(channel_id=draw.room, slow_seconds=(0, 3600)[draw.b % 2])),
    "archive": (1, lambda draw: ask.ArchiveChannel(channel_id=draw.room, is_archived=bool(draw.b % 2))),
    "delete a channel": (1, lambda draw: ask.DeleteChannel(channel_id=draw.room)),
    "say": (8, SEND),
    "announce": (
        1,
        lambda draw: ask.SendMessage(
            channel_id=ChannelId(HALL),
            client_id=draw.client_id,
            body=draw.fresh,
            kind=MessageKind.ANNOUNCEMENT,
        ),
    ),
    "answer": (
        4,
        lambda draw: ask.SendMessage(
            channel_id=draw.room,
            client_id=draw.client_id,
            body=draw.fresh,
            reply_to=draw.seq,
            is_silent_reply=bool(draw.a % 2),
        ),
    ),
    "forward": (4, _forward),
    "announce a file": (6, _announced),
    "send a piece": (7, _piece),
    "finish a file": (6, lambda draw: ask.FinishUpload(upload_id=draw.upload)),
    "take a file back": (1, lambda draw: ask.CancelUpload(upload_id=draw.upload)),
    "say with a file": (6, lambda draw: replace(SEND(draw), attachments=(draw.file,))),
    "fetch a file": (6, _fetched),
    "show a picture": (2, lambda draw: ask.SetAvatar(attachment_id=draw.file if draw.b % 4 else None)),
    "give the house a picture": (1, lambda draw: ask.SetIcon(attachment_id=draw.file if draw.b % 4 else None)),
    "add an emoji": (1, lambda draw: ask.AddEmoji(name=draw.fresh, attachment_id=draw.file)),
    "remove an emoji": (1, lambda _: ask.RemoveEmoji(emoji_id=CustomEmojiId(1))),
    "fetch a picture": (1, _content),
    "read originals": (2, lambda draw: ask.FetchMessages(channel_id=draw.room, seqs=tuple(range(100)))),
    "edit": (3, lambda draw: ask.EditMessage(channel_id=draw.room, seq=draw.seq, body=draw.fresh)),
    "mention": (4, lambda draw: replace(SEND(draw), body=_naming(draw))),
    "edit a mention": (
        2,
        lambda draw: ask.EditMessage(channel_id=draw.room, seq=draw.seq, body=_naming(draw)),
    ),
    "read mentions": (2, lambda _: ask.FetchMentions(limit=100)),
    "search": (4, _search),
    "set a level": (1, lambda draw: ask.SetChannelLevel(channel_id=draw.room, level=list(Level)[draw.b % 4])),
    "delete": (2, lambda draw: ask.DeleteMessage(channel_id=draw.room, seq=draw.seq)),
    "read": (5, lambda draw: ask.FetchHistory(channel_id=draw.room, limit=100)),
    "read changes": (3, lambda draw: ask.FetchChanges(channel_id=draw.room, after_rev=0, limit=100)),
    "mark as read": (2, lambda draw: ask.MarkRead(channel_id=draw.room, seq=draw.b)),
    "share receipts": (2, lambda draw: ask.SetReceipts(is_on=bool(draw.a % 2))),
    "type": (3, lambda draw: ask.Typing(channel_id=draw.room)),
    "mark as unread": (2, lambda draw: ask.MarkUnread(channel_id=draw.room, seq=draw.b)),
    "mark many as read": (2, lambda draw: ask.MarkManyRead(positions=_positions(draw), goes_back=bool(draw.a % 2))),
    "reveal": (2, lambda draw: ask.RevealMessage(channel_id=draw.room, seq=draw.seq)),
    "react": (
        4,
        lambda draw: ask.SetReaction(
            channel_id=draw.room, seq=draw.seq, emoji=("👍", "❤", "❤️", "x")[draw.a % 4], is_on=draw.b % 3 > 0
        ),
    ),
    "pin": (3, lambda draw: ask.SetPin(channel_id=draw.room, seq=draw.seq, is_on=draw.c % 4 > 0)),
    "list pins": (2, lambda draw: ask.ListPins(channel_id=draw.room, limit=100)),
    "save": (3, lambda draw: ask.SetSaved(channel_id=draw.room, seq=draw.seq, is_on=draw.c % 4 > 0)),
    "list saved": (3, lambda _: ask.ListSaved(limit=100)),
    "fetch versions": (3, lambda draw: ask.FetchVersions(channel_id=draw.room, seq=draw.seq, limit=100)),
    "create a role": (
        1,
        lambda draw: ask.CreateRole(name=draw.fresh, rank=1 + draw.c % 99, permissions=draw.permissions),
    ),
    "change a role": (2, _changed_role),
    "remove a role": (1, lambda draw: ask.RemoveRole(role_id=draw.role)),
    "give a role": (4, lambda draw: ask.GiveRole(user_id=draw.person, role_id=draw.role)),
    "kick": (1, lambda draw: ask.KickPerson(user_id=draw.person, reason=draw.fresh)),
    "ban": (1, lambda draw: ask.BanPerson(user_id=draw.person, reason=draw.fresh)),
    "unban": (2, lambda draw: ask.UnbanPerson(user_id=draw.person)),
    "time out": (
        1,
        lambda draw: ask.TimeOutPerson(user_id=draw.person, seconds=(0, 3600)[draw.a % 2], reason=draw.fresh),
    ),
    "purge": (1, lambda draw: ask.PurgeMessages(user_id=draw.person, hours=1)),
    "report": (2, lambda draw: ask.ReportMessage(channel_id=draw.room, seq=draw.seq, reason=draw.fresh)),
    "list reports": (2, lambda draw: ask.ListReports(only_open=bool(draw.a % 2), limit=100)),
    "close a report": (1, lambda draw: ask.CloseReport(report_id=_report(draw), outcome=draw.fresh)),
    "read the log": (3, lambda _: ask.FetchAudit(limit=100)),
    "search the log": (1, lambda draw: ask.FetchAudit(text=draw.name, limit=100)),
    "block": (3, lambda draw: ask.SetBlock(user_id=draw.person, kind=list(BlockKind)[min(draw.a % 3, 1)])),
    "unblock": (2, lambda draw: ask.RemoveBlock(user_id=draw.person)),
    "rest": (1, lambda draw: ask.SetIdle(is_idle=bool(draw.a % 2))),
    "choose a look": (2, lambda draw: ask.SetAvailability(availability=list(Availability)[draw.a % 3])),
    "share when one was here": (1, lambda draw: ask.SetPrivacy(shares_last_seen=bool(draw.a % 2))),
    "set a status": (2, lambda draw: ask.SetStatus(text=("", draw.fresh, draw.fresh)[draw.a % 3])),
    "read a profile": (3, lambda draw: ask.FetchProfile(user_id=draw.person)),
    "tell of oneself": (2, _profile),
    "clear a profile": (2, lambda draw: ask.ClearProfile(user_id=draw.person)),
    "write a note": (2, lambda draw: ask.SetNote(user_id=draw.person, text=draw.fresh)),
    "invite": (1, lambda draw: ask.CreateInvite(role_id=draw.role)),
    "list invites": (1, lambda _: ask.ListInvites()),
    "revoke an invite": (1, lambda draw: ask.RevokeInvite(code=_code(draw))),
    "list newcomers": (1, lambda _: ask.ListNewcomers()),
    "forbid a word": (1, lambda draw: ask.SetPolicy(filtered_words=(draw.fresh,))),
    "read the rules": (1, lambda _: ask.FetchPolicy()),
    "list limits": (1, lambda _: ask.ListLimits()),
    "list bans": (1, lambda _: ask.ListBans()),
    "ban an address": (1, lambda _: ask.BanAddress(address="192.0.2.7")),
    "unban an address": (1, lambda _: ask.UnbanAddress(address="192.0.2.7")),
}
NEVER_ASKED = {
    "Hello": "of no rights",
    "Ping": "of no rights",
    "Register": "the people are there; see the tests of invites",
    "Login": "asked when somebody comes back",
    "Resume": "asked when somebody comes back",
    "LogOut": "of one's own session alone",
    "ChangePassword": "of one's own account alone",
    "ListSessions": "of one's own account alone",
    "RevokeSession": "of one's own account alone",
    "ListChannels": "asked after each step, by everybody",
    "ApproveNewcomer": "nobody waits; see the tests of newcomers",
    "RejectNewcomer": "nobody waits; see the tests of newcomers",
}
LOOK_AT_ALL = "look at all"
OFTEN = (*(LOOK_AT_ALL,) * 3, *(what for what, (times, _) in REQUESTS.items() for _ in range(times)))
