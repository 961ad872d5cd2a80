"""This file is about the four documented stages of a course, and which of them it is in."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Stage(StrEnum):
    """The stages in their order. Integration runs alongside the others."""

    EVALUATION = "evaluation"
    SESSIONS = "sessions"
    FOLLOW_UPS = "follow-ups"
    INTEGRATION = "integration"


class Progress(StrEnum):
    """How far one stage has come."""

    NOT_STARTED = "not-started"
    RUNNING = "running"
    DONE = "done"


@dataclass(frozen=True)
class StageReport:
    """What the room of a stage says of it: how far, and in a few words."""

    progress: Progress
    words: str = ""


NOTHING_YET = StageReport(Progress.NOT_STARTED)
IN_ORDER = (Stage.EVALUATION, Stage.SESSIONS, Stage.FOLLOW_UPS)


def current_stage(reports: Mapping[Stage, StageReport]) -> Stage:
    """The first of evaluation, sessions and follow-ups that is not done; else the follow-ups.

    A stage without a report has not begun.
    """
    for stage in IN_ORDER:
        if reports.get(stage, NOTHING_YET).progress is not Progress.DONE:
            return stage
    return Stage.FOLLOW_UPS
