"""This file is about what figures are computed from: a cohort, a period, one course at a time."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from clinic.courses.rules import CourseStatus, EndReason
from clinic.followups.rules import Due
from clinic.reports.rules.outcomes.definitions import Definitions
from clinic.reports.rules.period import Period
from clinic.review.rules import CourseRecord


@dataclass(frozen=True)
class Cohort:
    """Whose figures: codes of a protocol, a route and a medicine; empty: all of them.

    `scale`: the one by which response and remission are told; two are never mixed.
    """

    protocol: str = ""
    route: str = ""
    medicine: str = ""
    scale: str = ""


@dataclass(frozen=True)
class Scope:
    """What is computed, under which rules, as things stood at `now`."""

    period: Period
    cohort: Cohort
    rules: Definitions
    now: datetime
    zone: ZoneInfo

    def day(self, moment: datetime) -> date:
        """The clinic's day of a moment."""
        return moment.astimezone(self.zone).date()

    def holds(self, moment: datetime | None) -> bool:
        """Whether a moment lies in the period."""
        return moment is not None and self.day(moment) in self.period


@dataclass(frozen=True)
class Form:
    """The form of a session to a registry: its last day, and the day it was first sent."""

    due_on: date
    sent_on: date | None


@dataclass(frozen=True)
class Followed:
    """One course: its record, how it stands, its follow-ups.

    `forms`: by session, where the clinic fills one for it. `stopped_because`: what the decision in
    force stops treatment for, other than that it was completed; None: it stops nothing, or says no
    reason.
    """

    id: UUID
    patient_id: UUID
    status: CourseStatus
    end_reason: EndReason | None
    record: CourseRecord
    follow_ups: tuple[Due, ...] = ()
    stopped_because: EndReason | None = None
    forms: Mapping[UUID, Form] = field(default_factory=dict)

    @property
    def stops_for(self) -> EndReason | None:
        """Why treatment ended, or is to end while the course is open; None: it goes on."""
        return self.end_reason or self.stopped_because
