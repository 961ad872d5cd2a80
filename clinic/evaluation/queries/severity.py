"""This file is about the scales of the evaluation: which are due, what they said, what is unread.

The scales belong to another room, which is asked through `SCALES` and `SAFETY`.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from flask import current_app

from clinic.courses.models import Course
from clinic.evaluation.rules import Strip, strip
from clinic.instruments.queries import Answered, current, open_safety, responses_of
from clinic.instruments.rules import Instrument
from clinic.protocols.queries import protocol_of
from clinic.protocols.rules import ScaleUse

BASELINE = "baseline"
SCALES = "clinic.evaluation.scales"
SAFETY = "clinic.evaluation.safety"


@dataclass(frozen=True)
class ScaleLine:
    """One form of a scale that the protocol wants before the first dose; None: not answered.

    `needs_staff`: asked in a call or a visit; else she may answer by herself. `safety`: (words,
    whether somebody has reviewed it) of each safety answer.
    """

    code: str
    due: bool
    score: str | None = None
    band: str | None = None
    answered_at: datetime | None = None
    digest: str | None = None
    form: str = "standard"
    name: str = ""
    needs_staff: bool = True
    strip: Strip | None = None
    safety: tuple[tuple[str, bool], ...] = ()
    way: str = ""
    author_id: uuid.UUID | None = None
    response_id: uuid.UUID | None = None


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
    scale = current(use.scale)
    line = ScaleLine(use.scale, due=True, form=use.form, name=name_of(use))
    if scale is not None:
        line = replace(line, needs_staff=scale.administered.needs_staff)
    asked = [one for one in responses_of(course.id) if is_answer_to(one, use)]
    return answered(line, asked[-1]) if asked else line


def answered(line: ScaleLine, last: Answered) -> ScaleLine:
    """The same with its latest answers."""
    level = last.triage.level if last.triage else None
    total, most = last.score.total, last.score.maximum
    row = last.response
    return replace(
        line,
        score=str(level) if level else None if total is None else f"{total} / {most}",
        band=last.word,
        answered_at=row.answered_at,
        digest=row.instrument_digest,
        strip=strip_of(last.instrument, total),
        safety=safety_of(last),
        way=str(row.way),
        author_id=row.author_id,
        response_id=row.id,
    )


def strip_of(scale: Instrument, total: int | None) -> Strip | None:
    """Where a total lies among the bands or cut-offs of its scale."""
    if total is None or scale.scoring is None:
        return None
    lower, upper = scale.scoring.range.lowest, scale.scoring.range.highest
    starts = [cut.at_least for cut in scale.cut_offs if cut.drawn]
    if not starts and scale.band_sets:
        starts = [band.lower for band in scale.band_sets[0].bands]
    return strip(lower, upper, starts, total)


def safety_of(use: Answered) -> tuple[tuple[str, bool], ...]:
    """Each safety answer of a use, and whether a person has reviewed it."""
    waiting = {answer.finding.item for answer in use.open}
    return tuple(
        (
            f"Item {f.item}: {'not answered' if f.score is None else f.score}",
            f.item not in waiting,
        )
        for f in use.score.findings
    )


def is_answer_to(answered: Answered, use: ScaleUse) -> bool:
    """Whether it is this form, asked before the first dose: later scores are no evaluation."""
    row = answered.response
    same = (row.instrument_code, row.form_code) == (use.scale, use.form)
    return same and row.moment == BASELINE


def name_of(use: ScaleUse) -> str:
    """A scale as it is called, with its form where it has several."""
    scale = current(use.scale)
    return use.scale if scale is None else scale.called(use.form)


def unreviewed(course: Course) -> list[OpenFinding]:
    """What the room of scales has of a patient's safety answers that wait for a person."""
    waiting = open_safety(course.patient_id)
    return [OpenFinding(row.use.response.id, "; ".join(row.words)) for row in waiting]
