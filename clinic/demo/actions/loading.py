"""This file is about the order in which the demonstration is loaded; what is there stays."""

from collections.abc import Callable
from datetime import datetime

from clinic.core import clock
from clinic.demo.actions.beside import load_beside, load_texts
from clinic.demo.actions.contacts import load_contacts, read_safety
from clinic.demo.actions.courses import end, load_course
from clinic.demo.actions.decisions import load_decisions
from clinic.demo.actions.duties import load_duties
from clinic.demo.actions.exports import load_exports
from clinic.demo.actions.licences import load_licences
from clinic.demo.actions.links import load_numbers
from clinic.demo.actions.obligations import load_obligations
from clinic.demo.actions.people import load_people
from clinic.demo.actions.reports import load_report
from clinic.demo.actions.reviewing import load_reviews
from clinic.demo.actions.running import load_running
from clinic.demo.actions.sessions import load_sessions
from clinic.demo.actions.visits import load_visits
from clinic.demo.actions.waiting import load_waiting
from clinic.demo.rules.cases import Case
from clinic.demo.rules.current import CURRENT
from clinic.demo.rules.past import past_cases

Tell = Callable[[str], None]
EVERY = 5


def load_demo(courses: int, tell: Tell) -> None:
    """Clinics, staff, the courses that run, `courses` that are over, sessions of this moment."""
    now = clock.now().replace(second=0, microsecond=0)
    if load_people():
        tell("  two clinics and their staff")
    load_duties()
    load_licences()
    load_numbers()
    load_texts()
    for turn, case in enumerate(CURRENT):
        if load_case(case, now, turn):
            tell(f"  {case.mother.number} {case.mother.given_name} {case.mother.family_name}")
    for turn, case in enumerate(past_cases(courses)):
        if load_case(case, now, turn) and (turn + 1) % EVERY == 0:
            tell(f"  courses that are over: {turn + 1} of {courses}")
    load_obligations(now)
    load_waiting(now)
    load_report()
    load_exports()
    if begun := load_running(now):
        tell(f"  sessions that run now: {begun}")


def load_case(case: Case, now: datetime, turn: int) -> bool:
    """One course, step by step as it went. Returns whether it is new."""
    new = load_course(case, now, turn)
    load_sessions(case, now, turn)
    load_contacts(case, now, turn)
    read_safety(case, now, turn)
    load_visits(case, now, turn)
    load_beside(case, now, turn)
    load_decisions(case, now, turn)
    load_reviews(case, now, turn)
    end(case, now, turn)
    return new
