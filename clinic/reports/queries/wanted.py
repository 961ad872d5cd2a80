"""This file is about which sessions and courses an export is of: its filters, applied once."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, select

from clinic.core.db import db
from clinic.courses.models import Course
from clinic.protocols.models import ProtocolVersion
from clinic.protocols.queries import content_of
from clinic.reports.rules.pieces import Bookmark

# As `patient_id`: what belongs to no patient. No course is hers, so most tables have no such rows.
NOBODY = uuid.UUID(int=0)


@dataclass(frozen=True)
class Wanted:
    """Versions of protocols, one course, one patient; None: all of them.

    `bookmark`: says after what to begin, and is told how far reading is.
    """

    version_ids: frozenset[uuid.UUID] | None = None
    course_id: uuid.UUID | None = None
    patient_id: uuid.UUID | None = None
    bookmark: Bookmark | None = field(default=None, compare=False)

    @property
    def after(self) -> str | None:
        """The key after which to begin; None: with the first."""
        return self.bookmark.after if self.bookmark else None

    def stands(self, after: str) -> None:
        """All up to a key will have been read once the next part is asked for."""
        if self.bookmark:
            self.bookmark.stands(after)

    def of(self, version_id: Any, course_id: Any) -> list[ColumnElement[bool]]:
        """The conditions on the columns of a table."""
        found: list[ColumnElement[bool]] = []
        if self.version_ids is not None:
            found.append(version_id.in_(self.version_ids))
        if self.course_id is not None:
            found.append(course_id == self.course_id)
        if self.patient_id is not None:
            hers = select(Course.id).where(Course.patient_id == self.patient_id)
            found.append(course_id.in_(hers))
        return found


EVERYTHING = Wanted()


def wanted(
    protocols: Sequence[str] = (),
    routes: Sequence[str] = (),
    course_id: uuid.UUID | None = None,
) -> Wanted:
    """What codes of protocols and routes come to; an empty list: all."""
    if not (protocols or routes):
        return Wanted(None, course_id)
    statement = select(ProtocolVersion)
    if protocols:
        statement = statement.where(ProtocolVersion.code.in_(protocols))
    versions = db.session.scalars(statement).all()
    ids = (v.id for v in versions if not routes or content_of(v).route.value in routes)
    return Wanted(frozenset(ids), course_id)
