"""This file is about a course with one dose given and one planned, for tests of stage 4."""

import json
import uuid
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from flask import Flask

from clinic.core.acting import Acting, act_as
from clinic.core.audit import next_log_seq
from clinic.core.db import db, job
from clinic.courses.actions import add_medication, open_course
from clinic.courses.models import Course
from clinic.courses.rules import DrugClass, MedicationFacts
from clinic.protocols.actions import publish_from_library
from clinic.sessions.models import LogEntry, SessionStatus, TreatmentSession
from tests.factories import kept, make_infant, make_patient

T0 = datetime(2026, 3, 10, 9, 30, tzinfo=UTC)
AHEAD = datetime(2026, 3, 17, 9, 30, tzinfo=UTC)
ONE = uuid.UUID("01950000-0000-7000-8000-000000000501")
TWO = uuid.UUID("01950000-0000-7000-8000-000000000502")


def course_with_a_dose(app: Flask, somebody: Acting) -> uuid.UUID:
    """Maya's course: 56 mg on 10 March, a second dose planned for the 17th, two medicines."""
    with app.app_context(), act_as(somebody), job():
        maya = make_patient()
        make_infant(maya, feeding="mixed")
        course = open_course(maya.id, publish_from_library("esketamine-nasal-56-84").id)
        session(course, ONE, 1, T0, SessionStatus.FINISHED)
        session(course, TWO, 2, AHEAD, SessionStatus.PLANNED)
        devices(course, ONE)
        medicines(course.id)
        return course.id


def session(
    course: Course, id_: uuid.UUID, number: int, at: datetime, status: SessionStatus
) -> None:
    """A session as it is stored, past every check of its planning."""
    kept(
        TreatmentSession(
            id=id_,
            patient_id=course.patient_id,
            course_id=course.id,
            protocol_version_id=course.protocol_version_id,
            number=number,
            status=status,
            planned_at=at,
            room="2",
            ordered_dose=Decimal(56),
            ordered_by_id=course.opened_by_id,
            ordered_at=T0,
            agreed_pause_hours=Decimal(12),
        )
    )
    db.session.flush()


def devices(course: Course, session_id: uuid.UUID) -> None:
    """Two complete devices, five minutes apart."""
    for number in (1, 2):
        at = T0 + timedelta(minutes=5 * (number - 1))
        said = {"event": "device", "device_number": number, "outcome": "complete"}
        kept(
            LogEntry(
                session_id=session_id,
                patient_id=course.patient_id,
                kind="administration",
                effective_at=at,
                recorded_at=at,
                author_id=course.opened_by_id,
                detail=json.dumps(said),
                content_hash=str(number),
                log_seq=next_log_seq(),
            )
        )


def medicines(course_id: uuid.UUID) -> None:
    """An antidepressant in two doses, and a sedative that was stopped."""
    kinds = DrugClass.ANTIDEPRESSANT, DrugClass.BENZODIAZEPINE
    add_medication(
        course_id,
        MedicationFacts("sertraline", kinds[0], "100 mg", date(2025, 11, 10), date(2026, 2, 2)),
    )
    add_medication(course_id, MedicationFacts("sertraline", kinds[0], "150 mg", date(2026, 2, 3)))
    add_medication(
        course_id,
        MedicationFacts("lorazepam", kinds[1], "0.5 mg", date(2026, 1, 28), date(2026, 2, 9)),
    )
