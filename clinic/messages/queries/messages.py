"""This file is about single messages: what became of them, and to whom one may be sent."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from flask import current_app
from sqlalchemy import select

from clinic.accounts.queries import own_clinic
from clinic.core.db import db
from clinic.messages.models import Message
from clinic.messages.rules import Channel
from clinic.patients.models import Patient
from clinic.patients.rules import ContactBy

NOT_ASKED = "She has not been asked whether she agrees to be written to."
REFUSED = "She does not want to be written to."


@dataclass(frozen=True)
class Receiver:
    """Where a message to a patient goes, and on which wall it arrives."""

    channel: Channel
    address: str
    timezone: ZoneInfo


def receiver_of(patient: Patient) -> Receiver | None:
    """Where she agreed to be written to; None: nowhere."""
    place = address_of(patient)
    return Receiver(*place, ZoneInfo(patient.timezone or own_clinic().timezone)) if place else None


def address_of(patient: Patient) -> tuple[Channel, str] | None:
    """The way and the address she agreed to. Reads nothing beside her row."""
    if patient.contact_by is ContactBy.SMS and patient.phone:
        return Channel.SMS, patient.phone
    if patient.contact_by is ContactBy.EMAIL and patient.email:
        return Channel.EMAIL, patient.email
    return None


def why_no_message(patient: Patient) -> str | None:
    """Why nothing can be sent to her, as a sentence, or None."""
    receiver = receiver_of(patient)
    if patient.contact_by is ContactBy.NOT_AT_ALL:
        return REFUSED
    if patient.contact_by is None:
        return NOT_ASKED
    if receiver is None:
        return f"There is no address to write to her by {patient.contact_by}."
    if not can_send(receiver.channel) and not current_app.config["DEMO"]:
        return f"This server sends no {'e-mail' if receiver.channel is Channel.EMAIL else 'text'}."
    return None


def can_send(channel: Channel) -> bool:
    """Whether the operator has set up a way out."""
    return bool(current_app.config["SMTP_URL" if channel is Channel.EMAIL else "SMS_URL"])


def message_by_key(key: str) -> Message | None:
    """The message that was put under a key."""
    return db.session.scalar(select(Message).where(Message.key == key))


def messages_of(patient_id: uuid.UUID, *, starting: str = "") -> Sequence[Message]:
    """The messages to a patient whose key begins so, newest first."""
    found = select(Message).where(
        Message.patient_id == patient_id, Message.key.startswith(starting, autoescape=True)
    )
    return db.session.scalars(found.order_by(Message.put_at.desc(), Message.id)).all()
