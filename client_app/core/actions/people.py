"""What one does with people: seeing who they are, not hearing of them, and keeping the peace."""

from collections.abc import Callable

from client_app.core.client import Client
from client_app.core.surface import Surface
from client_app.core.writing.composer import Noun
from client_app.core.writing.durations import duration_in_words, parse_duration, split_duration
from client_app.core.writing.text import one_line
from shared.errors import BadRequest
from shared.limits import MAX_PURGE_HOURS, MAX_SPAN_SECONDS, MAX_TIMEOUT_SECONDS
from shared.moderation import Invite
from shared.rights import MEMBER, OWNER
from shared.types import BlockKind, Permission

from .action import Action, Run, person_and_rest, require, who_may
from .channels import OFF

HOUR = 60 * 60
NOT_LOWER = "You may do this only to people whose role ranks below yours."


def _profile(client: Client, surface: Surface, name: str) -> None:
    if not name and client.me is not None:
        surface.show_profile(client.me.id)
    else:
        surface.show_profile(person_and_rest(client, name, "")[0].user_id)


def _not_hear(word: str, set_block: Callable[[Client], Callable[..., None]]) -> Run:
    """An action that blocks or mutes somebody, for ever or for a while."""

    def run(client: Client, _surface: Surface, argument: str) -> None:
        person, rest = person_and_rest(client, argument, f"/{word} bob, or /{word} bob 30m for a while")
        require(person.may_block, f"You cannot {word} yourself.")
        seconds = parse_duration(rest, MAX_SPAN_SECONDS) if rest else None
        set_block(client)(person.user_id, seconds)

    return run


def _hear_again(word: str, kind: BlockKind) -> Run:
    """An action that ends a block or a mute."""

    def run(client: Client, _surface: Surface, argument: str) -> None:
        person, _ = person_and_rest(client, argument, f"/{word} bob")
        is_so = person.block is not None and person.block.kind is kind
        done = "blocked" if kind is BlockKind.BLOCK else "muted"
        require(is_so, f"{person.name} is not {done}.")
        client.unblock(person.user_id)

    return run


def _kick(client: Client, surface: Surface, argument: str) -> None:
    person, reason = person_and_rest(client, argument, "/kick bob, and why if you like")
    require(person.may_kick, NOT_LOWER)
    reason, keeps = one_line(reason), client.administration
    question = f"All sessions of {person.name} end at once. They may log in again."
    surface.confirm(f"Kick {person.name}?", question, "Kick", lambda: keeps.kick(person.user_id, reason))


def _ban(client: Client, surface: Surface, argument: str) -> None:
    person, rest = person_and_rest(client, argument, "/ban bob, /ban bob 7d, and why if you like")
    require(person.may_ban, NOT_LOWER)
    seconds, reason = split_duration(rest, MAX_SPAN_SECONDS)
    reason, keeps = one_line(reason), client.administration
    span = f"for {duration_in_words(seconds)}" if seconds else "until somebody lets them in again"
    question = f"{person.name} is sent away and kept out {span}. What they said stays."
    surface.confirm(f"Ban {person.name}?", question, "Ban", lambda: keeps.ban(person.user_id, reason, seconds))


def _unban(client: Client, _surface: Surface, argument: str) -> None:
    person, _ = person_and_rest(client, argument, "/unban bob")
    require(person.may_ban, NOT_LOWER)
    require(person.is_banned, f"{person.name} is not banned.")
    client.administration.unban(person.user_id)


def _time_out(client: Client, _surface: Surface, argument: str) -> None:
    person, rest = person_and_rest(client, argument, "/timeout bob 10m, and why if you like")
    require(person.may_time_out, NOT_LOWER)
    if rest.lower() in OFF:
        client.administration.time_out(person.user_id, 0)
        return
    seconds, reason = split_duration(rest, MAX_TIMEOUT_SECONDS)
    if seconds is None:
        raise BadRequest(f"Say for how long: /timeout {person.name} 10m, or “off” to end it.")
    client.administration.time_out(person.user_id, seconds, one_line(reason))


def _purge(client: Client, surface: Surface, argument: str) -> None:
    person, rest = person_and_rest(client, argument, "/purge bob 24h")
    require(person.may_purge, NOT_LOWER)
    if not rest:
        raise BadRequest(f"Say how far back: /purge {person.name} 24h.")
    hours = -(-parse_duration(rest, MAX_PURGE_HOURS * HOUR) // HOUR)
    span, keeps = duration_in_words(hours * HOUR), client.administration
    question = f"All that {person.name} said in channels in the last {span} is deleted. It cannot be brought back."
    surface.confirm(f"Delete what {person.name} said?", question, "Delete", lambda: keeps.purge(person.user_id, hours))


def _role(client: Client, surface: Surface, argument: str) -> None:
    person, name = person_and_rest(client, argument, "/role bob moderator")
    require(person.may_give_role, NOT_LOWER)
    roles, keeps = client.administration.roles_i_may_give(), client.administration
    names = ", ".join(role.name for role in roles)
    role = next((each for each in roles if each.name.casefold() == name.casefold()), None)
    if role is None:
        raise BadRequest(f"Say which role: {names}.")
    if role.id != OWNER:
        told = f"{person.name} is “{role.name}” now."
        keeps.give_role(person.user_id, role.id, lambda: client.notice(told))
        return
    question = f"{person.name} will own this server, and you will not any more. Only they can give it back."
    surface.confirm("Give the server away?", question, "Give away", lambda: keeps.give_role(person.user_id, OWNER))


def _invite(client: Client, surface: Surface, name: str) -> None:
    require(client.may(Permission.CREATE_INVITES), "You may not invite people. Ask those who run this server.")
    keeps = client.administration
    roles = keeps.roles_i_may_invite_to()
    role = next((each for each in roles if each.name.casefold() == name.casefold() or each.id == MEMBER), None)
    if name:
        role = next((each for each in roles if each.name.casefold() == name.casefold()), None)
    if role is None:
        raise BadRequest(f"Say for which role: {', '.join(each.name for each in roles)}.")

    def copy(invite: Invite) -> None:
        surface.copy(keeps.invite_link(invite.code))
        client.notice("The invite’s link is copied. One person can use it, within 7 days.")

    keeps.create_invite(role.id, then=copy)


def _administration(client: Client, surface: Surface, page: str) -> None:
    require(keeps_house(client), "There is nothing here that you may administer.")
    surface.show_administration(page.lower())


KEEPING = (
    Permission.CREATE_INVITES,
    Permission.APPROVE_NEWCOMERS,
    Permission.MANAGE_ROLES,
    Permission.MANAGE_SERVER,
    Permission.MANAGE_EMOJI,
    Permission.BAN_PEOPLE,
    Permission.HANDLE_REPORTS,
    Permission.VIEW_AUDIT_LOG,
)
"""Whoever has one of these has something to see in the administration."""
keeps_house = who_may(*KEEPING)


# fmt: off
PEOPLE = (
    Action("profile", "Show a person…", _profile, (),
           "profile", "[name]", "show who somebody is, and what you may do", takes=(Noun.PERSON,)),
    Action("block", "Block", _not_hear("block", lambda client: client.block), (),
           "block", "name [7d]", "hear nothing more of a person, who cannot tell", takes=(Noun.PERSON,)),
    Action("unblock", "Unblock", _hear_again("unblock", BlockKind.BLOCK), (),
           "unblock", "name", "hear of a person again", takes=(Noun.BLOCKED,)),
    Action("mute", "Mute", _not_hear("mute", lambda client: client.mute), (),
           "mute", "name [30m]", "get no notifications of a person", takes=(Noun.PERSON,)),
    Action("unmute", "Unmute", _hear_again("unmute", BlockKind.MUTE), (),
           "unmute", "name", "get notifications of a person again", takes=(Noun.MUTED,)),
)
PEACE = (
    Action("invite", "Invite somebody", _invite, (),
           "invite", "[role]", "copy a link with which one person can come here",
           who_may(Permission.CREATE_INVITES), (Noun.ROLE,)),
    Action("timeout", "Time out", _time_out, (),
           "timeout", "name 10m [reason]", "let a person only look on for a while; “off” ends it",
           who_may(Permission.TIME_OUT_PEOPLE), (Noun.PERSON,)),
    Action("kick", "Kick…", _kick, (),
           "kick", "name [reason]", "send a person away, who may log in again",
           who_may(Permission.KICK_PEOPLE), (Noun.PERSON,)),
    Action("ban", "Ban…", _ban, (),
           "ban", "name [7d] [reason]", "keep a person out", who_may(Permission.BAN_PEOPLE), (Noun.PERSON,)),
    Action("unban", "Let back in", _unban, (),
           "unban", "name", "let a person come back", who_may(Permission.BAN_PEOPLE), (Noun.BANNED,)),
    Action("purge", "Delete what somebody said…", _purge, (),
           "purge", "name 24h", "delete what a person said in the last hours",
           who_may(Permission.PURGE_MESSAGES), (Noun.PERSON,)),
    Action("role", "Give a role", _role, (),
           "role", "name role", "give a person another role",
           who_may(Permission.MANAGE_ROLES), (Noun.PERSON, Noun.ROLE)),
    Action("administration", "Administration…", _administration, (),
           "administration", "[page]", "people, roles, invites, reports and the log", keeps_house),
)
# fmt: on
