"""This file is about what a form is filled from: one session, its woman, its people, its clinic."""

from dataclasses import dataclass
from datetime import date

from clinic.protocols.rules import SessionPlan
from clinic.sessions.rules import SessionState


@dataclass(frozen=True)
class FormSubject:
    """`earlier_doses`: whether this clinic gave her the drug before this session. `nurse` and
    `nurse_email`: who answers for the session; None while nobody does."""

    plan: SessionPlan
    state: SessionState
    given_name: str
    family_name: str
    born_on: date
    earlier_doses: bool
    nurse: str | None
    nurse_email: str | None
    clinic_name: str
    clinic_phone: str | None


@dataclass(frozen=True)
class Found:
    """What the record says; `value` None: `why` says what is missing."""

    value: object = None
    why: str = ""
