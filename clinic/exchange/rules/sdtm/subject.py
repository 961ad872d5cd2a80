"""This file is about one subject: who, days from the first dose, visits and their numbers."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from uuid import UUID
from zlib import crc32

from clinic.exchange.rules.dossier import CourseFile, Dossier
from clinic.exchange.rules.lens import Lens
from clinic.followups.rules.due import WELFARE
from clinic.instruments.rules import MomentCode
from clinic.reports.rules import ScoreExport, SessionRecord

SCREENING, TREATMENT, FOLLOW_UP = "SCREENING", "TREATMENT", "FOLLOW-UP"
MOMENTS = (*(moment.value for moment in MomentCode), WELFARE.code)
ONCE = frozenset(
    moment.value
    for moment in MomentCode
    if moment is not MomentCode.DAY_1 and moment.value.startswith(("baseline", "day-", "month-"))
)
COURSE, MOMENT = 1000, 500  # how visits are numbered: the dictionary says so
EVERYTHING = frozenset({"observations", "doses", "side-effects", "scores", "medicines", "courses"})
SLOT_OF_VISIT = ("VISITNUM", "VISIT", "EPOCH")


@dataclass(frozen=True)
class Visit:
    """One visit: number, name, part of the study."""

    number: int | Decimal
    name: str
    epoch: str

    @property
    def values(self) -> dict[str, object]:
        """The three variables of a visit."""
        return dict(zip(SLOT_OF_VISIT, (self.number, self.name, self.epoch), strict=True))


def study_day(on: date, reference_on: date) -> int:
    """Days from the reference: 1 is the day itself, -1 the day before; there is no day 0."""
    days = (on - reference_on).days
    return days + 1 if days >= 0 else days


@dataclass(frozen=True)
class Subject:
    """One woman as the files speak of her. `what`: the tables that were asked for."""

    lens: Lens
    dossier: Dossier
    what: frozenset[str] = EVERYTHING

    @property
    def study(self) -> str:
        """The study is the clinic."""
        return self.lens.mask.id(self.dossier.clinic_code).upper()

    @property
    def number(self) -> str:
        """Her number, or a pseudonym."""
        return self.lens.mask.number(self.dossier.person.number)

    @property
    def id(self) -> str:
        """Unique over all studies."""
        return f"{self.study}-{self.number}"

    @cached_property
    def reference_on(self) -> date | None:
        """The day of the first dose on the clinic's wall; None before it."""
        at = self.lens.local(self.dossier.first_dose_at)
        return at.date() if at else None

    def day_of(self, at: datetime | None) -> int | None:
        """The study day of a moment."""
        local = self.lens.local(at)
        return self._day(local.date() if local else None)

    def day_on(self, on: date | None) -> int | None:
        """The study day of a day."""
        return self._day(self.lens.mask.day(on))

    def _day(self, on: date | None) -> int | None:
        if on is None or self.reference_on is None:
            return None
        return study_day(on, self.reference_on)

    def timed(self, prefix: str, at: datetime | None) -> dict[str, object]:
        """`VSDTC` and `VSDY` for the prefix `VS`; `AESTDTC` and `AESTDY` for `AEST`."""
        return {f"{prefix}DTC": self.lens.moment(at), f"{prefix}DY": self.day_of(at)}

    def dated(self, prefix: str, on: date | None) -> dict[str, object]:
        """The same of a day without a time."""
        return {f"{prefix}DTC": self.lens.day(on), f"{prefix}DY": self.day_on(on)}

    def sessions(self) -> Iterator[tuple[CourseFile, SessionRecord]]:
        """Her sessions that were not only planned, by course and number."""
        for course in self.dossier.courses:
            for session in sorted(course.sessions, key=lambda one: one.number):
                if session.status != "planned":
                    yield course, session

    @cached_property
    def visits(self) -> dict[UUID, Visit]:
        """Session id -> its visit."""
        return {session.id: of_session(course, session) for course, session in self.sessions()}

    def visit_of(self, course: CourseFile, use: ScoreExport) -> Visit:
        """The visit of a use: its session, where the file holds it, else the moment."""
        known = self.visits.get(use.session_id) if use.session_id else None
        return known or of_moment(course, use.moment, last_session(course, use.answered_at))

    @cached_property
    def told_at(self) -> dict[UUID, Visit]:
        """Contact id -> its visit."""
        return {
            contact.id: of_moment(course, contact.code, contact.session_number)
            for course in self.dossier.courses
            for contact in course.contacts
        }


def named(course: CourseFile, name: str) -> str:
    """A visit of a second course says so."""
    return name if course.n == 1 else f"COURSE {course.n} {name}"


def of_session(course: CourseFile, session: SessionRecord) -> Visit:
    """The n-th session of the first course has the number n."""
    number = COURSE * (course.n - 1) + session.number
    return Visit(number, named(course, f"SESSION {session.number}"), TREATMENT)


def of_moment(course: CourseFile, code: str, before: int | None) -> Visit:
    """The evaluation has the number 0; a moment that comes once lies after all sessions.

    One that comes after every dose, such as 24 hours, lies after its session, `before`.
    """
    place, base = place_of(code), COURSE * (course.n - 1)
    if place and before is not None and code not in ONCE:
        name = named(course, f"SESSION {before} {code.upper()}")
        return Visit(base + before + Decimal(place) / 100, name, FOLLOW_UP)
    number = base + (MOMENT + place if place else 0)
    return Visit(number, named(course, code.upper()), FOLLOW_UP if place else SCREENING)


def place_of(code: str) -> int | Decimal:
    """The place of a moment in the program's list.

    One of a clinic's own comes after it, always at the same place, by three figures of its name.
    """
    if code in MOMENTS:
        return MOMENTS.index(code)
    return len(MOMENTS) + Decimal(crc32(code.encode()) % 1000) / 1000


def last_session(course: CourseFile, at: datetime) -> int | None:
    """The number of the last session of a course whose dose came before a moment."""
    given = [session.number for session, t0 in course.export.record.treated if t0 <= at]
    return given[-1] if given else None
