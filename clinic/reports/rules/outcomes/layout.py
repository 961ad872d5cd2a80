"""This file is about figures in the order in which they are read, each with what it means."""

from collections.abc import Iterator
from dataclasses import dataclass

from clinic.reports.rules.outcomes.counted import Key
from clinic.reports.rules.outcomes.definitions import Code, Definition
from clinic.reports.rules.outcomes.report import PER_MOMENT, Report
from clinic.reports.rules.outcomes.words import Shown, percent, shown

OUTCOME = (Code.RESPONSE, Code.REMISSION)
SECTIONS: tuple[tuple[str, tuple[Code, ...]], ...] = (
    (
        "Course of treatment",
        (
            Code.CHANGE,
            Code.SUSTAINED,
            Code.TIME_TO_RESPONSE,
            Code.TIME_TO_RELAPSE,
            Code.SUICIDALITY,
            Code.DISCONTINUED,
        ),
    ),
    (
        "Safety",
        (
            Code.SERIOUS,
            Code.RISE_SYSTOLIC,
            Code.RISE_DIASTOLIC,
            Code.RISE_OVER,
            Code.SEDATION,
            Code.DISSOCIATION,
            Code.STOPPED_EARLY,
        ),
    ),
    (
        "Time in the clinic",
        (Code.READY, Code.READY_SAID, Code.LEFT, Code.LEFT_AFTER_STOP, Code.UNDER_MINIMUM),
    ),
    (
        "Completeness and work",
        (
            Code.PRESSURE_AT_PEAK,
            Code.VITALS,
            Code.ON_TIME,
            Code.FOLLOWED_UP,
            Code.FORM_ON_TIME,
            Code.ALERTS,
            Code.ACKNOWLEDGED,
            Code.RISK_ANSWER,
        ),
    ),
)
UNITS = {
    Code.CHANGE: "points",
    Code.RISE_SYSTOLIC: "mmHg",
    Code.RISE_DIASTOLIC: "mmHg",
    Code.SERIOUS: "in 1,000",
}


@dataclass(frozen=True)
class Row:
    """One figure as it is read. `whys`: why some are missing, with how often."""

    key: Key
    title: str
    unit: str
    said: Shown
    definition: Definition
    whys: str


@dataclass(frozen=True)
class Section:
    """Figures that are read together."""

    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class EffectRow:
    """One side effect: among sessions, moderate or severe ones, and among patients."""

    term: str
    title: str
    sessions: Shown
    severe: str
    patients: Shown


def sections(report: Report, *, shared: bool) -> list[Section]:
    """All figures but response, remission and side effects."""
    return [
        Section(title, tuple(row for code in codes for row in rows_of(report, code, shared=shared)))
        for title, codes in SECTIONS
    ]


def outcome_rows(report: Report, *, shared: bool) -> list[Row]:
    """Response at each moment, then remission."""
    return [row for code in OUTCOME for row in rows_of(report, code, shared=shared)]


def rows_of(report: Report, code: Code, *, shared: bool) -> Iterator[Row]:
    """The rows of one code: one for each moment, or one."""
    parts = list(report.moments) if code in PER_MOMENT else [""]
    for part in parts:
        yield row_of(report, Key(code, part), shared=shared)


def row_of(report: Report, key: Key, *, shared: bool) -> Row:
    """One figure as it is read."""
    small = report.rules.small
    found = report.whys.get(key, {})
    # One that is few would be what is left of the missing once the others are taken away.
    told = {} if shared and any(0 < n < small for n in found.values()) else found
    whys = [f"{n:,}: {why}" for why, n in told.items() if n]
    return Row(
        key=key,
        title=report.title(key),
        unit=UNITS.get(Code(key.code), ""),
        said=shown(report.figures[key], small, shared=shared),
        definition=report.definition(key),
        whys=" ".join(whys),
    )


def effect_table(report: Report, *, shared: bool) -> list[EffectRow]:
    """Every side effect that was seen."""
    small, rows = report.rules.small, []
    for term, title in report.terms.items():
        one, hers = report.at(Code.EFFECT, term), report.at(Code.EFFECT_PATIENT, term)
        sessions = shown(one, small, shared=shared)
        is_few = shared and 0 < min(one.severe, one.count - one.severe) < small
        severe = f"{percent(one.severe / one.of)} {one.severe:,}" if one.of else ""
        told = severe if sessions.drawn and not is_few else ""
        rows.append(EffectRow(term, title, sessions, told, shown(hers, small, shared=shared)))
    return rows
