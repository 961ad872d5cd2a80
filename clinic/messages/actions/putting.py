"""This file is about putting messages, each once, and withdrawing those that still wait."""

import uuid
from datetime import datetime

from sqlalchemy import select

from clinic.accounts.models import Clinic
from clinic.accounts.queries import user_by_id
from clinic.core import clock
from clinic.core.acting import acting
from clinic.core.db import db
from clinic.core.errors import Unprocessable
from clinic.messages.models import Message
from clinic.messages.queries import message_by_key, settings, why_no_message
from clinic.messages.queries.messages import receiver_of
from clinic.messages.rules import Channel, State, health_words, not_quiet, written
from clinic.patients.models import Patient


class Telling(ValueError):
    """A message would tell a stranger why she hears from us."""


def put_message(
    *,
    key: str,
    purpose: str,
    text: str,
    patient_id: uuid.UUID | None = None,
    user_id: uuid.UUID | None = None,
    not_before: datetime | None = None,
) -> Message:
    """Put a message to a patient or to a person of the staff, or return the one of that key.

    A patient's waits for the end of her quiet hours. Raises Telling for words that are not
    neutral; Unprocessable (field `message`) when she cannot be written to.
    """
    if words := health_words(text):
        raise Telling(f"not neutral: {', '.join(words)}")
    one_at_a_time()
    if (there := message_by_key(key)) is not None:
        return there
    moment = max(not_before or clock.now(), clock.now())
    about = to_patient(patient_id, moment) if patient_id else to_staff(user_id, moment)
    text = written(text, settings().sender if patient_id else None)
    message = Message(
        key=key,
        purpose=purpose,
        sealed=text,
        put_at=clock.now(),
        state=State.WAITING,
        **about,
    )
    db.session.add(message)
    db.session.flush()
    return message


def one_at_a_time() -> None:
    """Two jobs at once put nothing twice: the second waits here, then sees what the first put."""
    own = select(Clinic.id).where(Clinic.id == acting().clinic_id)
    db.session.execute(own.with_for_update(key_share=True))


def to_patient(patient_id: uuid.UUID, moment: datetime) -> dict[str, object]:
    """Where and when it reaches her."""
    patient = db.session.get_one(Patient, patient_id)
    receiver = receiver_of(patient)
    why = why_no_message(patient)
    if receiver is None or why is not None:
        raise Unprocessable({"message": [str(why)]}, str(why))
    at = not_quiet(moment, receiver.timezone, settings().quiet)
    return {
        "patient_id": patient_id,
        "channel": receiver.channel,
        "address": receiver.address,
        "not_before_at": at,
    }


def to_staff(user_id: uuid.UUID | None, moment: datetime) -> dict[str, object]:
    """Where it reaches a person at work: by e-mail, at any hour."""
    if user_id is None:
        raise TypeError("a message has a receiver")
    address = user_by_id(user_id).email
    whom = {"user_id": user_id, "channel": Channel.EMAIL, "address": address}
    return whom | {"not_before_at": moment}


def withdraw_messages(starting: str) -> int:
    """Withdraw the waiting messages whose key begins so; says how many."""
    found = select(Message).where(
        Message.key.startswith(starting, autoescape=True), Message.state == State.WAITING
    )
    rows = db.session.scalars(found.with_for_update()).all()
    for message in rows:
        message.state, message.sealed = State.WITHDRAWN, None
    db.session.flush()
    return len(rows)
