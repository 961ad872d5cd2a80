"""This file is about delivering what is due: claimed, handed over, then marked.

Nothing is handed over inside a transaction: a slow carrier keeps no page waiting, and a claim that
is committed first lets no other job send the same message.
"""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import current_app
from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from clinic.core import clock
from clinic.core.db import apart
from clinic.messages.actions.carriers import Refused, Unreachable, carry
from clinic.messages.models import Message
from clinic.messages.queries.messages import address_of, can_send
from clinic.messages.rules import Channel, State, next_try_after
from clinic.patients.models import Patient

AT_A_TIME = 50
# A job that died between claim and mark: tried again under the same id, which a carrier knows.
LOST_AFTER = timedelta(minutes=15)


@dataclass(frozen=True)
class Parcel:
    """A claimed message as a carrier needs it."""

    id: uuid.UUID
    channel: Channel
    address: str
    text: str


def deliver(now: datetime) -> int:
    """Send what is due in the acting clinic; says how many went out. Outside a transaction."""
    with apart() as claiming:
        parcels = [parcel for one in due(claiming, now) if (parcel := claim(claiming, one, now))]
    return sum(handed_over(parcel) for parcel in parcels)


def due(session: Session, now: datetime) -> list[Message]:
    """Messages whose time has come, oldest first, and those whose job died."""
    waits = and_(Message.state == State.WAITING, Message.not_before_at <= now)
    lost = and_(Message.state == State.SENDING, Message.claimed_at <= now - LOST_AFTER)
    ways = [channel for channel in Channel if can_send(channel)]
    found = select(Message).where(or_(waits, lost), Message.channel.in_(ways))
    first = found.order_by(Message.not_before_at, Message.id).limit(AT_A_TIME)
    return list(session.scalars(first.with_for_update(skip_locked=True)))


def claim(session: Session, message: Message, now: datetime) -> Parcel | None:
    """Take a message in hand. None: she no longer agrees to be written to there."""
    if message.patient_id is not None and not still_hers(session, message):
        message.state, message.sealed = State.WITHDRAWN, None
        return None
    message.state, message.claimed_at = State.SENDING, now
    message.tries += 1
    return Parcel(message.id, message.channel, message.address, str(message.sealed))


def still_hers(session: Session, message: Message) -> bool:
    """Whether she may still be written to at this address."""
    patient = session.scalars(select(Patient).where(Patient.id == message.patient_id)).one()
    return address_of(patient) == (message.channel, message.address)


def handed_over(parcel: Parcel) -> bool:
    """Hand a message over and mark what came of it."""
    try:
        carry(current_app.config, parcel.id, parcel.channel, parcel.address, parcel.text)
    except Refused as refusal:
        mark_failed(parcel.id, str(refusal), again=False)
        return False
    except Unreachable as trouble:
        mark_failed(parcel.id, str(trouble), again=True)
        return False
    with apart() as marking:
        message = in_hand(marking, parcel.id)
        message.state, message.sent_at = State.SENT, clock.now()
        message.sealed, message.fault = None, None
    return True


def mark_failed(message_id: uuid.UUID, fault: str, *, again: bool) -> None:
    """Say why it did not go out, and when it is tried again."""
    with apart() as marking:
        message = in_hand(marking, message_id)
        next_at = next_try_after(message.tries, clock.now()) if again else None
        message.fault = fault[:300]
        if next_at is None:
            message.state, message.sealed = State.FAILED, None
        else:
            message.state, message.not_before_at = State.WAITING, next_at


def in_hand(session: Session, message_id: uuid.UUID) -> Message:
    """A message that this job claimed."""
    return session.scalars(select(Message).where(Message.id == message_id)).one()
