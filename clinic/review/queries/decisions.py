"""This file is about decisions that were signed, and what stands in the way of the next one."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from clinic.core.db import db
from clinic.core.signatures import DocumentVersion
from clinic.courses.models import Course
from clinic.instruments.queries import Unreviewed, open_safety
from clinic.review.rules import (
    CourseRecord,
    Decided,
    Decision,
    SessionAlerts,
    alerts_to_read,
    obstacles,
)

KIND = "decision"


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
    )


def standing_of(course: Course, record: CourseRecord) -> Standing:
    """What has to be read or reviewed before the next decision."""
    earlier = decided(course.id)
    alerts = alerts_to_read(record, earlier[0].signed_at if earlier else None)
    unreviewed = open_safety(course.patient_id)
    findings = [words for one in unreviewed for words in one.words]
    return Standing(alerts, unreviewed, list(obstacles(len(record.treated), alerts, findings)))
