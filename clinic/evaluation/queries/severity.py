"""This file is about the scales of the evaluation: which are due, what they said, what is unread.

The scales belong to another room; while it is not open, nothing is due and nothing can be unread.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from flask import current_app

from clinic.courses.models import Course
from clinic.protocols.queries import protocol_of

BASELINE = "baseline"
SCALES = "clinic.evaluation.scales"
SAFETY = "clinic.evaluation.safety"


@dataclass(frozen=True)
class ScaleLine:
    """One scale that the protocol wants before the first dose; None: not answered."""

    code: str
    due: bool
    score: str | None = None
    band: str | None = None
    answered_at: datetime | None = None
    digest: str | None = None


@dataclass(frozen=True)
class OpenFinding:
    """A safety answer that nobody has reviewed."""

    response_id: uuid.UUID
    words: str


def scales_of(course: Course) -> list[ScaleLine]:
    """The scales of the protocol's baseline with their latest answers, in its order."""
    read: Callable[[Course, str], ScaleLine] | None = current_app.extensions.get(SCALES)
    uses = protocol_of(course.protocol_version_id).scales
    codes = [use.scale for use in uses if BASELINE in use.moments]
    return [read(course, code) if read else ScaleLine(code, due=False) for code in codes]


def open_findings(course: Course) -> list[OpenFinding]:
    """Her safety answers that nobody has reviewed, oldest first."""
    read: Callable[[Course], list[OpenFinding]] | None = current_app.extensions.get(SAFETY)
    return read(course) if read else []
