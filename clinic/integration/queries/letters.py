"""This file is about letters: whom she has, what she agreed to, what was signed and sent."""

import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from clinic.core.db import db
from clinic.core.signatures import DocumentVersion
from clinic.integration.models import (
    CareHelper,
    Letter,
    LetterConsent,
    LetterDelivery,
    LetterTemplate,
)
from clinic.integration.rules import Recipient

LETTER = "letter"


@dataclass(frozen=True)
class Sent:
    """A signed letter: its document, its steps on the way, the one that corrects it."""

    letter: Letter
    document: DocumentVersion
    steps: tuple[LetterDelivery, ...]
    corrected_by: uuid.UUID | None

    @property
    def text(self) -> str:
        """What was signed."""
        return str(self.document.content()["text"])


def helpers_of(patient_id: uuid.UUID) -> Sequence[CareHelper]:
    """Who helps her outside the clinic, in the order in which they were written down."""
    hers = select(CareHelper).where(
        CareHelper.patient_id == patient_id, CareHelper.ended_on.is_(None)
    )
    return db.session.scalars(hers.order_by(CareHelper.id)).all()


def helper_for(patient_id: uuid.UUID, recipient: Recipient) -> CareHelper | None:
    """To whom a letter goes: the newest of that role."""
    fitting = [one for one in helpers_of(patient_id) if one.role.value == recipient.value]
    return fitting[-1] if fitting else None


def consents_of(patient_id: uuid.UUID) -> dict[Recipient, LetterConsent]:
    """Recipient -> what she said last; never asked: not there."""
    hers = select(LetterConsent).where(LetterConsent.patient_id == patient_id)
    ordered = hers.order_by(LetterConsent.recorded_at, LetterConsent.id)
    return {row.recipient: row for row in db.session.scalars(ordered)}


def template_for(recipient: Recipient) -> LetterTemplate | None:
    """The text in force, or None where the clinic published none."""
    return templates_in_force().get(recipient)


def templates_in_force() -> dict[Recipient, LetterTemplate]:
    """Recipient -> the text in force."""
    newest = (
        select(LetterTemplate.recipient, func.max(LetterTemplate.n).label("n"))
        .group_by(LetterTemplate.recipient)
        .subquery()
    )
    rows = select(LetterTemplate).join(
        newest,
        (LetterTemplate.recipient == newest.c.recipient) & (LetterTemplate.n == newest.c.n),
    )
    return {row.recipient: row for row in db.session.scalars(rows)}


def letters_of(course_id: uuid.UUID) -> list[Sent]:
    """The letters of a course, newest first."""
    hers = select(Letter).where(Letter.course_id == course_id)
    return sent_from(db.session.scalars(hers.order_by(Letter.signed_at.desc(), Letter.id)).all())


def letter_sent(letter: Letter) -> Sent:
    """One letter with all that belongs to it."""
    return next(one for one in letters_of(letter.course_id) if one.letter.id == letter.id)


def sent_from(letters: Sequence[Letter]) -> list[Sent]:
    """Letters with their documents and steps, in the order given."""
    ids = [letter.id for letter in letters]
    signed = select(DocumentVersion).where(
        DocumentVersion.kind == LETTER, DocumentVersion.subject_id.in_(ids)
    )
    documents = {row.subject_id: row for row in db.session.scalars(signed)}
    steps: dict[uuid.UUID, list[LetterDelivery]] = defaultdict(list)
    rows = select(LetterDelivery).where(LetterDelivery.letter_id.in_(ids))
    for row in db.session.scalars(rows.order_by(LetterDelivery.happened_at, LetterDelivery.id)):
        steps[row.letter_id].append(row)
    corrected = {letter.corrects_id: letter.id for letter in letters if letter.corrects_id}
    return [
        Sent(one, documents[one.id], tuple(steps[one.id]), corrected.get(one.id)) for one in letters
    ]
