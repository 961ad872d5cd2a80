"""This file is about serious events: to whom each was reported, and which are still to report."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from clinic.sessions.rules.results import SideEffect


class ReportedTo(StrEnum):
    """Who was told. NONE: it was decided that nobody has to be, and why."""

    REMS = "rems"
    MEDWATCH = "medwatch"
    SPONSOR = "sponsor"
    NONE = "none"


TOLD = (
    (ReportedTo.REMS.value, "REMS"),
    (ReportedTo.MEDWATCH.value, "MedWatch or the national scheme"),
    (ReportedTo.SPONSOR.value, "Sponsor of a trial"),
    (ReportedTo.NONE.value, "Nobody has to be told"),
)


@dataclass(frozen=True)
class Report:
    """One telling of one serious event, named by the entry of its onset."""

    id: UUID
    onset_id: UUID
    to: ReportedTo
    on: date
    text: str
    author_id: UUID
    recorded_at: datetime


def standing(reports: Iterable[tuple[Report, UUID | None]]) -> list[Report]:
    """The reports that stand, of pairs (report, which earlier one it takes back)."""
    reports = list(reports)
    gone = {taken_back for _, taken_back in reports if taken_back}
    return [report for report, back in reports if back is None and report.id not in gone]


def to_report(effects: Iterable[SideEffect], reports: Iterable[Report]) -> list[SideEffect]:
    """The serious events that nobody reported yet, in the order of the effects."""
    told = {report.onset_id for report in reports}
    return [effect for effect in effects if effect.serious and effect.onset_id not in told]
