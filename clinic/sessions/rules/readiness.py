"""This file is about readiness to leave: all criteria now, and since when (definitions D6)."""

from collections.abc import Iterator
from datetime import datetime

from clinic.sessions.rules.basis import Basis
from clinic.sessions.rules.cannula import cannula_of
from clinic.sessions.rules.clinical import (
    MET,
    NEEDS_A_PERSON,
    NOT_YET,
    Evidence,
    Found,
    clinical_criteria,
)
from clinic.sessions.rules.log import AdverseEvent, Check, Transition, TransitionEvent
from clinic.sessions.rules.moments import clock_time, minutes
from clinic.sessions.rules.overriding import with_override
from clinic.sessions.rules.readings import Readings
from clinic.sessions.rules.results import Alert, CannulaState, Criterion, ItemState, Readiness

CANNULA_OUT = "cannula-out"  # the item of the protocol that the log of a cannula answers


def readiness_of(
    basis: Basis,
    readings: Readings,
    alerts: tuple[Alert, ...],
    items: tuple[ItemState, ...],
    stay_ends_at: datetime | None,
) -> Readiness:
    """Every criterion with its evidence; `ready_at` looks at her alone, not at lists or clocks."""
    evidence = Evidence(basis, readings, alerts, basis.session_now)
    clinical = [_criterion(basis, found) for found in clinical_criteria(evidence)]
    stay = _minimum_stay(basis, stay_ends_at)
    others = [*_no_open_alert(basis, alerts), *_asked(basis, items)]
    criteria = (
        with_override(basis, stay, alerts, ages=False),
        *(with_override(basis, one, alerts, ages=True) for one in clinical),
        *(with_override(basis, one, alerts, ages=False) for one in others),
    )
    return Readiness(
        criteria=criteria,
        minimum_stay_met=stay.status is MET,
        clinical_met=all(criterion.status is MET for criterion in clinical),
        all_met=all(criterion.fulfilled for criterion in criteria),
        ready_at=_ready_at(basis, readings, alerts),
        left_at=basis.left_at,
        left_how=basis.left.event.value if basis.left else None,
        would_have_been_ready_minutes=_nurses_statement(basis),
    )


def _criterion(basis: Basis, found: Found) -> Criterion:
    source = basis.plan.discharge.source
    oldest = minutes(basis.plan.discharge.evidence_minutes + 1)
    if found.status is MET and found.evidence_at and basis.reached(found.evidence_at + oldest):
        at = clock_time(found.evidence_at, basis.facts.timezone)
        limit = basis.plan.discharge.evidence_minutes
        why = f"{found.why}, but from {at}: older than {limit} min"
        return Criterion(found.code, found.text, NOT_YET, why, source, found.evidence_at)
    why = f"{found.why} ({found.person})" if found.person else found.why
    return Criterion(found.code, found.text, found.status, why, source, found.evidence_at)


def _minimum_stay(basis: Basis, ends_at: datetime | None) -> Criterion:
    stay = basis.plan.minimum_stay
    text = f"At least {stay.minutes} min"
    if ends_at is None:
        return Criterion("minimum-stay", text, NOT_YET, "has not begun", stay.source)
    met = basis.reached(ends_at)
    why = f"{'met' if met else 'ends'} at {clock_time(ends_at, basis.facts.timezone)}"
    return Criterion("minimum-stay", text, MET if met else NOT_YET, why, stay.source)


def _no_open_alert(basis: Basis, alerts: tuple[Alert, ...]) -> Iterator[Criterion]:
    still_open = [alert for alert in alerts if alert.is_open]
    status = NEEDS_A_PERSON if still_open else MET
    why = "; ".join(alert.text for alert in still_open) or "none open"
    source = basis.plan.escalation.source
    yield Criterion("alerts", "No alert is open", status, why, source)


def _asked(basis: Basis, items: tuple[ItemState, ...]) -> Iterator[Criterion]:
    sources = {item.code: item for item in basis.plan.discharge.items}
    for item in items:
        if sources[item.code].ages:
            continue
        source = sources[item.code].source
        cannula = cannula_of(basis, basis.session_now) if item.code == CANNULA_OUT else None
        if cannula is not None:
            yield _cannula_out(basis, item, cannula, source)
        elif item.met:
            why = item.answer_text or f"answered {item.answer.value if item.answer else ''}"
            yield Criterion(item.code, item.text, MET, why, source)
        elif item.answer is None:
            yield Criterion(item.code, item.text, NEEDS_A_PERSON, "not asked yet", source)
        else:
            who = f" ({item.tell})" if item.tell else ""
            why = f"answered {item.answer.value}{who}"
            status = NEEDS_A_PERSON if item.tell else NOT_YET
            yield Criterion(item.code, item.text, status, why, source, item.answered_at)


def _cannula_out(basis: Basis, item: ItemState, cannula: CannulaState, source: str) -> Criterion:
    """A log that knows of a cannula answers for itself, whatever was ticked (definitions D6)."""
    zone = basis.facts.timezone
    if cannula.placed:
        since = clock_time(cannula.placed_at, zone) if cannula.placed_at else ""
        why = f"still in place{f', {cannula.site}' if cannula.site else ''}, since {since}"
        return Criterion(item.code, item.text, NOT_YET, why, source)
    out_at = cannula.removed_at
    why = f"removed at {clock_time(out_at, zone)}" if out_at else "none was placed"
    return Criterion(item.code, item.text, MET, why, source)


def _ready_at(basis: Basis, readings: Readings, alerts: tuple[Alert, ...]) -> datetime | None:
    """The earliest moment from which all clinical criteria stay met. They turn only when something
    is seen or an alert closes, so those moments are enough; their age matters only at signing."""
    ready_at = None
    for moment in sorted(_turning_points(basis, readings, alerts), reverse=True):
        found = clinical_criteria(Evidence(basis, readings, alerts, moment))
        if any(criterion.status is not MET for criterion in found):
            break
        ready_at = moment
    return ready_at


def _turning_points(basis: Basis, readings: Readings, alerts: tuple[Alert, ...]) -> set[datetime]:
    seen = [reading.effective_at for reading in readings.all]
    seen += [e.effective_at for e in (*basis.log.of(AdverseEvent), *basis.log.of(Check))]
    for alert in alerts:
        seen += [at for at in (alert.opened_at, alert.closed_at) if at is not None]
    return {at for at in seen if basis.after_t0(at) and at <= basis.session_now}


def _nurses_statement(basis: Basis) -> int | None:
    """When she would have been ready: the nurse's own word, never computed."""
    said = [
        step.minutes
        for step in basis.log.of(Transition)
        if step.event is TransitionEvent.WOULD_HAVE_BEEN_READY
    ]
    return said[-1] if said else None
