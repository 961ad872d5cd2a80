"""This package is about which entry a session takes: what is refused, and what is asked once.

A fact that has happened is taken even when it should not have happened; what is refused is what
cannot be true, what the order of steps forbids, and a dose that may not be given.
"""

from collections.abc import Callable, Iterator
from datetime import timedelta
from uuid import UUID

from clinic.sessions.rules import log
from clinic.sessions.rules.admission.around import (
    absence,
    beyond_limit,
    cannula,
    handover,
    order,
    supply,
)
from clinic.sessions.rules.admission.dose import administration
from clinic.sessions.rules.admission.shapes import Load, Objection, Setting
from clinic.sessions.rules.entry_check import check_values
from clinic.sessions.rules.results import LogLine, Phase, SessionState

__all__ = ["Load", "Objection", "Setting", "beyond_limit", "objections"]

# How far from its plan an entry can lie: an entry check, not medicine.
A_SESSION = timedelta(hours=24)
OPENS = {
    log.TransitionEvent.CHECKED_IN,
    log.TransitionEvent.CANCELLED,
    log.TransitionEvent.EMERGENCY,
}
LEAVES = {
    log.TransitionEvent.LEFT,
    log.TransitionEvent.LEFT_AGAINST_ADVICE,
    log.TransitionEvent.TRANSFERRED,
}

COUNTED = {log.TransitionEvent.WOULD_HAVE_BEEN_READY, log.TransitionEvent.KEPT_LONGER}


def objections(setting: Setting, entry: log.Entry) -> list[Objection]:
    """Everything that speaks against taking an entry, in no order of weight."""
    found = [*moment(setting, entry), *step(setting, entry), *correction(setting, entry)]
    if not found and not entry.withdrawn:
        found = list(BY_KIND.get(type(entry), nothing)(setting, entry))
    return found


def nothing(_setting: Setting, _entry: log.Entry) -> Iterator[Objection]:
    """Notes, interventions and checks are taken as they are."""
    return iter(())


def moment(setting: Setting, entry: log.Entry) -> Iterator[Objection]:
    """An entry lies within a day of the plan, and nothing is measured after she left."""
    if abs(entry.effective_at - setting.planned_at) > A_SESSION:
        yield Objection("effective_at", "Enter a time within 24 hours of the planned time.")
    left_at = setting.state.clock.left_at
    measured = isinstance(entry, log.Observation | log.Administration)
    if left_at and measured and entry.effective_at > left_at:
        yield Objection("effective_at", "She had left by then. Enter a time before she left.")


def step(setting: Setting, entry: log.Entry) -> Iterator[Objection]:
    """Check-in comes first, but for an emergency; a cancelled session takes only corrections and
    notes."""
    phase = setting.state.phase
    opens = isinstance(entry, log.Transition) and entry.event in OPENS
    free = isinstance(entry, log.Note) or entry.corrects_id is not None
    if phase is Phase.PLANNED and not opens and not free:
        yield Objection("kind", "Check her in first.")
    if phase is Phase.CANCELLED and not free:
        yield Objection("kind", "This session was cancelled.")


def correction(setting: Setting, entry: log.Entry) -> Iterator[Objection]:
    """A correction names an entry of the same kind that still stands."""
    if entry.corrects_id is None:
        return
    line = line_of(setting.state, entry.corrects_id)
    if line is None:
        yield Objection("corrects_id", "There is no such entry in this session.")
    elif line.kind != log.kind_of(entry):
        yield Objection("corrects_id", "A correction is of the same kind as what it corrects.")
    elif line.withdrawn:
        yield Objection("corrects_id", "That entry was already marked as made in error.")


def line_of(state: SessionState, entry_id: UUID) -> LogLine | None:
    """The line of the log that an entry, or one of its corrections, stands in."""
    for line in state.log:
        if entry_id in {line.root_id, line.original.id, *(c.id for c in line.corrections)}:
            return line
    return None


def observation(setting: Setting, entry: log.Entry) -> Iterator[Objection]:
    """What cannot be is refused; what is unlikely is asked once (definitions D2.5, D2.7)."""
    assert isinstance(entry, log.Observation)  # noqa: S101 - narrows the type
    found = check_values(setting.plan, entry, values_before(setting.state, entry))
    for field, sentence in found.impossible:
        yield Objection(field, sentence)
    for field, sentence in found.unlikely:
        yield Objection(field, sentence, ask=True)


def values_before(state: SessionState, entry: log.Observation) -> dict[str, log.SignValue]:
    """The last value of each sign taken before an observation, leaving out what it corrects."""
    line = line_of(state, entry.corrects_id) if entry.corrects_id else None
    corrected = {line.current.id} if line and line.current else set()
    return {
        reading.sign: reading.value
        for row in state.rows
        if row.entry_id not in corrected and row.effective_at < entry.effective_at
        for reading in row.readings
        if isinstance(reading.value, log.Measured)
    }


def adverse_event(setting: Setting, entry: log.Entry) -> Iterator[Objection]:
    """A change or an end names a side effect that is there, and comes after its onset."""
    assert isinstance(entry, log.AdverseEvent)  # noqa: S101 - narrows the type
    if entry.event is log.AdverseEventEvent.ONSET or entry.corrects_id is not None:
        return
    effect = next((e for e in setting.state.side_effects if e.onset_id == entry.subject_id), None)
    if effect is None:
        yield Objection("subject_id", "There is no such side effect in this session.")
    elif not effect.active:
        yield Objection("subject_id", f"{effect.text} is already resolved.")
    elif entry.effective_at < effect.onset_at:
        yield Objection("effective_at", f"{effect.text} began later than that.")


def acknowledgement(setting: Setting, entry: log.Entry) -> Iterator[Objection]:
    """An acknowledgement names an alert that is open."""
    assert isinstance(entry, log.Acknowledgement)  # noqa: S101 - narrows the type
    alert = next((a for a in setting.state.alerts if a.key == entry.alert_key), None)
    if alert is None:
        yield Objection("alert_key", "There is no such alert in this session.")
    elif not alert.is_open:
        yield Objection("alert_key", "This alert is already closed.")


def transition(setting: Setting, entry: log.Entry) -> Iterator[Objection]:
    """Steps happen once and in order."""
    assert isinstance(entry, log.Transition)  # noqa: S101 - narrows the type
    state, event = setting.state, entry.event
    if entry.corrects_id is not None:
        return
    if event is log.TransitionEvent.CHECKED_IN and state.phase is not Phase.PLANNED:
        yield Objection("event", "She is already checked in.")
    elif event is log.TransitionEvent.CHECKED_IN:
        yield from beyond_limit(setting.load, setting.state)
    if event is log.TransitionEvent.CANCELLED and state.clock.t0:
        yield Objection("event", "The dose has begun. Stop the session instead.")
    if event in (*LEAVES, log.TransitionEvent.KEPT_LONGER) and state.clock.left_at:
        yield Objection("event", "She has already left.")
    if event in COUNTED and not state.clock.t0:
        yield Objection("event", "There is no dose to count from.")
    if event is log.TransitionEvent.EMERGENCY_OVER and state.emergency is None:
        yield Objection("event", "There is no emergency.")


BY_KIND: dict[type[log.Entry], Callable[[Setting, log.Entry], Iterator[Objection]]] = {
    log.Observation: observation,
    log.Administration: administration,
    log.AdverseEvent: adverse_event,
    log.Acknowledgement: acknowledgement,
    log.Transition: transition,
    log.Supply: supply,
    log.Cannula: cannula,
    log.Order: order,
    log.Handover: handover,
    log.Absence: absence,
}
