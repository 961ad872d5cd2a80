"""This file is about the phase of a session, from planned to left."""

from clinic.sessions.rules.basis import Basis
from clinic.sessions.rules.log import Order, Transition, TransitionEvent
from clinic.sessions.rules.results import DoseState, HoldState, Phase, Readiness


def phase_of(basis: Basis, dose: DoseState, hold: HoldState | None, readiness: Readiness) -> Phase:
    """Ready only when the dose is complete, the minimum stay over and she is well by evidence
    that is fresh; what is asked of her and her escort comes in the check itself."""
    if basis.left_at is not None:
        return Phase.LEFT
    if basis.t0 is None:
        return _before_dose(basis, hold)
    if not dose.complete:
        return Phase.DOSING
    ready = readiness.minimum_stay_met and readiness.clinical_met
    return Phase.READY if ready else Phase.OBSERVING


def _before_dose(basis: Basis, hold: HoldState | None) -> Phase:
    """Once a drug was delivered a session cannot be cancelled any more. An order that was written
    down with the plan is no sign that she is here."""
    if any(step.event is TransitionEvent.CANCELLED for step in basis.log.of(Transition)):
        return Phase.CANCELLED
    if hold is not None and not hold.overridden:
        return Phase.ON_HOLD
    is_here = any(not isinstance(entry, Order) for entry in basis.log.current)
    return Phase.PRE_DOSE if is_here else Phase.PLANNED
