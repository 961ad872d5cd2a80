"""This file is about how soon answers that needed a response were responded to, in a period."""

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from clinic.accounts.models import Duty
from clinic.accounts.queries.duties import named_around
from clinic.core.db import db
from clinic.courses.queries import protocol_of
from clinic.followups.models import Contact
from clinic.followups.queries.contacts import chains_of, responses_to
from clinic.followups.queries.responses import Subject, minutes_of
from clinic.followups.rules.clocks import clock_of_answer
from clinic.instruments.models import QuestionnaireResponse
from clinic.instruments.queries.uses import Answered, uses_from


@dataclass(frozen=True)
class Responded:
    """One answer of a course that needed a response. `due_at` None: no time was set, or nobody was
    on the cover list; `responded_at` None: nobody has responded yet."""

    course_id: uuid.UUID
    subject: Subject
    since: datetime
    due_at: datetime | None
    responded_at: datetime | None


def responded_in(begins: datetime, ends: datetime, now: datetime) -> list[Responded]:
    """Those that came from `begins` on and before `ends`."""
    cover = named_around(begins)
    return [*answers_in(begins, ends, cover, now), *concerns_in(begins, ends)]


def answers_in(
    begins: datetime, ends: datetime, cover: Sequence[Duty], now: datetime
) -> Iterator[Responded]:
    """Safety answers of scales, by the version that had the first of them."""
    found = select(QuestionnaireResponse.course_id, QuestionnaireResponse.instrument_code).where(
        QuestionnaireResponse.has_findings,
        QuestionnaireResponse.recorded_at >= begins,
        QuestionnaireResponse.recorded_at < ends,
    )
    asked = {(course, code) for course, code in db.session.execute(found)}
    rows = select(QuestionnaireResponse).where(
        QuestionnaireResponse.course_id.in_({course for course, _ in asked}),
        QuestionnaireResponse.instrument_code.in_({code for _, code in asked}),
    )
    for use in uses_from(db.session.scalars(rows).all()):
        since = min((row.recorded_at for row in use.versions if row.has_findings), default=None)
        if since is not None and begins <= since < ends:
            yield of_use(use, since, cover, now)


def of_use(use: Answered, since: datetime, cover: Sequence[Duty], now: datetime) -> Responded:
    """One use of a scale; done is done, whenever it was written down."""
    minutes = minutes_of(protocol_of(use.response.course_id))
    clock = clock_of_answer(cover, since, minutes, None, now)
    done = min((one.done_at or one.reviewed_at for one in use.reviews), default=None)
    return Responded(use.response.course_id, Subject.SCALE, since, clock.due_at, done)


def concerns_in(begins: datetime, ends: datetime) -> Iterator[Responded]:
    """Concerns of contacts, by the version that had the first of them."""
    near = select(Contact.course_id).where(
        Contact.concerned, Contact.recorded_at >= begins, Contact.recorded_at < ends
    )
    courses = set(db.session.scalars(near))
    rows = db.session.scalars(select(Contact).where(Contact.course_id.in_(courses))).all()
    responses = responses_to([row.id for row in rows])
    for chain in chains_of(rows):
        first = next((row for row in chain if row.concerned), None)
        if first is None or not begins <= first.recorded_at < ends:
            continue
        given = [responses[row.id] for row in chain if row.id in responses]
        done = min((one.done_at or one.responded_at for one in given), default=None)
        yield Responded(
            first.course_id, Subject.CONTACT, first.recorded_at, first.answer_by_at, done
        )
