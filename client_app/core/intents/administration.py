"""Keeping the house: invites, newcomers, rules, roles, bans, reports and the audit log, as a window needs them."""

from collections.abc import Callable

from client_app.core.world.waiting import Waiting
from shared.entities import Role
from shared.errors import BadRequest
from shared.moderation import Invite, LimitRow, Newcomer, Policy
from shared.requests import (
    ApproveNewcomer,
    AuditPage,
    ChangeRole,
    CloseReport,
    CreateInvite,
    CreateRole,
    FetchAudit,
    FetchPolicy,
    GiveRole,
    ListInvites,
    ListLimits,
    ListNewcomers,
    ListReports,
    RejectNewcomer,
    RemoveRole,
    Reports,
    RevokeInvite,
    SetPolicy,
)
from shared.rights import MEMBER
from shared.types import AuditId, InviteCode, Permission, ReportId, RoleId, UserId

from .discipline import Discipline
from .house import Refused

DAY = 24 * 60 * 60


class Administration(Discipline):
    """Every method returns at once; `then` gets the answer later. `AdministrationChanged` says when to ask again."""

    def waiting(self) -> Waiting:
        """Who waits for approval and how many reports for a decision, as far as has been told here."""
        return self._house.waiting

    # --- who may come in ----------------------------------------------------------------------------------------------

    def create_invite(
        self,
        role_id: RoleId = MEMBER,
        seconds: int | None = 7 * DAY,
        max_uses: int | None = 1,
        then: Callable[[Invite], None] = lambda _: None,
        refused: Refused = None,
    ) -> None:
        """Make an invite code; None stands for “for ever” and for “any number”."""
        request = CreateInvite(role_id=role_id, seconds=seconds, max_uses=max_uses)
        self._house.ask(request, lambda made: then(made.invite), refused)

    def list_invites(self, then: Callable[[tuple[Invite, ...]], None], refused: Refused = None) -> None:
        """Ask for the invites that I may see, the newest first."""
        self._house.ask(ListInvites(), lambda listed: then(listed.invites), refused)

    def revoke_invite(self, code: InviteCode, then: Callable[[], None] = lambda: None, refused: Refused = None) -> None:
        """Let a code be used no more."""
        self._do(RevokeInvite(code=code), then, refused)

    def invite_link(self, code: InviteCode) -> str:
        """What somebody opens or pastes to come here with this invite."""
        return self._house.link_to(code)

    def list_newcomers(self, then: Callable[[tuple[Newcomer, ...]], None], refused: Refused = None) -> None:
        """Ask who waits for approval."""
        self._house.ask(ListNewcomers(), lambda listed: then(listed.newcomers), refused)

    def approve_newcomer(
        self, user_id: UserId, then: Callable[[], None] = lambda: None, refused: Refused = None
    ) -> None:
        """Let somebody in."""
        self._do(ApproveNewcomer(user_id=user_id), then, refused)

    def reject_newcomer(
        self, user_id: UserId, then: Callable[[], None] = lambda: None, refused: Refused = None
    ) -> None:
        """Turn somebody away."""
        self._do(RejectNewcomer(user_id=user_id), then, refused)

    def fetch_policy(self, then: Callable[[Policy], None], refused: Refused = None) -> None:
        """Ask for the rules of the house."""
        self._house.ask(FetchPolicy(), lambda rules: then(rules.policy), refused)

    def set_policy(
        self,
        *,
        needs_approval: bool | None = None,
        is_raided: bool | None = None,
        filtered_words: tuple[str, ...] | None = None,
        then: Callable[[], None] = lambda: None,
        refused: Refused = None,
    ) -> None:
        """Set what is given of the rules of the house."""
        request = SetPolicy(needs_approval=needs_approval, is_raided=is_raided, filtered_words=filtered_words)
        self._do(request, then, refused)

    def list_limits(self, then: Callable[[tuple[LimitRow, ...]], None], refused: Refused = None) -> None:
        """Ask for the limits of the server with their reasons."""
        self._house.ask(ListLimits(), lambda table: then(table.limits), refused)

    # --- roles --------------------------------------------------------------------------------------------------------

    def roles(self) -> tuple[Role, ...]:
        """All roles, the highest first."""
        state = self._house.state
        found = state.roles.values() if state else ()
        return tuple(sorted(found, key=lambda role: (-role.rank, role.name.casefold())))

    def roles_i_may_give(self) -> tuple[Role, ...]:
        """The roles that I may give to people of lower rank, the highest first."""
        return self._permissions.roles_i_may_give()

    def roles_below_mine(self) -> tuple[Role, ...]:
        """The roles that rank below mine, the highest first."""
        return self._permissions.roles_below_mine()

    def roles_i_may_invite_to(self) -> tuple[Role, ...]:
        """The roles that an invite of mine may give, the highest first."""
        return self._permissions.roles_i_may_invite_to()

    def create_role(
        self,
        name: str,
        rank: int,
        permissions: tuple[Permission, ...],
        then: Callable[[RoleId], None] = lambda _: None,
        refused: Refused = None,
    ) -> None:
        """Make a role below mine, with permissions that I have. Raises `BadRequest` where it has no name."""
        request = CreateRole(name=_role_name(name), rank=rank, permissions=permissions)
        self._house.ask(request, lambda made: then(made.role_id), refused)

    def change_role(
        self,
        role_id: RoleId,
        name: str,
        rank: int,
        permissions: tuple[Permission, ...],
        then: Callable[[], None] = lambda: None,
        *,
        refused: Refused = None,
    ) -> None:
        """Set a role's name, rank and permissions. Raises `BadRequest` where it has no name."""
        self._do(ChangeRole(role_id=role_id, name=_role_name(name), rank=rank, permissions=permissions), then, refused)

    def remove_role(self, role_id: RoleId, then: Callable[[], None] = lambda: None, refused: Refused = None) -> None:
        """Remove a role; its people become members."""
        self._do(RemoveRole(role_id=role_id), then, refused)

    def give_role(
        self, user_id: UserId, role_id: RoleId, then: Callable[[], None] = lambda: None, refused: Refused = None
    ) -> None:
        """Give a person another role."""
        self._do(GiveRole(user_id=user_id, role_id=role_id), then, refused)

    # --- reports and the log ------------------------------------------------------------------------------------------

    def list_reports(
        self,
        only_open: bool,
        before_id: ReportId | None,
        then: Callable[[Reports], None],
        refused: Refused = None,
    ) -> None:
        """Ask for a page of reports, the newest first."""
        self._house.ask(ListReports(only_open=only_open, before_id=before_id), then, refused)

    def close_report(
        self, report_id: ReportId, outcome: str = "", then: Callable[[], None] = lambda: None, refused: Refused = None
    ) -> None:
        """Note that a report is dealt with, and how."""
        self._do(CloseReport(report_id=report_id, outcome=outcome), then, refused)

    def fetch_audit(
        self, text: str, before_id: AuditId | None, then: Callable[[AuditPage], None], refused: Refused = None
    ) -> None:
        """Ask for a page of the audit log, the newest first: entries that have these words in them."""
        self._house.ask(FetchAudit(text=text.strip(), before_id=before_id), then, refused)


def _role_name(typed: str) -> str:
    if not (name := " ".join(typed.split())):
        raise BadRequest("Give the role a name.")
    return name
