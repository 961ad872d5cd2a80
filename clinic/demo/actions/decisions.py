"""This file is about the decisions that a psychiatrist signed on the way of a course."""

from datetime import datetime, timedelta

from clinic.core import clock
from clinic.core.permissions import Role
from clinic.courses.models import Course
from clinic.courses.rules import EndReason
from clinic.demo.actions.courses import course_of
from clinic.demo.actions.stage import at_work, moment, proof
from clinic.demo.rules.cases import Case, Signed
from clinic.review.actions import evidence_of, seen_of, sign_decision
from clinic.review.queries import decided, record_of, standing_of
from clinic.review.rules import Chosen, Decision


def load_decisions(case: Case, now: datetime, turn: int) -> None:
    """Each decision at its time, on the record as it was then; unless they are there already."""
    with at_work(case.mother.clinic, Role.PSYCHIATRIST, turn):
        course = course_of(case.mother.number)
        if course is None or course.ended_on is not None or decided(course.id):
            return
        for signed in case.decisions:
            with clock.standing_at(moment(now, signed.ago, signed.at)):
                decide(course, signed)


def decide(course: Course, signed: Signed) -> None:
    """The alerts are read, and the decision is signed."""
    record = record_of(course, clock.now())
    standing = standing_of(course, record)
    sign_decision(
        course.id,
        chosen_of(signed),
        read={one.session_id for one in standing.alerts},
        seen=seen_of(evidence_of(course, record, standing)),
        proof=proof(),
    )


def chosen_of(signed: Signed) -> Chosen:
    """What was decided; the course is looked at again some days after it."""
    days = signed.again_in
    return Chosen(
        Decision(signed.decision),
        signed.reason,
        new_dose=signed.dose,
        stopped_because=EndReason(signed.because) if signed.because else None,
        re_evaluate_on=clock.today() + timedelta(days=days) if days is not None else None,
    )
