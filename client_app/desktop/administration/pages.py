"""THE table of the section's pages: what each is called, who sees it, and what makes it."""

from collections.abc import Callable
from dataclasses import dataclass

from client_app.core.client import Client
from shared.types import Permission

from .audit import AuditPage
from .bans import BansPage
from .emoji import EmojiPage
from .invites import InvitesPage
from .limits import LimitsPage
from .overview import OverviewPage
from .page import Page
from .people import PeoplePage
from .reports import ReportsPage
from .roles import RolesPage
from .rules import RulesPage
from .waiting import WaitingPage

_P = Permission
PEOPLE = "people"


@dataclass(frozen=True, slots=True)
class PageEntry:
    """A page of the section."""

    id: str
    group: str
    page: type[Page]
    needs: frozenset[Permission]
    """Whoever has one of these sees the page."""
    waiting: Callable[[Client], int] = lambda _client: 0
    """How much waits there for a decision."""


def _entry(
    page_id: str, group: str, page: type[Page], *needs: Permission, waiting: Callable[[Client], int] = lambda _: 0
) -> PageEntry:
    return PageEntry(page_id, group, page, frozenset(needs), waiting)


# fmt: off
PAGES = (
    _entry(PEOPLE, "People", PeoplePage,
           _P.MANAGE_ROLES, _P.TIME_OUT_PEOPLE, _P.KICK_PEOPLE, _P.BAN_PEOPLE, _P.PURGE_MESSAGES),
    _entry("waiting", "People", WaitingPage, _P.APPROVE_NEWCOMERS,
           waiting=lambda client: client.administration.waiting().newcomers),
    _entry("invites", "People", InvitesPage, _P.CREATE_INVITES),
    _entry("bans", "People", BansPage, _P.BAN_PEOPLE),
    _entry("reports", "Keeping the peace", ReportsPage, _P.HANDLE_REPORTS,
           waiting=lambda client: client.administration.waiting().reports),
    _entry("audit", "Keeping the peace", AuditPage, _P.VIEW_AUDIT_LOG),
    _entry("overview", "The house", OverviewPage, _P.MANAGE_SERVER),
    _entry("emoji", "The house", EmojiPage, _P.MANAGE_EMOJI),
    _entry("roles", "The house", RolesPage, _P.MANAGE_ROLES),
    _entry("rules", "The house", RulesPage, _P.MANAGE_SERVER),
    _entry("limits", "The house", LimitsPage, _P.MANAGE_SERVER),
)
# fmt: on


def pages_for(client: Client) -> tuple[PageEntry, ...]:
    """The pages that I may see at this moment."""
    return tuple(entry for entry in PAGES if any(client.may(permission) for permission in entry.needs))
