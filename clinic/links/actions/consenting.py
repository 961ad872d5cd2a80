"""This file is about consent by link: she reads the text in force, and signs by typing her name."""

from collections.abc import Sequence

from clinic.core.errors import Conflict, Unprocessable
from clinic.courses import queries as courses
from clinic.courses.actions import give_consent_by_link
from clinic.courses.models import Course
from clinic.courses.queries.consent import why_not_by_link
from clinic.links.parts import About, Given, Part
from clinic.links.queries.links import newest_of
from clinic.links.rules import Choice, Kind, Question, subject_key

READ, NAME = "read", "name"
NOT_HER_NAME = "Type your first and last name as the clinic has them."


def questions(course: Course, _about: About) -> Sequence[Question]:
    """The text in force, then her name. The answer to the first is the text's digest."""
    to_read = courses.consent_to_read(course.id)
    if to_read is None:
        return ()
    read = Question(
        code=READ,
        text=to_read.wording.title,
        kind=Kind.READ,
        choices=(Choice(to_read.digest, "I have read this"),),
        body=tuple(part for part in to_read.text.split("\n\n") if part != to_read.wording.title),
        may_skip=False,
        go="I have read this",
    )
    sign = Question(
        code=NAME,
        text="Type your full name to agree",
        kind=Kind.NAME,
        body=("You could ask about everything, and you can take this back at any time.",),
        go="I agree",
        skip="I want to talk with you first",
    )
    return read, sign


def store(course: Course, about: About, given: Given, *, finished: bool) -> None:
    """Sign as she did. Without her name nothing is signed: she wants to talk first."""
    name, digest = given.get(NAME), given.get(READ)
    consent = courses.consent_of(course.id)
    link = newest_of(course.id, subject_key(about))
    if not finished or not name or link is None or (consent is not None and consent.valid):
        return
    try:
        give_consent_by_link(course.id, read_digest=str(digest), mother_name=name, link_id=link.id)
    except Unprocessable as refusal:
        told = NOT_HER_NAME if "mother_name" in refusal.fields else str(refusal)
        raise Unprocessable({"answer": [told]}) from refusal
    except Conflict as clash:
        raise Unprocessable({"answer": [str(clash)]}) from clash


CONSENT_PART = Part(
    title="Consent",
    questions=questions,
    store=store,
    why_not=lambda course, _about: why_not_by_link(course.id),
)
