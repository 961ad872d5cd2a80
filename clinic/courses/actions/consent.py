"""This file is about consent: publishing its wording, her signature, and taking it back."""

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
from clinic.courses.library import shipped_wordings
from clinic.courses.models import ConsentText, Course
from clinic.courses.queries.consent import KIND, ToRead
from clinic.courses.rules import (
    Act,
    Held,
    Talk,
    digest_of,
    faults_of_body,
    is_her_name,
)
from clinic.patients.models import Patient

GIVEN = "She read this text, could ask about it, and wrote her name in front of me"
WITHDRAWN = "She told the clinic that she takes her consent back"


class WordingChanged(Conflict):
    """What she read is not what is in force now."""

    def __init__(self) -> None:
        super().__init__("Another text is in force by now. Let her read that one, then sign.")


def publish_shipped_wording(code: str) -> ConsentText:
    """Publish what comes with the program for a drug form; raises like publish_wording."""
    shipped = shipped_wordings()
    if code not in shipped:
        known = f"There is no wording {code!r}. Choose one of: {', '.join(shipped)}."
        raise Unprocessable({"code": [known]}, known)
    return publish_wording(code, *shipped[code])


def publish_wording(code: str, title: str, body: str) -> ConsentText:
    """Make a wording the one in force, as its next version.

    Raises Unprocessable for a body with unknown names, Conflict when it is in force already.
    """
    if faults := list(faults_of_body(body)):
        raise Unprocessable({"body": faults})
    newest = next(iter(queries.all_wordings(code)), None)
    digest = digest_of(title, body)
    if newest is not None and newest.digest == digest:
        raise Conflict(f"Version {newest.n} of this wording says the same already.")
    text = ConsentText(
        code=code,
        n=newest.n + 1 if newest else 1,
        title=title,
        body=body,
        digest=digest,
        published_by_id=acting().actor_id,
        published_at=clock.now(),
    )
    db.session.add(text)
    db.session.flush()
    return text


def give_consent(
    course_id: uuid.UUID,
    *,
    read_digest: str,
    mother_name: str,
    talks: Sequence[Held],
    proof: Proof,
) -> DocumentVersion:
    """Sign, as witness, that she agreed to what she read here.

    `read_digest`: that of `queries.consent_to_read` when the page was opened. Raises Conflict when
    another text is in force by now, the course has ended, or she has agreed already; Unprocessable
    for another name than hers, or a talk that is missing.
    """
    course = locked(course_id)
    refuse_when_ended(course)
    to_read = queries.consent_to_read(course_id)
    if to_read is None or to_read.digest != read_digest:
        raise WordingChanged
    before = queries.consent_of(course_id)
    if before is not None and before.valid:
        raise Conflict("She has agreed to this wording already.")
    patient = db.session.get_one(Patient, course.patient_id)
    check_given(patient, mother_name, talks)
    return sign(
        KIND,
        course.id,
        content(course, to_read, mother_name, talks),
        patient_id=course.patient_id,
        meaning=GIVEN,
        proof=proof,
    )


def check_given(patient: Patient, mother_name: str, talks: Sequence[Held]) -> None:
    """Her own name, and each of the three talks, none after today."""
    faults: dict[str, list[str]] = {}
    if not is_her_name(mother_name, patient.name):
        faults["mother_name"] = [f"Her name here is {patient.name}. She types it herself."]
    on = {talk.talk: talk.held_on for talk in talks}
    for talk in Talk:
        if talk not in on:
            faults[f"{talk}_on".replace("-", "_")] = ["Enter the day of this talk."]
        elif on[talk] > clock.today():
            faults[f"{talk}_on".replace("-", "_")] = ["Enter a day that is not after today."]
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
        "how": "typed by her on the clinic's screen, in front of the witness",
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
