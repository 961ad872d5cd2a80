"""This file is about reading nothing but readings: many sessions at a time, little of each.

A clinic of years has a million of them, so nothing is worked out that their table does not show.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy import select

from clinic.accounts.queries import names_of, own_clinic
from clinic.core.acting import acting
from clinic.core.db import db, end_reading
from clinic.patients.queries import by_ids as patients_by_ids
from clinic.protocols.models import ProtocolVersion
from clinic.protocols.queries import by_ids as versions_by_ids
from clinic.protocols.queries import content_of
from clinic.protocols.rules import SessionPlan
from clinic.reports.queries.masked_order import place_of, shuffled
from clinic.reports.queries.sessions_in import by_plan, may_belong
from clinic.reports.queries.wanted import Wanted
from clinic.reports.rules import Period, ReadingsRecord
from clinic.reports.rules.masks import Mask
from clinic.sessions.models import TreatmentSession
from clinic.sessions.queries import logs_of
from clinic.sessions.queries.state import facts_from
from clinic.sessions.rules.readings_alone import KINDS, readings_alone

SESSIONS, WOMEN = 40, 10  # at a time


def reading_parts(
    period: Period, now: datetime, wanted: Wanted, mask: Mask
) -> Iterator[list[ReadingsRecord]]:
    """The sessions of a period with their readings; masked, those of one woman after those of
    another, in no true order."""
    alone = mask.is_plain or wanted.course_id is not None
    parts = by_plan(period, wanted, SESSIONS) if alone else by_woman(period, wanted, mask)
    for sessions in parts:
        found = [one for one in records(sessions, now) if one.day in period]
        end_reading()
        yield found


def by_woman(period: Period, wanted: Wanted, mask: Mask) -> Iterator[Sequence[TreatmentSession]]:
    """The sessions of a few women at a time, hers by their plan."""
    women = shuffled(mask, wanted.after)
    for first in range(0, len(women), WOMEN):
        place = {patient_id: n for n, patient_id in enumerate(women[first : first + WOMEN])}
        theirs = select(TreatmentSession).where(TreatmentSession.patient_id.in_(place))
        found = db.session.scalars(theirs.where(*may_belong(period, wanted))).all()
        wanted.stands(place_of(max(place, key=place.__getitem__), mask))
        yield sorted(found, key=lambda one: (place[one.patient_id], one.planned_at, one.id))


def records(sessions: Sequence[TreatmentSession], now: datetime) -> Iterator[ReadingsRecord]:
    """Sessions with their readings."""
    patients = patients_by_ids({session.patient_id for session in sessions})
    versions = versions_by_ids({session.protocol_version_id for session in sessions})
    logs = logs_of([session.id for session in sessions], KINDS)
    names = names_of({entry.author_id for log in logs.values() for entry in log})
    code, zone = own_clinic().code, acting().timezone
    plans = {id_: plan_in(version) for id_, version in versions.items()}
    for session in sessions:
        plan, patient = plans[session.protocol_version_id], patients[session.patient_id]
        facts = facts_from(session, plan, patient.gave_birth_on, [])
        yield ReadingsRecord(
            id=session.id,
            number=session.number,
            patient_id=session.patient_id,
            clinic_code=code,
            patient_number=patient.number,
            planned_at=session.planned_at,
            zone=zone,
            birth_on=patient.gave_birth_on,
            names=names,
            found=readings_alone(plan, facts, logs.get(session.id, ()), now),
        )


def plan_in(version: ProtocolVersion) -> SessionPlan:
    """The plan of a version."""
    return content_of(version).session_plan()
