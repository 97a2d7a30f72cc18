"""Keeping the house from the client, at a real server: what is done, told, felt at once, and over by itself."""

from typing import Any

import pytest

from client_app.core.network.address import parse_invite
from client_app.core.signals import AdministrationChanged, ChannelOpened, LoggedOut, LoginFailed, MessageArrived, Notice
from client_app.core.timeline.timeline import SendState
from shared.errors import Code
from shared.moderation import Ban, Invite, LimitRow, Newcomer, Policy
from shared.requests import AuditPage, Reports
from shared.rights import GUEST, MODERATOR
from shared.types import GENERAL, MessageKind, Permission, RoleId, UserId
from tests.peer import PASSWORD

from .conftest import DeviceFactory
from .headless import Headless


@pytest.fixture
def laptop(device: DeviceFactory) -> Headless:
    return device("laptop").register("alice").open()


@pytest.fixture
def bobs(laptop: Headless, device: DeviceFactory) -> Headless:
    bobs = device("bobs").register("bob", remember=True).open()
    laptop.until(lambda: laptop.client.roster.named("bob"))
    return bobs


def bob_id(laptop: Headless) -> UserId:
    row = laptop.client.roster.named("bob")
    assert row
    return row.user_id


class Answers(list[Any]):
    """What came, waited for."""

    def __init__(self, device: Headless) -> None:
        self._device = device

    def next(self) -> Any:
        self._device.until(lambda: self)
        return self.pop(0)


def test_an_invite_opens_the_server_to_whoever_has_the_link(laptop: Headless, device: DeviceFactory) -> None:
    keeps, invites = laptop.client.administration, Answers(laptop)
    keeps.create_invite(GUEST, 3600, 2, invites.append)
    invite: Invite = invites.next()
    invitation = parse_invite(keeps.invite_link(invite.code))
    assert (invitation.address.host, invitation.address.port) == (laptop.address.host, laptop.address.port)
    assert invitation.address.fingerprint, "no authority of the system vouches for this server"
    guests = device("guests", invitation.address).register("gus", invite=invitation.code)
    assert guests.client.me
    assert guests.client.me.role_id == GUEST
    assert guests.client.known_servers.fingerprint(invitation.address) == invitation.address.fingerprint
    keeps.list_invites(invites.append)
    (listed,) = invites.next()
    assert (listed.code, listed.used_by) == (invite.code, (guests.client.me.id,))
    keeps.revoke_invite(invite.code, lambda: invites.append("revoked"))
    assert invites.next() == "revoked"
    late = device("late", invitation.address)
    late.client.register(invitation.address, "late", PASSWORD, invite=invitation.code)
    assert late.next(LoginFailed).message


def test_newcomers_wait_and_whoever_may_let_them_in_is_told(laptop: Headless, device: DeviceFactory) -> None:
    keeps, answers = laptop.client.administration, Answers(laptop)
    keeps.set_policy(needs_approval=True, then=lambda: answers.append("set"))
    assert answers.next() == "set"
    keeps.fetch_policy(answers.append)
    policy: Policy = answers.next()
    assert policy.needs_approval
    laptop.signals.clear()
    for name in ("nina", "otto"):
        late = device(name)
        late.client.register(late.address, name, PASSWORD)
        assert late.next(LoginFailed).code is Code.APPROVAL_PENDING
    assert "nina waits to be let in" in laptop.next(Notice).text
    laptop.next(AdministrationChanged)
    laptop.until(lambda: keeps.waiting().newcomers == 2)
    phone = device("phone").login("alice")
    phone.until(lambda: phone.client.administration.waiting().newcomers == 2)
    keeps.list_newcomers(answers.append)
    first, second = answers.next()
    assert isinstance(first, Newcomer)
    keeps.approve_newcomer(first.user_id)
    keeps.reject_newcomer(second.user_id)
    for each in (laptop, phone):
        each.until(lambda each=each: each.client.administration.waiting().count == 0)  # type: ignore[misc]  # a default binds it
    laptop.until(lambda: laptop.client.roster.named("nina"))
    assert laptop.client.roster.named("otto") is None


def test_reports_reach_the_moderators_who_decide_on_them(laptop: Headless, bobs: Headless) -> None:
    keeps, answers = laptop.client.administration, Answers(laptop)
    laptop.client.send(GENERAL, "something mean")
    bobs.next(MessageArrived)
    bobs.client.report(GENERAL, 1, " it  is\nmean ")
    assert "Reported" in bobs.next(Notice).text
    laptop.until(lambda: keeps.waiting().reports == 1)
    keeps.list_reports(True, None, answers.append)
    page: Reports = answers.next()
    (report,) = page.reports
    assert (report.body, report.reason, report.reporter_id) == ("something mean", "it is mean", bob_id(laptop))
    keeps.close_report(report.id, "talked to", lambda: answers.append("closed"))
    assert answers.next() == "closed"
    laptop.until(lambda: keeps.waiting().reports == 0)


def test_roles_are_made_given_changed_and_removed(laptop: Headless, bobs: Headless) -> None:
    keeps, answers = laptop.client.administration, Answers(laptop)
    keeps.create_role(" night  watch ", 50, (Permission.KICK_PEOPLE, Permission.SEND_MESSAGES), answers.append)
    role_id: RoleId = answers.next()
    assert [role.name for role in keeps.roles()][:4] == ["owner", "admin", "moderator", "night watch"]
    keeps.give_role(bob_id(laptop), role_id)
    bobs.until(lambda: bobs.client.may(Permission.KICK_PEOPLE))
    assert not bobs.client.outranks(UserId(1))
    keeps.change_role(role_id, "day watch", 50, (Permission.SEND_MESSAGES,))
    bobs.until(lambda: not bobs.client.may(Permission.KICK_PEOPLE))
    keeps.remove_role(role_id)
    bobs.until(lambda: (row := bobs.client.roster.named("bob")) and row.role.name == "member")


def test_a_time_out_is_felt_at_once_told_and_over_by_itself(laptop: Headless, bobs: Headless) -> None:
    laptop.client.administration.time_out(bob_id(laptop), 2, "calm down")
    assert "You are timed out until" in bobs.next(Notice).text
    row = bobs.client.channels.row(GENERAL)
    assert row
    assert (row.may_write, "timed out" in row.why_not_write) == (False, True)
    bobs.client.send(GENERAL, "but")
    bobs.until(lambda: bobs.timeline().entries[-1].state is SendState.FAILED)
    assert "timed out" in bobs.timeline().entries[-1].error
    bobs.until(lambda: (row := bobs.client.channels.row(GENERAL)) and row.may_write)
    bobs.client.retry(bobs.client.failed(GENERAL)[0])
    bobs.until(lambda: bobs.timeline().entries[-1].state is SendState.SENT)


def test_a_kick_ends_the_session_and_a_ban_keeps_out(laptop: Headless, bobs: Headless) -> None:
    keeps, answers, bob = laptop.client.administration, Answers(laptop), bob_id(laptop)
    keeps.kick(bob, "enough")
    assert bobs.next(LoggedOut).message
    bobs.login("bob")
    keeps.ban(bob, "for good", 3600)
    assert bobs.next(LoggedOut).message
    laptop.until(lambda: (row := laptop.client.roster.named("bob")) and row.is_banned)
    assert [row.name for row in laptop.client.roster.everybody()] == ["alice"]
    bobs.client.login(bobs.address, "bob", PASSWORD)
    refused = bobs.next(LoginFailed)
    assert (refused.code, "for good" in refused.message) == (Code.BANNED, True)
    keeps.list_bans(answers.append)
    (ban,) = answers.next()
    assert isinstance(ban, Ban)
    assert (ban.user_id, ban.reason) == (bob, "for good")
    keeps.unban(bob)
    laptop.until(lambda: (row := laptop.client.roster.named("bob")) and not row.is_banned)
    bobs.login("bob")


def test_addresses_are_banned_and_freed(laptop: Headless) -> None:
    keeps, answers = laptop.client.administration, Answers(laptop)
    keeps.ban_address(" 192.0.2.7 ", "noise", 3600, lambda: answers.append("banned"))
    assert answers.next() == "banned"
    keeps.list_bans(answers.append)
    ((address, reason),) = [(ban.address, ban.reason) for ban in answers.next()]
    assert reason == "noise"
    keeps.unban_address(address, lambda: answers.append("freed"))
    assert answers.next() == "freed"


def test_what_somebody_said_is_deleted_in_one_step_and_counted(laptop: Headless, bobs: Headless) -> None:
    for number in range(3):
        bobs.client.send(GENERAL, f"spam {number}")
    laptop.until(lambda: laptop.timeline().last_seq == 3)
    laptop.client.administration.purge(bob_id(laptop), 24)
    assert laptop.next(Notice).text == "3 messages of bob were deleted."
    laptop.until(lambda: laptop.bodies() == ["", "", ""])


def test_the_log_and_the_limits_can_be_read(laptop: Headless, bobs: Headless) -> None:
    keeps, answers = laptop.client.administration, Answers(laptop)
    keeps.time_out(bob_id(laptop), 60)
    laptop.next(Notice)
    keeps.fetch_audit("bob", None, answers.append)
    page: AuditPage = answers.next()
    assert [entry.user_id for entry in page.entries] == [bob_id(laptop)]
    keeps.list_limits(answers.append)
    limits: tuple[LimitRow, ...] = answers.next()
    assert all(limit.reason for limit in limits)


def test_an_announcement_reaches_also_those_who_muted_its_author(laptop: Headless, bobs: Headless) -> None:
    bobs.client.mute(UserId(1))
    bobs.until(lambda: bobs.client.block_of(UserId(1)))
    laptop.client.send(GENERAL, "not heard")
    laptop.client.send(GENERAL, "we move on Sunday", MessageKind.ANNOUNCEMENT)
    arrived = bobs.next(MessageArrived)
    assert (arrived.message.body, arrived.is_announcement) == ("we move on Sunday", True)
    assert bobs.timeline().entries[-1].is_announcement


def test_slow_mode_counts_down_and_what_came_too_early_is_kept(laptop: Headless, bobs: Headless) -> None:
    laptop.client.change_channel(GENERAL, slow_seconds=600)
    bobs.until(lambda: (row := bobs.client.channels.row(GENERAL)) and row.slow_seconds == 600)
    bobs.client.send(GENERAL, "first")
    bobs.until(lambda: bobs.timeline().last_seq == 1)
    row = bobs.client.channels.row(GENERAL)
    assert row
    assert row.wait_until
    bobs.client.send(GENERAL, "too early")
    bobs.until(lambda: bobs.client.failed(GENERAL))
    assert "Slow mode" in bobs.timeline().entries[-1].error
    laptop.client.send(GENERAL, "who may go on")
    laptop.client.send(GENERAL, "goes on")
    laptop.until(lambda: laptop.timeline().last_seq == 3)
    own = laptop.client.channels.row(GENERAL)
    assert own
    assert own.wait_until == 0, "whoever need not wait is not told to"


def test_a_moderator_deletes_what_others_said_and_sees_so_as_soon_as_they_may(laptop: Headless, bobs: Headless) -> None:
    laptop.client.send(GENERAL, "a slip")
    bobs.next(MessageArrived)
    assert not bobs.timeline().entries[-1].may_delete
    laptop.client.administration.give_role(bob_id(laptop), MODERATOR)
    bobs.until(lambda: bobs.timeline().entries[-1].may_delete)
    bobs.client.delete(GENERAL, 1)
    laptop.until(lambda: laptop.bodies() == [""])


def test_a_channel_becomes_read_only_and_is_archived_and_deleted(laptop: Headless, bobs: Headless) -> None:
    laptop.client.create_channel("plans")
    plans = laptop.next(ChannelOpened).channel_id
    bobs.until(lambda: bobs.client.channels.row(plans))
    laptop.client.change_channel(plans, is_read_only=True)
    bobs.until(lambda: (row := bobs.client.channels.row(plans)) and not row.may_write)
    laptop.client.archive_channel(plans)
    bobs.until(lambda: [row.title for row in bobs.client.channels.archived()] == ["plans"])
    laptop.client.archive_channel(plans, is_archived=False)
    bobs.until(lambda: not bobs.client.channels.archived())
    laptop.client.delete_channel(plans)
    for each in (laptop, bobs):
        each.until(lambda each=each: each.client.channels.row(plans) is None)  # type: ignore[misc]  # a default binds it
    assert laptop.client.open_channel_id == GENERAL


def test_a_refusal_is_told_or_taken(bobs: Headless) -> None:
    keeps, answers = bobs.client.administration, Answers(bobs)
    keeps.list_limits(answers.append, answers.append)
    assert answers.next().code is Code.FORBIDDEN
    keeps.kick(UserId(1))
    assert bobs.next(Notice).is_error
