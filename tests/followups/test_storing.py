"""This file is about what both databases hold of follow-ups: contacts for ever, one row each."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from clinic.core.db import db
from clinic.followups import actions, queries
from clinic.followups.models import FollowUp
from clinic.followups.rules import ContactFacts, How, Reached
from clinic.sessions.queries import doses_of, doses_of_clinic
from tests.core.raw import REFUSALS, intruder
from tests.followups.room import T0

CALL_AT = datetime(2026, 3, 12, 9, 40, tzinfo=UTC)


def test_a_contact_cannot_be_changed_and_a_second_row_of_a_follow_up_cannot_be(
    app, work, nurse, course_id, clock
):
    clock.now = CALL_AT
    with work(nurse):
        due = queries.of_course(course_id, CALL_AT)[0]
        tried = ContactFacts(
            CALL_AT, How.CALL, Reached.NO_ANSWER, next_try_at=CALL_AT + timedelta(hours=1)
        )
        contact = actions.record_contact(course_id, due, tried)
        assert contact.due_at == due.due_at

    with intruder(app.config["SQLALCHEMY_DATABASE_URI"]) as connection:
        for statement in ("UPDATE contact SET note = 'x'", "DELETE FROM contact"):
            with pytest.raises(REFUSALS):
                connection.execute(statement)

    with work(nurse):
        week = queries.of_course(course_id, CALL_AT)[1]
        actions.move(course_id, week, to=week.due_at + timedelta(hours=1), reason="holiday")
    with work(nurse):
        row = db.session.query(FollowUp).one()
        same = {c.name: getattr(row, c.name) for c in FollowUp.__table__.columns if c.name != "id"}
        db.session.add(FollowUp(**same))
        with pytest.raises(IntegrityError):
            db.session.flush()
        db.session.rollback()


def test_doses_of_the_clinic_and_of_a_course_are_the_same(work, nurse, course_id):
    with work(nurse):
        assert doses_of_clinic(T0) == doses_of(course_id)
        assert doses_of_clinic(T0 + timedelta(minutes=1)) == []
        (dose,) = doses_of(course_id)
        assert (dose.t0, dose.number, dose.text) == (T0, 1, "56 mg")
        assert dose.last_drug_at == T0 + timedelta(minutes=5)
