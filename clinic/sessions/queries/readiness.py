"""This file is about whether a course may be treated: decided to be eligible, and consented to."""

import uuid
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from flask import current_app

from clinic.courses.models import Course
from clinic.courses.queries import consent_of
from clinic.courses.rules import NO_CONSENT, CourseStatus
from clinic.evaluation.queries import eligibility_of, stops_of
from clinic.sessions.rules import Obstacle

COURSE, EVALUATION = "courses.show", "evaluation.show"


def obstacles_of(course: Course) -> list[Obstacle]:
    """Everything that keeps a course from being treated; empty when nothing does."""
    return [
        *ended(course),
        *not_eligible(course.id),
        *stopped(course.id),
        *no_consent(course.id),
        *of_later_rooms(course.id),
    ]


def obstacles_at(course_id: uuid.UUID, at: datetime, *, begun: bool) -> tuple[str, ...]:
    """Why the drug may not be given at a moment, as sentences.

    What was signed after that moment does not count against it. `begun`: she has had some of the
    drug in this session; then only her taking the consent back keeps her from the rest.
    """
    if begun:
        consent = consent_of(course_id)
        found = list(no_consent(course_id, at)) if consent and consent.withdrawn else []
    else:
        found = [
            *not_eligible(course_id, at),
            *stopped(course_id, at),
            *no_consent(course_id, at),
            *of_later_rooms(course_id, at),
        ]
    return tuple(obstacle.sentence for obstacle in found)


def ended(course: Course) -> Iterator[Obstacle]:
    """A course that is over has no further session."""
    if course.status is not CourseStatus.ACTIVE:
        yield Obstacle("This course has ended. Open a new one first.", COURSE)


def not_eligible(course_id: uuid.UUID, at: datetime | None = None) -> Iterator[Obstacle]:
    """The decision in force is signed, and says eligible."""
    decided = eligibility_of(course_id)
    if decided is None:
        yield Obstacle(
            "No evaluation is signed. A psychiatrist signs it on the page Evaluation.", EVALUATION
        )
    elif not decided.is_eligible and not (at and at < decided.signed_at):
        words = f"{decided.decision}".replace("-", " ")
        yield Obstacle(
            f"The evaluation says: {words}. A psychiatrist may decide anew on the page Evaluation.",
            EVALUATION,
        )


def stopped(course_id: uuid.UUID, at: datetime | None = None) -> Iterator[Obstacle]:
    """Nothing that stops a course was answered since it was decided, by that moment."""
    for words in stops_of(course_id, at):
        yield Obstacle(f"{words} It stands in the evaluation.", EVALUATION)


def of_later_rooms(course_id: uuid.UUID, at: datetime | None = None) -> Iterator[Obstacle]:
    """What rooms behind this one have against it."""
    rooms = current_app.extensions.get("clinic.sessions.obstacles", {})
    yield from filter(None, (obstacle(course_id, at) for _, obstacle in sorted(rooms.items())))


def no_consent(course_id: uuid.UUID, at: datetime | None = None) -> Iterator[Obstacle]:
    """Her consent holds, to the wording in force."""
    consent = consent_of(course_id)
    if consent and at and consent.withdrawn_at and at < consent.withdrawn_at:
        consent = replace(consent, withdrawn_on=None)
    fault = consent.why_not if consent else NO_CONSENT
    if fault:
        yield Obstacle(f"{fault} Consent is signed on the page of her course.", COURSE)
