"""This file is about what is asked in one contact: of the infant, and what was in the session."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from clinic.core.db import db
from clinic.core.formatting import at_moment
from clinic.courses.queries import course_or_raise, infants_of_course, protocol_of
from clinic.followups.rules import Due, Question, asked
from clinic.patients.rules import gives_milk
from clinic.sessions.models import TreatmentSession
from clinic.sessions.queries import state_of

OTHER = "other"


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
        Effect(term.code, term.text, "not in the session" if due.session_id else "")
        for term in terms
        if term.common and term.code not in seen
    ]
    return [*first, *usual, Effect(OTHER, "Something else", seen.get(OTHER, ""))]


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
