"""This file is about what we remember of private links: what was sent, opened and answered."""

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from clinic.core.db import Base, Encrypted, append_only
from clinic.core.tenancy import ClinicOwned, child_of, owned
from clinic.links.rules import LinkWay, Support

SECRET = {"audit": "secret"}
SENSITIVE = {"audit": "sensitive"}


class PrivateLink(ClinicOwned, Base):
    """One form for one woman. `subject`: what it is for; `n`: the how-manieth of that subject.

    `parts` is JSON. `renews_id`: the ended link in whose place she asked for this one.
    """

    __tablename__ = "private_link"
    __table_args__ = owned(
        child_of("patient", "patient_id"),
        child_of("course", "course_id"),
        child_of("private_link", "renews_id"),
        UniqueConstraint("clinic_id", "course_id", "subject", "n"),
        UniqueConstraint("clinic_id", "renews_id"),
        Index(None, "clinic_id", "patient_id"),
        Index(None, "clinic_id", "expires_at"),
    )

    patient_id: Mapped[uuid.UUID]
    course_id: Mapped[uuid.UUID]
    subject: Mapped[str] = mapped_column(String(120))
    n: Mapped[int]
    way: Mapped[LinkWay]
    parts: Mapped[str] = mapped_column(Text)
    sent_by_id: Mapped[uuid.UUID]
    sent_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    opened_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    locked_at: Mapped[datetime | None]
    wrong_births: Mapped[int] = mapped_column(default=0)
    renews_id: Mapped[uuid.UUID | None]


class LinkDoor(Base):
    """Which link the hash of a token opens, whose it is, and by which wall clock she lives.

    Outside the wall between clinics: it is read before anybody acts.
    """

    __tablename__ = "link_door"
    __table_args__ = (child_of("private_link", "link_id"), UniqueConstraint("clinic_id", "id"))

    clinic_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("clinic.id"))
    link_id: Mapped[uuid.UUID]
    patient_id: Mapped[uuid.UUID]
    timezone: Mapped[str] = mapped_column(String(60))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True, info=SECRET)


class LinkAnswer(ClinicOwned, Base):
    """One answer on a link, written once; the newest `seq` of a question counts.

    `value`: the code of a choice or her text, None when she skipped it. `support`: what the answer
    asked for; its row and what it raised are committed together.
    """

    __tablename__ = "link_answer"
    __table_args__ = owned(
        child_of("patient", "patient_id"),
        child_of("private_link", "link_id"),
        UniqueConstraint("clinic_id", "link_id", "seq"),
        **append_only(),
    )

    patient_id: Mapped[uuid.UUID]
    link_id: Mapped[uuid.UUID]
    seq: Mapped[int]
    part: Mapped[int]
    question: Mapped[str] = mapped_column(String(60))
    value: Mapped[str | None] = mapped_column(Encrypted("link_answer.value"), info=SENSITIVE)
    support: Mapped[Support | None]
    answered_at: Mapped[datetime]


class LinkUse(ClinicOwned, Base):
    """The answers to a scale that a part of a link became."""

    __tablename__ = "link_use"
    __table_args__ = owned(
        child_of("patient", "patient_id"),
        child_of("private_link", "link_id"),
        child_of("questionnaire_response", "response_id"),
        UniqueConstraint("clinic_id", "link_id", "part"),
        **append_only(),
    )

    patient_id: Mapped[uuid.UUID]
    link_id: Mapped[uuid.UUID]
    part: Mapped[int]
    response_id: Mapped[uuid.UUID]


class KnownPhone(ClinicOwned, Base):
    """A phone on which a woman gave her date of birth. Known by the hash of its cookie alone."""

    __tablename__ = "known_phone"
    __table_args__ = owned(
        child_of("patient", "patient_id"),
        UniqueConstraint("clinic_id", "token_hash"),
        Index(None, "clinic_id", "patient_id"),
    )

    patient_id: Mapped[uuid.UUID]
    token_hash: Mapped[str] = mapped_column(String(64), info=SECRET)
    proved_at: Mapped[datetime]
