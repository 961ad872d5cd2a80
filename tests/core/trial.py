"""This file is about small tables on which the promises of the core are tried.

They have a metadata of their own, so that no other test and no migration meets them.
"""

import uuid
from decimal import Decimal
from enum import StrEnum
from zoneinfo import ZoneInfo

from sqlalchemy import Column, ForeignKey, MetaData, String, Table, UniqueConstraint, Uuid
from sqlalchemy.orm import Mapped, mapped_column, relationship

from clinic.core.acting import Acting
from clinic.core.db import Base, append_only, lockable, locked_with
from clinic.core.tenancy import ClinicOwned, child_of, owned

HERE = Acting(
    uuid.UUID("01950000-0000-7000-8000-0000000000a1"),
    uuid.UUID("01950000-0000-7000-8000-00000000c001"),
    ZoneInfo("Europe/Dublin"),
)
THERE = Acting(
    uuid.UUID("01950000-0000-7000-8000-0000000000b1"),
    uuid.UUID("01950000-0000-7000-8000-00000000c002"),
    ZoneInfo("America/New_York"),
)
PATIENT = uuid.UUID("01950000-0000-7000-8000-00000000d001")
THEIR_PATIENT = uuid.UUID("01950000-0000-7000-8000-00000000d002")


class Trial(Base):
    """The base of these tables."""

    __abstract__ = True
    metadata = MetaData(naming_convention=Base.metadata.naming_convention)


Table("clinic", Trial.metadata, Column("id", Uuid, primary_key=True))


class Town(Trial):
    """Belongs to no clinic."""

    __tablename__ = "trial_town"

    name: Mapped[str]
    wards: Mapped[list["Ward"]] = relationship(back_populates="town")


class Colour(StrEnum):
    """Stored by its code."""

    GREEN = "deep-green"
    GREY = "light-grey"


class Ward(ClinicOwned, Trial):
    """A register: edited in place."""

    __tablename__ = "trial_ward"

    name: Mapped[str]
    phone: Mapped[str | None] = mapped_column(info={"audit": "sensitive"})
    door_code: Mapped[str | None] = mapped_column(info={"audit": "secret"})
    colour: Mapped[Colour | None]
    height: Mapped[Decimal | None]
    patient_id: Mapped[uuid.UUID | None]
    town_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("trial_town.id"))
    version: Mapped[int] = mapped_column()
    town: Mapped[Town | None] = relationship(back_populates="wards")
    beds: Mapped[list["Bed"]] = relationship(back_populates="ward")

    __mapper_args__ = {"version_id_col": version}


class Bed(ClinicOwned, Trial):
    """Stands in a ward of its own clinic."""

    __tablename__ = "trial_bed"
    __table_args__ = owned(child_of("trial_ward", "ward_id"))

    ward_id: Mapped[uuid.UUID]
    label: Mapped[str]
    ward: Mapped[Ward] = relationship(back_populates="beds")


class Reading(ClinicOwned, Trial):
    """Written once. `code` is unique in the clinic."""

    __tablename__ = "trial_reading"
    __table_args__ = owned(UniqueConstraint("clinic_id", "code"), **append_only())

    code: Mapped[str] = mapped_column(String(40))
    value: Mapped[int]


class Sheet(ClinicOwned, Trial):
    """Signed at some time, and then closed."""

    __tablename__ = "trial_sheet"
    __table_args__ = owned(**lockable())

    title: Mapped[str]
    locked_at: Mapped[str | None]


class Line(ClinicOwned, Trial):
    """A row of a sheet."""

    __tablename__ = "trial_line"
    __table_args__ = owned(
        child_of("trial_sheet", "sheet_id"), **locked_with("trial_sheet", "sheet_id")
    )

    sheet_id: Mapped[uuid.UUID]
    text: Mapped[str]
