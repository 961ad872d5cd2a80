"""This file is about filling a database to the size of years: a true course, many times over.

The rows go past the actions and the trail, straight into the tables, as a restored backup would;
append-only triggers, keys and checks of the database stand. For a database of its own alone.
"""

import uuid
from collections.abc import Callable, Iterator
from typing import Any

from sqlalchemy import Connection, Table, func, insert, select

from clinic.core import clock
from clinic.core.acting import acting
from clinic.core.audit import AuditEvent, append
from clinic.core.audit.masking import plain
from clinic.core.db import db, new_id
from clinic.courses.models import Course
from clinic.patients.models import InfantMeasure, Patient
from clinic.sessions.models import LogEntry, TreatmentSession

Row = dict[str, Any]
PATIENT, COURSE, SESSION, ENTRY = TABLES = tuple(
    db.metadata.tables[model.__tablename__]
    for model in (Patient, Course, TreatmentSession, LogEntry)
)
COURSES_AT_ONCE = 50
EVENTS_AT_ONCE = 2000
MEASURE = db.metadata.tables[InfantMeasure.__tablename__]


def fill(observations: int, tell: Callable[[str], None]) -> None:
    """Bring the acting clinic, which has the demonstration, to at least so many observations."""
    with db.engine.begin() as connection:
        pattern = rows_of(connection, longest_course(connection))
    each = sum(row["kind"] == "observation" for row in pattern["entry"])
    wanted = max(-(-(observations - count_observations()) // each), 0)
    for first in range(0, wanted, COURSES_AT_ONCE):
        with db.engine.begin() as connection:
            put(connection, pattern, range(first, min(first + COURSES_AT_ONCE, wanted)))
        if first % (COURSES_AT_ONCE * 20) == 0:
            tell(f"  courses: {first:,} of {wanted:,}")


def fill_trail(events: int, tell: Callable[[str], None]) -> None:
    """Bring the trail of the acting clinic, which has the demonstration, to so many events.

    Each second one tells of a weight of a baby, which is there; the others of an opening.
    """
    with db.engine.connect() as connection:
        pattern = read(connection, MEASURE, MEASURE.c.corrects_id.is_(None))[0]
        chain = select(func.count()).where(AuditEvent.chain_id == acting().clinic_id)
        wanted = max(events - connection.execute(chain).scalar_one(), 0)
    for first in range(0, wanted, EVENTS_AT_ONCE):
        many = min(EVENTS_AT_ONCE, wanted - first)
        rows = [pattern | {"id": new_id()} for _ in range(-(-many // 2))]
        told = [event for row in rows for event in (created(row), opened(row))][:many]
        with db.engine.begin() as connection:
            connection.execute(insert(MEASURE), rows)
            append(connection, acting().clinic_id, told)
        if first % (EVENTS_AT_ONCE * 50) == 0:
            tell(f"  events: {first:,} of {wanted:,}")


def created(row: Row) -> Row:
    """The event of a row that was written."""
    detail = {key: [None, plain(value)] for key, value in row.items() if value is not None}
    return event_of(row, "create", "InfantMeasure", str(row["id"]), detail)


def opened(row: Row) -> Row:
    """The event of a page that was opened."""
    return event_of(row, "open", "patients.show", None, {"patient_id": str(row["patient_id"])})


def event_of(row: Row, action: str, kind: str, record: str | None, detail: Row) -> Row:
    """The body of an event about a patient."""
    return {
        "action": action,
        "actor": str(acting().actor_id),
        "at": clock.now().isoformat(),
        "chain": str(acting().clinic_id),
        "detail": detail,
        "patient": str(row["patient_id"]),
        "record": record,
        "request": new_id().hex,
        "type": kind,
    }


def count_observations() -> int:
    """How many observations the acting clinic has."""
    with db.engine.connect() as connection:
        found = select(func.count()).where(ENTRY.c.kind == "observation")
        return connection.execute(found).scalar_one()


def longest_course(connection: Connection) -> uuid.UUID:
    """The course with the most observations of sessions that are over."""
    found = (
        select(SESSION.c.course_id)
        .join(ENTRY, ENTRY.c.session_id == SESSION.c.id)
        .where(ENTRY.c.kind == "observation", SESSION.c.status == "finished")
        .group_by(SESSION.c.course_id)
        .order_by(func.count().desc())
    )
    course_id: uuid.UUID = connection.execute(found.limit(1)).scalar_one()
    return course_id


def rows_of(connection: Connection, course_id: uuid.UUID) -> dict[str, list[Row]]:
    """A woman, her course, its sessions that are over, and their logs."""
    [hers] = read(connection, COURSE, COURSE.c.id == course_id)
    over = SESSION.c.course_id == course_id, SESSION.c.status == "finished"
    sessions = read(connection, SESSION, *over)
    ids = [row["id"] for row in sessions]
    return {
        "patient": read(connection, PATIENT, PATIENT.c.id == hers["patient_id"]),
        "course": [hers],
        "treatment_session": [row | {"locked_at": None} for row in sessions],
        "entry": read(connection, ENTRY, ENTRY.c.session_id.in_(ids)),
    }


def read(connection: Connection, table: Table, *which: Any) -> list[Row]:
    """Rows as dicts; entries in the order of the log."""
    order = table.c.log_seq if "log_seq" in table.c else table.c.id
    return [
        dict(row)
        for row in connection.execute(select(table).where(*which).order_by(order)).mappings()
    ]


def put(connection: Connection, pattern: dict[str, list[Row]], copies: range) -> None:
    """Copies of the pattern, each with ids of its own."""
    sequence = connection.execute(select(func.max(ENTRY.c.log_seq))).scalar_one() + 1
    made: dict[str, list[Row]] = {table.name: [] for table in TABLES}
    for _ in copies:
        for name, row in copied(pattern):
            if name == "entry":
                row["log_seq"] = sequence
                sequence += 1
            made[name].append(row)
    for table in TABLES:
        connection.execute(insert(table), made[table.name])


def copied(pattern: dict[str, list[Row]]) -> Iterator[tuple[str, Row]]:
    """Every row of the pattern once more. What points to another row of it points to the copy."""
    fresh = {row["id"]: new_id() for rows in pattern.values() for row in rows}
    for name, rows in pattern.items():
        for row in rows:
            other: Row = {key: fresh.get(at, at) for key, at in row.items() if is_id(key)}
            if name == "patient":
                other["number"] = f"B-{other['id'].hex[-12:]}"
            yield name, row | other


def is_id(column: str) -> bool:
    """Whether a column holds an id of a row."""
    return column == "id" or column.endswith("_id")
