"""The API document is true: each of its examples is taken as it stands."""

from datetime import UTC, datetime
from pathlib import Path

from clinic.core.db import job
from clinic.core.permissions import Role
from clinic.sessions.forms import FORMS
from tests.clock import Clock
from tests.desk import Desk
from tests.factories import make_user
from tests.sessions.room import (
    check_everything_before_the_dose,
    examples,
    planned_session,
    put,
    state,
)

DOCUMENT = Path("docs/api.md")
NINE = datetime(2026, 3, 12, 9, 0, tzinfo=UTC)
HIGH = {"kind": "observation", "systolic": 161, "diastolic": 92, "confirmed": True}


def colleagues(desk: Desk) -> dict[object, str]:
    """The words of the document that stand for somebody -> that person's id."""
    with desk.app.app_context(), job():
        doctor = make_user(role=Role.PSYCHIATRIST, full_name="Chidi Okafor", title="Dr")
        nurse = make_user(full_name="Tom Becker")
        return {"PRESCRIBER": str(doctor.id), "COLLEAGUE": str(nurse.id)}


def test_the_document_has_an_example_of_every_kind() -> None:
    assert {example["kind"] for example in examples(DOCUMENT)} == set(FORMS)


def test_every_example_is_taken_as_it_stands(desk: Desk, clock: Clock) -> None:
    session_id = planned_session(desk.app, desk.somebody, NINE)
    people = colleagues(desk)
    clock.now = datetime(2026, 3, 12, 9, 56, tzinfo=UTC)
    answers = []

    for example in examples(DOCUMENT):
        if example["kind"] == "administration":
            check_everything_before_the_dose(desk, session_id, "2026-03-12T09:25:00+00:00")
        if example["kind"] == "acknowledgement":
            at = "2026-03-12T09:54:00+00:00"
            put(desk, session_id, **HIGH, effective_at=at)
            example["alert_key"] = (
                state(desk.app, desk.somebody, session_id, clock.now).alerts[0].key
            )
        example |= {key: people[value] for key, value in example.items() if value in people}
        answers.append((example["kind"], put(desk, session_id, **example)))

    assert [
        (kind, answer.status_code, answer.text)
        for kind, answer in answers
        if answer.status_code != 201
    ] == []
