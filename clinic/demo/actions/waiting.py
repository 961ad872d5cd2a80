"""This file is about what others wait for in the demonstration: her answers, and a response."""

from datetime import datetime, timedelta

from clinic.core import clock
from clinic.core.acting import Acting, act_as, acting
from clinic.core.db import job
from clinic.core.permissions import Role
from clinic.courses.models import Course
from clinic.demo.actions.contacts import said
from clinic.demo.actions.courses import course_of
from clinic.demo.actions.stage import at_work, proof
from clinic.demo.rules.cast import MOTHERS
from clinic.demo.rules.running import BABY_FEEDS_LESS, HAS_BEGUN
from clinic.demo.rules.scores import DAY
from clinic.followups.actions import record_contact
from clinic.followups.queries import contacts_of, of_course, subject_of_due
from clinic.followups.rules import Answers, ContactFacts, Due, How, NextStep, Reached, Reply
from clinic.links.actions import answer, open_link, send_link
from clinic.links.models import PrivateLink
from clinic.links.queries import links_for, why_no_link
from clinic.links.rules import CHECK_IN, SCALE, PartRef, subject_key

AN_HOUR_AGO = timedelta(minutes=60)
SPOKEN = timedelta(minutes=10)


def load_waiting(now: datetime) -> None:
    """A link that she is answering, and a concern about an infant, each unless it is there."""
    with at_work(HAS_BEGUN.number[:3], Role.NURSE):
        link = sent()
    if link is not None:
        answer_some(link)
    with at_work(BABY_FEEDS_LESS[:3], Role.NURSE):
        course = course_of(BABY_FEEDS_LESS)
        if course is not None and not any(made.concerns for made in contacts_of(course.id)):
            feeds_less(course, due_of(course, DAY), now)


def due_of(course: Course, code: str) -> Due:
    """The first follow-up of a code."""
    return next(due for due in of_course(course.id, clock.now()) if due.code == code)


def sent() -> PrivateLink | None:
    """The link to her for a follow-up; None: it was sent, or cannot be sent here."""
    course = course_of(HAS_BEGUN.number)
    if course is None:
        return None
    due = due_of(course, HAS_BEGUN.code)
    subject = subject_of_due(due)
    parts = (PartRef(SCALE, HAS_BEGUN.scale, None, due.code), PartRef(CHECK_IN))
    there = (course.id, subject_key(subject)) in links_for([course.id])
    if there or not due.state.is_open or why_no_link(course, parts, subject):
        return None
    return send_link(course, parts=parts, subject=subject)


def answer_some(link: PrivateLink) -> None:
    """She opens it and answers the first questions."""
    with at_work(HAS_BEGUN.number[:3], Role.NURSE):
        somebody = acting()
    hers = Acting(link.patient_id, somebody.clinic_id, somebody.timezone)
    with act_as(hers), job():
        open_link(link.id)
        for place in range(HAS_BEGUN.answered):
            answer(link.id, place, "1")


def feeds_less(course: Course, due: Due, now: datetime) -> None:
    """The nurse hears of it when she comes in, and tells the psychiatrist."""
    heard = said(course, due)
    answers = Answers(
        heard.effects,
        None,
        heard.bladder,
        {**heard.replies, "feeding": Reply.YES},
        told="The psychiatrist on site",
    )
    at = now - AN_HOUR_AGO
    with clock.standing_at(at + SPOKEN):
        step = NextStep.PSYCHIATRIST_TODAY
        facts = ContactFacts(at, How.VISIT, Reached.YES, answers, step)
        born_on = MOTHERS[BABY_FEEDS_LESS].born_on
        record_contact(course.id, due, facts, born_on=born_on, proof=proof())
