"""This file is about letters: publish a text, note consent, sign, say what became of it."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from clinic.core import clock
from clinic.core.acting import acting
from clinic.core.db import db, new_id
from clinic.core.errors import Conflict, Unprocessable
from clinic.core.signatures import Proof, sign
from clinic.courses.models import Course
from clinic.integration import queries
from clinic.integration.actions.keeping import kept, refuse
from clinic.integration.models import (
    CareHelper,
    Letter,
    LetterConsent,
    LetterDelivery,
    LetterTemplate,
)
from clinic.integration.rules import (
    RECIPIENT_WORDS,
    DeliveryState,
    Recipient,
    Way,
    faults_of_sentences,
    faults_of_text,
    filled,
    seen_of,
    whole,
)
from clinic.patients.models import Patient

MEANING = "I have read this letter and send it"


class ValueChanged(Conflict):
    """The record moved on after the letter was previewed."""

    def __init__(self) -> None:
        super().__init__("A value in this letter changed after you opened it. Renew the preview.")


@dataclass(frozen=True)
class Draft:
    """A letter as it is about to be signed. `seen`: what its preview showed."""

    recipient: Recipient
    values: Mapping[str, str]
    added: str | None
    seen: str
    corrects_id: uuid.UUID | None = None


def publish_template(recipient: Recipient, body: str) -> LetterTemplate:
    """Put a text of the clinic in force. Raises Unprocessable (field `body`)."""
    refuse([("body", fault) for fault in faults_of_text(recipient, body)])
    before = queries.template_for(recipient)
    return kept(
        LetterTemplate(
            recipient=recipient,
            n=before.n + 1 if before else 1,
            body=body,
            published_by_id=acting().actor_id,
            published_at=clock.now(),
        )
    )


def note_consent(
    patient_id: uuid.UUID, recipient: Recipient, *, agreed: bool, said_on: date
) -> LetterConsent:
    """What she said of letters to a recipient. Raises Unprocessable (field `said_on`)."""
    future = said_on > clock.today()
    refuse([("said_on", "Enter a day that is not after today.")] if future else [])
    return kept(
        LetterConsent(
            patient_id=patient_id,
            recipient=recipient,
            agreed=agreed,
            said_on=said_on,
            author_id=acting().actor_id,
            recorded_at=clock.now(),
        )
    )


def sign_letter(course: Course, patient: Patient, draft: Draft, *, proof: Proof) -> Letter:
    """Sign a letter as it was previewed.

    Raises Conflict without her consent, a recipient or a text in force, ValueChanged, and
    Unprocessable (field `added`).
    """
    template, helper = ready(patient, draft.recipient)
    refuse([("added", fault) for fault in faults_of_sentences(draft.added or "")])
    if seen_of(template.body, draft.values) != draft.seen:
        raise ValueChanged
    letter = kept(
        Letter(
            id=new_id(),
            patient_id=patient.id,
            course_id=course.id,
            recipient=draft.recipient,
            recipient_name=helper.name,
            template_id=template.id,
            corrects_id=corrected(course, draft),
            author_id=acting().actor_id,
            signed_at=clock.now(),
        )
    )
    content = as_signed(letter, template, draft)
    sign(queries.LETTER, letter.id, content, patient_id=patient.id, meaning=MEANING, proof=proof)
    db.session.flush()
    return letter


def ready(patient: Patient, recipient: Recipient) -> tuple[LetterTemplate, CareHelper]:
    """Text and recipient, once nothing stands in the way; raises Conflict."""
    consent = queries.consents_of(patient.id).get(recipient)
    if consent is None or not consent.agreed:
        raise Conflict(
            f"{patient.given_name} has not agreed to letters to her {RECIPIENT_WORDS[recipient]}."
        )
    template, helper = queries.template_for(recipient), queries.helper_for(patient.id, recipient)
    if template is None:
        raise Conflict("The clinic has published no text for this letter yet.")
    if helper is None:
        raise Conflict(f"Write down who her {RECIPIENT_WORDS[recipient]} is first.")
    return template, helper


def corrected(course: Course, draft: Draft) -> uuid.UUID | None:
    """The letter that a new one corrects: of this course and recipient, and corrected once."""
    if draft.corrects_id is None:
        return None
    for sent in queries.letters_of(course.id):
        if sent.letter.id == draft.corrects_id and sent.letter.recipient is draft.recipient:
            if sent.corrected_by is not None:
                raise Conflict("This letter was corrected already. Correct the newer one.")
            return sent.letter.id
    raise Unprocessable({"corrects_id": ["There is no such letter to correct."]})


def as_signed(letter: Letter, template: LetterTemplate, draft: Draft) -> dict[str, Any]:
    """What the signature covers."""
    return {
        "recipient": str(draft.recipient),
        "recipient_name": letter.recipient_name,
        "text_version": template.n,
        "text": whole(filled(template.body, draft.values, draft.added)),
        "added": draft.added,
        "corrects": str(letter.corrects_id) if letter.corrects_id else None,
    }


def note_delivery(
    letter: Letter, way: Way, state: DeliveryState, happened_at: datetime, note: str | None
) -> LetterDelivery:
    """A step of a letter on its way. Raises Unprocessable (field `happened_at`)."""
    early = happened_at < letter.signed_at.replace(second=0, microsecond=0)
    if happened_at > clock.now() or early:
        refuse([("happened_at", "Enter a time between the signature and now.")])
    return kept(
        LetterDelivery(
            patient_id=letter.patient_id,
            letter_id=letter.id,
            way=way,
            state=state,
            happened_at=happened_at,
            note=note,
            author_id=acting().actor_id,
            recorded_at=clock.now(),
        )
    )
