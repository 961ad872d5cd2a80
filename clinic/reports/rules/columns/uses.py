"""This file is about the columns that tell a use of a scale: whose, which scale, when, by whom."""

from datetime import timedelta
from decimal import Decimal

from clinic.instruments.rules import MomentCode
from clinic.reports.rules.cells import Kind
from clinic.reports.rules.column import Column, codes
from clinic.reports.rules.columns.common import moments, postpartum_day
from clinic.reports.rules.columns.whose import whose
from clinic.reports.rules.course_record import Owner, ScoreExport
from clinic.reports.rules.masks import Privacy

Use = ScoreExport
HUNDREDTH = Decimal("0.01")


def owner(use: ScoreExport) -> Owner:
    """Whose use it is."""
    return use.owner


def day_of_course(use: Use) -> Decimal | None:
    """Days from the first dose of the course, negative before it."""
    if use.first_dose_at is None:
        return None
    days = Decimal((use.answered_at - use.first_dose_at) // timedelta(seconds=1)) / 86400
    return days.quantize(HUNDREDTH)


WHOSE: tuple[Column[Use], ...] = (
    *whose(owner),
    Column(
        "session_id",
        "Session in which it was asked; empty: outside of one",
        Kind.CODE,
        lambda u: str(u.session_id) if u.session_id else None,
        privacy=Privacy.PSEUDONYM,
    ),
    Column(
        "use_id", "Use as it now stands", Kind.CODE, lambda u: str(u.id), privacy=Privacy.PSEUDONYM
    ),
)

SCALE: tuple[Column[Use], ...] = (
    Column(
        "scale", "Code of the scale", Kind.CODE, lambda u: u.instrument.code, privacy=Privacy.KEEP
    ),
    Column(
        "scale_version",
        "Its version",
        Kind.CODE,
        lambda u: u.instrument.version,
        privacy=Privacy.KEEP,
    ),
    Column(
        "scale_digest",
        "SHA-256 of the scale as used",
        Kind.CODE,
        lambda u: u.instrument.digest,
        privacy=Privacy.KEEP,
    ),
    Column(
        "not_validated",
        "Why its value may not be read as that of a validated scale; empty: nothing says so",
        Kind.TEXT,
        lambda u: u.instrument.not_validated,
        privacy=Privacy.KEEP,
    ),
    Column(
        "form",
        "Printed form; only uses of one form may be compared",
        Kind.CODE,
        lambda u: u.form,
        definition="D7.1",
        privacy=Privacy.KEEP,
    ),
    Column(
        "language",
        "Language in which it was asked",
        Kind.CODE,
        lambda u: u.language,
        privacy=Privacy.KEEP,
    ),
    Column(
        "wording_digest",
        "SHA-256 of the loaded wording on the screen; empty: paper, or shipped wording",
        Kind.CODE,
        lambda u: u.wording_digest,
        privacy=Privacy.KEEP,
    ),
    Column(
        "recall_h",
        "Hours the answers look back; empty: now, or no fixed time",
        Kind.INTEGER,
        lambda u: u.instrument.form(u.form).recall.hours,
        unit="h",
        definition="D7.3",
    ),
    Column(
        "moment",
        "Moment for which it was asked",
        Kind.CODE,
        lambda u: u.moment,
        codes=codes(MomentCode),
        definition="D7.3",
    ),
    *moments("answered_at", "When it was answered", lambda u: u.answered_at, owner, "D7.3"),
    postpartum_day(lambda u: u.answered_at, owner, "answered_at"),
    *moments("recorded_at", "When it was written down", lambda u: u.recorded_at, owner),
    Column(
        "course_day",
        "Days from the first dose of the course; negative before it",
        Kind.DECIMAL,
        day_of_course,
        unit="d",
        definition="D1.1",
    ),
    Column(
        "answered_by",
        "Whose judgement the answers are",
        Kind.CODE,
        lambda u: u.answered_by,
        codes=("patient", "clinician"),
        definition="D7.5",
    ),
    Column(
        "way",
        "How the answers came",
        Kind.CODE,
        lambda u: u.way,
        codes=("visit", "call", "paper", "link", "tablet"),
        definition="D7.5",
    ),
    Column("author", "Who wrote it down", Kind.TEXT, lambda u: u.author, privacy=Privacy.PSEUDONYM),
)
