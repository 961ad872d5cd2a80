"""This file is about letters: whom she has, who may be written to, what was sent."""

import uuid
from datetime import date, datetime

from sqlalchemy import Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from clinic.core.db import Base, Encrypted, append_only
from clinic.core.tenancy import ClinicOwned, child_of, owned
from clinic.integration.rules import DeliveryState, HelperRole, Recipient, Way

SENSITIVE = {"audit": "sensitive"}


class CareHelper(ClinicOwned, Base):
    """Somebody outside the clinic who helps her. The newest of a role gets the letters to it."""

    __tablename__ = "care_helper"
    __table_args__ = owned(
        child_of("patient", "patient_id"), Index(None, "clinic_id", "patient_id")
    )

    patient_id: Mapped[uuid.UUID]
    role: Mapped[HelperRole]
    name: Mapped[str] = mapped_column(String(200))
    place: Mapped[str | None] = mapped_column(String(300))
    phone: Mapped[str | None] = mapped_column(Encrypted("care_helper.phone"))
    note: Mapped[str | None] = mapped_column(Encrypted("care_helper.note"))
    ended_on: Mapped[date | None]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}


class LetterTemplate(ClinicOwned, Base):
    """Version `n` of what a clinic writes to a kind of recipient. The highest `n` is in force."""

    __tablename__ = "letter_template"
    __table_args__ = owned(UniqueConstraint("clinic_id", "recipient", "n"), **append_only())

    recipient: Mapped[Recipient]
    n: Mapped[int]
    body: Mapped[str] = mapped_column(Text)
    published_by_id: Mapped[uuid.UUID]
    published_at: Mapped[datetime]


class LetterConsent(ClinicOwned, Base):
    """What she said of letters to one recipient. The newest row counts."""

    __tablename__ = "letter_consent"
    __table_args__ = owned(
        child_of("patient", "patient_id"),
        Index(None, "clinic_id", "patient_id"),
        **append_only(),
    )

    patient_id: Mapped[uuid.UUID]
    recipient: Mapped[Recipient]
    agreed: Mapped[bool]
    said_on: Mapped[date]
    author_id: Mapped[uuid.UUID]
    recorded_at: Mapped[datetime]


class Letter(ClinicOwned, Base):
    """A letter that was signed. Its text is the signed document of kind "letter"."""

    __tablename__ = "letter"
    __table_args__ = owned(
        child_of("patient", "patient_id"),
        child_of("course", "course_id"),
        child_of("letter_template", "template_id"),
        child_of("letter", "corrects_id"),
        UniqueConstraint("clinic_id", "corrects_id"),
        Index(None, "clinic_id", "course_id"),
        **append_only(),
    )

    patient_id: Mapped[uuid.UUID]
    course_id: Mapped[uuid.UUID]
    recipient: Mapped[Recipient]
    recipient_name: Mapped[str] = mapped_column(String(200))
    template_id: Mapped[uuid.UUID]
    corrects_id: Mapped[uuid.UUID | None]
    author_id: Mapped[uuid.UUID]
    signed_at: Mapped[datetime]


class LetterDelivery(ClinicOwned, Base):
    """One step of a letter on its way: how it went out, that it came back, that it was received."""

    __tablename__ = "letter_delivery"
    __table_args__ = owned(
        child_of("patient", "patient_id"),
        child_of("letter", "letter_id"),
        Index(None, "clinic_id", "letter_id"),
        **append_only(),
    )

    patient_id: Mapped[uuid.UUID]
    letter_id: Mapped[uuid.UUID]
    way: Mapped[Way]
    state: Mapped[DeliveryState]
    happened_at: Mapped[datetime]
    note: Mapped[str | None] = mapped_column(Encrypted("letter_delivery.note"), info=SENSITIVE)
    author_id: Mapped[uuid.UUID]
    recorded_at: Mapped[datetime]
