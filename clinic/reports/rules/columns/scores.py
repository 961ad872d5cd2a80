"""This file is about the columns of scores: each use of a scale as it now stands."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

from clinic.instruments.rules import MomentCode, TriageLevel, WhyNoTotal, word_of
from clinic.reports.rules.cells import Kind
from clinic.reports.rules.column import Column, codes
from clinic.reports.rules.columns.common import moments, postpartum_day
from clinic.reports.rules.course_record import Owner, ScoreExport

Use = ScoreExport
HUNDREDTH = Decimal("0.01")


def rows(use: ScoreExport) -> tuple[ScoreExport, ...]:
    """The use itself."""
    return (use,)


def owner(use: ScoreExport) -> Owner:
    """Whose use it is."""
    return use.owner


def stands(value: Callable[[Use], object]) -> Callable[[Use], object]:
    """A value; None once the use was withdrawn: what was in error is in no column of values."""
    return lambda use: None if use.withdrawn else value(use)


def day_of_course(use: Use) -> Decimal | None:
    """Days from the first dose of the course, negative before it."""
    if use.first_dose_at is None:
        return None
    days = Decimal((use.answered_at - use.first_dose_at) // timedelta(seconds=1)) / 86400
    return days.quantize(HUNDREDTH)


def said(use: Use) -> str | None:
    """`1=2; 2=0`: items with their final scores, in the order of the scale."""
    return "; ".join(f"{item}={answer}" for item, answer in use.answers.items()) or None


def listed(items: tuple[str, ...]) -> str | None:
    """Numbers of items, separated by spaces."""
    return " ".join(items) or None


def level(use: Use) -> str | None:
    """The level of a screener that has no total; None while an item is missing."""
    return use.triage.level.value if use.triage and use.triage.level else None


def findings(use: Use) -> str | None:
    """`10=2`: safety items above 0, or `10=skipped`."""
    found = (use.triage or use.score).findings
    words = (f"{f.item}={'skipped' if f.score is None else f.score}" for f in found)
    return "; ".join(words) or None


WHOSE: tuple[Column[Use], ...] = (
    Column("clinic", "Short name of the clinic", Kind.CODE, lambda u: u.owner.clinic_code),
    Column(
        "patient_number",
        "Number of the patient in this clinic",
        Kind.TEXT,
        lambda u: u.owner.patient_number,
    ),
    Column(
        "course_id", "Course; the same in every table", Kind.CODE, lambda u: str(u.owner.course_id)
    ),
    Column(
        "session_id",
        "Session in which it was asked; empty: outside of one",
        Kind.CODE,
        lambda u: str(u.session_id) if u.session_id else None,
    ),
    Column("use_id", "Use as it now stands", Kind.CODE, lambda u: str(u.id)),
)

SCALE: tuple[Column[Use], ...] = (
    Column("scale", "Code of the scale", Kind.CODE, lambda u: u.instrument.code),
    Column("scale_version", "Its version", Kind.CODE, lambda u: u.instrument.version),
    Column(
        "scale_digest", "SHA-256 of the scale as used", Kind.CODE, lambda u: u.instrument.digest
    ),
    Column(
        "not_validated",
        "Why its value may not be read as that of a validated scale; empty: nothing says so",
        Kind.TEXT,
        lambda u: u.instrument.not_validated,
    ),
    Column(
        "form",
        "Printed form; only uses of one form may be compared",
        Kind.CODE,
        lambda u: u.form,
        definition="D7.1",
    ),
    Column("language", "Language in which it was asked", Kind.CODE, lambda u: u.language),
    Column(
        "wording_digest",
        "SHA-256 of the loaded wording on the screen; empty: paper, or shipped wording",
        Kind.CODE,
        lambda u: u.wording_digest,
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
    Column("author", "Who wrote it down", Kind.TEXT, lambda u: u.author),
)

SCORE: tuple[Column[Use], ...] = (
    Column(
        "answers",
        "Items with their final scores, item=score separated by semicolons",
        Kind.TEXT,
        stands(said),
    ),
    Column(
        "total",
        "Total; empty: there is none",
        Kind.INTEGER,
        stands(lambda u: u.score.total),
        unit="{score}",
        definition="D7.2",
    ),
    Column(
        "why_no_total",
        "Why there is no total",
        Kind.CODE,
        stands(lambda u: u.score.why_no_total.value if u.score.why_no_total else None),
        codes=codes(WhyNoTotal),
        definition="D7.4",
    ),
    Column(
        "highest_possible",
        "Highest total these answers could have had",
        Kind.INTEGER,
        stands(lambda u: u.score.maximum),
        unit="{score}",
    ),
    Column(
        "word",
        "Word for the total, as the pages say it: by the cut-offs that are drawn, else by the band",
        Kind.TEXT,
        stands(lambda u: word_of(u.instrument, u.score)),
        definition="D7.5",
    ),
    Column("band", "Published band of severity", Kind.TEXT, stands(lambda u: u.score.band)),
    Column(
        "cut_offs",
        "Published cut-offs reached, separated by spaces",
        Kind.CODE,
        stands(lambda u: listed(tuple(str(cut.at_least) for cut in u.score.cut_offs))),
        definition="D7.5",
    ),
    Column(
        "level",
        "Level of a screener that has no total",
        Kind.CODE,
        stands(level),
        codes=codes(TriageLevel),
        definition="D7.4",
    ),
    Column(
        "missing_items",
        "Items without an answer, separated by spaces",
        Kind.CODE,
        stands(lambda u: listed(u.triage.missing if u.triage else u.score.missing)),
        definition="D2.4",
    ),
    Column(
        "safety_items",
        "Safety items above 0 or skipped, item=score separated by semicolons",
        Kind.TEXT,
        stands(findings),
        definition="D7.4",
    ),
    Column(
        "safety_not_reviewed",
        "Safety items that nobody has reviewed, separated by spaces; also of earlier versions",
        Kind.CODE,
        lambda u: listed(u.unreviewed),
        definition="D7.4",
    ),
    Column("corrected", "Changed after it was first written", Kind.YES_NO, lambda u: u.corrected),
    Column(
        "withdrawn",
        "Entered in error: its values are in no column",
        Kind.YES_NO,
        lambda u: u.withdrawn,
    ),
    Column("correction_reason", "Why it was last changed, as typed", Kind.TEXT, lambda u: u.reason),
)

COLUMNS: tuple[Column[Use], ...] = (*WHOSE, *SCALE, *SCORE)
