"""This file is about taking on what needs a response, and answering it in writing."""

import uuid
from datetime import datetime

from clinic.core import clock
from clinic.core.acting import acting
from clinic.core.db import db
from clinic.core.errors import Conflict, Unprocessable
from clinic.core.formatting import at_moment
from clinic.followups import queries
from clinic.followups.models import ContactResponse, Taken
from clinic.followups.queries import NeedsResponse, Subject
from clinic.instruments.rules import SafetyStep


def take(subject: Subject, subject_id: uuid.UUID) -> Taken:
    """Take it on: the acting person owns it from now. It stays open until it is answered.

    Raises Conflict when nothing of it waits any more.
    """
    item = waiting_or_raise(subject, subject_id)
    if item.taken is not None and item.taken.owner_id == acting().actor_id:
        return item.taken
    taken = Taken(
        patient_id=item.patient.id,
        response_id=item.id if subject is Subject.SCALE else None,
        contact_id=item.id if subject is Subject.CONTACT else None,
        owner_id=acting().actor_id,
        taken_at=clock.now(),
    )
    db.session.add(taken)
    db.session.flush()
    return taken


def waiting_or_raise(subject: Subject, subject_id: uuid.UUID) -> NeedsResponse:
    """What waits for a response. Raises Conflict when it does not any more."""
    for item in queries.needing_response(clock.now()):
        if (item.subject, item.id) == (subject, subject_id):
            return item
    raise Conflict("Somebody has answered this meanwhile. Nothing was changed.")


def respond(
    contact_id: uuid.UUID, *, step: SafetyStep, text: str, done_at: datetime
) -> ContactResponse:
    """Answer the concerns of a contact in writing; it is off the list then.

    `done_at`: when it was done. Raises Unprocessable (`done_at`) for a time that cannot be, and
    Conflict when somebody has answered, or nothing wants an answer.
    """
    row = queries.contact_or_raise(contact_id)
    if row.id not in {concern.made.contact.id for concern in queries.open_concerns()}:
        raise Conflict("Somebody has answered this meanwhile. Nothing was added.")
    refuse_time(done_at, row.contacted_at)
    response = ContactResponse(
        patient_id=row.patient_id,
        contact_id=row.id,
        step=step,
        text=text,
        done_at=done_at,
        author_id=acting().actor_id,
        responded_at=clock.now(),
    )
    db.session.add(response)
    db.session.flush()
    return response


def refuse_time(done_at: datetime, since: datetime) -> None:
    """Raise Unprocessable for a time to come, or before what is answered."""
    if done_at > clock.now():
        fault = "That time is in the future. Enter when it was."
    elif done_at < since.replace(second=0, microsecond=0):
        fault = f"Enter a time after the contact, {at_moment(since)}."
    else:
        return
    raise Unprocessable({"done_at": [fault]})
