"""This file is about the scales of one follow-up: what was answered in it, what is still to ask."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from clinic.courses.queries import protocol_of
from clinic.followups.rules import Due, NotOffered, Screen, ToAsk, scales_at
from clinic.instruments.queries import Answered, responses_of, scales_on_screen
from clinic.instruments.rules import Answers, Triage, TriageLevel, triage


@dataclass(frozen=True)
class Asked:
    """One scale of a follow-up with its last answers there; None: not answered yet."""

    scale: ToAsk
    answered: Answered | None

    @property
    def result(self) -> str:
        """`16`, `negative`, or why there is no total."""
        if self.answered is None:
            return ""
        if self.answered.triage is not None:
            return level_of(self.answered.triage)
        total = self.answered.score.total
        return "no total, incomplete" if total is None else str(total)

    @property
    def is_urgent_screen(self) -> bool:
        """A screener at moderate or high: no step but a psychiatrist today, or emergency."""
        found = self.answered.triage if self.answered else None
        return found is not None and is_urgent(found)


def level_of(found: Triage) -> str:
    """`negative`, or what it is at least."""
    return str(found.level) if found.level else f"at least {found.at_least}, incomplete"


def is_urgent(found: Triage) -> bool:
    """Whether it is moderate or high."""
    return found.at_least.rank >= TriageLevel.MODERATE.rank


def scales_of(
    course_id: uuid.UUID, due: Due, now: datetime
) -> tuple[list[Asked], list[NotOffered]]:
    """The scales of a follow-up with their answers, and those that are not offered there."""
    protocol = protocol_of(course_id)
    hours = next((rule.at_hours for rule in protocol.follow_ups if rule.code == due.code), None)
    if hours is None:
        return [], []
    to_ask, not_offered = scales_at(protocol.scales, scales_on_screen(), due.code, hours)
    uses = responses_of(course_id)
    return [Asked(scale, answers_in(due, scale, uses, now)) for scale in to_ask], not_offered


def answers_in(due: Due, scale: ToAsk, uses: Sequence[Answered], now: datetime) -> Answered | None:
    """The last answers to a scale that were given for this follow-up."""
    until = max(due.closes_at, now)
    fitting = [
        use
        for use in uses
        if (use.response.instrument_code, use.response.form_code) == (scale.code, scale.form.code)
        and belongs(due, use)
        and due.dose.t0 <= use.response.answered_at <= until
    ]
    return fitting[-1] if fitting else None


def belongs(due: Due, use: Answered) -> bool:
    """Whether answers name this moment, and this dose where each dose has its own."""
    same_dose = due.session_id in (None, use.response.session_id)
    return use.response.moment == due.code and same_dose


def screen_of(course_id: uuid.UUID, due: Due, now: datetime) -> Screen:
    """The suicide screener of a follow-up as it stands."""
    asked, _ = scales_of(course_id, due, now)
    screens = [one for one in asked if one.scale.is_screen]
    done = [one for one in screens if one.answered]
    urgent = any(one.is_urgent_screen for one in done)
    return Screen(bool(screens), bool(done), done[0].result if done else None, urgent)


def screen_as_answered(
    course_id: uuid.UUID, due: Due, now: datetime, answers: Answers | None
) -> Screen:
    """The screener as it will stand once these answers are written down; None: as it stands."""
    scale = open_screen(course_id, due, now) if answers else None
    if scale is None or not answers:
        return screen_of(course_id, due, now)
    found = triage(scale.instrument, answers)
    return Screen(True, True, level_of(found), is_urgent(found))


def open_screen(course_id: uuid.UUID, due: Due, now: datetime) -> ToAsk | None:
    """The suicide screener that a follow-up still asks for, or None."""
    asked, _ = scales_of(course_id, due, now)
    return next((one.scale for one in asked if one.scale.is_screen and not one.answered), None)
