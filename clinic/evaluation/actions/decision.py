"""This file is about deciding: a psychiatrist signs, and what the signature covers."""

import uuid
from typing import Any

from clinic.core.db import db
from clinic.core.errors import Unprocessable
from clinic.core.signatures import DocumentVersion, Proof, latest, sign
from clinic.courses.models import Course
from clinic.courses.queries import course_or_raise
from clinic.evaluation import queries
from clinic.evaluation.actions.ended import refuse_when_ended
from clinic.evaluation.library import checklist
from clinic.evaluation.queries import KIND, Evidence
from clinic.evaluation.rules import Decision, Flag, obstacles
from clinic.protocols.queries import by_ids

MEANING = "I have read this evaluation and decided"


def sign_decision(
    course_id: uuid.UUID, decision: Decision, reason: str, *, proof: Proof
) -> DocumentVersion:
    """Decide, and sign the answers and flags the decision rests on.

    Raises Unprocessable (field `decision`) with everything that forbids it, and Conflict for a
    course that has ended.
    """
    course = course_or_raise(course_id)
    refuse_when_ended(course)
    evidence = queries.evidence_of(course)
    if against := list(obstacles(decision, evidence.standing)):
        raise Unprocessable({"decision": against})
    earlier = latest(KIND, course_id)
    document = sign(
        KIND,
        course_id,
        content(course, decision, reason, evidence),
        patient_id=course.patient_id,
        meaning=MEANING,
        proof=proof,
        reason=reason if earlier else None,
    )
    db.session.flush()
    return document


def content(course: Course, decision: Decision, reason: str, evidence: Evidence) -> dict[str, Any]:
    """What the signature covers: all answers, what the record said, every flag, and digests."""
    standing = evidence.standing
    return {
        "course": str(course.id),
        "decision": str(decision),
        "reason": reason,
        "protocol": by_ids([course.protocol_version_id])[course.protocol_version_id].digest,
        "checklist": checklist().digest,
        "answers": {code: row.said() for code, row in evidence.latest.items()},
        "handed_in": {
            code: {"n": str(row.n), "digest": row.digest, "by": str(row.author_id)}
            for code, row in evidence.latest.items()
        },
        "facts": {code: fact.text for code, fact in evidence.facts.items()},
        "scales": [[line.code, line.form, line.score, line.digest] for line in evidence.scales],
        "flags": [flag_as_signed(flag) for flag in standing.flags],
        "missing": [item.code for item in standing.missing],
        "trials": trials_as_signed(evidence),
    }


def flag_as_signed(flag: Flag) -> list[Any]:
    """A flag with its rule, its source, and what it used."""
    used = [list(vars(used).values()) for used in flag.used]
    return [flag.rule, str(flag.level), flag.words, flag.source, used]


def trials_as_signed(evidence: Evidence) -> dict[str, Any]:
    """By which table the trials were judged, and how."""
    judged = [[trial.medicine, written(trial.counts), trial.reason] for trial in evidence.trials]
    return {"table": evidence.table.table.digest, "judged": judged}


def written(counts: bool | None) -> str:
    """Whether a trial counted."""
    return {True: "counts", False: "does not count", None: "not known"}[counts]
