"""This file is about what to do next: slots, repeats, rechecks, devices, the check for leaving."""

from collections.abc import Iterator
from datetime import datetime

from clinic.protocols.rules import BLOOD_PRESSURE, SIGNS
from clinic.sessions.rules.basis import Basis
from clinic.sessions.rules.log import Transition, TransitionEvent
from clinic.sessions.rules.moments import minutes
from clinic.sessions.rules.results import (
    Alert,
    DoseState,
    DueKind,
    HoldState,
    NextDue,
    Phase,
    SessionState,
    Slot,
)

ORDER = (
    DueKind.REPEAT,
    DueKind.RECHECK,
    DueKind.EXTRA,
    DueKind.DEVICE,
    DueKind.SLOT,
    DueKind.READINESS,
)


def due_list(basis: Basis, slots: tuple[Slot, ...], state: SessionState) -> tuple[NextDue, ...]:
    """All that is due, soonest first; at the same minute a repeat comes before a slot. A device
    that may be given waits behind what should have been measured by now. When nothing else is
    left the check for leaving is due, at the end of the minimum stay."""
    if state.phase in (Phase.LEFT, Phase.CANCELLED):
        return ()
    due = [
        *_slots(slots),
        *_repeats(basis, state.alerts),
        *_recheck(basis, state.hold),
        *_extra(basis),
        *_device(state.dose),
    ]
    if not due and state.clock.minimum_stay_ends_at is not None:
        ends_at = state.clock.minimum_stay_ends_at
        return (NextDue(DueKind.READINESS, "Discharge check", ends_at, overdue=False),)
    return tuple(sorted(due, key=lambda one: _order(basis, one)))


def _order(basis: Basis, one: NextDue) -> tuple[bool, datetime, int]:
    waits = one.kind is DueKind.DEVICE or not basis.reached(one.due_at)
    return waits, one.due_at, ORDER.index(one.kind)


def _slots(slots: tuple[Slot, ...]) -> Iterator[NextDue]:
    for slot in slots:
        if slot.due_at is not None and slot.open_signs:
            overdue = slot.status.value == "overdue"
            yield NextDue(DueKind.SLOT, slot.label, slot.due_at, overdue, slot.open_signs, slot.key)


def _repeats(basis: Basis, alerts: tuple[Alert, ...]) -> Iterator[NextDue]:
    wanted = {(a.repeat_due_at, a.repeat_signs) for a in alerts if a.is_open and a.repeat_due_at}
    for due_at, signs in sorted(wanted):
        what = f"Repeat {', '.join(SIGNS[sign].display for sign in signs)}"
        yield NextDue(DueKind.REPEAT, what, due_at, _overdue(basis, due_at), signs)


def _recheck(basis: Basis, hold: HoldState | None) -> Iterator[NextDue]:
    if hold is None or hold.overridden or basis.t0 is not None:
        return
    due_at = hold.recheck_due_at
    what = f"Recheck {SIGNS[BLOOD_PRESSURE].display}"
    yield NextDue(DueKind.RECHECK, what, due_at, _overdue(basis, due_at), (BLOOD_PRESSURE,))


def _extra(basis: Basis) -> Iterator[NextDue]:
    """The readings that were planned when she was kept longer. Any reading that is taken once it is
    due, or on time before, answers it for its signs; one that was there before does not."""
    on_time = minutes(basis.plan.schedule.on_time_minutes)
    for step in basis.log.of(Transition):
        if step.event is not TransitionEvent.KEPT_LONGER or step.minutes is None:
            continue
        due_at = step.effective_at + minutes(step.minutes)
        opens_at = max(due_at - on_time, step.effective_at + minutes(1))
        taken = [o.signs for o in basis.observations if o.effective_at >= opens_at]
        signs = tuple(s for s in basis.plan.schedule.required if not any(s in t for t in taken))
        if signs:
            yield NextDue(DueKind.EXTRA, "Extra reading", due_at, _overdue(basis, due_at), signs)


def _device(dose: DoseState) -> Iterator[NextDue]:
    if dose.next_device_opens_at is not None:
        what = f"Device {dose.next_device_number}"
        yield NextDue(DueKind.DEVICE, what, dose.next_device_opens_at, overdue=False)


def _overdue(basis: Basis, due_at: datetime) -> bool:
    return basis.reached(due_at + minutes(basis.plan.schedule.on_time_minutes + 1))
