"""This file is about a stored course with two sessions and scores, for tests of its page."""

import uuid
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from flask import Flask

from clinic.core.acting import Acting, act_as
from clinic.core.db import job
from clinic.courses.actions import add_medication, open_course
from clinic.courses.models import Course
from clinic.courses.rules import DrugClass, MedicationFacts
from clinic.instruments.rules import MomentCode
from clinic.protocols.actions import publish_from_library
from clinic.sessions.models import SessionStatus, TreatmentSession
from tests.clock import Clock
from tests.factories import kept, make_infant, make_patient
from tests.instruments.room import items, used
from tests.reports.room import spray, write

FIRST = datetime(2026, 3, 4, 9, 30, tzinfo=UTC)
SECOND = FIRST + timedelta(days=7)


def empty_course(app: Flask, somebody: Acting, clock: Clock) -> uuid.UUID:
    """Maya's course, opened on 24 February; nothing was given or asked."""
    now, clock.now = clock.now, datetime(2026, 2, 24, 9, tzinfo=UTC)
    with app.app_context(), act_as(somebody), job():
        maya = make_patient()
        make_infant(maya, feeding="mixed")
        course_id = open_course(maya.id, publish_from_library("esketamine-nasal-56-84").id).id
        add_medication(course_id, MedicationFacts("Sertraline", DrugClass.ANTIDEPRESSANT, "150 mg"))
    clock.now = now
    return course_id


def give_two_doses(course: Course) -> None:
    """56 mg on 4 and on 11 March; a rise of +22/+12, then of +46/+26. Both are signed."""
    for number, at, highest in ((1, FIRST, (138, 86)), (2, SECOND, (164, 102))):
        session = kept(
            TreatmentSession(
                patient_id=course.patient_id,
                course_id=course.id,
                protocol_version_id=course.protocol_version_id,
                number=number,
                status=SessionStatus.FINISHED,
                planned_at=at,
                room="2",
                ordered_dose=Decimal(56),
                ordered_by_id=course.opened_by_id,
                ordered_at=at,
                agreed_pause_hours=Decimal(12),
            )
        )
        log(session, at, highest)
        session.locked_at = at + timedelta(minutes=130)


def log(session: TreatmentSession, at: datetime, highest: tuple[int, int]) -> None:
    """Two devices, readings, a side effect, her leaving."""
    for minute, (systolic, diastolic), score in (
        (-10, (116 if session.number == 1 else 118, 74 if session.number == 1 else 76), 0),
        (40, highest, 3),
        (60, (120, 78), 0),
        (120, (118, 76), 0),
    ):
        signs = {"systolic": systolic, "diastolic": diastolic, "dissociation": score, "spo2": 97}
        write(session, "observation", at + timedelta(minutes=minute), **signs)
    spray(session, at)
    spray(session, at + timedelta(minutes=5), device_number=2)
    nausea = {"event": "onset", "term": "nausea", "severity": "moderate"}
    onset = write(session, "adverse-event", at + timedelta(minutes=20), said=nausea)
    over = {"event": "resolved", "subject_id": str(onset.id)}
    write(session, "adverse-event", at + timedelta(minutes=50), said=over)
    write(session, "transition", at + timedelta(minutes=125), said={"event": "left"})


def score_her(course_id: uuid.UUID, *, thoughts: int = 0) -> None:
    """MADRS 36 before and 18 at day 7, EPDS 20 before; `thoughts`: item 10 of EPDS at day 7."""
    used(course_id, "MADRS", items(10, 4, _10=0), FIRST - timedelta(hours=2))
    used(course_id, "EPDS", items(10, 2, _10=0), FIRST - timedelta(hours=1))
    day_7 = {"moment": MomentCode.DAY_7}
    used(course_id, "MADRS", items(10, 2, _10=0), FIRST + timedelta(days=7), **day_7)
    after = items(10, 1, _10=thoughts)
    used(course_id, "EPDS", after, FIRST + timedelta(days=7, minutes=1), **day_7)
