"""This file is about courses that are to be looked at again: the day that a decision set."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from clinic.core.db import db
from clinic.courses.models import Course
from clinic.courses.rules import CourseStatus
from clinic.patients.models import Patient
from clinic.review.queries.decisions import decided_last
from clinic.review.rules import Decided


@dataclass(frozen=True)
class ReEvaluation:
    """A course to look at again by the end of `due_on`, and the decision that says so."""

    course: Course
    patient: Patient
    due_on: date
    decided: Decided

    def is_overdue(self, today: date) -> bool:
        """Whether the day has passed."""
        return self.due_on < today


def re_evaluations() -> list[ReEvaluation]:
    """Active courses whose decision in force set a day, the earliest first. A new decision ends
    it."""
    rows = (
        select(Course, Patient)
        .join(Patient, Patient.id == Course.patient_id)
        .where(Course.status == CourseStatus.ACTIVE)
    )
    courses = db.session.execute(rows).all()
    decisions = decided_last(course.id for course, _ in courses)
    found = [
        ReEvaluation(course, patient, one.re_evaluate_on, one)
        for course, patient in courses
        if (one := decisions.get(course.id)) is not None and one.re_evaluate_on is not None
    ]
    return sorted(found, key=lambda one: (one.due_on, one.course.id))


def due_days(courses: Sequence[Course]) -> dict[uuid.UUID, date]:
    """Course id -> the day by which it is looked at again, where one was set."""
    found = decided_last(course.id for course in courses)
    return {id_: one.re_evaluate_on for id_, one in found.items() if one.re_evaluate_on}
