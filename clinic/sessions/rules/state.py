"""This file is about the state of a session: all that follows from plan, facts, log and now."""

import heapq
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from clinic.protocols.rules import SessionPlan
from clinic.sessions.rules.alerts import alerts_of
from clinic.sessions.rules.assignment import assign
from clinic.sessions.rules.basis import Basis, leaving
from clinic.sessions.rules.dose import agreed_pause_ends_at, dose_state, first_drug_at
from clinic.sessions.rules.hold import hold_of
from clinic.sessions.rules.items import discharge_items, pre_dose_items
from clinic.sessions.rules.log import Administration, AdverseEvent, Entry, SessionFacts
from clinic.sessions.rules.logbook import log_lines, rows_of
from clinic.sessions.rules.moments import Watch, whole_minute
from clinic.sessions.rules.next_due import due_list, readiness_due
from clinic.sessions.rules.phase import phase_of
from clinic.sessions.rules.readiness import readiness_of
from clinic.sessions.rules.readings import latest_readings, readings_of, rise_of
from clinic.sessions.rules.replay import read_log, unique
from clinic.sessions.rules.results import SessionState
from clinic.sessions.rules.side_effects import side_effects_of
from clinic.sessions.rules.slot_plan import planned_slots
from clinic.sessions.rules.slots import slot_states
from clinic.sessions.rules.timing import clock_of


def session_state(
    plan: SessionPlan, facts: SessionFacts, entries: Iterable[Entry], now: datetime
) -> SessionState:
    """The state at `now`. Pure; neither the order of arrival nor a repeat changes it.

    `changes_at` is the next minute at which it would differ without a new entry, ages apart.
    """
    known = unique(entries)
    watch = Watch(now)
    state = _state(plan, facts, known, watch)
    return replace(state, changes_at=_changes_at(plan, facts, known, state, watch))


def _changes_at(
    plan: SessionPlan,
    facts: SessionFacts,
    entries: tuple[Entry, ...],
    state: SessionState,
    watch: Watch,
) -> datetime | None:
    """Every answer that time can turn was asked of the watch; the first that turns the state."""
    ahead, tried = list(watch.ahead), set(watch.ahead)
    heapq.heapify(ahead)
    here = state.without_ages()
    while ahead:
        later = Watch(heapq.heappop(ahead))
        if _state(plan, facts, entries, later).without_ages() != here:
            return later.now
        for moment in later.ahead - tried:
            tried.add(moment)
            heapq.heappush(ahead, moment)
    return None


def _state(
    plan: SessionPlan, facts: SessionFacts, entries: tuple[Entry, ...], watch: Watch
) -> SessionState:
    log = read_log(entries, watch)
    basis = Basis(plan, facts, log, watch, first_drug_at(log), leaving(log))
    readings = readings_of(basis)
    planned = planned_slots(basis)
    filled = assign(basis, planned, readings)
    slots = slot_states(basis, planned, filled)
    alerts = alerts_of(basis, readings, entries)
    dose, hold, clock = dose_state(plan, facts, log), hold_of(basis, readings), clock_of(basis)
    items = discharge_items(basis)
    readiness = readiness_of(basis, readings, alerts, items, clock.minimum_stay_ends_at)
    due = due_list(basis, slots, alerts, hold, dose)
    if not due and basis.left_at is None:
        due = readiness_due(clock.minimum_stay_ends_at)
    return SessionState(
        now=watch.now,
        phase=phase_of(basis, dose, hold, readiness),
        clock=clock,
        dose=dose,
        hold=hold,
        slots=slots,
        next_due=due[0] if due else None,
        due=due,
        readings=latest_readings(basis, readings, [s.due_at for s in planned if s.due_at]),
        pre_dose=readings.pre_dose,
        rise=rise_of(basis, readings),
        rows=rows_of(basis, readings, filled, slots),
        alerts=alerts,
        side_effects=side_effects_of(basis, log.of(AdverseEvent)),
        pre_dose_items=pre_dose_items(basis),
        discharge_items=items,
        readiness=readiness,
        agreed_pause_ends_at=agreed_pause_ends_at(facts, log),
        advice_changed_at=_advice_changed_at(facts, entries, watch),
        log=log_lines(basis),
    )


def _advice_changed_at(
    facts: SessionFacts, entries: tuple[Entry, ...], watch: Watch
) -> datetime | None:
    """When a correction last moved the end of the agreed pause: printed advice is wrong (D5.3)."""
    changed_at = None
    for entry in entries:
        corrects = isinstance(entry, Administration) and entry.corrects_id is not None
        if not corrects or not watch.reached(whole_minute(entry.recorded_at)):
            continue
        up_to = tuple(other for other in entries if other.log_seq <= entry.log_seq)
        before, after = (
            agreed_pause_ends_at(facts, read_log(known, Watch(entry.recorded_at)))
            for known in (tuple(e for e in up_to if e is not entry), up_to)
        )
        changed_at = whole_minute(entry.recorded_at) if before != after else changed_at
    return changed_at
