"""This file is about the sessions of a course as rows: dose, rise, dissociation, side effects."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from clinic.protocols.rules import BLOOD_PRESSURE
from clinic.review.rules.record import CourseRecord, Treated
from clinic.sessions.rules.log import BloodPressure, Measured
from clinic.sessions.rules.results import SideEffect, SignReading

SPO2, DISSOCIATION = "spo2", "dissociation"


@dataclass(frozen=True)
class SessionRow:
    """One session with a T0. `day` counts from the first dose of the course.

    Rise in mmHg over her own pre-dose, None: unknown; limits are those of its own protocol.
    `outside`: at or over its limit. `effects`: the worst severity of each, in the order of onset.
    """

    id: uuid.UUID
    number: int
    day: float
    at: datetime
    dose: str
    dose_short: str
    baseline: str
    highest: str
    systolic: int | None
    diastolic: int | None
    systolic_limit: int
    diastolic_limit: int
    dissociation: int | None
    dissociation_word: str
    lowest_spo2: int | None
    effects: tuple[SideEffect, ...]
    alerts: int
    open_alerts: int
    minutes: int | None
    signed_by: str | None
    pause_from: datetime | None
    pause_ends_at: datetime | None
    written_late: tuple[str, ...]

    @property
    def systolic_outside(self) -> bool:
        """Definitions D2.2."""
        return self.systolic is not None and self.systolic >= self.systolic_limit

    @property
    def diastolic_outside(self) -> bool:
        """Definitions D2.2."""
        return self.diastolic is not None and self.diastolic >= self.diastolic_limit

    @property
    def rise_outside(self) -> bool:
        """Whether either side is at or over its limit."""
        return self.systolic_outside or self.diastolic_outside


def session_rows(record: CourseRecord) -> list[SessionRow]:
    """The sessions with a T0, in their order."""
    return [row_of(record, session, t0) for session, t0 in record.treated]


def row_of(record: CourseRecord, session: Treated, t0: datetime) -> SessionRow:
    """One session as a row."""
    state, limits = session.state, session.plan.rise
    peak = max(measured(session, DISSOCIATION, after=True), key=number_of, default=None)
    given, alerts = state.dose.given_mg, [a for a in state.alerts if not a.raised_in_error]
    return SessionRow(
        id=session.id,
        number=session.number,
        day=record.day(t0),
        at=t0,
        dose=state.dose.text,
        dose_short="?" if given is None else format(given.normalize(), "f"),
        baseline=pressure_before(session),
        highest=highest_pressure(session),
        systolic=state.rise.systolic if state.rise.known else None,
        diastolic=state.rise.diastolic if state.rise.known else None,
        systolic_limit=limits.systolic_from,
        diastolic_limit=limits.diastolic_from,
        dissociation=number_of(peak) if peak else None,
        dissociation_word=peak.word if peak else "",
        lowest_spo2=min(map(number_of, measured(session, SPO2, after=False)), default=None),
        effects=state.side_effects,
        alerts=len(alerts),
        open_alerts=sum(alert.is_open for alert in alerts),
        minutes=state.clock.total_minutes,
        signed_by=session.signed_by,
        pause_from=state.clock.last_drug_at,
        pause_ends_at=state.agreed_pause_ends_at,
        written_late=session.written_late,
    )


def measured(session: Treated, sign: str, *, after: bool) -> list[SignReading]:
    """The readings of a sign that are numbers; `after`: only those from T0 on."""
    return [
        reading
        for row in session.state.rows
        for reading in row.readings
        if reading.sign == sign and isinstance(reading.value, Measured)
        if not after or (reading.minute is not None and reading.minute >= 0)
    ]


def number_of(reading: SignReading) -> int:
    """The number of a reading that has one."""
    value = reading.value.value if isinstance(reading.value, Measured) else None
    if value is None or isinstance(value, BloodPressure):
        raise TypeError("not one number")
    return int(value)


def pressure_before(session: Treated) -> str:
    """`118/76`, or nothing without a pre-dose value (definitions D2.1)."""
    reading = session.state.pre_dose.get(BLOOD_PRESSURE)
    return str(reading.value.value) if reading and isinstance(reading.value, Measured) else ""


def highest_pressure(session: Treated) -> str:
    """The highest systolic and the highest diastolic after T0; they may be of two readings."""
    pairs = [
        reading.value.value
        for reading in measured(session, BLOOD_PRESSURE, after=True)
        if isinstance(reading.value, Measured) and isinstance(reading.value.value, BloodPressure)
    ]
    if not pairs:
        return ""
    return f"{max(p.systolic for p in pairs)}/{max(p.diastolic for p in pairs)}"
