"""This file is about the rows of the review as tables and sentences: the same numbers as drawn."""

from collections.abc import Iterator
from dataclasses import dataclass

from clinic.protocols.rules import SIGNS
from clinic.review.rules import (
    CourseRecord,
    SafetyRow,
    ScaleRow,
    SessionRow,
    effect_rows,
    percent_text,
    plus,
    safety_rows,
    scale_rows,
    session_rows,
)

Cells = tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """One table. `code` is the name of the row of the chart it stands for."""

    code: str
    title: str
    heads: Cells
    rows: tuple[Cells, ...]
    empty: str


def course_tables(record: CourseRecord) -> list[Table]:
    """A table for each row of the chart, in its order."""
    sessions = session_rows(record)
    return [
        dose_table(record, sessions),
        *(scale_table(record, scale) for scale in scale_rows(record)),
        safety_table(record, safety_rows(record)),
        rise_table(record, sessions),
        dissociation_table(record, sessions),
        effect_table(record, sessions),
        treatment_table(record, sessions),
    ]


def dose_table(record: CourseRecord, rows: list[SessionRow]) -> Table:
    """Sessions with what was delivered."""
    cells = tuple((str(r.number), record.on_day(r.at), day(r.day), r.dose) for r in rows)
    return Table("sessions", "Sessions", ("No.", "Date", "Day", "Dose"), cells, "No session yet")


def scale_table(record: CourseRecord, scale: ScaleRow) -> Table:
    """Totals of one form of a scale."""
    cells = tuple(
        (
            record.on_day(point.taken_at),
            day(point.day),
            "–" if point.total is None else str(point.total),
            point.word,
            percent_text(point.percent) or "–",
        )
        for point in scale.points
    )
    code = f"scale-{scale.instrument.code}-{scale.form}"
    heads = ("Date", "Day", "Total", "Word", "From baseline")
    return Table(code, scale.title, heads, cells, f"No {scale.title} yet")


def safety_table(record: CourseRecord, rows: list[SafetyRow]) -> Table:
    """Safety items with what was answered."""
    reviewed = {True: "reviewed", False: "not reviewed", None: "–"}
    cells = tuple(
        (r.label, record.on_day(r.taken_at), day(r.day), r.words, reviewed[r.reviewed])
        for r in rows
    )
    heads = ("Item", "Date", "Day", "Answer", "Review")
    return Table("safety", "Safety items", heads, cells, "No safety item asked yet")


def rise_table(record: CourseRecord, rows: list[SessionRow]) -> Table:
    """Pressure before, at most, and the two rises with their limits."""
    cells = tuple(
        (
            str(r.number),
            record.on_day(r.at),
            r.baseline or "–",
            r.highest or "–",
            "unknown" if r.systolic is None else plus(r.systolic, r.diastolic),
            f"{r.systolic_limit}/{r.diastolic_limit}",
            "at or above limit" if r.rise_outside else "–" if r.systolic is None else "below limit",
        )
        for r in rows
    )
    heads = ("No.", "Date", "Pre-dose BP", "Highest BP", "Rise", "Limit", "Word")
    return Table("rise", "Highest BP rise", heads, cells, "No session yet")


def dissociation_table(record: CourseRecord, rows: list[SessionRow]) -> Table:
    """The highest score of each session."""
    cells = tuple(
        (
            str(r.number),
            record.on_day(r.at),
            "not measured" if r.dissociation is None else str(r.dissociation),
            r.dissociation_word or "–",
        )
        for r in rows
    )
    heads = ("No.", "Date", f"Highest score, {SIGNS['dissociation'].caution}", "Word")
    return Table("dissociation", "Peak dissociation", heads, cells, "No session yet")


def effect_table(record: CourseRecord, sessions: list[SessionRow]) -> Table:
    """Side effects with their worst severity, seen in a session or told at a follow-up."""
    cells = tuple(
        (
            r.term,
            "–" if r.number is None else str(r.number),
            record.on_day(r.at),
            r.severity.value,
            "not asked" if r.told else "serious" if r.serious else "–",
            f"told at {r.told.lower()}" if r.told else "in the session",
        )
        for r in effect_rows(record, sessions)
    )
    heads = ("Side effect", "Session", "Date", "Worst severity", "Serious", "Source")
    return Table("effects", "Side effects", heads, cells, "No side effects on record")


def treatment_table(record: CourseRecord, sessions: list[SessionRow]) -> Table:
    """Medicines, visits and agreed pauses."""
    found = (medicines(record), visits(record), pauses(record, sessions), weights(record))
    cells = tuple(row for rows in found for row in rows)
    heads = ("What", "From", "To", "Word")
    return Table("treatment", "Also treated with", heads, cells, "No other treatment on record")


def medicines(record: CourseRecord) -> Iterator[Cells]:
    """Medicines with their first and last day."""
    for m in record.medicines:
        began = f"{m.started_on:%d %b %Y}" if m.started_on else "not known"
        yield m.drug, began, f"{m.stopped_on:%d %b %Y}" if m.stopped_on else "still taken", m.dose


def visits(record: CourseRecord) -> Iterator[Cells]:
    """Visits and how they stand."""
    for visit in record.visits:
        yield visit.words, record.on_day(visit.starts_at), "–", visit.status.replace("-", " ")


def weights(record: CourseRecord) -> Iterator[Cells]:
    """What an infant weighed."""
    for one in record.weights:
        yield f"Weight, {one.name}", record.on_day(one.at), "–", f"{one.grams} g"


def pauses(record: CourseRecord, sessions: list[SessionRow]) -> Iterator[Cells]:
    """Agreed pauses by session."""
    for row in sessions:
        if row.pause_from and row.pause_ends_at:
            start, end = record.local(row.pause_from), record.local(row.pause_ends_at)
            words = f"Agreed pause ends {end:%H:%M}"
            yield f"Session {row.number}", f"{start:%a %d %b, %H:%M}", f"{end:%a %d %b}", words


def day(number: float) -> str:
    """`−3.2`: days from the first dose."""
    return f"{number:g}".replace("-", "−")


def finding(record: CourseRecord) -> str:
    """What the chart shows, for those who cannot see it."""
    sessions = session_rows(record)
    parts = [f"{len(sessions)} session{'s' if len(sessions) != 1 else ''}"]
    for scale in scale_rows(record):
        totals = [point.total for point in scale.points if point.total is not None]
        if len(totals) > 1:
            parts.append(f"{scale.title} from {totals[0]} to {totals[-1]}")
        elif totals:
            parts.append(f"{scale.title} {totals[0]}")
        else:
            parts.append(f"no {scale.title} yet")
    rises = [plus(r.systolic, r.diastolic) for r in sessions if r.systolic is not None]
    if rises:
        parts.append(f"highest rise of blood pressure by session {', '.join(rises)}")
    return "; ".join(parts) + "."
