"""What people in every role and relation may ask, worked out from the route table and `shared.rights.may`.

The pages show it, and `tests/security` walks through all of it at a real server.
"""

import enum
from collections.abc import Iterator
from dataclasses import dataclass

from msgspec.structs import replace

from server_app.route import BatchStep, Route, Who
from server_app.routes import ROUTES
from shared import requests as ask
from shared.entities import Channel, Override
from shared.errors import Code
from shared.rights import ADMIN, BUILTIN, GUEST, MEMBER, MODERATOR, OWNER, Standing, may
from shared.types import ChannelId, ChannelKind, Permission, RoleId, UserId, wire_name

ME, SOMEBODY = UserId(1), UserId(2)
ROLES = {builtin.role.id: builtin.role for builtin in BUILTIN}


@dataclass(frozen=True)
class Person:
    """Who asks."""

    name: str
    role_id: RoleId
    is_timed_out: bool = False
    is_blocked: bool = False
    """By the other person of the case; which nobody can tell."""

    @property
    def standing(self) -> Standing:
        """What they may do."""
        return Standing(ME, ROLES[self.role_id], self.is_timed_out)


PEOPLE = (
    Person("owner", OWNER),
    Person("admin", ADMIN),
    Person("moderator", MODERATOR),
    Person("member", MEMBER),
    Person("guest", GUEST),
    Person("timed out", MEMBER, is_timed_out=True),
    Person("blocked", MEMBER, is_blocked=True),
)


class Where(enum.Enum):
    """How somebody stands to the channel that the request names."""

    PUBLIC = "public channel"
    MINE = "public channel, made by oneself"
    LEFT = "public channel, left"
    HIDDEN = "public channel, hidden from the role"
    READ_ONLY = "read-only channel"
    ARCHIVED = "archived channel"
    PRIVATE = "private channel, in it"
    MY_PRIVATE = "private channel, made by oneself"
    FOREIGN_PRIVATE = "private channel, not in it"
    GROUP = "group, in it"
    FOREIGN_GROUP = "group, not in it"
    DIRECT = "direct channel, in it"
    FOREIGN_DIRECT = "direct channel, not in it"


class Target(enum.Enum):
    """How the person whom the request names ranks."""

    LOWER = "somebody of lower rank"
    SAME = "somebody of the same rank"
    HIGHER = "somebody of higher rank"
    ONESELF = "oneself"


class Answer(enum.Enum):
    """What the rights come to; a request that they allow may still be refused for what it says."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"
    """As if there were no such thing."""
    NEVER = "never"
    """It makes no sense in such a place."""

    @property
    def codes(self) -> tuple[Code, ...]:
        """How the refusal may be told; none where there is no refusal."""
        return _CODES[self]


_CODES = {
    Answer.YES: (),
    Answer.NO: (Code.FORBIDDEN,),
    Answer.UNKNOWN: (Code.NOT_FOUND,),
    Answer.NEVER: (Code.FORBIDDEN, Code.BAD_REQUEST),
}


@dataclass(frozen=True)
class Case:
    """A request in one relation."""

    request: type[ask.AnyRequest]
    where: Where | None = None
    is_own: bool | None = None
    """Of a message: whether the person who asks said it."""
    target: Target | None = None

    @property
    def whose(self) -> str:
        """Whose message it is about; empty where it is about none."""
        return {True: "one’s own message", False: "another’s message", None: ""}[self.is_own]

    @property
    def place(self) -> str:
        """Where, or on whom; empty where that is all the same."""
        relation = self.where or self.target
        return relation.value if relation else ""

    @property
    def name(self) -> str:
        """The request, as the wire calls it."""
        return wire_name(self.request.__name__)

    @property
    def _is_of_oneself(self) -> bool:
        return self.request is ask.ReportMessage and bool(self.is_own)

    def answer(self, person: Person) -> Answer:
        """What the rights say to this person."""
        who, needs, channel = person.standing, _needs(self), _channel(self.where, person.role_id)
        if channel is not None and not may(who, Permission.VIEW_CHANNELS, channel):
            return Answer.UNKNOWN
        if (channel is not None and (self.request, channel.kind) in IMPOSSIBLE) or self._is_of_oneself:
            return Answer.NEVER
        refused = (
            needs is not None and not may(who, needs, channel),
            self.request is ask.EditMessage and not self.is_own,
            self.target not in (None, Target.LOWER),
            self.request in OF_ONESELF and who.is_timed_out,
        )
        return Answer.NO if any(refused) else Answer.YES


IMPOSSIBLE = {
    (ask.LeaveChannel, ChannelKind.DIRECT): "a direct conversation is for good",
    (ask.AddMember, ChannelKind.PUBLIC): "everybody is in a public channel who has not left",
    (ask.RemoveMember, ChannelKind.PUBLIC): "everybody is in a public channel who has not left",
    (ask.RemoveMember, ChannelKind.GROUP): "in a group, all have the same rights",
    (ask.ChangeChannel, ChannelKind.GROUP): "a group has no rules",
    (ask.ArchiveChannel, ChannelKind.GROUP): "a group is left, not closed",
    (ask.DeleteChannel, ChannelKind.GROUP): "a group is left, not closed",
}
"""What nobody can do in a channel of this kind, and why."""

_OF_MESSAGES = (
    ask.EditMessage,
    ask.DeleteMessage,
    ask.ReportMessage,
    ask.RevealMessage,
    ask.SetReaction,
    ask.FetchVersions,
)
OF_ONESELF = (ask.SetStatus, ask.SetProfile)
"""What tells everybody something, and so is not for those who are timed out, unless it takes something away."""
OF_STRANGERS = tuple(request for request, route in ROUTES.items() if route.who is not Who.MEMBER)


def cases() -> Iterator[Case]:
    """Every request of somebody who is logged in, in every relation that it can have."""
    for request, route in ROUTES.items():
        if route.who is not Who.MEMBER:
            continue
        if "channel_id" in request.__struct_fields__:
            for where in Where:
                for is_own in (True, False) if request in _OF_MESSAGES else (None,):
                    yield Case(request, where, is_own)
        elif route.must_outrank:
            yield from (Case(request, target=target) for target in Target)
        else:
            yield Case(request)


def possible(case: Case, person: Person) -> bool:
    """Whether there is such a thing: nobody has a higher rank than the owner, and there is one owner."""
    if case.target is Target.HIGHER:
        return person.role_id != OWNER
    if case.target is Target.SAME:
        return person.role_id != OWNER
    if case.target is Target.LOWER:
        return person.role_id != GUEST
    return not (case.is_own and case.where in _WHERE_ONE_CANNOT_HAVE_SPOKEN)


_WHERE_ONE_CANNOT_HAVE_SPOKEN = (Where.FOREIGN_PRIVATE, Where.FOREIGN_GROUP, Where.FOREIGN_DIRECT, Where.HIDDEN)


def needed(route: Route) -> Permission | None:
    """What a route needs, also where its step judges a whole batch."""
    if any(isinstance(step, BatchStep) for step in route.steps):
        return Permission.SEND_MESSAGES
    return route.needs


BY_WHAT_IS_ASKED = {
    ask.CreateChannel: "`create_channels`, or `create_private_channels` for a private one",
    ask.OpenDirect: "`write_directly`, unless the conversation is there already",
    ask.DeleteMessage: "for another’s message `delete_messages`",
    ask.EditMessage: "only one’s own",
    ask.SendMessage: "what it forwards, one must see; with files `attach_files` there",
    ask.FetchVersions: "for another’s message `delete_messages`",
    ask.CreateInvite: "for members, guests, or a lower role that may do nothing that one may not",
    ask.ListInvites: "others’ with `manage_invites`, to roles for which one could make them",
    ask.RevokeInvite: "another’s with `manage_invites`, to a role for which one could make it",
    ask.ApproveNewcomer: "whose role will be lower than one’s own",
    ask.SetStatus: "taking it away is always possible; anything else not while one is timed out",
    ask.SetProfile: "taking something away is always possible; anything else not while one is timed out",
    ask.SetAvatar: "taking it away is always possible; another one not while one is timed out, and by an upload",
    ask.RejectNewcomer: "whose role would have been lower than one’s own",
}
"""What the step itself asks for beyond the route."""


def _needs(case: Case) -> Permission | None:
    if case.request in (ask.DeleteMessage, ask.FetchVersions) and not case.is_own:
        return Permission.DELETE_MESSAGES
    if case.request is ask.CreateChannel:
        return Permission.CREATE_CHANNELS
    if case.request is ask.OpenDirect:
        return Permission.WRITE_DIRECTLY
    return needed(ROUTES[case.request])


def _channel(where: Where | None, role_id: RoleId) -> Channel | None:
    if where is None:
        return None
    kind, others, mine = ChannelKind, (SOMEBODY,), (ME, SOMEBODY)
    plain = Channel(ChannelId(2), kind.PUBLIC, "plans", "", SOMEBODY, 0, 1)
    hidden = (Override(role_id, deny=(Permission.VIEW_CHANNELS,)),)
    return {
        Where.PUBLIC: plain,
        Where.MINE: replace(plain, created_by=ME),
        Where.LEFT: replace(plain, left_ids=(ME,)),
        Where.HIDDEN: replace(plain, overrides=hidden),
        Where.READ_ONLY: replace(plain, is_read_only=True),
        Where.ARCHIVED: replace(plain, is_archived=True),
        Where.PRIVATE: replace(plain, kind=kind.PRIVATE, member_ids=mine),
        Where.MY_PRIVATE: replace(plain, kind=kind.PRIVATE, created_by=ME, member_ids=mine),
        Where.FOREIGN_PRIVATE: replace(plain, kind=kind.PRIVATE, member_ids=others),
        Where.GROUP: replace(plain, kind=kind.GROUP, member_ids=mine),
        Where.FOREIGN_GROUP: replace(plain, kind=kind.GROUP, member_ids=others),
        Where.DIRECT: replace(plain, kind=kind.DIRECT, member_ids=mine),
        Where.FOREIGN_DIRECT: replace(plain, kind=kind.DIRECT, member_ids=others),
    }[where]
