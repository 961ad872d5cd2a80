"""This file is about the state of a session: all that follows from plan, facts, log and now."""

import heapq
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from clinic.protocols.rules import SessionPlan
from clinic.sessions.rules.absence import away_of
from clinic.sessions.rules.alerts import PastAlerts, alerts_of
from clinic.sessions.rules.assignment import assign
from clinic.sessions.rules.basis import Basis, leaving
from clinic.sessions.rules.cannula import cannula_of
from clinic.sessions.rules.dose import agreed_pause_ends_at, dose_state, first_drug_at
from clinic.sessions.rules.emergency import emergency_of, without_stripes
from clinic.sessions.rules.handover import owned, responsibility_of
from clinic.sessions.rules.hold import hold_of
from clinic.sessions.rules.items import discharge_items, pre_dose_items
from clinic.sessions.rules.log import Administration, AdverseEvent, Entry, SessionFacts
from clinic.sessions.rules.logbook import log_lines, rows_of
from clinic.sessions.rules.moments import Watch, whole_minute
from clinic.sessions.rules.next_due import due_list
from clinic.sessions.rules.phase import phase_of
from clinic.sessions.rules.phone_orders import phone_orders_of
from clinic.sessions.rules.readiness import readiness_of
from clinic.sessions.rules.readings import Readings, latest_readings, readings_of, rise_of
from clinic.sessions.rules.replay import read_log, unique
from clinic.sessions.rules.results import SessionState
from clinic.sessions.rules.side_effects import side_effects_of
from clinic.sessions.rules.slot_plan import planned_slots
from clinic.sessions.rules.slots import slot_states
from clinic.sessions.rules.supplies import supplies_of
from clinic.sessions.rules.timing import clock_of


@dataclass(frozen=True)
class Case:
    """What does not change with now."""

    plan: SessionPlan
    facts: SessionFacts
    entries: tuple[Entry, ...]
    past: PastAlerts


def session_state(
    plan: SessionPlan, facts: SessionFacts, entries: Iterable[Entry], now: datetime
) -> SessionState:
    """The state at `now`. Pure; neither the order of arrival nor a repeat changes it.

    `changes_at` is the next minute at which it would differ without a new entry, ages apart.
    Raises ValueError for a moment without a time zone.
    """
    known = unique(entries)
    case = Case(plan, facts, known, PastAlerts(plan, facts, known))
    watch = Watch(now)
    state = _state(case, watch)
    return replace(state, changes_at=_changes_at(case, state, watch))


def _changes_at(case: Case, state: SessionState, watch: Watch) -> datetime | None:
    """Every answer that time can turn was asked of the watch; the first that turns the state."""
    ahead, tried = list(watch.ahead), set(watch.ahead)
    heapq.heapify(ahead)
    here = state.without_ages()
    while ahead:
        later = Watch(heapq.heappop(ahead))
        if _state(case, later).without_ages() != here:
            return later.now
        for moment in later.ahead - tried:
            tried.add(moment)
            heapq.heappush(ahead, moment)
    return None


def _state(case: Case, watch: Watch) -> SessionState:
    log = read_log(case.entries, watch)
    basis = Basis(case.plan, case.facts, log, watch, first_drug_at(log), leaving(log))
    readings = readings_of(basis)
    alerts = alerts_of(basis, readings, case.past)
    hold, clock, items = hold_of(basis, readings), clock_of(basis), discharge_items(basis)
    readiness = readiness_of(basis, readings, alerts, items, clock.minimum_stay_ends_at)
    dose = dose_state(case.plan, case.facts, log, basis.session_now)
    state = SessionState(
        now=watch.now,
        phase=phase_of(basis, dose, hold, readiness),
        clock=clock,
        dose=dose,
        hold=hold,
        pre_dose=readings.pre_dose,
        rise=rise_of(basis, readings),
        alerts=alerts,
        side_effects=side_effects_of(basis, log.of(AdverseEvent)),
        pre_dose_items=pre_dose_items(basis),
        discharge_items=items,
        readiness=readiness,
        agreed_pause_ends_at=agreed_pause_ends_at(case.facts, log),
        advice_changed_at=_advice_changed_at(case, watch),
        log=log_lines(basis),
    )
    return without_stripes(_with_slots(basis, readings, _with_people(basis, state)))


def _with_people(basis: Basis, state: SessionState) -> SessionState:
    """What surrounds her treatment: who answers, where she is, what was opened."""
    who = responsibility_of(basis)
    return replace(
        state,
        responsibility=who,
        alerts=owned(state.alerts, who.responsible_id),
        emergency=emergency_of(basis),
        away=away_of(basis),
        orders=phone_orders_of(basis),
        cannula=cannula_of(basis),
        supplies=supplies_of(basis, state.dose),
    )


def _with_slots(basis: Basis, readings: Readings, state: SessionState) -> SessionState:
    planned = planned_slots(basis)
    filled = assign(basis, planned, readings)
    slots = slot_states(basis, planned, filled)
    moments = [slot.due_at for slot in planned if slot.due_at]
    due = due_list(basis, slots, state)
    return replace(
        state,
        slots=slots,
        next_due=due[0] if due else None,
        due=due,
        readings=latest_readings(basis, readings, moments),
        rows=rows_of(basis, readings, filled, slots),
    )


def _advice_changed_at(case: Case, watch: Watch) -> datetime | None:
    """When a correction last moved the end of the agreed pause: printed advice is wrong (D5.3)."""
    changed_at = None
    for entry in case.entries:
        corrects = isinstance(entry, Administration) and entry.corrects_id is not None
        if not corrects or not watch.reached(whole_minute(entry.recorded_at)):
            continue
        up_to = tuple(other for other in case.entries if other.log_seq <= entry.log_seq)
        before, after = (
            agreed_pause_ends_at(case.facts, read_log(known, Watch(entry.recorded_at)))
            for known in (tuple(e for e in up_to if e is not entry), up_to)
        )
        changed_at = whole_minute(entry.recorded_at) if before != after else changed_at
    return changed_at
