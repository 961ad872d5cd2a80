"""This file is about a psychiatrist who overrides a criterion of leaving, with her signature."""

import uuid

from clinic.core import clock
from clinic.core.errors import Conflict
from clinic.core.signatures import DocumentVersion, Proof, sign
from clinic.sessions.actions.log import locked, refuse_when_signed
from clinic.sessions.actions.steps import record_step
from clinic.sessions.models import TreatmentSession
from clinic.sessions.queries import state_of
from clinic.sessions.rules.log import TransitionEvent
from clinic.sessions.rules.overriding import criterion_of, mark_of, overriding_refused
from clinic.sessions.rules.results import Criterion

KIND = "discharge-override"
MEANING = "She may leave although this criterion is not met"


def override_criterion(
    session_id: uuid.UUID, code: str, *, seen: str, reason: str, proof: Proof
) -> DocumentVersion:
    """Let a criterion be as it stands (definitions D6): in the log, and as a signed document.

    `seen`: the mark of how it stood when she read it. Raises Conflict when it stands otherwise by
    now, is met, or when nobody can override it.
    """
    session = locked(session_id)
    refuse_when_signed(session)
    criterion = as_read(session, code, seen)
    step = record_step(
        session,
        TransitionEvent.CRITERION_OVERRIDDEN,
        clock.now(),
        text=criterion.why,
        reason=reason,
        criterion=code,
    )
    return sign(
        KIND,
        step.id,
        content(session, criterion, reason),
        patient_id=session.patient_id,
        meaning=MEANING,
        proof=proof,
        reason=reason,
    )


def as_read(session: TreatmentSession, code: str, seen: str) -> Criterion:
    """The criterion, as it stood when she read it. Raises what override_criterion says."""
    state = state_of(session, clock.now())
    criterion = criterion_of(state, code)
    if refused := overriding_refused(state, code):
        raise Conflict(refused)
    if criterion is None or mark_of(criterion) != seen:
        raise Conflict("This stands otherwise by now. Read it once more, then sign.")
    return criterion


def content(session: TreatmentSession, criterion: Criterion, reason: str) -> dict[str, str]:
    """What the signature covers."""
    return {
        "session": str(session.id),
        "criterion": criterion.code,
        "text": criterion.text,
        "stood": criterion.why,
        "source": criterion.source,
        "reason": reason,
    }
