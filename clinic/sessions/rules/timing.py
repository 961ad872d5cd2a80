"""This file is about the clock of a session: T0, minimum stay, days and due dates (D1)."""

from datetime import date, datetime, timedelta

from clinic.protocols.rules import CountsFrom
from clinic.sessions.rules.basis import Basis
from clinic.sessions.rules.dose import last_drug_at
from clinic.sessions.rules.infusion import infused
from clinic.sessions.rules.moments import end_of_local_day, local_day, minutes, minutes_between
from clinic.sessions.rules.results import Clock


def clock_of(basis: Basis) -> Clock:
    """All moments of the session; None where they have not come."""
    t0, left_at = basis.t0, basis.left_at
    treatment_on = None if t0 is None else local_day(t0, basis.facts.timezone)
    return Clock(
        t0=t0,
        elapsed_minutes=None if t0 is None else minutes_between(t0, basis.session_now),
        minimum_stay_ends_at=minimum_stay_ends_at(basis),
        last_drug_at=last_drug_at(basis.log),
        left_at=left_at,
        total_minutes=minutes_between(t0, left_at) if t0 and left_at else None,
        treatment_on=treatment_on,
        postpartum_day=_postpartum_day(basis),
        report_due_on=_report_due_on(basis, treatment_on),
    )


def minimum_stay_ends_at(basis: Basis) -> datetime | None:
    """T0 or last stop plus the protocol's minutes (definitions D1.4)."""
    stay = basis.plan.minimum_stay
    start = basis.t0
    if stay.counts_from is CountsFrom.LAST_STOP:
        start = infused(basis.log).stopped_at
    return None if start is None else start + minutes(stay.minutes)


def _postpartum_day(basis: Basis) -> int | None:
    """Fixed at T0's local date; before that, today's."""
    if basis.facts.birth_on is None:
        return None
    if basis.t0 is None:
        basis.watch.reached(end_of_local_day(basis.watch.now, basis.facts.timezone))
    return basis.day_after_birth(basis.t0 or basis.watch.now)


def _report_due_on(basis: Basis, treatment_on: date | None) -> date | None:
    report = basis.plan.report
    return treatment_on + timedelta(days=report.days) if report and treatment_on else None
