"""This file is about a session in a test: planned by somebody, and entries sent to it as JSON."""

import json
import re
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from clinic.core.acting import Acting, act_as
from clinic.core.db import db, job, new_id
from clinic.courses.actions import open_course
from clinic.courses.models import Course
from clinic.protocols.actions import publish_from_library
from clinic.protocols.queries import in_force
from clinic.sessions.actions import plan_session
from clinic.sessions.models import TreatmentSession
from clinic.sessions.queries import plan_of, state_of
from clinic.sessions.rules import SessionState
from tests.courses.signed import sign_consent
from tests.desk import Desk
from tests.evaluation.signed import sign_eligible
from tests.factories import make_infant, make_patient

NASAL = "esketamine-nasal-56-84"


def ready_course(patient_id: uuid.UUID, protocol: str = NASAL) -> Course:
    """A new course that may be treated: decided to be eligible, and consented to."""
    version = in_force(protocol) or publish_from_library(protocol)
    course = open_course(patient_id, version.id)
    sign_eligible(course.id)
    sign_consent(course.id)
    return course


def planned_session(
    app: Flask,
    somebody: Acting,
    planned_at: datetime,
    *,
    dose: int = 56,
    protocol: str = NASAL,
    **patient: Any,
) -> uuid.UUID:
    """A session of a new patient's new course."""
    with app.app_context(), act_as(somebody), job():
        woman = make_patient(**patient)
        make_infant(woman, feeding="mixed")
        course = ready_course(woman.id, protocol)
        return plan_session(
            course,
            planned_at=planned_at,
            room="2",
            ordered_dose=Decimal(dose),
            ordered_by_id=somebody.actor_id,
            agreed_pause_hours=Decimal(12),
        ).id


def put(
    desk: Desk, session_id: uuid.UUID, entry_id: uuid.UUID | None = None, **says: Any
) -> TestResponse:
    """Send one entry as a tablet does."""
    return put_body(desk, session_id, json.dumps(says), entry_id)


def put_body(
    desk: Desk, session_id: uuid.UUID, body: str | bytes, entry_id: uuid.UUID | None = None
) -> TestResponse:
    """Send any body as an entry."""
    return desk.client.put(
        f"/sessions/{session_id}/entries/{entry_id or new_id()}",
        data=body,
        headers={"X-CSRFToken": desk.token(), "Content-Type": "application/json"},
    )


def check_everything_before_the_dose(desk: Desk, session_id: uuid.UUID, at: str) -> None:
    """Answer each item of the protocol's list as it is expected."""
    with record(desk.app, desk.somebody, session_id) as session:
        items = plan_of(session).pre_dose

    def check() -> None:
        for item in items:
            says = {"kind": "check", "item": item.code, "answer": item.expected}
            answer = put(desk, session_id, effective_at=at, **says)
            assert answer.status_code == 201, answer.text

    desk.reach(("checked", session_id, at), check)


@contextmanager
def record(app: Flask, somebody: Acting, session_id: uuid.UUID) -> Iterator[TreatmentSession]:
    """The session as it is stored."""
    with app.app_context(), act_as(somebody):
        yield db.session.get_one(TreatmentSession, session_id)
        db.session.expunge_all()
        db.session.rollback()


def state(app: Flask, somebody: Acting, session_id: uuid.UUID, now: datetime) -> SessionState:
    """The state at a moment."""
    with record(app, somebody, session_id) as session:
        return state_of(session, now)


def examples(document: Path) -> list[dict[str, Any]]:
    """The JSON examples of a document, in their order."""
    return [
        json.loads(text) for text in re.findall(r"```json\n(.*?)```", document.read_text(), re.S)
    ]
