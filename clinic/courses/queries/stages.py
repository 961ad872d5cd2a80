"""This file is about the stage a course is in, as the rooms of the stages report it."""

import uuid
from collections.abc import Callable, Mapping

from flask import current_app

from clinic.courses.models import Course
from clinic.courses.queries.courses import course_or_raise
from clinic.courses.rules import NOTHING_YET, Stage, StageReport, current_stage

Report = Callable[[Course], StageReport]
Hindrance = Callable[[Course], str | None]

REPORTS = "clinic.courses.stages"
HINDRANCES = "clinic.courses.hindrances"


def stage_of(course_id: uuid.UUID) -> Stage:
    """Evaluation, sessions or follow-ups: the first that is not done."""
    return current_stage(stage_reports(course_or_raise(course_id)))


def stage_reports(course: Course) -> dict[Stage, StageReport]:
    """What each of the four rooms says of this course; one that is not open has nothing yet."""
    rooms: Mapping[Stage, Report] = current_app.extensions.get(REPORTS, {})
    return {stage: rooms[stage](course) if stage in rooms else NOTHING_YET for stage in Stage}


def hindrances(course: Course) -> list[str]:
    """What stands in the way of ending a course now, as sentences."""
    rooms: Mapping[str, Hindrance] = current_app.extensions.get(HINDRANCES, {})
    found = (rooms[name](course) for name in sorted(rooms))
    return [sentence for sentence in found if sentence]
