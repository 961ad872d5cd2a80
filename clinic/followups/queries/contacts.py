"""This file is about contacts as they stand: corrected ones once, and concerns without response."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, select

from clinic.core.db import db
from clinic.core.errors import Conflict
from clinic.courses.queries import protocol_of
from clinic.followups.models import Contact, ContactResponse
from clinic.followups.queries.of_course import of_course, terms_of
from clinic.followups.rules import Answers, Concern, Due, concerns
from clinic.patients.models import Patient
from clinic.patients.queries import by_ids


@dataclass(frozen=True)
class Made:
    """A contact in the version that counts, with the versions before it, its concerns, and what
    was done about them."""

    contact: Contact
    earlier: tuple[Contact, ...]
    answers: Answers
    concerns: tuple[Concern, ...]
    response: ContactResponse | None


@dataclass(frozen=True)
class OpenConcern:
    """A contact with concerns that nobody has answered in writing, and until when that is due."""

    made: Made
    patient: Patient
    answer_by_at: datetime

    @property
    def text(self) -> str:
        """What it is about."""
        return "; ".join(concern.text for concern in self.made.concerns)


def contact_or_raise(contact_id: uuid.UUID) -> Contact:
    """A contact that must be there."""
    return db.session.scalars(select(Contact).where(Contact.id == contact_id)).one()


def version_in_force(contact: Contact) -> Contact:
    """The version of a contact that counts."""
    for made in contacts_of(contact.course_id):
        if contact.id in {made.contact.id, *(row.id for row in made.earlier)}:
            return made.contact
    return contact


def due_of(contact: Contact, now: datetime) -> Due:
    """The follow-up of a contact. Raises Conflict when its dose is not there any more."""
    for due in of_course(contact.course_id, now):
        if due.key == (contact.code, contact.session_id):
            return due
    raise Conflict("The dose that this contact belongs to was taken back.")


def contacts_of(course_id: uuid.UUID) -> list[Made]:
    """The contacts of a course, oldest first."""
    rows = select(Contact).where(Contact.course_id == course_id)
    return made_from(db.session.scalars(rows.order_by(Contact.contacted_at, Contact.id)).all())


def made_from(rows: Sequence[Contact]) -> list[Made]:
    """Rows of contacts as they stand; every version of a contact must be among them."""
    responses = responses_to([row.id for row in rows])
    return [as_made(chain, responses) for chain in chains_of(rows)]


def chains_of(rows: Sequence[Contact]) -> list[list[Contact]]:
    """Rows by contact, oldest version first."""
    corrections = {row.corrects_id: row for row in rows if row.corrects_id}
    chains = [[row] for row in rows if row.corrects_id is None]
    for chain in chains:
        while following := corrections.get(chain[-1].id):
            chain.append(following)
    return chains


def as_made(chain: Sequence[Contact], responses: dict[uuid.UUID, ContactResponse]) -> Made:
    """One contact from its versions; a response to any of them is one to it."""
    last = chain[-1]
    said = last.said()
    found = concerns(said, terms_of(protocol_of(last.course_id)))
    given = [responses[row.id] for row in chain if row.id in responses]
    return Made(last, tuple(chain[:-1]), said, tuple(found), given[-1] if given else None)


def responses_to(contact_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, ContactResponse]:
    """What was done about contacts, by contact."""
    found = select(ContactResponse).where(ContactResponse.contact_id.in_(set(contact_ids)))
    return {response.contact_id: response for response in db.session.scalars(found)}


def open_concerns() -> list[OpenConcern]:
    """Contacts that want a written response, the one due first on top.

    A correction that takes a concern away does not answer it.
    """
    answered = exists().where(ContactResponse.contact_id == Contact.id)
    suspects = db.session.scalars(select(Contact).where(Contact.concerned, ~answered)).all()
    around = select(Contact).where(Contact.course_id.in_({row.course_id for row in suspects}))
    rows = db.session.scalars(around.order_by(Contact.contacted_at, Contact.id)).all()
    responses = responses_to([row.id for row in rows])
    patients = by_ids({row.patient_id for row in rows})
    found = [
        OpenConcern(as_made(chain, {}), patients[chain[0].patient_id], due)
        for chain in (unanswered(whole, responses) for whole in chains_of(rows))
        for due in [row.answer_by_at for row in chain if row.answer_by_at][:1]
    ]
    return sorted(found, key=lambda concern: (concern.answer_by_at, concern.made.contact.id))


def unanswered(
    chain: Sequence[Contact], responses: dict[uuid.UUID, ContactResponse]
) -> Sequence[Contact]:
    """The versions of a contact after the last response, up to the last with a concern."""
    start = max((n for n, row in enumerate(chain, 1) if row.id in responses), default=0)
    end = max((n for n, row in enumerate(chain, 1) if row.concerned), default=0)
    return chain[start:end]
