"""This file is about the doses that were given: what other rooms count their times from."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import select

from clinic.core import clock
from clinic.core.db import db
from clinic.sessions.models import LogEntry, TreatmentSession
from clinic.sessions.queries.board import feedings_of
from clinic.sessions.queries.log import as_entry
from clinic.sessions.queries.state import facts_from, plan_of
from clinic.sessions.rules import Dose, dose_given
from clinic.sessions.rules.given import DoseOf
from clinic.sessions.rules.log import Entry

GIVING = "administration"
SPEAKS_OF_DOSES = (GIVING, "transition")


def doses_of(course_id: uuid.UUID) -> list[Dose]:
    """The doses of a course by T0, from the log. A session without drug has none."""
    return doses_of_courses([course_id]).get(course_id, [])


def doses_of_courses(course_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, list[Dose]]:
    """Course id -> its doses by T0, for several courses at once."""
    wanted = select(TreatmentSession).where(TreatmentSession.course_id.in_(set(course_ids)))
    found: dict[uuid.UUID, list[Dose]] = defaultdict(list)
    for dose in doses_in(db.session.scalars(wanted).all()):
        found[dose.course_id].append(dose)
    return dict(found)


def doses_of_clinic(since: datetime) -> list[Dose]:
    """Every dose of the clinic with T0 at `since` or later, by T0."""
    given = select(LogEntry.session_id).where(
        LogEntry.kind == GIVING, LogEntry.effective_at >= since
    )
    sessions = select(TreatmentSession).where(TreatmentSession.id.in_(given))
    return [dose for dose in doses_in(db.session.scalars(sessions).all()) if dose.t0 >= since]


def doses_in(sessions: Sequence[TreatmentSession]) -> list[Dose]:
    """What these sessions delivered, by T0."""
    fed = feedings_of({session.patient_id for session in sessions})
    entries = entries_on_doses([session.id for session in sessions])
    doses = []
    for session in sessions:
        plan = plan_of(session)
        facts = facts_from(session, plan, None, fed.get(session.patient_id, []))
        of = DoseOf(session.id, session.course_id, session.patient_id, session.number)
        dose = dose_given(of, plan, facts, entries[session.id], clock.now())
        doses += [dose] if dose else []
    return sorted(doses, key=lambda dose: (dose.t0, dose.session_id))


def entries_on_doses(session_ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, list[Entry]]:
    """The entries that say what was given, by session; readings are many and say nothing of it."""
    found: dict[uuid.UUID, list[Entry]] = defaultdict(list)
    rows = select(LogEntry).where(
        LogEntry.session_id.in_(session_ids), LogEntry.kind.in_(SPEAKS_OF_DOSES)
    )
    # Ordered as the index is: by `log_seq` alone, the whole clinic's log might be walked through.
    for row in db.session.scalars(rows.order_by(LogEntry.session_id, LogEntry.log_seq)):
        found[row.session_id].append(as_entry(row))
    return found
