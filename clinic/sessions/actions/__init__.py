"""This package is about what may be done in a session: plan it, log in it, sign it."""

from clinic.sessions.actions.amending import amend
from clinic.sessions.actions.countersigning import countersign
from clinic.sessions.actions.discarding import note_discarded
from clinic.sessions.actions.discharge import sign_discharge
from clinic.sessions.actions.exporting import note_leaving
from clinic.sessions.actions.hearing import hear, need_not_hear
from clinic.sessions.actions.log import record_entry
from clinic.sessions.actions.overriding import override_criterion
from clinic.sessions.actions.plan import plan_session
from clinic.sessions.actions.reporting import report_event, take_back_report
from clinic.sessions.actions.reviewing import review_session
from clinic.sessions.actions.steps import check_in, override_hold, record_step

__all__ = [
    "amend",
    "check_in",
    "countersign",
    "hear",
    "need_not_hear",
    "note_discarded",
    "note_leaving",
    "override_criterion",
    "override_hold",
    "plan_session",
    "record_entry",
    "record_step",
    "report_event",
    "review_session",
    "sign_discharge",
    "take_back_report",
]
