"""This file is about signing the decision after a session."""

import uuid
from collections.abc import Collection
from typing import Any

from clinic.core import clock
from clinic.core.db import db
from clinic.core.errors import Conflict, Unprocessable
from clinic.core.signatures import DocumentVersion, Proof, latest, sign
from clinic.courses.models import Course
from clinic.courses.queries import course_or_raise, protocol_of
from clinic.courses.rules import CourseStatus
from clinic.notation.rules.canonical import canonical_text, digest
from clinic.review.queries import KIND, Standing, record_of, standing_of
from clinic.review.rules import (
    Badge,
    Chosen,
    CourseRecord,
    badges,
    facts,
    faults,
    plus,
    session_rows,
    unread,
)

MEANING = "I have read the record of this course and decided"


class RecordMoved(Conflict):
    """Something was written after the page was opened."""

    def __init__(self) -> None:
        super().__init__("The record changed while you read it. Read it as it is now, then sign.")


def sign_decision(
    course_id: uuid.UUID,
    chosen: Chosen,
    *,
    read: Collection[uuid.UUID],
    seen: str,
    proof: Proof,
) -> DocumentVersion:
    """Decide, and sign what the decision rests on.

    `read`: sessions whose alerts were read; `seen`: digest of the evidence on the page. Raises
    Unprocessable (fields `decision`, `read`, and those of `rules.faults`), RecordMoved, and
    Conflict for a course that is over.
    """
    course = course_or_raise(course_id)
    if course.status is not CourseStatus.ACTIVE:
        raise Conflict("This course has ended; its decisions stay as they are.")
    dose = protocol_of(course_id).dose
    if wrong := faults(chosen, dose.allowed, str(dose.unit), clock.today()):
        raise Unprocessable(wrong)
    evidence = checked_evidence(course, read, seen)
    document = sign(
        KIND,
        course_id,
        chosen.said(str(dose.unit)) | evidence,
        patient_id=course.patient_id,
        meaning=MEANING,
        proof=proof,
        reason=chosen.reason if evidence["after_decision"] else None,
    )
    if document.n != evidence["after_decision"] + 1:  # somebody else decided between the two looks
        raise RecordMoved
    db.session.flush()
    return document


def checked_evidence(course: Course, read: Collection[uuid.UUID], seen: str) -> dict[str, Any]:
    """What the signature covers, once nothing stands in its way; raises like sign_decision."""
    record = record_of(course, clock.now())
    standing = standing_of(course, record)
    if standing.obstacles:
        raise Unprocessable({"decision": standing.obstacles})
    if missing := list(unread(standing.alerts, read)):
        raise Unprocessable({"read": missing})
    evidence = evidence_of(course, record, standing)
    if seen_of(evidence) != seen:
        raise RecordMoved
    return evidence


def seen_of(evidence: dict[str, Any]) -> str:
    """What a page was looking at, in one word."""
    return digest(canonical_text(evidence))


def evidence_of(course: Course, record: CourseRecord, standing: Standing) -> dict[str, Any]:
    """What the signature covers: outcome, scores, sessions, facts, alerts that had to be read."""
    before, rows = latest(KIND, course.id), session_rows(record)
    return {
        "course": str(course.id),
        "protocol": protocol_of(course.id).digest,
        "after_decision": before.n if before else 0,
        "after_session": rows[-1].number if rows else 0,
        "outcome": [said(badge) for badge in badges(record)],
        "scores": [
            [
                str(use.id),
                use.instrument.digest,
                use.form,
                use.taken_at.isoformat(),
                use.score.total,
            ]
            for use in record.uses
        ],
        "sessions": [
            [str(row.id), row.number, row.dose, plus(row.systolic, row.diastolic), row.dissociation]
            for row in rows
        ],
        "facts": [[fact.what, fact.more] for fact in facts(record)],
        "alerts": [[str(one.session_id), list(one.texts)] for one in standing.alerts],
    }


def said(badge: Badge) -> list[Any]:
    """The outcome at one moment."""
    return [badge.code, badge.scale, badge.form, str(badge.word), badge.baseline, badge.total]
