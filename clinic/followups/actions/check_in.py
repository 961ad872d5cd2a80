"""This file is about the check-in on her own form: what it asks, and the contact it becomes."""

import json
import uuid
from datetime import timedelta

from sqlalchemy import select

from clinic.core import clock
from clinic.core.acting import acting
from clinic.core.db import db
from clinic.core.errors import Conflict
from clinic.courses.models import Course
from clinic.courses.queries import protocol_of
from clinic.followups import queries
from clinic.followups.actions.planning import written
from clinic.followups.models import Contact
from clinic.followups.queries.work_list import FOLLOWUP
from clinic.followups.rules import Answers, Due, How, NextStep, Reached, State, Status, concerns
from clinic.followups.rules.answers import BLADDER
from clinic.followups.rules.check_in import (
    AMOUNTS,
    BLADDER_WORDS,
    EFFECT,
    HER_WORDS,
    INFANT_WORDS,
    NOT_ASKED,
    REPLY,
    answers_of,
    asked_of_her,
    is_emergency,
)
from clinic.links.parts import About, Given, Part
from clinic.links.rules import Choice, Question, Support

WENT_ON = "She went on answering, or changed an answer."
SINCE = "Since your last visit or call, how much of this was there?"
DEGREES = tuple(Choice(str(amount), words) for amount, words in AMOUNTS.items())


def questions(course: Course, about: About) -> list[Question]:
    """Side effects since, the bladder, then the infant and signs of warning."""
    due = due_of(course, about)
    if due is None:
        return []
    # What falls due by the number of doses is asked by a person: it would not be due any more
    # halfway through her form.
    by_person = NOT_ASKED | {check.code for check in protocol_of(course.id).exposure or ()}
    effects = [
        Question(f"{EFFECT}{one.code}", HER_WORDS.get(one.code, one.text), DEGREES, stem=SINCE)
        for one in queries.effects_to_ask(course.id, due, clock.now())
        if one.code not in by_person
    ]
    bladder = Question(BLADDER, BLADDER_WORDS, DEGREES, stem=SINCE)
    safety = [
        Question(
            f"{REPLY}{one.code}",
            INFANT_WORDS[one.code],
            (
                Choice("no", "No"),
                Choice("yes", "Yes", Support.EMERGENCY if is_emergency(one) else Support.TALK),
            ),
        )
        for one in asked_of_her(queries.questions_of(course.id))
    ]
    return [*effects, bladder, *safety]


def due_of(course: Course, about: About) -> Due | None:
    """The follow-up that a link is about: ("followup", code, id of the session)."""
    if about[0] != FOLLOWUP or len(about) != 3:
        return None
    key = str(about[1]), uuid.UUID(about[2]) if about[2] else None
    found = queries.of_course(course.id, clock.now())
    return next((due for due in found if due.key == key), None)


def why_not(course: Course, about: About) -> str | None:
    """Why it cannot be sent."""
    return None if due_of(course, about) else "How she is since is asked for a follow-up."


def store(course: Course, about: About, given: Given, *, finished: bool) -> None:
    """Write what she told beside what she told before; a follow-up by link is done with it.

    Whatever is a concern opens at once; then somebody calls.
    """
    due = due_of(course, about)
    if due is None:
        raise Conflict("This form belongs to nothing any more.")
    said = answers_of(given, finished=finished)
    before = told_before(course.id, due)
    if before is not None and before.said() == said:
        return
    found = concerns(said, queries.terms_of(protocol_of(course.id)))
    settled = finished and due.by == "link" and not found
    row = as_row(course, due, said, NextStep.AS_PLANNED if settled else NextStep.CALL_AGAIN)
    if found:
        minutes = protocol_of(course.id).contact.answer_minutes
        row.concerned, row.answer_by_at = True, row.recorded_at + timedelta(minutes=minutes)
    if before is not None:
        row.corrects_id, row.reason = before.id, WENT_ON
    db.session.add(row)
    if settled and due.state is not State.DONE:
        says = {"status": Status.DONE, "moved_to_at": None, "decided_at": row.contacted_at}
        written(course.id, due, says)
    db.session.flush()


def as_row(course: Course, due: Due, said: Answers, next_step: NextStep) -> Contact:
    """What she told as a contact of hers, without a concern so far."""
    return Contact(
        patient_id=course.patient_id,
        course_id=course.id,
        session_id=due.session_id,
        code=due.code,
        due_at=due.due_at,
        contacted_at=clock.now(),
        how=How.LINK,
        reached=Reached.YES,
        answers=json.dumps(said.as_tree(), sort_keys=True),
        next_step=next_step,
        concerned=False,
        author_id=acting().actor_id,
        recorded_at=clock.now(),
    )


def told_before(course_id: uuid.UUID, due: Due) -> Contact | None:
    """What she told on her own form for a follow-up, in the version in force."""
    same = select(Contact).where(
        Contact.course_id == course_id, Contact.code == due.code, Contact.how == How.LINK
    )
    rows = [row for row in db.session.scalars(same) if row.session_id == due.session_id]
    corrected = {row.corrects_id for row in rows}
    return next((row for row in rows if row.id not in corrected), None)


CHECK_IN_PART = Part(title="How you are", questions=questions, store=store, why_not=why_not)
