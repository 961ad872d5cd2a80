"""This file is about writing a section: drafts, who has it open, handing it in."""

import uuid
from collections.abc import Mapping
from datetime import timedelta

from clinic.core import clock, drafts
from clinic.core.acting import acting
from clinic.core.db import db
from clinic.core.errors import Conflict, Unprocessable
from clinic.courses.models import Course
from clinic.courses.queries import course_or_raise
from clinic.evaluation import queries
from clinic.evaluation.actions.ended import refuse_when_ended
from clinic.evaluation.library import list_with
from clinic.evaluation.models import EvaluationAnswers
from clinic.evaluation.queries import draft_kind, open_kind
from clinic.evaluation.rules import Section, asked, known_values, misfits
from clinic.notation.rules.canonical import canonical_text, digest

ON_ITS_WAY = timedelta(minutes=1)  # a draft may reach us after the hand-in it was typed before


class HandedInMeanwhile(Conflict):
    """Somebody else handed the section in after this one was begun."""

    def __init__(self) -> None:
        super().__init__("Somebody else handed this section in meanwhile.")


def save_draft(
    course_id: uuid.UUID,
    section: Section,
    typed: Mapping[str, str],
    n: int,
    filled: Mapping[str, str] | None = None,
) -> None:
    """Keep what was typed, right or wrong. `n`: which answers of the section it began from.

    `filled`: what the record had filled in; of that, what nobody changed goes on following the
    record. What says the same as the record is no draft, and neither is what was still on its way
    while its author handed the section in.
    """
    refuse_when_ended(course_or_raise(course_id))
    row = queries.latest_answers(course_id).get(section.code)
    if row is not None and row.n == n and row.said() == dict(typed):
        drafts.discard(draft_kind(section.code), course_id)
    elif row is None or not overtaken(row, n):
        kept = {code: words for code, words in (filled or {}).items() if typed.get(code) == words}
        body = {"typed": dict(typed), "based_on": n, "filled": kept}
        drafts.save(draft_kind(section.code), course_id, body)


def overtaken(row: EvaluationAnswers, n: int) -> bool:
    """Whether a draft begun from answers `n` comes just after its own author's hand-in."""
    own = row.author_id == acting().actor_id
    return own and row.n == n + 1 and clock.now() - row.recorded_at < ON_ITS_WAY


def mark_open(course_id: uuid.UUID, section: Section) -> None:
    """Say that the acting person has a section open now; it is forgotten in minutes."""
    refuse_when_ended(course_or_raise(course_id))
    drafts.save(open_kind(section.code), course_id, {})


def discard_draft(course_id: uuid.UUID, section: Section) -> None:
    """Throw one's own draft away, and close the section."""
    drafts.discard(draft_kind(section.code), course_id)
    drafts.discard(open_kind(section.code), course_id)


def hand_in(
    course_id: uuid.UUID, section: Section, answers: Mapping[str, str], *, based_on: int
) -> EvaluationAnswers:
    """Make answers part of the record; from now on they count. The draft is gone.

    `based_on`: the number of the answers they were begun from, 0 for none. Answers to questions
    that are not asked are left out. Raises Unprocessable naming each answer that cannot be stored,
    HandedInMeanwhile, and Conflict for a course that has ended.
    """
    course = course_or_raise(course_id)
    refuse_when_ended(course)
    if faults := misfits(section, answers):
        raise Unprocessable({code: [sentence] for code, sentence in faults.items()})
    before = queries.latest_answers(course_id)
    if (before[section.code].n if section.code in before else 0) != based_on:
        raise HandedInMeanwhile
    text = canonical_text(only_asked(course, section, before, answers))
    row = EvaluationAnswers(
        course_id=course_id,
        patient_id=course.patient_id,
        section=section.code,
        n=based_on + 1,
        answers=text,
        digest=digest(text),
        checklist_digest=list_with(section.code).digest,
        author_id=acting().actor_id,
        recorded_at=clock.now(),
    )
    db.session.add(row)
    discard_draft(course_id, section)
    db.session.flush()
    return row


def only_asked(
    course: Course, section: Section, before: queries.Latest, answers: Mapping[str, str]
) -> dict[str, str]:
    """The answers to the questions that are asked, given these answers."""
    others = {code: row for code, row in before.items() if code != section.code}
    together = queries.flat(others) | dict(answers)
    values = known_values(together, queries.facts_of(course))
    codes = {question.code for question in asked(section, values)}
    return {code: answer for code, answer in answers.items() if code in codes}
