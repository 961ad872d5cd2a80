"""This file is about a criterion of leaving that a psychiatrist overrode, and what nobody can (D6).

An override covers what she read: another value, a newer answer or too much time, and it is gone.
"""

from dataclasses import replace
from hashlib import sha256

from clinic.protocols.rules import Level
from clinic.sessions.rules.basis import Basis
from clinic.sessions.rules.emergency import emergency_of
from clinic.sessions.rules.log import Transition, TransitionEvent
from clinic.sessions.rules.moments import minutes
from clinic.sessions.rules.results import (
    Alert,
    Criterion,
    CriterionStatus,
    Overridden,
    SessionState,
)

STAY, ALERTS = "minimum-stay", ("alerts", "respiratory-alerts")


def with_override(
    basis: Basis, criterion: Criterion, alerts: tuple[Alert, ...], *, ages: bool
) -> Criterion:
    """The criterion with the override that stands, or with why there can be none.

    `ages`: it is evidence of how she is, so that its override is not older than evidence may be.
    """
    if criterion.status is CriterionStatus.MET:
        return criterion
    if never := _never(basis, criterion, alerts):
        return replace(criterion, never=never)
    step = _latest(basis, criterion.code)
    if step is None or not _covers(basis, step, criterion, ages=ages):
        return criterion
    signed = Overridden(step.author_id, step.effective_at, step.reason or "")
    return replace(criterion, status=CriterionStatus.OVERRIDDEN, overridden=signed)


def _never(basis: Basis, criterion: Criterion, alerts: tuple[Alert, ...]) -> str:
    """Why nobody can override it, as a sentence; empty when a psychiatrist can."""
    if emergency_of(basis) is not None:
        return "An emergency goes on."
    emergency = any(alert.is_open and alert.level is Level.EMERGENCY for alert in alerts)
    if criterion.code in ALERTS and emergency:
        return "An emergency is closed by a psychiatrist with the reason, and not overridden."
    if criterion.code == STAY and not basis.plan.minimum_stay.may_be_overridden:
        return f"Nobody can override this minimum stay: {basis.plan.minimum_stay.source}."
    return ""


def _latest(basis: Basis, code: str) -> Transition | None:
    event = TransitionEvent.CRITERION_OVERRIDDEN
    said = [s for s in basis.log.of(Transition) if s.event is event and s.criterion == code]
    return said[-1] if said else None


def _covers(basis: Basis, step: Transition, criterion: Criterion, *, ages: bool) -> bool:
    if step.text != criterion.why:
        return False
    if criterion.seen_at is not None and criterion.seen_at > step.effective_at:
        return False
    oldest = minutes(basis.plan.discharge.evidence_minutes + 1)
    return not (ages and basis.reached(step.effective_at + oldest))


def overriding_refused(state: SessionState, code: str) -> str | None:
    """Why a criterion cannot be overridden now, as a sentence; None when nothing is against it.

    That only a psychiatrist may is a permission.
    """
    criterion = criterion_of(state, code)
    if criterion is None:
        return "There is no such criterion in this session."
    if state.clock.t0 is None:
        return "No dose was given: there is nothing to override."
    if state.clock.left_at is not None:
        return "She has left already."
    if criterion.fulfilled:
        return f"{criterion.text}: this is {criterion.status} already."
    return criterion.never or None


def criterion_of(state: SessionState, code: str) -> Criterion | None:
    """One criterion of readiness, by its code."""
    return next((one for one in state.readiness.criteria if one.code == code), None)


def mark_of(criterion: Criterion) -> str:
    """A word that changes with how the criterion stands."""
    return sha256(f"{criterion.code} {criterion.why}".encode()).hexdigest()
