"""What waits for those who keep the house: newcomers and reports, as they are told of."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import assert_never

from shared.events import MessageReported, NewcomerSettled, NewcomerWaiting, PolicyChanged
from shared.moderation import Newcomer, Report
from shared.types import ReportId, UserId

AboutTheHouse = NewcomerWaiting | NewcomerSettled | MessageReported | PolicyChanged


@dataclass(frozen=True, slots=True)
class Waiting:
    """Never changed in place."""

    newcomer_ids: frozenset[UserId] = frozenset()
    report_ids: frozenset[ReportId] = frozenset()

    @property
    def newcomers(self) -> int:
        """How many people wait for approval."""
        return len(self.newcomer_ids)

    @property
    def reports(self) -> int:
        """How many reports wait for a decision."""
        return len(self.report_ids)

    @property
    def count(self) -> int:
        """How much waits in all."""
        return self.newcomers + self.reports

    def with_newcomers(self, newcomers: Iterable[Newcomer]) -> "Waiting":
        """What waits where these are all who wait for approval."""
        return replace(self, newcomer_ids=frozenset(each.user_id for each in newcomers))

    def with_reports(self, reports: Iterable[Report]) -> "Waiting":
        """What waits where these are all reports that are open."""
        return replace(self, report_ids=frozenset(each.id for each in reports))

    def after(self, event: AboutTheHouse) -> "Waiting":
        """What waits once this has happened."""
        match event:
            case NewcomerWaiting(newcomer=newcomer):
                return replace(self, newcomer_ids=self.newcomer_ids | {newcomer.user_id})
            case NewcomerSettled(user_id=user_id):
                return replace(self, newcomer_ids=self.newcomer_ids - {user_id})
            case MessageReported(report=report):
                ids = self.report_ids - {report.id} if report.closed_at else self.report_ids | {report.id}
                return replace(self, report_ids=ids)
            case PolicyChanged():
                return self
            case _:
                assert_never(event)
