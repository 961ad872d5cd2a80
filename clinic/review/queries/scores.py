"""This file is about the totals of one scale of several women, for the small charts of the list."""

import uuid
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select

from clinic.core.db import db
from clinic.courses.models import Course
from clinic.instruments.library import library_instruments
from clinic.instruments.models import QuestionnaireResponse
from clinic.instruments.queries.uses import Answered, result_of, uses_from
from clinic.instruments.rules import choose_baseline, of_one_form, remission_rule
from clinic.patients.rules import Cell
from clinic.protocols.queries import protocol_of
from clinic.review.queries.listing import Everybody
from clinic.review.rules.listing import score_cell
from clinic.sessions.queries import doses_of_courses

SCALE, FORM = "MADRS", "standard"


def score_cells(known: Everybody, ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, Cell]:
    """Patient -> her last totals and the change from her baseline."""
    courses = {id_: known.newest[id_] for id_ in ids if id_ in known.newest}
    uses = uses_by_course([course.id for course in courses.values()])
    doses = doses_of_courses([course.id for course in courses.values()])
    first = {course_id: found[0].t0 for course_id, found in doses.items() if found}
    return {
        patient_id: cell_of(course, uses.get(course.id, []), first.get(course.id))
        for patient_id, course in courses.items()
    }


def uses_by_course(course_ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, list[Answered]]:
    """Uses of the scale that count, by course and time."""
    rows = select(QuestionnaireResponse).where(
        QuestionnaireResponse.course_id.in_(course_ids),
        QuestionnaireResponse.instrument_code == SCALE,
        QuestionnaireResponse.form_code == FORM,
    )
    found: dict[uuid.UUID, list[Answered]] = defaultdict(list)
    for use in uses_from(db.session.scalars(rows).all()):
        if not use.withdrawn:
            found[use.response.course_id].append(use)
    return found


def cell_of(course: Course, uses: list[Answered], first_dose_at: datetime | None) -> Cell:
    """One woman: the rules are those pinned to her course (definitions D7.7)."""
    outcome = protocol_of(course.protocol_version_id).outcome
    scale, chosen = library_instruments()[SCALE], outcome.of_scale(SCALE, FORM)
    limit = remission_rule(scale, chosen.remission).at_most if chosen and chosen.remission else None
    results = of_one_form([result_of(use) for use in uses], scale, FORM)
    oldest = timedelta(days=outcome.baseline_days)
    before = None
    if first_dose_at is not None:
        before = choose_baseline(results, first_dose_at=first_dose_at, oldest=oldest)
    totals = [result.total for result in results if result.total is not None]
    most = max((result.maximum or 0 for result in results), default=0)
    return score_cell(totals, before.total if before else None, limit, most)
