"""This file is about the readings of a session by themselves: what a table of them is made from.

The same values as in the state of the session, by the same rules, without all that a table of
readings does not show: alerts, readiness, supplies, and when the state would change.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from clinic.protocols.rules import SessionPlan
from clinic.sessions.rules.assignment import assign
from clinic.sessions.rules.basis import Basis, leaving
from clinic.sessions.rules.dose import first_drug_at
from clinic.sessions.rules.log import Entry, SessionFacts
from clinic.sessions.rules.logbook import log_lines, rows_of
from clinic.sessions.rules.moments import Watch, local_day
from clinic.sessions.rules.readings import readings_of
from clinic.sessions.rules.replay import read_log, unique
from clinic.sessions.rules.results import LogLine, Row
from clinic.sessions.rules.slot_plan import planned_slots
from clinic.sessions.rules.slots import slot_states

# Nothing else of a log says anything of readings.
KINDS = ("observation", "administration", "transition")


@dataclass(frozen=True)
class ReadingsAlone:
    """`log` and `rows` as in the state; `treatment_on`: the day of T0 (definitions D1.1)."""

    log: tuple[LogLine, ...]
    rows: tuple[Row, ...]
    treatment_on: date | None


def readings_alone(
    plan: SessionPlan, facts: SessionFacts, entries: Iterable[Entry], now: datetime
) -> ReadingsAlone:
    """The readings at `now`. `entries`: at least those of KINDS."""
    log = read_log(unique(entries), watch := Watch(now))
    basis = Basis(plan, facts, log, watch, first_drug_at(log), leaving(log))
    readings, planned = readings_of(basis), planned_slots(basis)
    filled = assign(basis, planned, readings)
    slots = slot_states(basis, planned, filled)
    day = None if basis.t0 is None else local_day(basis.t0, facts.timezone)
    return ReadingsAlone(log_lines(basis), rows_of(basis, readings, filled, slots), day)
