"""This file is about side effects: onset, worst severity and how long they lasted."""

from collections.abc import Iterable

from clinic.protocols.rules import Severity, SideEffectTerm
from clinic.sessions.rules.basis import Basis
from clinic.sessions.rules.log import AdverseEvent, AdverseEventEvent
from clinic.sessions.rules.moments import minutes_between
from clinic.sessions.rules.results import SideEffect


def side_effects_of(basis: Basis, entries: Iterable[AdverseEvent]) -> tuple[SideEffect, ...]:
    """One for each onset among `entries`, oldest first; what names no known onset is left out."""
    entries = list(entries)
    onsets = [entry for entry in entries if entry.event is AdverseEventEvent.ONSET]
    return tuple(_side_effect(basis, onset, _about(basis, onset, entries)) for onset in onsets)


def term_of(basis: Basis, code: str | None) -> SideEffectTerm | None:
    return next((term for term in basis.plan.side_effects.terms if term.code == code), None)


def _about(basis: Basis, onset: AdverseEvent, entries: list[AdverseEvent]) -> list[AdverseEvent]:
    roots = basis.log.roots
    return [e for e in entries if e.subject_id and roots.get(e.subject_id) == onset.id]


def _side_effect(basis: Basis, onset: AdverseEvent, later: list[AdverseEvent]) -> SideEffect:
    told = [onset, *(e for e in later if e.event is AdverseEventEvent.SEVERITY)]
    severities = [entry.severity for entry in told if entry.severity] or [Severity.MILD]
    ends = [e.effective_at for e in later if e.event is AdverseEventEvent.RESOLVED]
    resolved_at = min(ends, default=None)
    term = term_of(basis, onset.term)
    serious = [entry for entry in (onset, *later) if entry.serious]
    return SideEffect(
        onset_id=onset.id,
        term=onset.term or "other",
        text=onset.text if onset.term in (None, "other") and onset.text else _name(term, onset),
        severity=severities[-1],
        peak_severity=max(severities, key=lambda severity: severity.rank),
        onset_at=onset.effective_at,
        onset_minute=basis.minute(onset.effective_at),
        resolved_at=resolved_at,
        duration_minutes=minutes_between(onset.effective_at, resolved_at) if resolved_at else None,
        serious=bool(serious),
        criterion=next((entry.criterion for entry in serious if entry.criterion), None),
    )


def _name(term: SideEffectTerm | None, onset: AdverseEvent) -> str:
    return term.text if term else onset.term or "Other"
