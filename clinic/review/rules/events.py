"""This file is about a course as events, oldest to newest: each with its day, in a few words."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from clinic.review.rules.effects import EffectRow, effect_rows
from clinic.review.rules.evidence import percent_text, plus
from clinic.review.rules.record import CourseRecord
from clinic.review.rules.safety import SafetyRow, safety_rows
from clinic.review.rules.scales import Point, scale_rows
from clinic.review.rules.sessions import SessionRow, session_rows

UNKNOWN = "unknown"


@dataclass(frozen=True)
class Event:
    """What was recorded of one day. `at` None: the day is known and the time is not.

    `subject`: what is given its own line of a card; `words`: what is said of it. `session`: its
    number, for a session.
    """

    on: date
    at: datetime | None
    subject: str
    words: str
    session: int | None = None


def events(record: CourseRecord) -> list[Event]:
    """Every session, score, safety item, side effect, medicine, visit and weight, oldest first."""
    found = [*of_sessions(record), *of_scales(record), *of_safety(record), *of_treatment(record)]
    return sorted(found, key=lambda event: moment_of(record, event))


def moment_of(record: CourseRecord, event: Event) -> datetime:
    """When it counts; where only the day is known, its beginning."""
    return event.at or record.midnight(event.on)


def on(record: CourseRecord, at: datetime, subject: str, words: str, number: int | None) -> Event:
    """An event at a moment."""
    return Event(record.local(at).date(), at, subject, words, number)


def of_sessions(record: CourseRecord) -> Iterator[Event]:
    """The sessions with a T0, and what was told of at follow-ups."""
    rows = session_rows(record)
    found = effect_rows(record, rows)
    for row in rows:
        seen = [effect for effect in found if effect.number == row.number and not effect.told]
        words = "; ".join(session_words(record, row, seen))
        yield on(record, row.at, f"Session {row.number}", words, row.number)
    for effect in found:
        if effect.told:
            words = f"{effect.severity}, told at {effect.told.lower()}"
            yield on(record, effect.at, effect.term, words, None)


def session_words(record: CourseRecord, row: SessionRow, effects: list[EffectRow]) -> Iterator[str]:
    """Dose, pressure, dissociation, side effects, alerts, the agreed pause."""
    yield row.dose
    if row.systolic is None:
        yield f"rise of BP {UNKNOWN}"
    else:
        state = "at or above limit" if row.rise_outside else "below limit"
        limits = f"{row.systolic_limit}/{row.diastolic_limit}"
        rise = plus(row.systolic, row.diastolic)
        yield f"BP {row.baseline} to {row.highest} mmHg, rise {rise}, {state} {limits}"
    peak = row.dissociation
    yield (
        "dissociation not measured"
        if peak is None
        else (f"peak dissociation {peak}, {row.dissociation_word.lower()}")
    )
    if row.lowest_spo2 is not None:
        yield f"lowest SpO₂ {row.lowest_spo2} %"
    named = [
        f"{one.term.lower()} ({one.severity}{', serious' if one.serious else ''})"
        for one in effects
    ]
    yield f"side effects: {', '.join(named) or 'none on record'}"
    if row.alerts:
        still = f"{row.open_alerts} open" if row.open_alerts else "closed"
        yield f"alerts: {row.alerts}, {still}"
    if row.pause_ends_at is not None:
        yield f"agreed pause ends {record.local(row.pause_ends_at):%a %d %b, %H:%M}"
    yield f"signed by {row.signed_by}" if row.signed_by else "not signed"


def of_scales(record: CourseRecord) -> Iterator[Event]:
    """Every total of every form of a scale; a use without one says why."""
    for row in scale_rows(record):
        for point in row.points:
            yield on(record, point.taken_at, row.title, point_words(point), None)


def point_words(point: Point) -> str:
    """`16, mild, −53 %`."""
    if point.total is None:
        return point.word
    change = f"{percent_text(point.percent)} from baseline" if point.percent is not None else ""
    return ", ".join(word for word in (str(point.total), point.word, change) if word)


def of_safety(record: CourseRecord) -> Iterator[Event]:
    """Every safety item that was asked."""
    for row in safety_rows(record):
        yield on(record, row.taken_at, safety_subject(row), safety_words(row), None)


def safety_subject(row: SafetyRow) -> str:
    """`EPDS item 10`; a screener that has no total goes by its name."""
    scale, _, item = row.label.rpartition(" ")
    return f"{scale} item {item}" if scale and item.isdecimal() else row.label


def safety_words(row: SafetyRow) -> str:
    """`2, not reviewed`."""
    reviewed = {True: "reviewed", False: "not reviewed", None: ""}[row.reviewed]
    return ", ".join(word for word in (row.words, reviewed) if word)


def of_treatment(record: CourseRecord) -> Iterator[Event]:
    """Medicines that began or ended, visits, weights of the infant."""
    for medicine in record.medicines:
        if medicine.started_on:
            words = f"started{f', {medicine.dose}' if medicine.dose else ''}"
            yield Event(medicine.started_on, None, medicine.drug, words)
        if medicine.stopped_on:
            yield Event(medicine.stopped_on, None, medicine.drug, "last day")
    for visit in record.visits:
        words = visit.status.replace("-", " ")
        yield on(record, visit.starts_at, visit.words, words, None)
    for weight in record.weights:
        yield on(record, weight.at, f"Weight, {weight.name}", f"{weight.grams} g", None)
