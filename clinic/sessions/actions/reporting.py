"""This file is about telling of serious events: a report is written down, or taken back."""

import uuid
from datetime import date

from clinic.core import clock
from clinic.core.acting import acting
from clinic.core.db import db
from clinic.core.errors import Conflict, Unprocessable
from clinic.sessions.actions.log import locked
from clinic.sessions.models import EventReport, TreatmentSession
from clinic.sessions.queries import reports_of, state_of
from clinic.sessions.rules.reporting import ReportedTo


def report_event(
    session_id: uuid.UUID, onset_id: uuid.UUID, *, to: ReportedTo, on: date, text: str = ""
) -> EventReport:
    """Write down that a serious event was reported, also after the session was signed.

    Raises Conflict when the event is not there or not serious, Unprocessable for a day that cannot
    be, and for NONE without a reason in words.
    """
    session = locked(session_id)
    refuse_unless_serious(session, onset_id)
    if on > clock.today():
        raise Unprocessable({"reported_on": ["Enter a day that is not after today."]})
    if to is ReportedTo.NONE and not text.strip():
        raise Unprocessable({"text": ["Enter why nobody has to be told, and who decided it."]})
    return kept(EventReport(reported_to=to, reported_on=on, text=text, **common(session, onset_id)))


def take_back_report(session_id: uuid.UUID, report_id: uuid.UUID, *, reason: str) -> EventReport:
    """Write down that a report was entered in error. Raises Conflict when it does not stand."""
    session = locked(session_id)
    standing = {report.id: report for report in reports_of([session_id]).get(session_id, [])}
    if report_id not in standing:
        raise Conflict("This report was taken back already.")
    report = standing[report_id]
    return kept(
        EventReport(
            reported_to=report.to,
            reported_on=report.on,
            takes_back_id=report_id,
            reason=reason,
            **common(session, report.onset_id),
        )
    )


def refuse_unless_serious(session: TreatmentSession, onset_id: uuid.UUID) -> None:
    """Raise Conflict unless the log has this event as a serious one."""
    effects = state_of(session, clock.now()).side_effects
    if not any(effect.onset_id == onset_id and effect.serious for effect in effects):
        raise Conflict("There is no such serious event in this session.")


def common(session: TreatmentSession, onset_id: uuid.UUID) -> dict[str, object]:
    """What every report has."""
    return {
        "session_id": session.id,
        "patient_id": session.patient_id,
        "onset_id": onset_id,
        "author_id": acting().actor_id,
        "recorded_at": clock.now(),
    }


def kept(row: EventReport) -> EventReport:
    """The row, stored."""
    db.session.add(row)
    db.session.flush()
    return row
