"""This file is about what files for other systems are made from: all of one woman, loaded."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from clinic.courses.rules import EndReason
from clinic.evaluation.rules import Eligibility
from clinic.integration.rules import GoalFacts, TreatmentFacts
from clinic.reports.rules import CourseExport, ScoreExport, SessionRecord
from clinic.review.rules import Decided


@dataclass(frozen=True)
class Person:
    """Whose record it is."""

    id: UUID
    number: str
    given_name: str
    family_name: str
    born_on: date
    gave_birth_on: date | None


@dataclass(frozen=True)
class Measure:
    """What was measured or said of an infant at a moment; None: not looked at."""

    id: UUID
    at: datetime
    weight_g: int | None
    feeding: str | None
    author_id: UUID
    recorded_at: datetime
    corrected: bool


@dataclass(frozen=True)
class Baby:
    """An infant of hers with what was measured, oldest first. `given_name` None: not named yet."""

    id: UUID
    given_name: str | None
    born_on: date
    measures: tuple[Measure, ...] = ()


@dataclass(frozen=True)
class Medicine:
    """A medicine beside the drug. Days None: start not known, still taken."""

    id: UUID
    drug: str
    drug_class: str
    dose: str | None
    started_on: date | None
    stopped_on: date | None
    stop_unclear: bool
    recorded_at: datetime


@dataclass(frozen=True)
class Contact:
    """One follow-up in which she was reached. `code`: the moment, of the dose of a session."""

    id: UUID
    code: str
    session_number: int
    at: datetime
    how: str
    author: str


@dataclass(frozen=True)
class Activity:
    """A visit beside the drug, those in error left out."""

    id: UUID
    kind: str
    status: str
    starts_at: datetime
    minutes: int | None
    reason: str | None


@dataclass(frozen=True)
class Signed:
    """One signed version of a plan, newest in force."""

    n: int
    by: str
    at: datetime
    hash: str


@dataclass(frozen=True)
class Plan:
    """The care plan of a course as it stands. `signed`: newest first, empty while nobody has."""

    goals: tuple[tuple[UUID, GoalFacts], ...] = ()
    activities: tuple[Activity, ...] = ()
    treatments: tuple[tuple[UUID, TreatmentFacts], ...] = ()
    signed: tuple[Signed, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing in it."""
        return not (self.goals or self.activities or self.treatments or self.signed)


@dataclass(frozen=True)
class CourseFile:
    """One course with what the order asks for of it. `n`: which of her courses, from 1.

    `eligibility`: the signed end of its evaluation; `decisions`: all that were signed.
    """

    n: int
    export: CourseExport
    drug: str
    sessions: tuple[SessionRecord, ...] = ()
    scores: tuple[ScoreExport, ...] = ()
    contacts: tuple[Contact, ...] = ()
    medicines: tuple[Medicine, ...] = ()
    plan: Plan = Plan()
    eligibility: Eligibility | None = None
    decisions: tuple[Decided, ...] = ()

    @property
    def in_error(self) -> bool:
        """Whether it was opened in error."""
        return self.export.end_reason == EndReason.OPENED_IN_ERROR

    @property
    def id(self) -> UUID:
        """Its id."""
        return self.export.owner.course_id

    @property
    def first_dose_at(self) -> datetime | None:
        """T0 of the course, also where that session is not asked for."""
        return self.export.record.first_dose_at


@dataclass(frozen=True)
class Dossier:
    """All that is asked for of one woman, in the order of time. `names`: staff by id.

    `doses`: T0 of every session in which she had the drug, also of what is not asked for.
    """

    person: Person
    clinic_code: str
    zone: ZoneInfo
    courses: tuple[CourseFile, ...]
    infants: tuple[Baby, ...] = ()
    doses: tuple[datetime, ...] = ()
    names: Mapping[UUID, str] = field(default_factory=dict)

    @property
    def first_dose_at(self) -> datetime | None:
        """The first drug she ever had here (definitions D1.1); None before it."""
        return min(self.doses, default=None)

    @property
    def last_dose_at(self) -> datetime | None:
        """T0 of the last session in which she had it."""
        return max(self.doses, default=None)
