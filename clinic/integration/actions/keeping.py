"""This file is about how each record of this room is kept: of a course, in one transaction."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any, TypeVar

from clinic.core import clock
from clinic.core.acting import acting
from clinic.core.db import Base, db
from clinic.core.errors import Conflict, Unprocessable
from clinic.courses.models import Course

Record = TypeVar("Record", bound=Base)


class ChangedMeanwhile(Conflict):
    """The record moved on after the form was opened."""

    def __init__(self) -> None:
        super().__init__("Somebody else saved this record after you opened it.")


def change(record: Any, facts: Any, version: int | None) -> None:
    """Write the facts of a record. Raises ChangedMeanwhile unless `version` is the present one."""
    if record.version != version:
        raise ChangedMeanwhile
    for name, value in asdict(facts).items():
        setattr(record, name, value)
    db.session.flush()


def of_course(course: Course) -> dict[str, object]:
    """What every record of this room holds besides its facts."""
    return {
        "course_id": course.id,
        "patient_id": course.patient_id,
        "recorded_by_id": acting().actor_id,
        "recorded_at": clock.now(),
    }


def kept(record: Record) -> Record:
    """A new record, in the transaction that is open."""
    db.session.add(record)
    db.session.flush()
    return record


def refuse(faults: Iterable[tuple[str, str]]) -> None:
    """Raise Unprocessable when there is a fault."""
    found: dict[str, list[str]] = {}
    for field, sentence in faults:
        found.setdefault(field, []).append(sentence)
    if found:
        raise Unprocessable(found)


def refuse_when_ended(course: Course) -> None:
    """Nothing new begins in a course that has ended."""
    if course.ended_on is not None:
        raise Conflict(f"This course ended on {course.ended_on:%d %b %Y}.")
