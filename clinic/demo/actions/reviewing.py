"""This file is about the sessions that a psychiatrist has reviewed since they were signed."""

from datetime import datetime, timedelta

from clinic.core import clock
from clinic.core.permissions import Role
from clinic.demo.actions.courses import course_of
from clinic.demo.actions.stage import at_work, proof
from clinic.demo.rules.cases import Case
from clinic.sessions.actions import review_session
from clinic.sessions.queries import of_course, reviews_of

WITHIN = timedelta(days=3)  # younger ones still wait


def load_reviews(case: Case, now: datetime, turn: int) -> None:
    """The sessions of more than some days ago are reviewed on the day after their signature."""
    with at_work(case.mother.clinic, Role.PSYCHIATRIST, turn):
        course = course_of(case.mother.number)
        sessions = of_course(course.id) if course is not None else []
        reviews = reviews_of(session.id for session in sessions)
        for session in sessions:
            review, signed_at = reviews.get(session.id), session.locked_at
            if review is None or review.last or signed_at is None or now - signed_at < WITHIN:
                continue
            with clock.standing_at(signed_at + timedelta(days=1)):
                review_session(session.id, seen=review.added, proof=proof())
