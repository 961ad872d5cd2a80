"""This file is about an emergency: since when, what was done, and what waits meanwhile (D8.4)."""

from dataclasses import replace

from clinic.sessions.rules.basis import Basis
from clinic.sessions.rules.log import Intervention, Transition, TransitionEvent
from clinic.sessions.rules.results import (
    Emergency,
    EmergencyLine,
    NextDue,
    SessionState,
    Slot,
    SlotStatus,
)


def emergency_of(basis: Basis) -> Emergency | None:
    """The emergency that goes on; None once somebody said it is over, or she has left."""
    began = None if basis.left_at else _began(basis)
    if began is None:
        return None
    lines = tuple(
        EmergencyLine(
            done.effective_at,
            done.category.value,
            ", ".join(part for part in (done.drug, done.dose, done.route, done.text) if part),
            done.id,
            basis.log.author_of(done),
        )
        for done in basis.log.of(Intervention)
        if done.effective_at >= began.effective_at
    )
    return Emergency(began.effective_at, basis.log.author_of(began), lines)


def _began(basis: Basis) -> Transition | None:
    """The step that opened it; a second call for the same emergency joins the first."""
    began = None
    for step in basis.log.of(Transition):
        if step.event is TransitionEvent.EMERGENCY:
            began = began or step
        elif step.event is TransitionEvent.EMERGENCY_OVER:
            began = None
    return began


def without_stripes(state: SessionState) -> SessionState:
    """While it goes on nothing is overdue: it is due, and waits."""
    if state.emergency is None:
        return state
    due = tuple(_patient(one) for one in state.due)
    slots = tuple(_waiting(slot) for slot in state.slots)
    return replace(state, due=due, next_due=due[0] if due else None, slots=slots)


def _patient(due: NextDue) -> NextDue:
    return replace(due, overdue=False)


def _waiting(slot: Slot) -> Slot:
    signs = tuple(
        replace(s, status=SlotStatus.DUE) if s.status is SlotStatus.OVERDUE else s
        for s in slot.signs
    )
    overdue = slot.status is SlotStatus.OVERDUE
    return replace(slot, signs=signs, status=SlotStatus.DUE if overdue else slot.status)
