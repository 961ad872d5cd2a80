"""This file is about the columns of courses: what began, how it went, the decision."""

from datetime import date
from enum import StrEnum

from clinic.courses.rules import BirthMode, CourseStatus, EndReason, Onset
from clinic.evaluation.rules import Decision as Eligible
from clinic.reports.rules.cells import Kind
from clinic.reports.rules.column import Column, codes
from clinic.reports.rules.columns.common import moments, postpartum_day, signature
from clinic.reports.rules.columns.outcome import OUTCOME
from clinic.reports.rules.columns.whose import whose
from clinic.reports.rules.course_record import CourseExport, Owner
from clinic.reports.rules.masks import Privacy
from clinic.reports.rules.rare import age
from clinic.review.rules import Decision

One = CourseExport


def rows(course: CourseExport) -> tuple[CourseExport, ...]:
    """The course itself."""
    return (course,)


def owner(course: CourseExport) -> Owner:
    """Whose course it is."""
    return course.owner


def code(value: StrEnum | None) -> str | None:
    """A code as it is stored."""
    return None if value is None else value.value


def age_when_opened(course: One) -> int | None:
    """Her age when the course was opened."""
    born_on = course.owner.born_on
    return age(born_on, course.record.opened_on) if born_on else None


def withdrawn_on(course: One) -> date | None:
    """The day on which she took her consent back."""
    return course.consent.withdrawn_on if course.consent else None


COURSE: tuple[Column[One], ...] = (
    *whose(owner),
    Column(
        "protocol",
        "Protocol pinned to the course",
        Kind.CODE,
        lambda c: c.protocol_code,
        definition="D7.7",
        privacy=Privacy.KEEP,
    ),
    Column(
        "protocol_version",
        "Its version",
        Kind.INTEGER,
        lambda c: c.protocol_version,
        definition="D7.7",
    ),
    Column(
        "protocol_digest",
        "SHA-256 of that version",
        Kind.CODE,
        lambda c: c.protocol_digest,
        definition="D7.7",
        privacy=Privacy.KEEP,
    ),
    Column(
        "status",
        "Status of the course (FHIR EpisodeOfCare)",
        Kind.CODE,
        lambda c: c.status,
        codes=codes(CourseStatus),
    ),
    Column("opened_on", "Day on which it was opened", Kind.DAY, lambda c: c.record.opened_on),
    Column(
        "age_years",
        "Her age on that day, in whole years; in a de-identified file 90 says 90 or older",
        Kind.INTEGER,
        age_when_opened,
        unit="a",
        privacy=Privacy.CAP,
    ),
    Column("ended_on", "Day on which it ended", Kind.DAY, lambda c: c.record.ended_on),
    Column("end_reason", "Why it ended", Kind.CODE, lambda c: c.end_reason, codes=codes(EndReason)),
    Column("end_words", "Why it ended, as typed", Kind.TEXT, lambda c: c.end_text),
    Column(
        "diagnosis_code",
        "Diagnosis, ICD-10",
        Kind.CODE,
        lambda c: c.particulars.diagnosis_code,
        privacy=Privacy.KEEP,
    ),
    Column("diagnosis", "Diagnosis, as typed", Kind.TEXT, lambda c: c.particulars.diagnosis_text),
    Column(
        "onset",
        "When the depression began",
        Kind.CODE,
        lambda c: code(c.particulars.onset),
        codes=codes(Onset),
    ),
    Column(
        "onset_week",
        "Week of pregnancy, or week after the birth, as onset says",
        Kind.INTEGER,
        lambda c: c.particulars.onset_week,
        unit="wk",
    ),
    Column("birth_on", "Birth this course belongs to", Kind.DAY, lambda c: c.owner.birth_on),
    Column(
        "gestation_weeks",
        "Weeks of pregnancy at the birth",
        Kind.INTEGER,
        lambda c: c.particulars.gestation_weeks,
        unit="wk",
    ),
    Column(
        "birth_mode",
        "How the child was born",
        Kind.CODE,
        lambda c: code(c.particulars.birth_mode),
        codes=codes(BirthMode),
    ),
)

SIGNED: tuple[Column[One], ...] = (
    Column(
        "evaluation",
        "Signed decision of the evaluation; empty: none signed",
        Kind.CODE,
        lambda c: code(c.eligibility.decision) if c.eligibility else None,
        codes=codes(Eligible),
    ),
    *signature("evaluation_signed", "eligibility"),
    *moments(
        "evaluation_signed_at",
        "When that was signed",
        lambda c: c.eligibility.signed_at if c.eligibility else None,
        owner,
    ),
    *moments(
        "consent_given_at",
        "When she signed her consent",
        lambda c: c.consent.given_at if c.consent else None,
        owner,
    ),
    Column(
        "consent_withdrawn_on",
        "Day on which she took it back",
        Kind.DAY,
        withdrawn_on,
    ),
)

TREATED: tuple[Column[One], ...] = (
    Column(
        "sessions",
        "Sessions in which drug was delivered",
        Kind.INTEGER,
        lambda c: len(c.record.treated),
        definition="D7.8",
    ),
    *moments("first_dose_at", "First dose", lambda c: c.record.first_dose_at, owner, "D1.1"),
    *moments(
        "last_dose_at",
        "T0 of the last session",
        lambda c: c.record.treated[-1][1] if c.record.treated else None,
        owner,
        "D1.1",
    ),
    postpartum_day(lambda c: c.record.first_dose_at, owner, "first_dose_at"),
)

DECIDED: tuple[Column[One], ...] = (
    Column(
        "decision",
        "Signed decision in force; empty: none signed",
        Kind.CODE,
        lambda c: code(c.decision.decision) if c.decision else None,
        codes=codes(Decision),
    ),
    Column(
        "decision_reason",
        "Its reason, as typed",
        Kind.TEXT,
        lambda c: (c.decision.reason or None) if c.decision else None,
    ),
    Column(
        "decision_new_dose",
        "New dose that it set, with its unit; empty: none",
        Kind.TEXT,
        lambda c: (c.decision.new_dose or None) if c.decision else None,
        privacy=Privacy.KEEP,
    ),
    Column(
        "decision_new_schedule",
        "New schedule that it set, as typed",
        Kind.TEXT,
        lambda c: (c.decision.new_schedule or None) if c.decision else None,
    ),
    Column(
        "decision_stopped_because",
        "Why treatment stops by it; empty: it goes on, or was not asked",
        Kind.CODE,
        lambda c: code(c.decision.stopped_because) if c.decision else None,
        codes=codes(EndReason),
    ),
    Column(
        "decision_re_evaluate_on",
        "Day by which the course is looked at again",
        Kind.DAY,
        lambda c: c.decision.re_evaluate_on if c.decision else None,
    ),
    Column(
        "decision_after_session",
        "Number of the last session before it",
        Kind.INTEGER,
        lambda c: c.decision.after_session if c.decision else None,
    ),
    *signature("decision", "decision"),
    *moments(
        "decision_at",
        "When it was signed",
        lambda c: c.decision.signed_at if c.decision else None,
        owner,
    ),
)

COLUMNS: tuple[Column[One], ...] = (
    *COURSE,
    *SIGNED,
    *TREATED,
    *OUTCOME,
    *DECIDED,
)
