"""This file is about all serious events of a clinic, each with its reports and its clocks."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from clinic.core import clock
from clinic.core.acting import acting
from clinic.core.db import db
from clinic.patients.models import Patient
from clinic.patients.queries import by_ids as patients_by_ids
from clinic.reports.queries.obligations import clocks_in_use
from clinic.reports.rules.obligations import ClockStanding, ClockState, standings
from clinic.reports.rules.obligations.clocks import known_at
from clinic.sessions.models import LogEntry, TreatmentSession
from clinic.sessions.queries import reports_of, state_of
from clinic.sessions.queries.reporting import with_effects
from clinic.sessions.rules.reporting import Report
from clinic.sessions.rules.results import SideEffect

MOST = 100


@dataclass(frozen=True)
class SeriousEvent:
    """One serious event. `known_at`: when somebody first wrote down that it is serious."""

    session: TreatmentSession
    patient: Patient
    effect: SideEffect
    known_at: datetime
    reports: list[Report]
    clocks: list[ClockStanding]

    @property
    def waits(self) -> bool:
        """Whether somebody still has to be told, or nobody said yet who is."""
        running = (ClockState.DUE, ClockState.OVERDUE)
        return not self.reports or any(one.state in running for one in self.clocks)

    @property
    def next_on(self) -> date:
        """The day by which the most urgent clock runs out; the last day there is, for none."""
        running = (ClockState.DUE, ClockState.OVERDUE)
        due = [one.due_on for one in self.clocks if one.due_on and one.state in running]
        return min(due, default=date.max)


def serious_events() -> list[SeriousEvent]:
    """Those that wait first, by their clocks; then the others, the newest first."""
    found = [event for session in sessions_with_them() for event in events_of(session)]
    open_ones = sorted((e for e in found if e.waits), key=lambda e: (e.next_on, e.known_at))
    done = sorted((e for e in found if not e.waits), key=lambda e: e.known_at, reverse=True)
    return [*open_ones, *done]


def sessions_with_them() -> list[TreatmentSession]:
    """The newest sessions in whose log something is called serious."""
    said = select(LogEntry.session_id).where(
        LogEntry.kind == "adverse-event", LogEntry.detail.contains('"serious"')
    )
    newest = select(TreatmentSession).where(TreatmentSession.id.in_(said))
    ordered = newest.order_by(TreatmentSession.planned_at.desc(), TreatmentSession.id)
    return with_effects(list(db.session.scalars(ordered.limit(MOST))))


def events_of(session: TreatmentSession) -> list[SeriousEvent]:
    """The serious events of one session."""
    state, clocks = state_of(session, clock.now()), clocks_in_use()
    reports = reports_of([session.id]).get(session.id, [])
    patient = patients_by_ids({session.patient_id})[session.patient_id]
    found = []
    for effect in (one for one in state.side_effects if one.serious):
        known = known_at(effect, state.log)
        its = [one for one in reports if one.onset_id == effect.onset_id]
        day = known.astimezone(acting().timezone).date()
        standing = standings(clocks, effect.criterion, day, its, clock.today())
        found.append(SeriousEvent(session, patient, effect, known, its, standing))
    return found
