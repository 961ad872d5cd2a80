"""This file is about what stands beside the drug: talks, therapy, goals."""

from datetime import datetime

from clinic.core import clock
from clinic.core.acting import acting
from clinic.core.permissions import Role
from clinic.courses.models import Course
from clinic.demo.actions.courses import course_of
from clinic.demo.actions.stage import at_work, moment, people
from clinic.demo.rules.cases import Case, Visit
from clinic.integration.actions import record_goal, record_visit
from clinic.integration.queries import activities_of
from clinic.integration.rules import GoalFacts, GoalState, Kind, Status, VisitFacts
from clinic.sessions.queries import of_course

OUTSIDE = "Anna Petersen, therapist"  # where the clinic has no therapist of its own


def load_visits(case: Case, now: datetime, turn: int) -> None:
    """Visits and goals, unless they are there already."""
    own = bool(people(case.mother.clinic, Role.THERAPIST))
    with at_work(case.mother.clinic, Role.THERAPIST if own else Role.NURSE, turn):
        course = course_of(case.mother.number)
        if course is None or activities_of(course.id):
            return
        for visit in case.visits:
            load_visit(course, visit, now, own=own)
        for goal, owner, state in case.goals:
            record_goal(course.id, GoalFacts(goal, owner, state=GoalState(state)))


def load_visit(course: Course, visit: Visit, now: datetime, *, own: bool) -> None:
    """One visit; written down when it was over."""
    at = moment(now, visit.ago, visit.at)
    if visit.status != Status.PLANNED and at > now:
        return
    done = visit.status == Status.DONE
    sessions = {session.number: session.id for session in of_course(course.id)}
    with clock.standing_at(min(at, now)):
        record_visit(
            course.id,
            VisitFacts(
                kind=Kind(visit.kind),
                status=Status(visit.status),
                starts_at=at,
                session_id=sessions.get(visit.after_dose or 0),
                modality=visit.modality,
                therapist_id=acting().actor_id if own and not visit.by else None,
                therapist_name=visit.by or (None if own or not done else OUTSIDE),
                minutes=50 if done else None,
                reason=visit.reason,
            ),
        )
