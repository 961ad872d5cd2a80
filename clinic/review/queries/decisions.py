"""This file is about decisions that were signed, and what stands in the way of the next one."""

import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from sqlalchemy import func, select

from clinic.core.db import db
from clinic.core.signatures import DocumentVersion
from clinic.courses.models import Course
from clinic.courses.rules import EndReason
from clinic.instruments.queries import Unreviewed, open_safety
from clinic.review.rules import (
    CourseRecord,
    Decided,
    Decision,
    SessionAlerts,
    alerts_to_read,
    obstacles,
)
from clinic.sessions.rules import Obstacle

KIND = "decision"
Read = TypeVar("Read")


@dataclass(frozen=True)
class Standing:
    """Where the next decision stands: what must be read, what keeps it unsigned."""

    alerts: list[SessionAlerts]
    unreviewed: list[Unreviewed]
    obstacles: list[str]


def decisions_of(course_id: uuid.UUID) -> Sequence[DocumentVersion]:
    """Every signed decision of a course, newest first."""
    signed = select(DocumentVersion).where(
        DocumentVersion.kind == KIND, DocumentVersion.subject_id == course_id
    )
    return db.session.scalars(signed.order_by(DocumentVersion.n.desc())).all()


def decided(course_id: uuid.UUID) -> list[Decided]:
    """The same as they were decided; the first is in force."""
    return [as_decided(document) for document in decisions_of(course_id)]


def as_decided(document: DocumentVersion) -> Decided:
    """A signed document as a decision."""
    content = document.content()
    return Decided(
        decision=Decision(content["decision"]),
        reason=content["reason"],
        after_session=content["after_session"],
        signed_by_id=document.signed_by_id,
        signed_by=document.signed_by_name,
        signed_at=document.signed_at,
        n=document.n,
        unchanged=document.is_unchanged(),
        meaning=document.meaning,
        new_dose=content.get("new_dose", ""),
        new_schedule=content.get("new_schedule", ""),
        stopped_because=read(EndReason, content.get("stopped_because")),
        re_evaluate_on=read(date.fromisoformat, content.get("re_evaluate_on")),
    )


def read(kind: Callable[[str], Read], text: str | None) -> Read | None:
    """A value from its text; None stays None."""
    return None if text is None else kind(text)


def decided_last(course_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, Decided]:
    """Course id -> its decision in force; a course without any is not there."""
    wanted = set(course_ids)
    newest = (
        select(DocumentVersion.subject_id, func.max(DocumentVersion.n).label("n"))
        .where(DocumentVersion.kind == KIND, DocumentVersion.subject_id.in_(wanted))
        .group_by(DocumentVersion.subject_id)
        .subquery()
    )
    rows = select(DocumentVersion).join(
        newest,
        (newest.c.subject_id == DocumentVersion.subject_id) & (newest.c.n == DocumentVersion.n),
    )
    found = db.session.scalars(rows.where(DocumentVersion.kind == KIND)) if wanted else ()
    return {document.subject_id: as_decided(document) for document in found}


def stopped(course_id: uuid.UUID, at: datetime | None = None) -> Obstacle | None:
    """The decision in force is to stop: nothing more is given in this course until another one is
    signed. `at`: the decision that was in force at that moment."""
    known = [one for one in decided(course_id) if at is None or one.signed_at <= at]
    if not known or known[0].decision is not Decision.STOP:
        return None
    return Obstacle(
        f"The last decision is to stop treatment, signed by {known[0].signed_by}. A psychiatrist"
        " may sign a new one on the page Review; else end this course and open a new one.",
        "review.show",
    )


def standing_of(course: Course, record: CourseRecord) -> Standing:
    """What has to be read or reviewed before the next decision."""
    earlier = decided(course.id)
    alerts = alerts_to_read(record, earlier[0].signed_at if earlier else None)
    unreviewed = open_safety(course.patient_id)
    findings = [words for one in unreviewed for words in one.words]
    return Standing(alerts, unreviewed, list(obstacles(len(record.treated), alerts, findings)))
