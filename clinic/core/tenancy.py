"""This file is about the wall between clinics.

Reads: where a clinic's table stands in the FROM of a SELECT, only that clinic's rows stand there.
Writes: new rows are stamped with the clinic; rows of another one are refused.
Statements that could be neither narrowed nor recorded (raw SQL, bulk UPDATE and DELETE) are
refused, so that forgetting this module fails instead of leaking.
"""

import uuid
from typing import Any

from sqlalchemy import (
    ForeignKeyConstraint,
    Table,
    TableClause,
    TextClause,
    UniqueConstraint,
    Uuid,
    bindparam,
    event,
    inspect,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Mapped, ORMExecuteState, Session, declared_attr, mapped_column
from sqlalchemy.sql import visitors

from clinic.core.acting import acting

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
        {"info": info | {"clinic_owned": True}},
    )


def child_of(parent: str, key: str) -> ForeignKeyConstraint:
    """A reference that cannot leave the clinic: (clinic_id, key) -> (clinic_id, id)."""
    return ForeignKeyConstraint(["clinic_id", key], [f"{parent}.clinic_id", f"{parent}.id"])


HARMLESS = ("*", "1")  # what SQLAlchemy itself writes into count(*) and EXISTS

# Asked at each execution, so that a compiled statement may be kept: it knows no clinic by itself.
# Unique, so that no statement can name it and give it another value.
NAME = "acting_clinic"
THE_CLINIC = bindparam(NAME, callable_=lambda: acting().clinic_id, type_=Uuid(), unique=True)


@compiles(Table)
def narrow_to_clinic(table: Table, compiler: Any, **how: Any) -> str:
    """Write a clinic's table into a FROM as the rows of the clinic somebody acts for.

    Here and not by loader criteria, which miss a bare table, a table in `join(...)` and a
    correlated subquery. Both engines merge the inner SELECT into the outer one and use its indexes.
    """
    written: str = compiler.visit_table(table, **how)
    if not table.info.get("clinic_owned") or not how.get("asfrom") or how.get("iscrud"):
        return written
    rows = f"(SELECT * FROM {written} WHERE clinic_id = {compiler.process(THE_CLINIC)})"
    alias = how.get("enclosing_alias")
    if alias is not None and alias.element is table:
        return rows
    return f"{rows} AS {compiler.preparer.format_table(table)}"


@event.listens_for(Session, "do_orm_execute")
def refuse_what_cannot_be_narrowed(state: ORMExecuteState) -> None:
    """Raw SQL goes around the wall, and bulk writes around the trail."""
    if not state.is_orm_statement:
        raise TenancyError("raw SQL cannot be narrowed to a clinic")
    if any(str(name).startswith(NAME) for name in state.parameters or ()):
        raise TenancyError("the clinic is the one somebody acts for, never a parameter")
    statement: Any = state.statement
    for element in visitors.iterate(statement):
        if is_raw(element):
            raise TenancyError(f"raw SQL cannot be narrowed to a clinic: {element}")
        if isinstance(element, Table) and element.info.get("clinic_owned"):
            acting()
    if not state.is_select and not state.is_from_statement:
        raise TenancyError("bulk writes are in no trail: change the records one by one")


def is_raw(element: Any) -> bool:
    """Whether a part of a statement is text that could name any table."""
    if getattr(element, "_prefixes", ()) or getattr(element, "_suffixes", ()):
        return True
    if isinstance(element, TextClause) or getattr(element, "is_literal", False):
        return str(element) not in HARMLESS
    return isinstance(element, TableClause) and not isinstance(element, Table)


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
    # Asked of every row that is read, so the short way first: what was just read has no history.
    if record.__dict__.get("clinic_id") != acting().clinic_id:
        refuse_stranger(record)


def refuse_stranger(record: ClinicOwned) -> None:
    """Raise when a record belongs, or belonged, to another clinic than somebody acts for."""
    history = inspect(record).attrs.clinic_id.history
    if {*history.added, *history.unchanged, *history.deleted} - {acting().clinic_id}:
        raise TenancyError(f"{type(record).__name__} {record.id} belongs to another clinic")  # type: ignore[attr-defined]
