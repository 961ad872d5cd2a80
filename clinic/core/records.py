"""This file is about how the id in an address leads to its record and its patient.

Each package says once how its ids do; the gate then loads, checks and notes every clinical
address in one place.
"""

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import abort
from sqlalchemy import select
from sqlalchemy.orm import Session

from clinic.core.db import Base, db

Record = TypeVar("Record", bound=Base)


@dataclass(frozen=True)
class Lead:
    """How one kind of id leads to the patient: by a column, or by the id of a parent.

    number: the column with what people call her by where no name may stand.
    """

    model: type[Base]
    column: str
    parent: str | None
    number: str | None = None


LEADS: dict[str, Lead] = {}


def register(
    argument: str,
    model: type[Base],
    column: str,
    parent: str | None = None,
    number: str | None = None,
) -> None:
    """Say that `<uuid:argument>` names a `model` whose `column` holds its patient (or its parent).

    A package registers when it is imported: `register("session_id", TreatmentSession,
    "patient_id")`.
    """
    LEADS[argument] = Lead(model, column, parent, number)


def named_in(view_args: dict[str, Any] | None) -> dict[str, Any]:
    """The ids of an address that lead to a patient."""
    return {key: value for key, value in (view_args or {}).items() if key in LEADS}


def patients_of(session: Session, view_args: dict[str, Any]) -> set[uuid.UUID]:
    """The patients that the ids of an address lead to. Aborts 404 for an id that is not there."""
    return {
        patient_of(session, argument, value)
        for argument, value in view_args.items()
        if argument in LEADS
    }


def patient_of(session: Session, argument: str, value: uuid.UUID) -> uuid.UUID:
    """The patient one id leads to."""
    lead = LEADS[argument]
    column = getattr(lead.model, lead.column)
    found: uuid.UUID | None = session.scalar(select(column).where(lead.model.id == value))
    if found is None:
        abort(404)
    return patient_of(session, lead.parent, found) if lead.parent else found


def patient_by_number(number: str) -> uuid.UUID | None:
    """The patient of this clinic who has a number."""
    for model, column in numbered():
        found: uuid.UUID | None = db.session.scalar(select(model.id).where(column == number))
        return found
    return None


def numbers_of(ids: Iterable[uuid.UUID | None]) -> dict[uuid.UUID, str]:
    """Patient id -> number, for those of this clinic."""
    wanted = {one for one in ids if one is not None}
    return {
        patient_id: number
        for model, column in numbered()
        for patient_id, number in db.session.execute(
            select(model.id, column).where(model.id.in_(wanted))
        )
    }


def numbered() -> Iterator[tuple[type[Base], Any]]:
    """Where patients and their numbers are kept."""
    for lead in LEADS.values():
        if lead.number:
            yield lead.model, getattr(lead.model, lead.number)


def get_or_404(model: type[Record], record_id: uuid.UUID, **belongs: uuid.UUID) -> Record:
    """A record of this clinic; `belongs` names what it must hang on: `patient_id=...`."""
    record = db.session.scalar(select(model).where(model.id == record_id))
    if record is None or any(getattr(record, key) != value for key, value in belongs.items()):
        abort(404)
    return record
