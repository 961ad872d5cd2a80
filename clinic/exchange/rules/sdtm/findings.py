"""This file is about what was found: VS and QS of the readings, each sign one record."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from clinic.exchange.rules.sdtm.domain import Row
from clinic.exchange.rules.sdtm.subject import Subject
from clinic.protocols.rules import BLOOD_PRESSURE, ENTRY_SIGNS, SIGNS
from clinic.reports.rules import SessionRecord
from clinic.reports.rules.record import EntryRecord, entries
from clinic.sessions.rules.log import (
    BloodPressure,
    Measured,
    NotMeasured,
    Observation,
    SignValue,
    Unrecordable,
)

Reading = EntryRecord[Observation]
NOT_DONE, UNRECORDABLE, OXYGEN = "NOT DONE", "UNRECORDABLE", "oxygen_l_min"
REFERENCE = "FIRST DOSE OF THE SESSION"


@dataclass(frozen=True)
class Found:
    """One sign of a set of readings: which one, and what was said of it."""

    row: Reading
    sign: str
    value: SignValue

    @property
    def is_scale(self) -> bool:
        """Whether it is a judgement, which SDTM keeps apart from vital signs."""
        return SIGNS[self.sign].is_scale

    @property
    def is_baseline(self) -> bool:
        """Whether it is the value before the dose of its session (definitions D2.1)."""
        parts = ("systolic", "diastolic")
        asked = BLOOD_PRESSURE if self.sign in parts else self.sign
        before = self.row.session.state.pre_dose.get(asked)
        return before is not None and before.entry_id == self.row.line.root_id


def found(session: SessionRecord) -> Iterator[Found]:
    """Every sign of every set of readings that stands; withdrawn ones are in no file."""
    for row in entries(session, Observation):
        if row.stands is None:
            continue
        for sign in ENTRY_SIGNS:
            if sign in row.stands.signs:
                yield from parts(row, sign, row.stands.signs[sign])
        if row.stands.oxygen_l_min is not None:
            yield Found(row, OXYGEN, Measured(row.stands.oxygen_l_min))


def parts(row: Reading, sign: str, value: SignValue) -> Iterator[Found]:
    """A blood pressure is two records of one group (definitions D2.1)."""
    if sign != BLOOD_PRESSURE:
        yield Found(row, sign, value)
        return
    for part in ("systolic", "diastolic"):
        if isinstance(value, Measured) and isinstance(value.value, BloodPressure):
            yield Found(row, part, Measured(getattr(value.value, part)))
        else:
            yield Found(row, part, value)


def of_readings(subject: Subject, code: str, *, scales: bool) -> Iterator[Row]:
    """The records of a domain, session after session."""
    for _, session in subject.sessions():
        for one in found(session):
            if one.is_scale is scales:
                yield record(subject, code, one)


def record(subject: Subject, code: str, one: Found) -> dict[str, object]:
    """One record."""
    row, book = one.row, subject.lens.book
    short, name = book.named(f"sdtm:{one.sign}"), book.words(f"sdtm:{one.sign}")
    session = row.session
    return {
        f"{code}GRPID": subject.lens.id(row.line.root_id),
        f"{code}TESTCD": short,
        f"{code}TEST": name,
        f"{code}CAT": name.upper() if one.is_scale else "VITAL SIGNS",
        **value(subject, code, one),
        f"{code}BLFL": "Y" if one.is_baseline else None,
        **subject.visits[session.id].values,
        **subject.timed(code, row.taken_at),
        **planned(subject, code, row),
    }


def value(subject: Subject, code: str, one: Found) -> dict[str, object]:
    """A number with its unit, that it could not be obtained, or why nobody measured."""
    unit = subject.lens.book.unit(one.sign)
    if isinstance(one.value, Measured) and not isinstance(one.value.value, BloodPressure):
        number: int | Decimal = one.value.value
        results = dict.fromkeys((f"{code}ORRES", f"{code}STRESC", f"{code}STRESN"), number)
        return {**results, f"{code}ORRESU": unit, f"{code}STRESU": unit}
    if isinstance(one.value, Unrecordable):
        return {f"{code}ORRES": UNRECORDABLE, f"{code}STRESC": UNRECORDABLE}
    if isinstance(one.value, NotMeasured):
        return {f"{code}STAT": NOT_DONE, f"{code}REASND": why(subject, one.value)}
    return {}


def why(subject: Subject, said: NotMeasured) -> str:
    """`REFUSED`, `OTHER: she was with her baby`."""
    words, code = subject.lens.mask.text(said.text), said.reason.value.upper()
    return f"{code}: {words}" if words else code


def planned(subject: Subject, code: str, row: Reading) -> dict[str, object]:
    """For which moment of the plan it counts; nothing of an extra reading (definitions D1.2)."""
    judged, session = row.row, row.session
    if judged is None or not judged.slot_labels or session.state.clock.t0 is None:
        return {}
    minutes = [s.minute for s in session.state.slots if s.label in judged.slot_labels]
    first = next((minute for minute in minutes if minute is not None), None)
    return {
        f"{code}TPT": "; ".join(judged.slot_labels),
        f"{code}TPTNUM": first,
        f"{code}ELTM": None if first is None else f"PT{first}M",
        f"{code}TPTREF": REFERENCE,
        f"{code}RFTDTC": subject.lens.moment(session.state.clock.t0),
    }
