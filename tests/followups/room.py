"""This file is about courses in which doses were given, for tests of follow-ups."""

import re
import uuid
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from flask import Flask

from clinic.core.acting import Acting, act_as
from clinic.core.clock import standing_at
from clinic.core.db import db, job
from clinic.courses.actions import open_course
from clinic.courses.models import Course
from clinic.protocols.actions import publish_from_library
from clinic.protocols.queries import in_force
from clinic.sessions.actions.steps import record
from clinic.sessions.models import TreatmentSession
from tests.factories import make_infant, make_patient

NASAL = "esketamine-nasal-56-84"
T0 = datetime(2026, 3, 11, 9, 30, tzinfo=UTC)
CALL_AT = datetime(2026, 3, 12, 9, 40, tzinfo=UTC)
FIVE_MINUTES = timedelta(minutes=5)
EFFECTS = (
    *("dizziness", "dissociation", "nausea", "vomiting", "headache", "anxiety", "sedation"),
    *("blood-pressure-increased", "other"),
)
CALM = {
    "contacted_at": "2026-03-12T09:35",
    "how": "call",
    "reached": "yes",
    "born_on": "1994-05-02",
    "bladder": "none",
    "next_step": "as-planned",
    "password": "right",
    **{f"effect_{code}": "none" for code in EFFECTS},
    **{
        f"q_{code}": "no"
        for code in ("warning", "hard-to-wake", "feeding", "breathing", "colour", "harm")
    },
}


def dosed_course(
    app: Flask, somebody: Acting, *t0s: datetime, feeding: str | None = "mixed", **patient: Any
) -> uuid.UUID:
    """A new patient's course with a dose of 56 mg at each of these moments."""
    with app.app_context(), act_as(somebody), job():
        woman = make_patient(**patient)
        if feeding != "no infant":
            make_infant(woman, feeding=feeding)
        version = in_force(NASAL) or publish_from_library(NASAL)
        course = open_course(woman.id, version.id)
        for number, t0 in enumerate(t0s, 1):
            session = give(course, number, t0)
            session.agreed_pause_hours = Decimal(12)
        return course.id


def give(course: Course, number: int, t0: datetime) -> TreatmentSession:
    """A session in which two devices were given in full, past every check."""
    session = TreatmentSession(
        patient_id=course.patient_id,
        course_id=course.id,
        protocol_version_id=course.protocol_version_id,
        number=number,
        planned_at=t0,
        room="2",
        ordered_dose=Decimal(56),
        ordered_by_id=course.opened_by_id,
        ordered_at=t0,
    )
    db.session.add(session)
    db.session.flush()
    for device, at in enumerate((t0, t0 + FIVE_MINUTES), 1):
        said = {"event": "device", "device_number": device, "outcome": "complete"}
        with standing_at(at):
            record(session, "administration", said, at)
    return session


def effect(app: Flask, somebody: Acting, course_id: uuid.UUID, term: str, at: datetime) -> None:
    """A side effect of the first session that did not end there."""
    with app.app_context(), act_as(somebody), job(), standing_at(at):
        session = db.session.query(TreatmentSession).filter_by(course_id=course_id).one()
        record(session, "adverse-event", {"event": "onset", "term": term, "severity": "mild"}, at)


def left_against_advice(app: Flask, somebody: Acting, course_id: uuid.UUID, at: datetime) -> None:
    """She leaves the first session against advice."""
    with app.app_context(), act_as(somebody), job(), standing_at(at):
        session = db.session.query(TreatmentSession).filter_by(course_id=course_id).one()
        record(session, "transition", {"event": "left-against-advice", "text": "wants home"}, at)


def words(page: str) -> str:
    """What a page says, without its tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))
