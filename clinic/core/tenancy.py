"""This file is about the wall between clinics, and about naming the clinic to the database.

Reads: where a clinic's table stands in the FROM of a SELECT, only that clinic's rows stand there.
Writes: new rows are stamped with the clinic; rows of another one are refused.
Statements that could be neither narrowed nor recorded (raw SQL, bulk UPDATE and DELETE) are
refused, so that forgetting this module fails instead of leaking.

Behind it stands the lock of PostgreSQL (`core/db/policies.py`): each transaction names its clinic.
"""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import g, has_app_context
from sqlalchemy import (
    Connection,
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
from sqlalchemy.engine import Engine
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Mapped, ORMExecuteState, Session, declared_attr, mapped_column
from sqlalchemy.sql import visitors

from clinic.core.acting import acting, maybe_acting
from clinic.core.db.policies import SETTING

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


TOLD = "clinic.told"  # what the transaction of a connection has named
NAME_IT = f"SELECT set_config('{SETTING}', %s, true)"


@contextmanager
def naming(clinic_id: uuid.UUID) -> Iterator[None]:
    """Name another clinic to the database than the one somebody acts for, or one before anybody.

    For what belongs to a clinic and is written before somebody acts there, or walks through all of
    them: its trail. The wall stays where it is. NO_CLINIC: what belongs to none.
    """
    before = g.get("named_clinic")
    g.named_clinic = clinic_id
    try:
        yield
    finally:
        g.named_clinic = before


def named_clinic() -> uuid.UUID | None:
    """Whose rows the database shows to this request or job; None: nobody's."""
    if not has_app_context():
        return None
    named: uuid.UUID | None = g.get("named_clinic")
    if named is None and (somebody := maybe_acting()) is not None:
        return somebody.clinic_id
    return named


@event.listens_for(Engine, "begin")
def forget_the_name(connection: Connection) -> None:
    """What a transaction named ended with it."""
    connection.info.pop(TOLD, None)


@event.listens_for(Engine, "before_cursor_execute")
def name_the_clinic(connection: Connection, *_: Any) -> None:
    """Tell PostgreSQL, before the first statement that is for it, which clinic's rows are there.

    For this transaction alone: a pooler gives the connection to somebody else afterwards.
    """
    if connection.dialect.name != "postgresql":
        return
    clinic_id = named_clinic()
    if connection.info.get(TOLD) != clinic_id:
        driver: Any = connection.connection
        with driver.cursor() as cursor:
            cursor.execute(NAME_IT, (str(clinic_id or NO_CLINIC),))
        connection.info[TOLD] = clinic_id
