"""This file is about what the registry asks: sedation, dissociation, a blood pressure between."""

from clinic.protocols.rules import BLOOD_PRESSURE, SessionPlan
from clinic.sessions.rules.log import Measured
from clinic.sessions.rules.results import SessionState, SignReading, SlotStatus

MOAAS, DISSOCIATION = "moaas", "dissociation"
YES, NO, UNKNOWN = "yes", "no", "unknown"
MEASURED = (SlotStatus.DONE, SlotStatus.LATE)


def sedation(plan: SessionPlan, state: SessionState) -> str | None:
    """Any MOAA/S below the top of its scale, after the dose and until she left (D7.8)."""
    awake = plan.limits[MOAAS].entry.highest
    seen = any(value < awake for value in after_dose(state, MOAAS))
    return answer(plan, state, MOAAS, seen=seen)


def dissociation(plan: SessionPlan, state: SessionState) -> str | None:
    """Any score above the bottom of its scale, or dissociation among the side effects (D7.8)."""
    nothing = plan.limits[DISSOCIATION].entry.lowest
    seen = any(value > nothing for value in after_dose(state, DISSOCIATION))
    seen = seen or any(effect.term == DISSOCIATION for effect in state.side_effects)
    return answer(plan, state, DISSOCIATION, seen=seen)


def pressure_between(plan: SessionPlan, state: SessionState) -> SignReading | None:
    """The blood pressure of the slot that the protocol names for the registry, however late it was
    taken, or why it was not; None when nothing fills that slot, or the protocol names none."""
    minute = plan.report.pressure_minute if plan.report else None
    if minute is None or state.clock.t0 is None:
        return None
    parts = [part for slot in state.slots if slot.minute == minute for part in slot.signs]
    found = {part.reading_id for part in parts if part.sign == BLOOD_PRESSURE}
    readings = (one for row in state.rows if row.entry_id in found for one in row.readings)
    return next((one for one in readings if one.sign == BLOOD_PRESSURE), None)


def after_dose(state: SessionState, sign: str) -> list[int]:
    """The measured scores of a sign after T0 and until she left."""
    t0, left_at = state.clock.t0, state.clock.left_at
    if t0 is None:
        return []
    return [
        reading.value.value
        for row in state.rows
        for reading in row.readings
        if reading.sign == sign and isinstance(reading.value, Measured)
        if isinstance(reading.value.value, int)
        if t0 < reading.effective_at and (left_at is None or reading.effective_at <= left_at)
    ]


def answer(plan: SessionPlan, state: SessionState, sign: str, *, seen: bool) -> str | None:
    """yes: it was seen. no: every slot after the dose has a score, and none shows it.

    unknown: none shows it, but one is missing (D2.4). None: no drug was delivered, so the session
    is not counted.
    """
    if state.clock.t0 is None:
        return None
    if seen:
        return YES
    return NO if sign in plan.schedule.required and complete(state, sign) else UNKNOWN


def complete(state: SessionState, sign: str) -> bool:
    """Whether every slot after the dose has a score of this sign."""
    t0 = state.clock.t0
    slots = [slot for slot in state.slots if slot.due_at is None or t0 is None or slot.due_at > t0]
    found = [part.status for slot in slots for part in slot.signs if part.sign == sign]
    return bool(found) and all(status in MEASURED for status in found)
