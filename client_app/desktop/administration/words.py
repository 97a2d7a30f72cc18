"""What the Administration section says: permissions, the audit log's sentences, the names of limits."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from shared.entities import Role
from shared.moderation import AuditEntry, LimitRow
from shared.types import AuditAction, ChannelId, Permission, Registration, UserId


@dataclass(frozen=True, slots=True)
class PermissionWords:
    """A permission for people: what it is called, and what it allows."""

    label: str
    sentence: str


_P, _W = Permission, PermissionWords

# fmt: off
PERMISSIONS: dict[str, dict[Permission, PermissionWords]] = {
    "Reading and writing": {
        _P.VIEW_CHANNELS: _W("See channels",
            "See public channels and read what is said in them. `general` is seen by all."),
        _P.SEND_MESSAGES: _W("Write", "Write in the channels that one is in."),
        _P.WRITE_DIRECTLY: _W("Write to people",
            "Begin conversations with other people; answering is always possible."),
        _P.SEND_IN_READ_ONLY: _W("Write where it is read-only", "Write in channels that are read-only for others."),
        _P.BYPASS_SLOW_MODE: _W("Write without waiting", "Write without waiting in channels in slow mode."),
        _P.ANNOUNCE: _W("Announce", "Write to everybody at once."),
        _P.ATTACH_FILES: _W("Send files", "Send files and pictures."),
        _P.PIN_MESSAGES: _W("Pin messages", "Pin messages, and take pins away."),
        _P.MENTION_EVERYBODY: _W("Mention everybody",
            "Notify everybody in a channel at once, with @channel and @here."),
    },
    "Channels": {
        _P.CREATE_CHANNELS: _W("Make channels", "Make public channels."),
        _P.CREATE_PRIVATE_CHANNELS: _W("Make private channels", "Make private channels."),
        _P.ADD_MEMBERS: _W("Bring people in", "Bring people into private channels that one is in, and take them out; "
            "whoever made the channel may anyway."),
        _P.MANAGE_CHANNELS: _W("Manage channels", "Change, archive and delete channels that others made."),
    },
    "Who comes in": {
        _P.CREATE_INVITES: _W("Invite", "Make invite codes, for roles below one's own, and revoke one's own."),
        _P.MANAGE_INVITES: _W("Manage invites", "See and revoke others' invite codes, to roles that one may give."),
        _P.APPROVE_NEWCOMERS: _W("Let newcomers in",
            "Let newcomers in, or turn them away, where they wait for that."),
    },
    "Keeping the peace": {
        _P.DELETE_MESSAGES: _W("Delete messages", "Delete what others said."),
        _P.HANDLE_REPORTS: _W("Handle reports", "See reported messages and decide on them."),
        _P.TIME_OUT_PEOPLE: _W("Time out", "Let people of lower rank only look on for a while."),
        _P.KICK_PEOPLE: _W("Kick", "End all sessions of people of lower rank; they may log in again."),
        _P.BAN_PEOPLE: _W("Ban", "Keep people of lower rank, or an address, out."),
        _P.PURGE_MESSAGES: _W("Purge",
            "Delete in one step what a person of lower rank said in the last hours."),
    },
    "The house": {
        _P.MANAGE_EMOJI: _W("Manage emoji", "Add emoji of the house, and take them away."),
        _P.MANAGE_ROLES: _W("Manage roles",
            "Make, change, remove and give roles below one's own, with permissions that one has."),
        _P.MANAGE_SERVER: _W("Set the rules",
            "Set the rules of the house: approval of newcomers, the raid switch, the word filter."),
        _P.VIEW_AUDIT_LOG: _W("Read the audit log", "Read who did what to whom."),
    },
}
"""Every permission under a heading, with the sentence of `shared.types`."""

_AUDIT: dict[AuditAction, str] = {
    AuditAction.INVITE_CREATED: "{actor} made an invite",
    AuditAction.INVITE_REVOKED: "{actor} revoked an invite",
    AuditAction.NEWCOMER_APPROVED: "{actor} let {person} in",
    AuditAction.NEWCOMER_REJECTED: "{actor} turned {person} away",
    AuditAction.POLICY_CHANGED: "{actor} changed the rules of the house",
    AuditAction.ROLE_CREATED: "{actor} made a role",
    AuditAction.ROLE_CHANGED: "{actor} changed a role",
    AuditAction.ROLE_REMOVED: "{actor} removed a role",
    AuditAction.ROLE_GIVEN: "{actor} gave {person} another role",
    AuditAction.CHANNEL_CHANGED: "{actor} changed {channel}",
    AuditAction.CHANNEL_ARCHIVED: "{actor} archived {channel}",
    AuditAction.CHANNEL_DELETED: "{actor} deleted {channel}",
    AuditAction.MEMBER_ADDED: "{actor} brought {person} into {channel}",
    AuditAction.MEMBER_REMOVED: "{actor} took {person} out of {channel}",
    AuditAction.PERSON_KICKED: "{actor} kicked {person}",
    AuditAction.PERSON_BANNED: "{actor} banned {target}",
    AuditAction.PERSON_UNBANNED: "{actor} unbanned {target}",
    AuditAction.PERSON_TIMED_OUT: "{actor} timed {person} out",
    AuditAction.PROFILE_CLEARED: "{actor} cleared the profile of {person}",
    AuditAction.MESSAGE_DELETED: "{actor} deleted a message of {person} in {channel}",
    AuditAction.MESSAGE_UNPINNED: "{actor} took the pin off a message of {person}",
    AuditAction.MESSAGES_PURGED: "{actor} purged messages of {person}",
    AuditAction.REPORT_CLOSED: "{actor} closed a report about {person}",
    AuditAction.ANNOUNCED: "{actor} announced something to everybody",
    AuditAction.EMOJI_ADDED: "{actor} added an emoji of the house",
    AuditAction.EMOJI_REMOVED: "{actor} took an emoji of the house away",
    AuditAction.ICON_CHANGED: "{actor} changed the picture of the house",
    AuditAction.PASSWORD_RESET: "{actor} set a new password for {person}",
}
# fmt: on

REGISTRATIONS: dict[Registration, str] = {
    Registration.OPEN: "Anybody who reaches the server can make an account.",
    Registration.INVITE: "Whoever has an invite can make an account.",
    Registration.CLOSED: "Nobody can make an account.",
}

_LABELS = {each.value: words.label for group in PERMISSIONS.values() for each, words in group.items()}
_PERMISSION = re.compile(r"\b(?:" + "|".join(sorted(_LABELS, key=len, reverse=True)) + r")\b")
_ENDED = "no longer"
"""How the log says that a timeout was ended before its time."""

OPERATOR = "the operator"
"""Who acts on the server's command line."""


def audit_sentence(
    entry: AuditEntry, name_of: Callable[[UserId], str], title_of: Callable[[ChannelId | None], str]
) -> str:
    """Who did what to whom, as a sentence without its full stop."""
    actor = OPERATOR.capitalize() if entry.actor_id is None else name_of(entry.actor_id)
    person = "somebody" if entry.user_id is None else name_of(entry.user_id)
    target = "an address" if entry.user_id is None else person
    is_end = entry.action is AuditAction.PERSON_TIMED_OUT and entry.detail.startswith(_ENDED)
    template = "{actor} let {person} write again" if is_end else _AUDIT[entry.action]
    return template.format(actor=actor, person=person, target=target, channel=title_of(entry.channel_id))


def audit_detail(entry: AuditEntry) -> str:
    """What exactly, with permissions as people know them."""
    return _PERMISSION.sub(lambda found: f"“{_LABELS[found[0]]}”", entry.detail)


def rank_sentence(rank: int, others: Iterable[Role]) -> str:
    """Where a rank stands among the roles there are: “Above member and guest; below owner and admin.”"""
    ranked = sorted(others, key=lambda role: -role.rank)
    parts = (
        ("above", [role.name for role in ranked if role.rank < rank]),
        ("level with", [role.name for role in ranked if role.rank == rank]),
        ("below", [role.name for role in ranked if role.rank > rank]),
    )
    words = "; ".join(f"{where} {listed(names)}" for where, names in parts if names)
    return f"{words[:1].upper()}{words[1:]}." if words else ""


def listed(names: list[str]) -> str:
    """“a”, “a and b”, “a, b and c”."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def limit_name(row: LimitRow) -> str:
    """`messages_per_second` is “Messages”, `messages_burst` “Messages at once”, `idle_seconds` “Idle time”."""
    for suffix, behind in (("_per_second", ""), ("_burst", " at once"), ("_seconds", " time")):
        if row.name.endswith(suffix):
            return f"{_words(row.name.removesuffix(suffix))}{behind}"
    return _words(row.name)


def limit_value(row: LimitRow) -> str:
    """The number and for whom it counts: “5 a second per account”."""
    if row.value is None:
        return "no limit"
    if "bytes" in row.name and row.value >= 1024:
        number = f"{row.value / 1024:,.0f} KiB"
    else:
        number = f"{row.value:,.0f}" if row.value == int(row.value) else f"{row.value:g}"
    if row.name.endswith("_per_second"):
        number += " a second"
    elif row.name.endswith("_seconds"):
        number += " seconds"
    return f"{number} per {row.per}" if row.per else number


def allowed_by(permission: PermissionWords) -> str:
    """Its sentence as the window writes it."""
    return permission.sentence.replace("`general`", "#general").replace("'", "’")


def _words(name: str) -> str:
    return name.replace("_", " ").capitalize()
