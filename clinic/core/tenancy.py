"""This file is about the wall between clinics.

Reads: every ORM statement is narrowed to the clinic somebody acts for.
Writes: new rows are stamped with it; rows of another clinic are refused.
Statements that could be neither narrowed nor recorded (raw SQL, bulk UPDATE and DELETE, bare
tables) are refused, so that forgetting this module fails instead of leaking.
"""

import uuid
from typing import Any

from sqlalchemy import Column, ForeignKeyConstraint, UniqueConstraint, event
from sqlalchemy.orm import (
    Mapped,
    ORMExecuteState,
    Session,
    declared_attr,
    mapped_column,
    with_loader_criteria,
)
from sqlalchemy.sql import visitors

from clinic.core.acting import acting, maybe_acting

NO_CLINIC = uuid.UUID(int=0)  # owns nothing, so a statement outside a clinic finds nothing


class TenancyError(RuntimeError):
    """A statement would have crossed, or gone around, the wall."""


class ClinicOwned:
    """Mixin for every table whose rows belong to one clinic."""

    clinic_id: Mapped[uuid.UUID] = mapped_column(index=False)

    @declared_attr.directive
    @classmethod
    def __table_args__(cls) -> tuple[Any, ...]:
        return owned()


def owned(*more: Any, **info: Any) -> tuple[Any, ...]:
    """Table arguments of a clinic-owned table: children refer to it by (clinic, id)."""
    return (
        UniqueConstraint("clinic_id", "id"),
        ForeignKeyConstraint(["clinic_id"], ["clinic.id"]),
        *more,
        {"info": info},
    )


def child_of(parent: str, key: str) -> ForeignKeyConstraint:
    """A reference that cannot leave the clinic: (clinic_id, key) -> (clinic_id, id)."""
    return ForeignKeyConstraint(["clinic_id", key], [f"{parent}.clinic_id", f"{parent}.id"])


@event.listens_for(Session, "do_orm_execute")
def narrow_to_clinic(state: ORMExecuteState) -> None:
    """Add the clinic to a statement, or refuse it."""
    if not state.is_orm_statement:
        raise TenancyError("raw SQL cannot be narrowed to a clinic")
    if state.is_from_statement:
        raise TenancyError("records from raw SQL cannot be narrowed to a clinic")
    if any(issubclass(mapper.class_, ClinicOwned) for mapper in state.all_mappers):
        acting()
    if not state.is_select:
        raise TenancyError("bulk writes are in no trail: change the records one by one")
    refuse_bare_tables(state.statement)
    clinic_id = somebody.clinic_id if (somebody := maybe_acting()) else NO_CLINIC
    state.statement = state.statement.options(
        with_loader_criteria(
            ClinicOwned, lambda cls: cls.clinic_id == clinic_id, include_aliases=True
        )
    )


def refuse_bare_tables(statement: Any) -> None:
    """A table without its class would slip past the narrowing."""
    for element in visitors.iterate(statement):
        if isinstance(element, Column) and "parententity" not in element._annotations:
            raise TenancyError(f"select the class, not the table {element.table}")


@event.listens_for(Session, "before_flush")
def stamp_with_clinic(session: Session, _context: Any, _instances: Any) -> None:
    """New rows belong to the clinic somebody acts for; rows of another one are refused."""
    for record in [*session.new, *session.dirty, *session.deleted]:
        if isinstance(record, ClinicOwned):
            if getattr(record, "clinic_id", None) is None:
                record.clinic_id = acting().clinic_id
            refuse_stranger(record)


@event.listens_for(ClinicOwned, "load", propagate=True)
def refuse_foreign_load(record: ClinicOwned, _context: Any) -> None:
    """The last line: whatever way a row of another clinic was read, nobody gets it."""
    refuse_stranger(record)


def refuse_stranger(record: ClinicOwned) -> None:
    """Raise when a record belongs to another clinic than the one somebody acts for."""
    if record.clinic_id != acting().clinic_id:
        raise TenancyError(f"{type(record).__name__} {record.id} belongs to another clinic")  # type: ignore[attr-defined]
