"""This file is about what stands beside the drug in the demonstration: texts, plan, baby, milk."""

from datetime import datetime, timedelta

from clinic.core import clock
from clinic.core.acting import acting
from clinic.core.permissions import Role
from clinic.courses.models import Course
from clinic.demo.actions.courses import course_of
from clinic.demo.actions.stage import at_work, moment, proof
from clinic.demo.rules import beside as told
from clinic.demo.rules.cases import Case
from clinic.demo.rules.cast import CLINICS
from clinic.integration.actions import (
    HelperFacts,
    give_task,
    log_milk,
    note_consent,
    publish_template,
    record_goal,
    record_helper,
    record_treatment,
    sign_plan,
)
from clinic.integration.library import shipped_text
from clinic.integration.queries import given_doses, templates_in_force, treatments_of
from clinic.integration.rules import (
    GoalFacts,
    GoalState,
    HelperRole,
    Kind,
    MilkEvent,
    MilkFacts,
    Recipient,
    TaskFacts,
    TreatmentFacts,
)
from clinic.patients.actions import measure_infant
from clinic.patients.queries import infants_of
from clinic.patients.rules import MeasureFacts
from clinic.sessions.queries import of_course

AGREED_AGO = 14
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def load_texts() -> None:
    """The texts of letters that come with the program, where a clinic has none."""
    for clinic in CLINICS:
        with at_work(clinic.code, Role.PSYCHIATRIST):
            known = templates_in_force()
            for recipient in Recipient:
                if recipient not in known:
                    publish_template(recipient, shipped_text(recipient))


def load_beside(case: Case, now: datetime, turn: int) -> None:
    """All of it, unless it is there already. Only one woman's is told."""
    if case.mother.number != told.WHO:
        return
    with at_work(case.mother.clinic, Role.PSYCHIATRIST, turn):
        course = course_of(case.mother.number)
        if course is None or treatments_of(course.id):
            return
        lasting(course)
        outside(course)
        plan(course, now)
        weights(course, now)
        milk(course, now)


def lasting(course: Course) -> None:
    """Treatments that last."""
    today = clock.today()
    for one in told.LASTING:
        until = None if one.until is None else today - timedelta(days=one.until)
        facts = TreatmentFacts(
            kind=Kind(one.kind),
            title=one.title,
            started_on=today - timedelta(days=one.since),
            stopped_on=until,
            given_by=one.by,
            visits_planned=one.visits,
        )
        record_treatment(course.id, facts)


def outside(course: Course) -> None:
    """Who helps outside, and to whom she agreed that letters go."""
    for one in told.OUTSIDE:
        facts = HelperFacts(HelperRole(one.role), one.name, one.note, one.phone)
        record_helper(course.patient_id, facts)
    for recipient, ago in told.AGREED:
        day = clock.today() - timedelta(days=ago)
        note_consent(course.patient_id, Recipient(recipient), agreed=True, said_on=day)


def plan(course: Course, now: datetime) -> None:
    """Goals in her words, signed with her, and a task."""
    today = clock.today()
    with clock.standing_at(moment(now, AGREED_AGO, "11:00")):
        for goal, owner, due, state, last in told.GOALS:
            due_on = today + timedelta(days=due)
            record_goal(course.id, GoalFacts(goal, owner, due_on, GoalState(state), last))
        sign_plan(course.id, clock.today(), None, proof=proof())
    words, due = told.TASK
    give_task(course.id, TaskFacts(words, acting().actor_id, today + timedelta(days=due)))


def weights(course: Course, now: datetime) -> None:
    """Leo, weighed by the lactation consultant."""
    (infant,) = infants_of(course.patient_id)
    for ago, grams in told.WEIGHTS:
        at = moment(now, ago, "10:00")
        with clock.standing_at(at):
            measure_infant(infant, MeasureFacts(at, grams))


def milk(course: Course, now: datetime) -> None:
    """The last feed, milk that was expressed and discarded, and the first feed after each dose."""
    sessions = {session.id: session for session in of_course(course.id)}
    for dose in given_doses(course.id):
        before, expressed, first = told.MILK.get(dose.number, (0, 0, 0))
        lines = (
            MilkFacts(MilkEvent.LAST_FEED, dose.t0 - before * MINUTE),
            MilkFacts(
                MilkEvent.EXPRESSED, dose.t0 + expressed * HOUR, told.EXPRESSED_ML, discarded=True
            ),
            MilkFacts(MilkEvent.FIRST_FEED, dose.t0 + first * HOUR),
        )
        for line in lines if before else ():
            with clock.standing_at(min(dose.t0 + (first + 1) * HOUR, now)):
                log_milk(sessions[dose.session_id], line)
