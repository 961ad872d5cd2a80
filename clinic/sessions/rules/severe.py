"""This file is about severe blood pressure that stays, and symptoms beside it (D4.4, D3)."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from clinic.protocols.rules import BLOOD_PRESSURE, Level, Severity
from clinic.sessions.rules.basis import Basis
from clinic.sessions.rules.log import AdverseEvent, AdverseEventEvent, BloodPressure, Measured
from clinic.sessions.rules.moments import minutes
from clinic.sessions.rules.replay import known_at, recorded_late
from clinic.sessions.rules.results import Finding, SideEffect
from clinic.sessions.rules.side_effects import side_effects_of, term_of
from clinic.sessions.rules.signals import Seen, Signal, recorded_late_at

SYMPTOM = "symptom"


def pressure_signals(basis: Basis, seen: list[Seen]) -> Iterator[Signal]:
    """All emergencies of blood pressure, and of symptoms that are one at any pressure."""
    pressures = [s for s in seen if s.reading.sign == BLOOD_PRESSURE and s.is_measured]
    for run in severe_runs(basis, pressures):
        yield from _persistent(basis, run)
    yield from _with_symptom(basis, pressures)
    yield from _at_any_pressure(basis)


@dataclass(frozen=True)
class SevereRun:
    """Severe readings with none below both limits between; `broken_by`: the first one after."""

    severe: list[Seen]
    broken_by: Seen | None


def is_severe(basis: Basis, seen: Seen) -> bool:
    """At or above either limit of persistent severe pressure, both numbers of it."""
    pair = seen.reading.value.value if isinstance(seen.reading.value, Measured) else None
    rule = basis.plan.persistent
    return isinstance(pair, BloodPressure) and (
        pair.systolic >= rule.systolic_from or pair.diastolic >= rule.diastolic_from
    )


def severe_runs(basis: Basis, pressures: list[Seen]) -> list[SevereRun]:
    """The runs of severe readings, oldest first."""
    runs: list[SevereRun] = []
    current: list[Seen] = []
    for seen in pressures:
        if is_severe(basis, seen):
            current.append(seen)
        elif current:
            runs.append(SevereRun(current, seen))
            current = []
    return [*runs, SevereRun(current, None)] if current else runs


def _persistent(basis: Basis, run: SevereRun) -> Iterator[Signal]:
    rule, first = basis.plan.persistent, run.severe[0]
    again = [s for s in run.severe if s.taken_at - first.taken_at >= minutes(rule.apart_minutes)]
    for second in again:
        text = f"severe: two readings at least {rule.apart_minutes} min apart"
        known = max(second.known_at, first.known_at)
        signal = _by_pressure(basis, second, _emergency("severe-persistent", text, rule.source))
        yield replace(signal, known_at=known)
    silent_at = first.taken_at + minutes(rule.silence_minutes)
    if _silent(basis, run, again, silent_at):
        text = f"severe: no reading that shows otherwise by +{rule.silence_minutes} min"
        signal = _by_pressure(basis, first, _emergency("severe-no-reading", text, rule.source))
        yield replace(signal, known_at=max(silent_at, first.known_at), true_at=silent_at)


def _silent(basis: Basis, run: SevereRun, again: list[Seen], silent_at: datetime) -> bool:
    """What is written down later does not undo a silence that was one at the time."""
    until = max(silent_at, run.severe[0].known_at)
    answers = [*again[:1], *([run.broken_by] if run.broken_by else [])]
    answered = any(seen.taken_at <= silent_at and seen.known_at <= until for seen in answers)
    return not answered and basis.reached(silent_at)


def _emergency(rule: str, text: str, source: str) -> Finding:
    return Finding(rule, Level.EMERGENCY, True, "Above limit", text, source)


def _by_pressure(basis: Basis, seen: Seen, finding: Finding) -> Signal:
    late_after = basis.plan.schedule.late_entry_minutes
    return Signal(
        sign=BLOOD_PRESSURE,
        level=Level.EMERGENCY,
        entry_id=seen.reading.entry_id,
        taken_at=seen.taken_at,
        known_at=seen.known_at,
        findings=(finding,),
        late=recorded_late_at(seen.taken_at, seen.known_at, late_after),
        transcribed=seen.transcribed,
        true_at=seen.taken_at,
    )


def _with_symptom(basis: Basis, pressures: list[Seen]) -> Iterator[Signal]:
    """A raised pressure while a symptom lasts, or a symptom that begins after a raised pressure."""
    rule = basis.plan.symptoms
    entries = {entry.id: entry for entry in basis.log.of(AdverseEvent)}
    for effect in side_effects_of(basis, entries.values()):
        term = term_of(basis, effect.term)
        if term is None or term.symptom not in rule.with_raised_pressure:
            continue
        text = f"{effect.text} with raised blood pressure"
        finding = _emergency("symptom-with-pressure", text, rule.source)
        yield from _one_symptom(basis, pressures, effect, entries[effect.onset_id], finding)


def _one_symptom(
    basis: Basis,
    pressures: list[Seen],
    effect: SideEffect,
    onset: AdverseEvent,
    finding: Finding,
) -> Iterator[Signal]:
    for seen in pressures:
        over = effect.resolved_at is not None and seen.taken_at > effect.resolved_at
        if _raised(seen) and seen.taken_at >= effect.onset_at and not over:
            known = max(seen.known_at, known_at(onset))
            yield replace(_by_pressure(basis, seen, finding), known_at=known)
    before = [seen for seen in pressures if seen.taken_at < effect.onset_at]
    if before and _raised(before[-1]):
        signal = replace(_by_event(basis, onset, finding), sign=BLOOD_PRESSURE)
        yield replace(signal, known_at=max(before[-1].known_at, signal.known_at))


def _raised(seen: Seen) -> bool:
    return any(finding.level.raises_alert and finding.above for finding in seen.findings)


def _at_any_pressure(basis: Basis) -> Iterator[Signal]:
    events = basis.log.of(AdverseEvent)
    onsets = {e.id: e for e in events if e.event is AdverseEventEvent.ONSET}
    for event in events:
        onset = onsets.get(basis.log.roots.get(event.subject_id or event.id, event.id))
        if onset is None or event.event is AdverseEventEvent.RESOLVED:
            continue
        if any(
            rule.term == onset.term and _severe_enough(event.severity, rule.severity)
            for rule in basis.plan.symptoms.at_any_pressure
        ):
            name = term_of(basis, onset.term)
            text = f"{name.text if name else onset.term}, at any blood pressure"
            finding = _emergency(f"symptom-{onset.term}", text, basis.plan.symptoms.source)
            yield _by_event(basis, event, finding)


def _severe_enough(severity: Severity | None, needed: Severity | None) -> bool:
    return needed is None or (severity is not None and severity.rank >= needed.rank)


def _by_event(basis: Basis, event: AdverseEvent, finding: Finding) -> Signal:
    return Signal(
        sign=SYMPTOM,
        level=Level.EMERGENCY,
        entry_id=event.id,
        taken_at=event.effective_at,
        known_at=known_at(event),
        findings=(finding,),
        late=recorded_late(event, basis.plan.schedule.late_entry_minutes),
        transcribed=event.transcribed,
        true_at=event.effective_at,
    )
