"""This file is about what is asked in one contact: of the infant, and what was in the session."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from clinic.core.db import db
from clinic.core.formatting import at_moment
from clinic.courses.queries import course_or_raise, infants_of_course, protocol_of
from clinic.followups.queries.contacts import contacts_of
from clinic.followups.rules import Due, Question, asked
from clinic.followups.rules.exposure import exposure_due
from clinic.patients.rules import gives_milk
from clinic.protocols.rules import BLOOD_PRESSURE
from clinic.sessions.models import TreatmentSession
from clinic.sessions.queries import doses_of_courses, state_of

OTHER = "other"
EARLIEST = datetime.min.replace(tzinfo=UTC)
PRESSURE = frozenset({BLOOD_PRESSURE, "systolic", "diastolic"})


@dataclass(frozen=True)
class Effect:
    """A side effect to ask for. `hint`: how it was in the session, or that it is new."""

    code: str
    text: str
    hint: str


def questions_of(course_id: uuid.UUID) -> tuple[Question, ...]:
    """The questions of safety of a contact in this course."""
    infants = infants_of_course(course_or_raise(course_id))
    return asked(infants=bool(infants), milk=gives_milk(infant.feeding for infant in infants))


def effects_to_ask(course_id: uuid.UUID, due: Due, now: datetime) -> list[Effect]:
    """What was there in the session first, then the usual ones; `other` comes last."""
    seen = effects_seen(due, now) if due.session_id else {}
    terms = [term for term in protocol_of(course_id).side_effects.terms if term.code != OTHER]
    first = [Effect(term.code, term.text, seen[term.code]) for term in terms if term.code in seen]
    usual = [
        Effect(term.code, term.text, "new question" if due.session_id else "")
        for term in terms
        if term.common and term.code not in seen
    ]
    by_doses = list(asked_by_doses(course_id, now))
    return [*first, *usual, *by_doses, Effect(OTHER, "Something else", seen.get(OTHER, ""))]


def asked_by_doses(course_id: uuid.UUID, now: datetime) -> Iterator[Effect]:
    """What falls due by the number of doses, and was not asked since."""
    asked_at: dict[str, datetime] = {}
    for made in contacts_of(course_id):
        for code in made.answers.effects:
            asked_at[code] = max(made.contact.contacted_at, asked_at.get(code, EARLIEST))
    given = [dose.t0 for dose in doses_of_courses([course_id]).get(course_id, [])]
    checks = protocol_of(course_id).exposure or ()
    for check, doses in exposure_due(checks, given, asked_at, now):
        yield Effect(check.code, check.text, f"due after {doses} doses")


def exposure_not_set(course_id: uuid.UUID) -> list[str]:
    """What would be asked by the number of doses, had the clinic set one."""
    checks = protocol_of(course_id).exposure or ()
    return [check.text for check in checks if check.every_doses is None]


def pressure_alert(due: Due, now: datetime) -> str | None:
    """`BP 164/102` where blood pressure raised an alert in the session of a follow-up, or None."""
    if due.session_id is None:
        return None
    state = state_of(db.session.get_one(TreatmentSession, due.dose.session_id), now)
    raised = [one for one in state.alerts if one.sign in PRESSURE and not one.raised_in_error]
    return "BP alert" if raised else None


def effects_seen(due: Due, now: datetime) -> dict[str, str]:
    """Term -> how it was in the session that the follow-up belongs to."""
    session = db.session.get_one(TreatmentSession, due.dose.session_id)
    found: dict[str, str] = {}
    for effect in state_of(session, now).side_effects:
        ended = f"until {at_moment(effect.resolved_at)}" if effect.resolved_at else "not ended then"
        words = f"{effect.peak_severity} {ended}"
        words = f"{effect.text}: {words}" if effect.term == OTHER else words
        found[effect.term] = "; ".join(filter(None, (found.get(effect.term), words)))
    return found
