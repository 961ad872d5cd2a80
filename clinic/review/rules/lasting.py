"""This file is about outcomes over several moments: sustained response, relapse, suicidality.

The definitions are pinned: response by the rule of the course (definitions D7.2, D7.7), sustained
response and suicidality resolved as administrators' reports count them. What was missing is said.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from clinic.instruments.rules import Answers, Method, NoScore, Response, response, response_rule
from clinic.review.rules.outcomes import UNSAID, Badge, OutcomeWord, badges
from clinic.review.rules.record import CourseRecord, Use, Window

# Questions 2 to 5 of the C-SSRS screener: thoughts, method, intent, plan.
THOUGHTS, REST = "2", ("3", "4", "5")
YES, NO = 1, 0


class Answer(StrEnum):
    """What can be said."""

    YES = "yes"
    NO = "no"
    NOT_ENOUGH_DATA = "not-enough-data"
    PLANNED = "planned"
    NOT_CONCERNED = "not-concerned"


@dataclass(frozen=True)
class Lasting:
    """One outcome. `words`: what was found, or what was missing; `definition`: the rule."""

    code: str
    text: str
    answer: Answer
    words: str
    definition: str


def lasting(record: CourseRecord) -> list[Lasting]:
    """Sustained response, relapse, then suicidality at each moment; none before the first dose."""
    if record.first_dose_at is None:
        return []
    found = badges(record)
    resolved = [resolved_at(record, window) for window in record.windows]
    return [sustained(record, found), relapse(record, found), *resolved]


def responded(record: CourseRecord, badge: Badge) -> bool | None:
    """Whether a moment shows response by the pinned rule; None: nothing is said of it.

    Remission alone does not make it one: a limit may be met by less than the fall.
    """
    measure = record.measures[badge.scale, badge.form]
    if badge.total is None or badge.word in UNSAID or measure.rules.response is None:
        return None
    rule = response_rule(measure.instrument, measure.rules.response)
    said = response(rule, badge.baseline, badge.total)
    return None if said is None else said is Response.RESPONSE


def sustained(record: CourseRecord, found: Sequence[Badge]) -> Lasting:
    """Response at each of the moments at which the outcome is read, all of them present."""
    names = ", ".join(badge.text.lower() for badge in found)
    definition = f"Response at each of: {names}. All must be there."
    told = [(badge, responded(record, badge)) for badge in found]
    without = [badge.text.lower() for badge, said in told if said is False]
    missing = [badge for badge, said in told if said is None]
    if without:
        answer, words = Answer.NO, f"No response at {', '.join(without)}."
    elif not missing:
        answer, words = Answer.YES, "Response at every moment."
    elif all(badge.word is OutcomeWord.PLANNED for badge in missing):
        answer, words = Answer.PLANNED, f"Still to come: {texts(missing)}."
    else:
        answer, words = Answer.NOT_ENOUGH_DATA, f"Missing: {texts(missing)}."
    return Lasting("sustained-response", "Sustained response", answer, words, definition)


def relapse(record: CourseRecord, found: Sequence[Badge]) -> Lasting:
    """A response that was there at a moment and is not at the last one that says anything."""
    definition = (
        "Response at an earlier moment, and none at the last one with a score, by the same rule."
        " No other limit is pinned."
    )
    told = [(badge, said) for badge in found if (said := responded(record, badge)) is not None]
    earlier = [badge for badge, said in told[:-1] if said]
    if len(told) < 2:
        answer, words = Answer.NOT_ENOUGH_DATA, "Fewer than two moments have a score that counts."
    elif not earlier:
        answer, words = Answer.NOT_CONCERNED, "There was no response before that could be lost."
    elif told[-1][1]:
        answer, words = Answer.NO, f"Response at {told[-1][0].text.lower()} too."
    else:
        lost = told[-1][0].text.lower()
        answer, words = Answer.YES, f"Response at {texts(earlier)}, none at {lost}."
    return Lasting("relapse", "Relapse", answer, words, definition)


def texts(found: Sequence[Badge]) -> str:
    """`24 hours, day 7`."""
    return ", ".join(badge.text.lower() for badge in found)


def resolved_at(record: CourseRecord, window: Window) -> Lasting:
    """Questions 2 to 5 all no at a moment, where one of them was yes at the last time before the
    first dose. Never by a total."""
    first = record.first_dose_at or record.now
    screens = [use for use in record.uses if use.instrument.method is Method.TRIAGE]
    before = [use for use in screens if use.taken_at < first]
    opens, closes = first + window.moment.opens, first + window.moment.closes
    inside = [use for use in screens if opens <= use.taken_at <= closes]
    answer, words = judged(before, nearest(inside, first + window.moment.target))
    if answer is Answer.NOT_ENOUGH_DATA and before and not inside and record.now <= closes:
        answer, words = Answer.PLANNED, "Its window is still open, or to come."
    return Lasting(
        f"suicidality-{window.moment.code}",
        f"Suicidality resolved, {window.text.lower()}",
        answer,
        words,
        "C-SSRS questions 2 to 5 no, among those with a yes to one of them before the first dose.",
    )


def nearest(uses: Sequence[Use], target: datetime) -> Use | None:
    """The use nearest to a moment, on a tie the earlier."""
    return min(uses, key=lambda use: (abs(use.taken_at - target), use.taken_at), default=None)


def judged(before: Sequence[Use], use: Use | None) -> tuple[Answer, str]:
    """What two uses of the screener say together, and in words."""
    if not before:
        return Answer.NOT_ENOUGH_DATA, "No C-SSRS before the first dose."
    was = ideation(before[-1].answers)
    if was is None:
        return Answer.NOT_ENOUGH_DATA, "The C-SSRS before the first dose is not complete."
    if not was:
        return Answer.NOT_CONCERNED, "Questions 2 to 5 were no before the first dose."
    if use is None:
        return Answer.NOT_ENOUGH_DATA, "No C-SSRS in its window."
    now = ideation(use.answers)
    if now is None:
        return Answer.NOT_ENOUGH_DATA, "The C-SSRS in its window is not complete."
    return (Answer.NO, "A question of 2 to 5 is yes.") if now else (Answer.YES, "2 to 5 are no.")


def ideation(answers: Answers) -> bool | None:
    """Whether one of questions 2 to 5 is yes; None while that is not known.

    After a no to question 2 the other three are not asked (skip logic of the screener): that is no
    gap. Asked and left open, it is.
    """
    said = [answers.get(number) for number in (THOUGHTS, *REST)]
    if YES in said:
        return True
    if said[0] != NO:
        return None
    return None if any(isinstance(answer, NoScore) for answer in said) else False
