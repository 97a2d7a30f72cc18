"""Keeping the peace: kicks, bans, timeouts, purges, reports, and the log of all that."""

from typing import Annotated

from msgspec import Meta, Struct

from shared.limits import MAX_PAGE, MAX_PURGE_HOURS, MAX_TIMEOUT_SECONDS
from shared.moderation import AuditEntry, Ban, Report
from shared.types import AuditId, ChannelId, NetworkAddress, Reason, ReportId, Seconds, Seq, UserId, Words

from .asking import Nothing, Request


class Purged(Struct, frozen=True):
    """How many messages were deleted, of those in channels that whoever asked may see."""

    count: int


class Bans(Struct, frozen=True):
    """Who is kept out, newest first."""

    bans: tuple[Ban, ...]


class ReportMade(Struct, frozen=True):
    """The report is on disk."""

    report_id: ReportId


class Reports(Struct, frozen=True):
    """Reports, newest first."""

    reports: tuple[Report, ...]
    more: bool
    """Whether there are older ones."""


class AuditPage(Struct, frozen=True):
    """A page of the audit log, newest first."""

    entries: tuple[AuditEntry, ...]
    more: bool
    """Whether there are older ones."""


class KickPerson(Request[Nothing], frozen=True, kw_only=True):
    """End all sessions of a person of lower rank; they may log in again."""

    user_id: UserId
    reason: Reason = ""


class BanPerson(Request[Nothing], frozen=True, kw_only=True):
    """Keep a person of lower rank out, and on request the address from which they came last."""

    user_id: UserId
    reason: Reason = ""
    seconds: Seconds | None = None
    """None for ever."""
    with_address: bool = False


class UnbanPerson(Request[Nothing], frozen=True, kw_only=True):
    """Let a person come back; harmless where they are not banned."""

    user_id: UserId


class BanAddress(Request[Nothing], frozen=True, kw_only=True):
    """Let nobody log in or register from an address. Who is there already stays."""

    address: NetworkAddress
    reason: Reason = ""
    seconds: Seconds | None = None


class UnbanAddress(Request[Nothing], frozen=True, kw_only=True):
    """Let people come from an address again; harmless where it is not banned."""

    address: NetworkAddress


class ListBans(Request[Bans], frozen=True, kw_only=True):
    """List who is kept out. At most the newest 500."""


class TimeOutPerson(Request[Nothing], frozen=True, kw_only=True):
    """Let a person of lower rank only look on for a while."""

    user_id: UserId
    seconds: Annotated[int, Meta(ge=0, le=MAX_TIMEOUT_SECONDS)]
    """From now on; 0 ends it."""
    reason: Reason = ""


class PurgeMessages(Request[Purged], frozen=True, kw_only=True):
    """Delete all that a person of lower rank said in the last hours in channels (not in direct ones or groups)."""

    user_id: UserId
    hours: Annotated[int, Meta(ge=1, le=MAX_PURGE_HOURS)]


class ReportMessage(Request[ReportMade], frozen=True, kw_only=True):
    """Show a message of somebody else to the moderators, as it is now."""

    channel_id: ChannelId
    seq: Seq
    reason: Reason = ""


class ListReports(Request[Reports], frozen=True, kw_only=True):
    """List reports: those that are open, or all."""

    only_open: bool = True
    before_id: ReportId | None = None
    limit: Annotated[int, Meta(ge=1, le=MAX_PAGE)] = 50


class CloseReport(Request[Nothing], frozen=True, kw_only=True):
    """Note that a report is dealt with, and how; harmless where it is."""

    report_id: ReportId
    outcome: Reason = ""


class FetchAudit(Request[AuditPage], frozen=True, kw_only=True):
    """Read the audit log, newest first: entries that have these words in them, or in a name that they tell of."""

    text: Words = ""
    before_id: AuditId | None = None
    limit: Annotated[int, Meta(ge=1, le=MAX_PAGE)] = 50
