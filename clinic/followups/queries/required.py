"""This file is about what a follow-up asks for, each to do, done, or only on paper."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select

from clinic.core.db import db
from clinic.courses.models import Course
from clinic.courses.queries import infants_of_course
from clinic.followups.models import Contact
from clinic.followups.queries.contacts import chains_of
from clinic.followups.queries.work_list import Row
from clinic.followups.rules import Due, Reached, State
from clinic.instruments.models import QuestionnaireResponse
from clinic.instruments.queries import may_go_to_phone

Key = tuple[uuid.UUID, str, uuid.UUID | None]


class Mark(StrEnum):
    """How something required stands."""

    TO_DO = "to-do"
    DONE = "done"
    ON_PAPER = "on-paper"


@dataclass(frozen=True)
class Required:
    """One thing a follow-up asks for."""

    name: str
    mark: Mark


def required_of(rows: Sequence[Row]) -> dict[Key, list[Required]]:
    """What each of these rows asks for, side effects first."""
    ids = {row.course_id for row in rows}
    answered, told = answered_in(ids), told_in_contacts(ids)
    with_infant = having_infants(ids)
    return {
        key_of(row): list(
            required(
                row,
                [one for one in answered[row.course_id] if belongs(one, row.due)],
                told=key_of(row) in told or row.due.state is State.DONE,
                infant=row.course_id in with_infant,
            )
        )
        for row in rows
    }


def key_of(row: Row) -> Key:
    """Names a row."""
    return row.course_id, *row.due.key


def required(
    row: Row, answered: Iterable[QuestionnaireResponse], *, told: bool, infant: bool
) -> Iterable[Required]:
    """Side effects, the infant, then the scales of the protocol."""
    asked = Mark.DONE if told else Mark.TO_DO
    yield Required("Side effects", asked)
    if infant:
        yield Required("Infant check", asked)
    done = {(one.instrument_code, one.form_code) for one in answered}
    for scale in row.scales:
        if (scale.code, scale.form.code) in done:
            yield Required(scale.name, Mark.DONE)
        elif scale.by != "staff" and may_go_to_phone(scale.code).reason is not None:
            yield Required(f"{scale.name}, paper", Mark.ON_PAPER)
        else:
            yield Required(scale.name, Mark.TO_DO)


def belongs(response: QuestionnaireResponse, due: Due) -> bool:
    """Whether answers were given for a follow-up."""
    return response.moment == due.code and due.session_id in (None, response.session_id)


def answered_in(course_ids: set[uuid.UUID]) -> dict[uuid.UUID, list[QuestionnaireResponse]]:
    """The answers that count, by course."""
    found = select(QuestionnaireResponse).where(QuestionnaireResponse.course_id.in_(course_ids))
    rows = db.session.scalars(found).all()
    corrected = {row.corrects_id for row in rows}
    by_course: dict[uuid.UUID, list[QuestionnaireResponse]] = defaultdict(list)
    for row in rows:
        if row.id not in corrected and not row.withdrawn:
            by_course[row.course_id].append(row)
    return by_course


def told_in_contacts(course_ids: set[uuid.UUID]) -> set[Key]:
    """Follow-ups in which she said how she was."""
    found = select(Contact).where(Contact.course_id.in_(course_ids))
    chains = chains_of(db.session.scalars(found).all())
    return {
        (last.course_id, last.code, last.session_id)
        for last in (chain[-1] for chain in chains)
        if last.reached is Reached.YES
    }


def having_infants(course_ids: set[uuid.UUID]) -> set[uuid.UUID]:
    """Courses with an infant on record."""
    courses = db.session.scalars(select(Course).where(Course.id.in_(course_ids)))
    return {course.id for course in courses if infants_of_course(course)}
