"""This file is about how each slot stands: planned, due, overdue, done, late or missed (D1.2)."""

from clinic.sessions.rules.assignment import Filled
from clinic.sessions.rules.basis import Basis
from clinic.sessions.rules.log import NotMeasured
from clinic.sessions.rules.moments import minutes, minutes_between
from clinic.sessions.rules.results import SignReading, Slot, SlotSign, SlotStatus
from clinic.sessions.rules.slot_plan import PlannedSlot

OPEN = (SlotStatus.OVERDUE, SlotStatus.DUE, SlotStatus.PLANNED)
LEFT_BEFORE = "left before it was due"


def slot_states(basis: Basis, planned: list[PlannedSlot], filled: Filled) -> tuple[Slot, ...]:
    """The slots as they stand now."""
    return tuple(_slot(basis, slot, filled) for slot in planned)


def _slot(basis: Basis, slot: PlannedSlot, filled: Filled) -> Slot:
    signs = tuple(
        _sign(basis, slot, sign, filled.get((slot.key, sign)))
        for sign in basis.plan.schedule.required
    )
    reasons = dict.fromkeys(sign.reason for sign in signs if sign.reason)
    lateness = [sign.late_by_minutes for sign in signs if sign.late_by_minutes]
    return Slot(
        key=slot.key,
        label=slot.label,
        minute=slot.minute,
        due_at=slot.due_at,
        status=_overall([sign.status for sign in signs]),
        signs=signs,
        open_signs=tuple(sign.sign for sign in signs if sign.status in OPEN),
        missed_signs=tuple(s.sign for s in signs if s.status is SlotStatus.MISSED),
        late_by_minutes=max(lateness, default=None),
        reason=", ".join(reasons) or None,
        reading_id=next((sign.reading_id for sign in signs if sign.reading_id), None),
    )


def _overall(statuses: list[SlotStatus]) -> SlotStatus:
    """What still has to be done comes first; missed only when nothing was found at all, for what
    is missing besides is named in `missed_signs`."""
    order = (*OPEN, SlotStatus.LATE, SlotStatus.DONE, SlotStatus.MISSED)
    return next((status for status in order if status in statuses), SlotStatus.NOT_MEASURED)


def _sign(basis: Basis, slot: PlannedSlot, sign: str, reading: SignReading | None) -> SlotSign:
    if reading is None:
        status = _empty(basis, slot)
        missed_unseen = (
            status is SlotStatus.MISSED and slot.due_at is not None and basis.gone(slot.due_at)
        )
        return SlotSign(sign, status, reason=LEFT_BEFORE if missed_unseen else None)
    return _answered(basis, slot, reading)


def _answered(basis: Basis, slot: PlannedSlot, reading: SignReading) -> SlotSign:
    if isinstance(reading.value, NotMeasured):
        reason = reading.value.text or reading.value.reason.value
        return SlotSign(
            reading.sign,
            SlotStatus.NOT_MEASURED,
            reading.entry_id,
            reading.effective_at,
            reason=reason,
        )
    late_by = minutes_between(slot.due_at or reading.effective_at, reading.effective_at)
    late = late_by > basis.plan.schedule.on_time_minutes
    return SlotSign(
        reading.sign,
        SlotStatus.LATE if late else SlotStatus.DONE,
        reading.entry_id,
        reading.effective_at,
        late_by if late else None,
    )


def _empty(basis: Basis, slot: PlannedSlot) -> SlotStatus:
    if basis.left_at is not None and basis.t0 is not None:
        return SlotStatus.MISSED
    if slot.due_at is None:
        return SlotStatus.PLANNED
    schedule = basis.plan.schedule
    if slot.closes_at is not None and basis.reached(slot.closes_at):
        return SlotStatus.MISSED
    if basis.reached(slot.due_at + minutes(schedule.on_time_minutes + 1)):
        return SlotStatus.OVERDUE
    if basis.reached(slot.due_at - minutes(schedule.due_now_minutes)):
        return SlotStatus.DUE
    return SlotStatus.PLANNED
