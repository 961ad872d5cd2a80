"""This package is about what may be asked of sessions: their log, their state, the board."""

from clinic.sessions.queries.amendments import amendment_by_id, amendments_of
from clinic.sessions.queries.board import (
    BoardRow,
    answered_for,
    board,
    board_tag,
    planned_today,
    tabs_of,
)
from clinic.sessions.queries.doses import doses_of, doses_of_clinic, doses_of_courses
from clinic.sessions.queries.late import written_late
from clinic.sessions.queries.log import (
    as_entry,
    countersigned_in,
    entries_of,
    entry_by_id,
    logs_of,
)
from clinic.sessions.queries.needs import Need, needs_of
from clinic.sessions.queries.orders import WaitingOrder, orders_waiting_for
from clinic.sessions.queries.readiness import obstacles_at, obstacles_of
from clinic.sessions.queries.reporting import Unreported, reports_of, unreported_of_course
from clinic.sessions.queries.reviewing import (
    Unreviewed,
    reviews_of,
    unreviewed,
    unreviewed_count,
    waiting_patients,
)
from clinic.sessions.queries.state import (
    facts_of,
    last_dose_before,
    of_course,
    of_patient,
    plan_of,
    state_of,
    version_in_force,
    version_of,
)

__all__ = [
    "BoardRow",
    "Need",
    "Unreported",
    "Unreviewed",
    "WaitingOrder",
    "amendment_by_id",
    "amendments_of",
    "answered_for",
    "as_entry",
    "board",
    "board_tag",
    "countersigned_in",
    "doses_of",
    "doses_of_clinic",
    "doses_of_courses",
    "entries_of",
    "entry_by_id",
    "facts_of",
    "last_dose_before",
    "logs_of",
    "needs_of",
    "obstacles_at",
    "obstacles_of",
    "of_course",
    "of_patient",
    "orders_waiting_for",
    "plan_of",
    "planned_today",
    "reports_of",
    "reviews_of",
    "state_of",
    "tabs_of",
    "unreported_of_course",
    "unreviewed",
    "unreviewed_count",
    "version_in_force",
    "version_of",
    "waiting_patients",
    "written_late",
]
