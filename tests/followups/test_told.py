"""What she tells of in a contact reaches the review of the course and the file, marked as told."""

from datetime import date, timedelta

import pytest

from clinic.core.acting import act_as
from clinic.core.db import db, job
from clinic.courses.queries import course_or_raise
from clinic.followups.models import Contact
from clinic.followups.queries import told_in
from clinic.followups.rules import Amount, Answers, How, NextStep, Reached, symptoms
from clinic.notation.rules.canonical import canonical_text
from clinic.reports.queries import exported
from clinic.reports.rules import TABLES, Period
from clinic.sessions.models import TreatmentSession
from tests.factories import kept
from tests.followups.room import CALL_AT, T0, dosed_course
from tests.reports.room import rows_of

TERMS = {"headache": "Headache", "nausea": "Nausea", "other": "Other"}
MARCH = Period(date(2026, 3, 1), date(2026, 3, 31))
SECOND = T0 + timedelta(days=2)


def test_what_was_not_there_is_no_side_effect_and_typed_words_name_the_other_one():
    said = Answers(
        effects={"headache": Amount.MODERATE, "nausea": Amount.NONE, "other": Amount.MILD},
        other_effect="Vivid dreams",
        bladder=Amount.SEVERE,
    )

    found = [(one.term, one.words, str(one.severity)) for one in symptoms(said, TERMS)]

    assert found == [
        ("headache", "Headache", "moderate"),
        ("other", "Vivid dreams", "mild"),
        ("bladder", "Bladder symptoms", "severe"),
    ]


def contact(course, session_id, **given):
    """A contact in which she was reached."""
    said = given.pop("said")
    values = {
        "patient_id": course.patient_id,
        "course_id": course.id,
        "session_id": session_id,
        "code": "24-hours",
        "due_at": CALL_AT,
        "contacted_at": CALL_AT,
        "how": How.CALL,
        "reached": Reached.YES,
        "next_step": NextStep.AS_PLANNED,
        "answers": canonical_text(said.as_tree()),
        "author_id": course.opened_by_id,
        "recorded_at": CALL_AT,
    }
    return kept(Contact(**values | given))


def furnish(course_id):
    """A corrected call after the first dose, and one of day 7; the ids of the two sessions."""
    course = course_or_raise(course_id)
    sessions = db.session.query(TreatmentSession).filter_by(course_id=course_id)
    first, second = (s.id for s in sessions.order_by(TreatmentSession.number))
    call = contact(course, first, said=Answers(effects={"headache": Amount.MILD}))
    worse = Answers(effects={"headache": Amount.MODERATE, "nausea": Amount.NONE})
    contact(course, first, said=worse, corrects_id=call.id, reason="Heard wrongly")
    dreams = Answers(effects={"other": Amount.MILD}, other_effect="Vivid dreams")
    contact(course, None, code="day-7", contacted_at=T0 + timedelta(days=7), said=dreams)
    return first, second


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_a_corrected_contact_counts_once_and_later_moments_belong_to_the_last_dose_before(
    app, somebody, clock
):
    clock.now = SECOND + timedelta(days=7)
    course_id = dosed_course(app, somebody, T0, SECOND)
    with app.app_context(), act_as(somebody):
        with job():
            first, second = furnish(course_id)
        told = told_in([course_id], clock.now)[course_id]
        file = "".join(exported(TABLES["side-effects"], MARCH, clock.now))

    assert [(t.moment, t.session_id, t.symptom.words, t.corrected) for t in told] == [
        ("24 hours after the dose", first, "Headache", True),
        ("Day 7", second, "Vivid dreams", False),
    ]
    rows = [row for row in rows_of(file.encode()) if row["source"] == "follow-up"]
    assert [(r["session_id"], r["follow_up"], r["peak_severity"]) for r in rows] == [
        (str(first), "24-hours", "moderate"),
        (str(second), "day-7", "mild"),
    ]
    assert [(r["term"], r["typed_words"]) for r in rows] == [
        ("headache", ""),
        ("other", "Vivid dreams"),
    ]
    assert {(r["onset_at"], r["serious"], r["ongoing_at_leaving"]) for r in rows} == {("", "", "")}
    assert rows[0]["told_at_utc"].startswith("2026-03-12T09:40")
