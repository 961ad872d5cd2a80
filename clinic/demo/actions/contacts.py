"""This file is about the follow-ups of a course: called, asked, answered; some missed or open."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from clinic.core import clock
from clinic.core.permissions import Role
from clinic.courses.models import Course
from clinic.demo.actions.courses import course_of
from clinic.demo.actions.scales import answer, review
from clinic.demo.actions.stage import at_work, proof
from clinic.demo.rules.cases import Case
from clinic.demo.rules.scores import CGI, DAY, SCREEN, STANDARD, Use, impression
from clinic.followups import actions
from clinic.followups.queries import contacts_of, of_course, questions_of
from clinic.followups.rules import Amount, Answers, ContactFacts, Due, How, NextStep, Reached, Reply
from clinic.followups.rules.due import WELFARE
from clinic.instruments.models import Way
from clinic.instruments.rules import MomentCode

# Each moment a little later than the one before: no scale is asked a minute too early.
MINUTES = {
    code: 5 * number
    for number, code in enumerate(
        (WELFARE.code, DAY, "day-7", "day-14", "day-28", "day-42", "month-3"), 1
    )
}
WRITTEN = timedelta(minutes=25)


def load_contacts(case: Case, now: datetime, turn: int) -> None:
    """Every follow-up that is over, as its story says, unless they are there already."""
    with at_work(case.mother.clinic, Role.NURSE, turn):
        course = course_of(case.mother.number)
        if course is None or contacts_of(course.id):
            return
        for due, code in settled(case, course, now):
            if code in case.missed:
                with clock.standing_at(due.closes_at + WRITTEN):
                    actions.give_up(course.id, due, reason=case.missed[code])
            elif due.due_at + WRITTEN <= now:
                contact(course, case, due, code)


def settled(case: Case, course: Course, now: datetime) -> Iterator[tuple[Due, str]]:
    """What was done with: each follow-up with its name in the story."""
    for due in of_course(course.id, now):
        code = f"{DAY}-{due.dose.number}" if due.code == DAY else due.code
        told = code in case.scores or code in case.missed or code == WELFARE.code
        if told and code not in case.open:
            yield due, code


def contact(course: Course, case: Case, due: Due, code: str) -> None:
    """She is reached, and asked what the protocol asks."""
    at = due.due_at + timedelta(minutes=MINUTES[due.code])
    how = How.VISIT if due.by == How.VISIT else How.CALL
    with clock.standing_at(at):
        for use in asked(case, code):
            answer(
                course.id,
                use,
                MomentCode(due.code),
                at,
                way=Way(how.value),
                session_id=due.session_id,
            )
    with clock.standing_at(at + WRITTEN):
        facts = ContactFacts(at, how, Reached.YES, said(course, due), NextStep.AS_PLANNED)
        born_on = case.mother.born_on
        actions.record_contact(course.id, due, facts, born_on=born_on, proof=proof())


def asked(case: Case, code: str) -> list[Use]:
    """The scales of a moment, and what staff rate and ask at each; none in a welfare call."""
    uses = case.scores.get(code, ())
    if not uses:
        return []
    change = Use(CGI, STANDARD, impression(case.baseline, uses[0].total))
    return [*uses, Use(SCREEN, STANDARD, 0), change]


def said(course: Course, due: Due) -> Answers:
    """Nothing that anybody has to hear of; the second dose left a mild headache."""
    ache = Amount.MILD if (due.code, due.dose.number) == (DAY, 2) else Amount.NONE
    replies = {question.code: Reply.NO for question in questions_of(course.id)}
    effects = {"headache": ache, "dizziness": Amount.NONE, "nausea": Amount.NONE}
    return Answers(effects, None, Amount.NONE, replies)


def read_safety(case: Case, now: datetime, turn: int) -> None:
    """A psychiatrist reads the safety answers, apart from those that the story leaves open."""
    with at_work(case.mother.clinic, Role.PSYCHIATRIST, turn):
        course = course_of(case.mother.number)
        if course is not None:
            review(course.patient_id, case.unread)
