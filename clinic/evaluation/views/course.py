"""This file is about what the front page of a course hears of its evaluation."""

from clinic.courses.models import Course
from clinic.courses.rules import Progress, StageReport
from clinic.evaluation import queries
from clinic.evaluation.views.words import DECISIONS


def stage(course: Course) -> StageReport:
    """How far the evaluation is, for the front page of the course."""
    eligibility = queries.eligibility_of(course.id)
    if eligibility is not None:
        progress = Progress.DONE if eligibility.is_eligible else Progress.RUNNING
        return StageReport(progress, DECISIONS[eligibility.decision])
    begun = bool(queries.latest_answers(course.id))
    return StageReport(Progress.RUNNING, "Begun") if begun else StageReport(Progress.NOT_STARTED)


def plan_in_head(course: Course) -> tuple[str, str] | None:
    """The blood pressure plan, in the strip on top of every page of the course."""
    plan = queries.pressure_plan(queries.flat(queries.latest_answers(course.id)))
    return ("Blood pressure plan", plan) if plan else None
