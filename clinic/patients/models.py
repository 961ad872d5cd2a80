"""This file is about what we remember of a mother and her infants."""

import uuid
from datetime import date, datetime
from types import MappingProxyType

from sqlalchemy import CheckConstraint, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, validates

from clinic.core.db import Base, Encrypted, append_only
from clinic.core.rotation import mark
from clinic.core.tenancy import ClinicOwned, child_of, owned
from clinic.patients.rules import HER_MILK, AllergyAnswer, ContactBy, Feeding
from clinic.patients.rules.reaching import plain_email, plain_phone

LONGEST_NAME = 200
SENSITIVE = {"audit": "sensitive"}
MARK = {"audit": "secret"}


class Patient(ClinicOwned, Base):
    """A woman in treatment. Edited in place; the trail keeps every older value.

    `allergies` is written exactly when `allergy_answer` is "listed". `contact_by`: how she agreed
    to be written to. `timezone`: hers; None: the clinic's. `phone_mark`, `email_mark`: by these
    she is found, since the two themselves lie closed.
    """

    __tablename__ = "patient"
    __table_args__ = owned(
        UniqueConstraint("clinic_id", "number"),
        Index(None, "clinic_id", "name_key"),
        Index(None, "clinic_id", "born_on"),
        Index(None, "clinic_id", "phone_mark"),
        Index(None, "clinic_id", "email_mark"),
        CheckConstraint(
            "(allergies IS NOT NULL) = (coalesce(allergy_answer, '') = 'listed')", "allergies"
        ),
    )

    number: Mapped[str] = mapped_column(String(40))
    given_name: Mapped[str] = mapped_column(String(LONGEST_NAME), info=SENSITIVE)
    family_name: Mapped[str] = mapped_column(String(LONGEST_NAME), info=SENSITIVE)
    name_key: Mapped[str] = mapped_column(Text, info=SENSITIVE)
    born_on: Mapped[date] = mapped_column(info=SENSITIVE)
    gave_birth_on: Mapped[date | None]
    gravida: Mapped[int | None]
    para: Mapped[int | None]
    allergy_answer: Mapped[AllergyAnswer | None]
    allergies: Mapped[str | None] = mapped_column(Encrypted("patient.allergies"))
    phone: Mapped[str | None] = mapped_column(Encrypted("patient.phone"), info=SENSITIVE)
    phone_mark: Mapped[str | None] = mapped_column(String(41), info=MARK)
    email: Mapped[str | None] = mapped_column(Encrypted("patient.email"), info=SENSITIVE)
    email_mark: Mapped[str | None] = mapped_column(String(41), info=MARK)
    contact_by: Mapped[ContactBy | None]
    timezone: Mapped[str | None] = mapped_column(String(60))
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}
    PLAIN = MappingProxyType({"phone": plain_phone, "email": plain_email})

    @validates("phone", "email")
    def mark(self, key: str, value: str | None) -> str | None:
        """Whoever has this phone or address is found by its mark."""
        plain = self.PLAIN[key](value) if value else ""
        setattr(self, f"{key}_mark", mark(plain, f"patient.{key}"))
        return value

    @property
    def name(self) -> str:
        """First and last name, as people say it."""
        return f"{self.given_name} {self.family_name}"


class Infant(ClinicOwned, Base):
    """A child of a patient. `given_name` may be missing: a newborn is not always named yet."""

    __tablename__ = "infant"
    __table_args__ = owned(
        child_of("patient", "patient_id"), Index(None, "clinic_id", "patient_id")
    )

    patient_id: Mapped[uuid.UUID]
    given_name: Mapped[str | None] = mapped_column(String(LONGEST_NAME), info=SENSITIVE)
    born_on: Mapped[date] = mapped_column(info=SENSITIVE)
    feeding: Mapped[Feeding | None]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}

    @property
    def gets_her_milk(self) -> bool:
        """Whether it is known that the mother's milk reaches the infant."""
        return self.feeding in HER_MILK


class InfantMeasure(ClinicOwned, Base):
    """The weight or the feeding of an infant at a moment, written once.

    Corrected by a row that names it. `weight_g`: whole grams. None: not looked at.
    """

    __tablename__ = "infant_measure"
    __table_args__ = owned(
        child_of("patient", "patient_id"),
        child_of("infant", "infant_id"),
        child_of("infant_measure", "corrects_id"),
        UniqueConstraint("clinic_id", "corrects_id"),
        Index(None, "clinic_id", "infant_id"),
        CheckConstraint("weight_g IS NULL OR weight_g > 0", "weight_g"),
        CheckConstraint("weight_g IS NOT NULL OR feeding IS NOT NULL", "something"),
        CheckConstraint("(corrects_id IS NULL) = (reason IS NULL)", "reason"),
        CheckConstraint("NOT withdrawn OR corrects_id IS NOT NULL", "withdrawn"),
        **append_only(),
    )

    patient_id: Mapped[uuid.UUID]
    infant_id: Mapped[uuid.UUID]
    measured_at: Mapped[datetime]
    weight_g: Mapped[int | None]
    feeding: Mapped[Feeding | None]
    note: Mapped[str | None] = mapped_column(String(300))
    withdrawn: Mapped[bool] = mapped_column(default=False)
    corrects_id: Mapped[uuid.UUID | None]
    reason: Mapped[str | None] = mapped_column(Text)
    author_id: Mapped[uuid.UUID]
    recorded_at: Mapped[datetime]
