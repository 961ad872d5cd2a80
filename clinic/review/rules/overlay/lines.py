"""This file is about one session as lines over minutes from its first dose, one for each sign."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal

from clinic.protocols.rules import BLOOD_PRESSURE, Band, DrugForm, Level, Route, SessionPlan
from clinic.review.rules.record import CourseRecord, Treated
from clinic.sessions.rules import by_weight
from clinic.sessions.rules.dose import amount
from clinic.sessions.rules.log import BloodPressure, Measured
from clinic.sessions.rules.results import Row, SignReading, SlotStatus

SYSTOLIC, DIASTOLIC = "systolic", "diastolic"
DISSOCIATION, SEDATION = "dissociation", "moaas"
SIGNS = (SYSTOLIC, DIASTOLIC, DISSOCIATION, SEDATION, "heart_rate", "spo2")
PAIR = (SYSTOLIC, DIASTOLIC)
EARLY = ("left-against-advice", "transferred")
TENTH = Decimal("0.1")

# Drug, form and route: milligrams and minutes of one are not those of another (definitions D1.5).
Given = tuple[str, DrugForm, Route]


@dataclass(frozen=True)
class Value:
    """One value of a line, `minute` from T0, negative before it.

    `value` None: a gap, for what was missed, refused or unrecordable (definitions D2.4). `change`
    is over the pre-dose value, which itself is 0; None: no baseline, or before the dose. `level`
    None: the clinic has set no limits. `slots`: the labels of the slots that it filled.
    """

    minute: int
    value: int | None
    change: int | None = None
    level: Level | None = None
    word: str = ""
    slots: tuple[str, ...] = ()

    @property
    def outside(self) -> bool:
        """Whether it lies beyond a limit that raises an alert (definitions D3)."""
        return self.level is not None and self.level.raises_alert


@dataclass(frozen=True)
class Line:
    """One session with a T0. `same_dose`: what a session of the same dose has too, None: not known.

    `dose`: as delivered, never as planned (definitions D5.1). `until`: minute of leaving, or of
    now. `ahead`: minutes of slots still to come. `ended_early`: dosing was stopped, or she left
    against advice or to a hospital.
    """

    session: Treated
    at: datetime
    given: Given
    dose: str
    same_dose: Decimal | None
    values: Mapping[str, tuple[Value, ...]]
    running: bool
    until: int
    ahead: tuple[int, ...]
    ended_early: bool

    @property
    def number(self) -> int:
        """The number of the session in its course."""
        return self.session.number

    @property
    def has_baseline(self) -> bool:
        """Whether there was a pressure before the dose (definitions D2.1)."""
        return BLOOD_PRESSURE in self.session.state.pre_dose


def lines_of(record: CourseRecord) -> list[Line]:
    """The sessions in which drug was delivered, by their T0."""
    return [line_of(session, t0) for session, t0 in record.treated]


def line_of(session: Treated, t0: datetime) -> Line:
    """One session as lines."""
    state, plan = session.state, session.plan
    gone, clock = state.clock.left_at is not None, state.clock
    running = not gone and not session.locked
    until = (clock.total_minutes if gone else clock.elapsed_minutes) or 0
    return Line(
        session=session,
        at=t0,
        given=(plan.drug, plan.form, plan.route),
        dose=dose_words(session),
        same_dose=same_dose(session),
        values={sign: values_of(session, sign) for sign in SIGNS},
        running=running,
        until=until,
        ahead=tuple(s.minute for s in state.slots if s.minute is not None and s.minute > until)
        if running
        else (),
        ended_early=state.dose.stopped_early or state.readiness.left_how in EARLY,
    )


def dose_words(session: Treated) -> str:
    """`84 mg`; `28 mg + unknown` where a part of it is not known (definitions D5.1)."""
    dose = session.state.dose
    if dose.given_mg is not None:
        return f"{amount(dose.given_mg)} mg"
    if dose.running or dose.paused:
        return "running"
    return f"{amount(dose.known_mg)} mg + unknown" if dose.known_mg else "amount unknown"


def same_dose(session: Treated) -> Decimal | None:
    """mg delivered; by weight mg/kg to a tenth, for the mg differ with every weight."""
    given, plan = session.state.dose.given_mg, session.plan
    if given is None or not by_weight(plan):
        return given
    if not session.weight_kg:
        return None
    return (given / session.weight_kg).quantize(TENTH, ROUND_HALF_UP)


def values_of(session: Treated, sign: str) -> tuple[Value, ...]:
    """A sign by minute: the pre-dose window, the session until she left, and what was missed."""
    found = [*read(session, sign), *missed(session, sign)]
    return tuple(sorted(found, key=lambda one: one.minute))


def read(session: Treated, sign: str) -> Iterator[Value]:
    """What was found, or tried; a row that says nothing of the sign is no gap."""
    window, left = session.plan.baseline.window_minutes, session.state.clock.left_at
    name = BLOOD_PRESSURE if sign in PAIR else sign
    for row in session.state.rows:
        inside = row.minute is not None and row.minute >= -window
        if inside and (left is None or row.effective_at <= left):
            yield from (
                value_of(session, sign, row, one) for one in row.readings if one.sign == name
            )


def value_of(session: Treated, sign: str, row: Row, reading: SignReading) -> Value:
    """One reading on its line."""
    pre_dose = session.state.pre_dose.get(reading.sign)
    is_baseline = pre_dose is not None and pre_dose.entry_id == reading.entry_id
    value = number_of(sign, reading)
    band = band_of(session.plan, sign, value)
    return Value(
        minute=row.minute or 0,
        value=value,
        change=0 if is_baseline else change_of(sign, reading),
        level=band.level if band else None,
        word=band.word if band else reading.word,
        slots=row.slot_labels,
    )


def number_of(sign: str, reading: SignReading) -> int | None:
    """The number of a side or a sign; None where there is none."""
    value = reading.value.value if isinstance(reading.value, Measured) else None
    if isinstance(value, BloodPressure):
        return value.systolic if sign == SYSTOLIC else value.diastolic
    return None if value is None else int(value)


def change_of(sign: str, reading: SignReading) -> int | None:
    """The change over pre-dose of a side or a sign."""
    if isinstance(reading.change, tuple):
        return reading.change[0 if sign == SYSTOLIC else 1]
    return None if reading.change is None else int(reading.change)


def band_of(plan: SessionPlan, sign: str, value: int | None) -> Band | None:
    """The band of a value by its own session's protocol (definitions D7.7)."""
    bands: Sequence[Band] = plan.limits[sign].bands or ()
    if value is None:
        return None
    return next((band for band in reversed(bands) if band.lower <= value), None)


def missed(session: Treated, sign: str) -> Iterator[Value]:
    """Slots in which nobody looked at a sign that the protocol asks for, while she was there."""
    name, left = BLOOD_PRESSURE if sign in PAIR else sign, session.state.clock.left_at
    for slot in session.state.slots:
        if slot.minute is None or slot.due_at is None or (left and slot.due_at > left):
            continue
        if any(one.sign == name and one.status is SlotStatus.MISSED for one in slot.signs):
            yield Value(slot.minute, None, word="Missed", slots=(slot.label,))


def after(line: Line, sign: str) -> list[Value]:
    """The values after T0, gaps among them."""
    return [one for one in line.values[sign] if one.minute > 0]
