"""This file is about consent: the talks before it, her signature, and taking it back."""

import uuid
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from clinic.core import clock
from clinic.core.acting import acting
from clinic.core.db import db
from clinic.core.errors import Conflict, Unprocessable
from clinic.core.signatures import DocumentVersion, Proof, sign
from clinic.courses import queries
from clinic.courses.actions.courses import locked, refuse_when_ended
from clinic.courses.models import ConsentTalk, Course
from clinic.courses.queries.consent import KIND, ToRead
from clinic.courses.rules import (
    Act,
    Held,
    NotDrawn,
    Strokes,
    Talk,
    is_her_name,
    strokes_of,
    written,
)
from clinic.patients.models import Patient

GIVEN = "She read this text, could ask about it, and wrote her name in front of me"
GIVEN_BY_LINK = "I read this text, could ask about it, and agree to it"
TYPED = "typed by her on the clinic's screen, in front of the witness"
DRAWN = "drawn by her on the clinic's screen, in front of the witness"
BY_LINK = "by her on her own phone, through a private link, without a witness"
WITHDRAWN = "She told the clinic that she takes her consent back"


class WordingChanged(Conflict):
    """What she read is not what is in force now."""

    def __init__(self) -> None:
        super().__init__("Another text is in force by now. Let her read that one, then sign.")


def record_talk(course_id: uuid.UUID, held: Held) -> ConsentTalk:
    """Write down a talk that came before her signature; a later one of its kind replaces it.

    Raises Conflict for a course that has ended, Unprocessable for a day after today.
    """
    course = locked(course_id)
    refuse_when_ended(course)
    if held.held_on > clock.today():
        raise Unprocessable({"held_on": ["Enter a day that is not after today."]})
    if held.with_id is None:
        raise ValueError("a talk is held with somebody of the clinic")
    row = ConsentTalk(
        patient_id=course.patient_id,
        course_id=course_id,
        talk=held.talk,
        held_on=held.held_on,
        with_id=held.with_id,
        with_name=held.with_name,
        author_id=acting().actor_id,
        recorded_at=clock.now(),
    )
    db.session.add(row)
    db.session.flush()
    return row


def give_consent(
    course_id: uuid.UUID,
    *,
    read_digest: str,
    mother_name: str,
    talks: Sequence[Held],
    proof: Proof,
    drawing: str = "",
) -> DocumentVersion:
    """Sign, as witness, that she agreed to what she read here.

    `read_digest`: that of `queries.consent_to_read` when the page was opened; `drawing`: strokes as
    JSON, "" when she types her name. Raises Conflict when another text is in force by now, the
    course has ended, or she has agreed already; Unprocessable for another name than hers, a talk
    that is missing, and while a safety answer waits for a person.
    """
    course, to_read = may_be_given(course_id, read_digest)
    patient = db.session.get_one(Patient, course.patient_id)
    strokes = drawn(drawing)
    name = mother_name or (patient.name if strokes else "")
    check_given(patient, name, talks)
    how = DRAWN if strokes else TYPED
    return sign(
        KIND,
        course.id,
        content(course, to_read, name, talks) | {"how": how} | as_stored(strokes),
        patient_id=course.patient_id,
        meaning=GIVEN,
        proof=proof,
    )


def give_consent_by_link(
    course_id: uuid.UUID,
    *,
    read_digest: str,
    mother_name: str,
    link_id: uuid.UUID,
    drawing: str = "",
) -> DocumentVersion:
    """Sign what she read and agreed to on her own phone, after the talks that staff wrote down.

    Raises like `give_consent`, and Unprocessable (field `mother_name`) for talks that are missing.
    """
    course, to_read = may_be_given(course_id, read_digest)
    patient, talks = db.session.get_one(Patient, course.patient_id), queries.talks_of(course_id)
    strokes = drawn(drawing)
    if len(talks) < len(Talk):
        raise Unprocessable({"mother_name": ["The clinic talks with you first."]})
    name = mother_name or (patient.name if strokes else "")
    check_given(patient, name, list(talks.values()))
    how = {"how": BY_LINK, "link": str(link_id)} | as_stored(strokes)
    return sign(
        KIND,
        course.id,
        content(course, to_read, name, list(talks.values())) | how,
        patient_id=course.patient_id,
        meaning=GIVEN_BY_LINK,
        proof=Proof(acting().actor_id, patient.name),
    )


def may_be_given(course_id: uuid.UUID, read_digest: str) -> tuple[Course, ToRead]:
    """The course and what she read; raises where nothing can be signed, or another text."""
    course = locked(course_id)
    refuse_when_ended(course)
    to_read = queries.consent_to_read(course_id)
    if to_read is None or to_read.digest != read_digest:
        raise WordingChanged
    before = queries.consent_of(course_id)
    if before is not None and before.valid:
        raise Conflict("She has agreed to this wording already.")
    if fault := queries.why_not_to_sign(course_id):
        raise Unprocessable({"safety": [fault]})
    return course, to_read


def drawn(drawing: str) -> Strokes:
    """Her strokes; none when she typed. Raises Unprocessable (field `drawing`)."""
    try:
        return strokes_of(drawing) if drawing else ()
    except NotDrawn as fault:
        raise Unprocessable({"drawing": [str(fault)]}) from fault


def as_stored(strokes: Strokes) -> dict[str, Any]:
    """Her strokes beside the text; nothing where she typed."""
    return {"strokes": written(strokes)} if strokes else {}


def field_of(talk: Talk) -> str:
    """The field in which the day of a talk is typed."""
    return f"{talk}_on".replace("-", "_")


def check_given(patient: Patient, mother_name: str, talks: Sequence[Held]) -> None:
    """Her own name, and each of the three talks, none after today."""
    faults: dict[str, list[str]] = {}
    if not is_her_name(mother_name, patient.name):
        faults["mother_name"] = [f"Her name here is {patient.name}. She types it herself."]
    on = {talk.talk: talk.held_on for talk in talks}
    for talk in Talk:
        if talk not in on:
            faults[field_of(talk)] = ["Enter the day of this talk."]
        elif on[talk] > clock.today():
            faults[field_of(talk)] = ["Enter a day that is not after today."]
    if faults:
        raise Unprocessable(faults)


def content(
    course: Course, to_read: ToRead, mother_name: str, talks: Sequence[Held]
) -> dict[str, Any]:
    """What the signature covers: every word she read, and under which name."""
    return {
        "act": str(Act.GIVEN),
        "course": str(course.id),
        "wording": asdict(to_read.wording),
        "text": to_read.text,
        "text_digest": to_read.digest,
        "mother_name": " ".join(mother_name.split()),
        "talks": [
            {
                "talk": str(talk.talk),
                "held_on": talk.held_on.isoformat(),
                "with_name": talk.with_name,
            }
            for talk in talks
        ],
    }


def withdraw_consent(
    course_id: uuid.UUID, *, withdrawn_on: date, reason: str, proof: Proof
) -> DocumentVersion:
    """Sign that she took her consent back on a day, and what she said.

    Raises Conflict when there is none to take back, Unprocessable for a day that cannot be.
    """
    course = locked(course_id)
    consent = queries.consent_of(course_id)
    if consent is None or consent.withdrawn:
        raise Conflict("There is no consent that could be taken back.")
    given_on = consent.given_at.astimezone(acting().timezone).date()
    if not given_on <= withdrawn_on <= clock.today():
        fault = f"Enter a day from {given_on:%d %b %Y}, when she signed, to today."
        raise Unprocessable({"withdrawn_on": [fault]})
    return sign(
        KIND,
        course.id,
        {
            "act": str(Act.WITHDRAWN),
            "course": str(course.id),
            "withdrawn_on": withdrawn_on.isoformat(),
        },
        patient_id=course.patient_id,
        meaning=WITHDRAWN,
        proof=proof,
        reason=reason,
    )
