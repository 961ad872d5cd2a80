"""This file is about the scales of the evaluation: which are due, what they said, what is unread.

The scales belong to another room, which is asked through `SCALES` and `SAFETY`.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from flask import current_app

from clinic.courses.models import Course
from clinic.instruments.queries import Answered, current, open_safety, responses_of
from clinic.protocols.queries import protocol_of
from clinic.protocols.rules import ScaleUse

BASELINE = "baseline"
SCALES = "clinic.evaluation.scales"
SAFETY = "clinic.evaluation.safety"


@dataclass(frozen=True)
class ScaleLine:
    """One form of a scale that the protocol wants before the first dose; None: not answered."""

    code: str
    due: bool
    score: str | None = None
    band: str | None = None
    answered_at: datetime | None = None
    digest: str | None = None
    form: str = "standard"
    name: str = ""


@dataclass(frozen=True)
class OpenFinding:
    """A safety answer that nobody has reviewed."""

    response_id: uuid.UUID
    words: str


def scales_of(course: Course) -> list[ScaleLine]:
    """The scales of the protocol's baseline with their latest answers, in its order."""
    read: Callable[[Course, ScaleUse], ScaleLine] | None = current_app.extensions.get(SCALES)
    uses = protocol_of(course.protocol_version_id).scales
    asked = [use for use in uses if BASELINE in use.moments]
    return [read(course, use) if read else ScaleLine(use.scale, due=False) for use in asked]


def open_findings(course: Course) -> list[OpenFinding]:
    """Her safety answers that nobody has reviewed, oldest first."""
    read: Callable[[Course], list[OpenFinding]] | None = current_app.extensions.get(SAFETY)
    return read(course) if read else []


def latest_line(course: Course, use: ScaleUse) -> ScaleLine:
    """What the room of scales has of a form of a scale; without a score it is due."""
    line = ScaleLine(use.scale, due=True, form=use.form, name=name_of(use))
    asked = [one for one in responses_of(course.id) if is_answer_to(one, use)]
    if not asked:
        return line
    last = asked[-1]
    level = last.triage.level if last.triage else None
    total, most = last.score.total, last.score.maximum
    score = str(level) if level else None if total is None else f"{total} / {most}"
    row, band = last.response, last.word
    return replace(
        line, score=score, band=band, answered_at=row.answered_at, digest=row.instrument_digest
    )


def is_answer_to(answered: Answered, use: ScaleUse) -> bool:
    """Whether it is this form, asked before the first dose: later scores are no evaluation."""
    row = answered.response
    same = (row.instrument_code, row.form_code) == (use.scale, use.form)
    return same and row.moment == BASELINE


def name_of(use: ScaleUse) -> str:
    """A scale as it is called, with its form where it has several."""
    scale = current(use.scale)
    if scale is None:
        return use.scale
    return f"{scale.name}, {scale.form(use.form).title.lower()}" if scale.forms[1:] else scale.name


def unreviewed(course: Course) -> list[OpenFinding]:
    """What the room of scales has of a patient's safety answers that wait for a person."""
    waiting = open_safety(course.patient_id)
    return [OpenFinding(row.use.response.id, "; ".join(row.words)) for row in waiting]
