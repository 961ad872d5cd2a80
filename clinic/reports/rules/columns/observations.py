"""This file is about the columns of observations: each sign as typed, and how it was judged."""

from collections.abc import Callable

from clinic.protocols.rules import BLOOD_PRESSURE, ENTRY_SIGNS, MAY_BE_UNRECORDABLE, SIGNS, Level
from clinic.reports.rules.cells import Kind
from clinic.reports.rules.column import Column, codes
from clinic.reports.rules.columns.common import ENTRY, LOG
from clinic.reports.rules.masks import Privacy
from clinic.reports.rules.record import EntryRecord, ReadingsRecord, SessionRecord, entries
from clinic.sessions.rules.log import (
    BloodPressure,
    Measured,
    NotMeasured,
    NotMeasuredReason,
    Observation,
    SignValue,
    Unrecordable,
)

Reading = EntryRecord[Observation]

# Name of the column of each number, with its unit.
NUMBERS = {
    "systolic": "systolic_mmhg",
    "diastolic": "diastolic_mmhg",
    "heart_rate": "heart_rate_per_min",
    "respiratory_rate": "respiratory_rate_per_min",
    "spo2": "spo2_percent",
    "temperature": "temperature_cel",
    "moaas": "moaas_score",
    "dissociation": "dissociation_score",
}


def rows(session: SessionRecord | ReadingsRecord) -> tuple[Reading, ...]:
    """One row for each observation, oldest first."""
    return tuple(entries(session, Observation))


def said(row: Reading, sign: str) -> SignValue | None:
    """What the observation says of a sign; None once it was withdrawn."""
    return row.stands.signs.get(sign) if row.stands else None


def number(row: Reading, sign: str, part: str) -> object:
    """A measured number; None for anything else. `part`: which of the pair, else the sign."""
    value = said(row, sign)
    if not isinstance(value, Measured):
        return None
    return getattr(value.value, part) if isinstance(value.value, BloodPressure) else value.value


def level(row: Reading, sign: str) -> str | None:
    """The code of the level; None where nothing was judged."""
    reading = row.judged.get(sign)
    return reading.level.value if reading and reading.level else None


def word(row: Reading, sign: str) -> str | None:
    """The word of the level, as it was shown."""
    reading = row.judged.get(sign)
    return reading.word or None if reading else None


def why_not(row: Reading, sign: str) -> str | None:
    """Why a sign was not measured."""
    value = said(row, sign)
    return value.reason.value if isinstance(value, NotMeasured) else None


def why_not_in_words(row: Reading) -> str | None:
    """The words of "other"; one text for the whole observation."""
    signs = row.stands.signs.values() if row.stands else ()
    return next((s.text for s in signs if isinstance(s, NotMeasured) and s.text), None)


def of_sign(sign: str) -> tuple[Column[Reading], ...]:
    """The columns of one sign."""
    parts = ("systolic", "diastolic") if sign == BLOOD_PRESSURE else (sign,)
    numbers = tuple(measured(sign, part) for part in parts)
    return (*numbers, *instead(sign), *judgement(sign))


def measured(sign: str, part: str) -> Column[Reading]:
    """The number of a sign."""
    info = SIGNS[part]
    return Column(
        NUMBERS[part],
        f"{info.display[:1].upper()}{info.display[1:]}, as typed"
        + (f"; {info.caution}" if info.caution else ""),
        Kind.DECIMAL if info.decimals else Kind.INTEGER,
        lambda row: number(row, sign, part),
        unit=info.unit,
        definition="D2.7" if info.is_scale else "D2.3",
    )


def instead(sign: str) -> tuple[Column[Reading], ...]:
    """What was said instead of a number."""
    name = SIGNS[sign].display
    not_measured: Column[Reading] = Column(
        f"{sign}_not_measured_because",
        f"Why {name} was not measured",
        Kind.CODE,
        lambda row: why_not(row, sign),
        codes=codes(NotMeasuredReason),
        definition="D2.4",
    )
    if sign not in MAY_BE_UNRECORDABLE:
        return (not_measured,)
    unrecordable: Column[Reading] = Column(
        f"{sign}_unrecordable",
        f"yes: {name} was tried and could not be obtained",
        Kind.YES_NO,
        lambda row: True if isinstance(said(row, sign), Unrecordable) else None,
        definition="D2.5",
    )
    return unrecordable, not_measured


def judgement(sign: str) -> tuple[Column[Reading], ...]:
    """How the protocol of the session judged it."""
    name = SIGNS[sign].display
    return (
        Column(
            f"{sign}_level",
            f"Level of {name} by the session's protocol",
            Kind.CODE,
            lambda row: level(row, sign),
            codes=codes(Level),
            definition="D3",
        ),
        Column(
            f"{sign}_word",
            f"Word of that level for {name}, as shown",
            Kind.TEXT,
            lambda row: word(row, sign),
            definition="D3",
            privacy=Privacy.KEEP,
        ),
    )


def from_row(value: Callable[[Reading], object]) -> Callable[[Reading], object]:
    """A value of a judged observation; None for a withdrawn one."""
    return lambda row: value(row) if row.row and row.stands else None


COLUMNS: tuple[Column[Reading], ...] = (
    *ENTRY,
    Column(
        "slots",
        "Slots it filled, separated by a semicolon; empty: an extra reading",
        Kind.TEXT,
        from_row(lambda row: "; ".join(row.session.rows[row.line.root_id].slot_labels) or None),
        definition="D1.2",
        privacy=Privacy.KEEP,
    ),
    Column(
        "late_by_minutes",
        "Minutes after the slot was due; empty when on time or extra",
        Kind.INTEGER,
        from_row(lambda row: row.session.rows[row.line.root_id].late_by_minutes),
        unit="min",
        definition="D1.2",
    ),
    *(column for sign in ENTRY_SIGNS for column in of_sign(sign)),
    Column(
        "oxygen_l_per_min",
        "Oxygen flow, as typed; 0 is room air, empty is not stated",
        Kind.DECIMAL,
        lambda row: row.stands.oxygen_l_min if row.stands else None,
        unit=SIGNS["oxygen_l_min"].unit,
        definition="D2.6",
    ),
    Column("not_measured_words", 'Words of "other", as typed', Kind.TEXT, why_not_in_words),
    *LOG,
)
