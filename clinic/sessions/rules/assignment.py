"""This file is about which reading fills which slot, sign by sign (definitions D1.2)."""

from collections.abc import Iterable

from clinic.sessions.rules.basis import Basis
from clinic.sessions.rules.log import NotMeasured
from clinic.sessions.rules.readings import Readings
from clinic.sessions.rules.results import SignReading
from clinic.sessions.rules.slot_plan import PlannedSlot

Filled = dict[tuple[str, str], SignReading]
"""Slot key and sign -> the reading that fills it."""


def assign(basis: Basis, slots: list[PlannedSlot], readings: Readings) -> Filled:
    """Each value goes to the nearest slot that is empty and whose span holds it, on a tie to the
    earlier; oldest first. The pre-dose value is the baseline. What was said to be not measured
    fills only what no value fills."""
    filled: Filled = {}
    if basis.t0 is None:
        return filled
    for sign in basis.plan.schedule.required:
        _baseline(basis, slots[0], sign, readings, filled)
        values = readings.values(sign)
        left_out = [r for r in readings.of(sign) if isinstance(r.value, NotMeasured)]
        _fill(basis, slots, values, filled)
        _fill(basis, slots, left_out, filled)
    return filled


def _baseline(
    basis: Basis, slot: PlannedSlot, sign: str, readings: Readings, filled: Filled
) -> None:
    """Of several readings before the dose the pre-dose value counts, not the first."""
    chosen = readings.pre_dose.get(sign)
    if chosen is None:
        before = [r for r in readings.values(sign) if not basis.after_t0(r.effective_at)]
        chosen = next((r for r in reversed(before) if slot.holds(r.effective_at)), None)
    if chosen is not None:
        filled[slot.key, sign] = chosen


def _fill(
    basis: Basis, slots: list[PlannedSlot], readings: Iterable[SignReading], filled: Filled
) -> None:
    used = {id(other) for other in filled.values()}
    for reading in readings:
        if id(reading) in used or basis.gone(reading.effective_at):
            continue
        # Spans touch only where two slots are equally near: the first of them is the earlier.
        empty = (slot for slot in slots if (slot.key, reading.sign) not in filled)
        nearest = next((slot for slot in empty if slot.holds(reading.effective_at)), None)
        if nearest is not None:
            filled[nearest.key, reading.sign] = reading
