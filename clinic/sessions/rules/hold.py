"""This file is about the hold before the dose: why, until when, who may override (D3)."""

from clinic.protocols.rules import BLOOD_PRESSURE
from clinic.sessions.rules.basis import Basis
from clinic.sessions.rules.log import BloodPressure, Measured, Transition, TransitionEvent
from clinic.sessions.rules.moments import minutes
from clinic.sessions.rules.pre_dose import is_held
from clinic.sessions.rules.readings import Readings
from clinic.sessions.rules.results import HoldState, SignReading


def hold_of(basis: Basis, readings: Readings) -> HoldState | None:
    """The hold by the last blood pressure before the dose; None when that one is not held.

    A repeat that cannot be recorded lifts nothing. After T0 it tells how the dose was begun.
    """
    before = [
        reading
        for reading in readings.of(BLOOD_PRESSURE)
        if isinstance(reading.value, Measured) and not basis.after_t0(reading.effective_at)
    ]
    if not before or not is_held(basis, before[-1].value):
        return None
    return _hold(basis, before[-1])


def _hold(basis: Basis, reading: SignReading) -> HoldState:
    rule = basis.plan.hold
    pair = _pair(reading)
    barred = _do_not_dose(basis, reading, pair)
    return HoldState(
        reading=pair,
        reading_id=reading.entry_id,
        why=_why(basis, pair, barred),
        source=basis.plan.do_not_dose.source if barred else rule.source,
        do_not_dose=barred,
        recheck_opens_at=reading.effective_at + minutes(rule.recheck_opens_minutes),
        recheck_due_at=reading.effective_at + minutes(rule.recheck_due_minutes),
        may_be_overridden=not barred,
        override=None if barred else _override(basis, reading),
    )


def _pair(reading: SignReading) -> BloodPressure:
    assert isinstance(reading.value, Measured)  # noqa: S101 - narrows the type
    assert isinstance(reading.value.value, BloodPressure)  # noqa: S101 - narrows the type
    return reading.value.value


def _do_not_dose(basis: Basis, reading: SignReading, pair: BloodPressure) -> bool:
    rule = basis.plan.do_not_dose
    severe = pair.systolic >= rule.systolic_from or pair.diastolic >= rule.diastolic_from
    return severe and basis.obstetric(reading.effective_at, rule.up_to_day)


def _why(basis: Basis, pair: BloodPressure, barred: bool) -> str:
    if barred:
        rule = basis.plan.do_not_dose
        limits = f"{rule.systolic_from} systolic or {rule.diastolic_from} diastolic"
        return f"{pair}, do not dose from {limits} up to day {rule.up_to_day} after the birth"
    hold = basis.plan.hold
    return f"{pair}, hold from {hold.systolic_from} systolic or {hold.diastolic_from} diastolic"


def _override(basis: Basis, reading: SignReading) -> Transition | None:
    """Only a word spoken after the last held reading counts for it."""
    spoken = (
        step
        for step in basis.log.of(Transition)
        if step.event is TransitionEvent.HOLD_OVERRIDDEN
        and step.effective_at >= reading.effective_at
        and not basis.after_t0(step.effective_at)
    )
    return next(spoken, None)
