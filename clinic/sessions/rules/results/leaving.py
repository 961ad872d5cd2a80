"""This file is about side effects, lists and readiness, as they are handed out."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from clinic.protocols.rules import Severity
from clinic.sessions.rules.log import Answer


class CriterionStatus(StrEnum):
    MET = "met"
    NOT_YET = "not-yet"
    NEEDS_A_PERSON = "needs-a-person"
    OVERRIDDEN = "overridden"


@dataclass(frozen=True)
class SideEffect:
    """From onset to resolution. `onset_minute` counts from T0 and may be negative."""

    onset_id: UUID
    term: str
    text: str
    severity: Severity
    peak_severity: Severity
    onset_at: datetime
    onset_minute: int | None
    resolved_at: datetime | None
    duration_minutes: int | None
    serious: bool
    criterion: str | None

    @property
    def active(self) -> bool:
        return self.resolved_at is None


@dataclass(frozen=True)
class ItemState:
    """An item of the pre-dose or discharge list with its latest answer.

    `holds`: the dose waits for it. One that any answer meets, and of which nobody hears, is only
    noted (definitions D8.5).
    """

    code: str
    text: str
    answer: Answer | None
    answer_text: str
    answered_at: datetime | None
    answered_by: UUID | None
    met: bool
    tell: str | None
    holds: bool


@dataclass(frozen=True)
class Overridden:
    """A psychiatrist let a criterion be, with the reason."""

    by_id: UUID
    at: datetime
    reason: str


@dataclass(frozen=True)
class Criterion:
    """`seen_at`: when what it rests on was seen. `never`: why nobody can override it."""

    code: str
    text: str
    status: CriterionStatus
    why: str
    source: str
    seen_at: datetime | None = None
    never: str = ""
    overridden: Overridden | None = None

    @property
    def fulfilled(self) -> bool:
        """Whether it keeps her no longer."""
        return self.status in (CriterionStatus.MET, CriterionStatus.OVERRIDDEN)


@dataclass(frozen=True)
class Readiness:
    """`ready_at`: earliest time from which all clinical criteria stay met (definitions D6).

    An override makes nothing met: only `all_met` takes it for enough.
    """

    criteria: tuple[Criterion, ...]
    minimum_stay_met: bool
    clinical_met: bool
    all_met: bool
    ready_at: datetime | None
    left_at: datetime | None
    left_how: str | None
    would_have_been_ready_minutes: int | None
