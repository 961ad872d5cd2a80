"""This file is about what one course adds to figures of courses (definitions D7.1 to D7.8)."""

from collections.abc import Iterator, Sequence
from typing import Any

from clinic.courses.rules import CourseStatus, EndReason
from clinic.instruments.rules import NotEnoughData, remission, remission_rule
from clinic.reports.rules.outcomes.counted import Counted, Key
from clinic.reports.rules.outcomes.definitions import Code
from clinic.reports.rules.outcomes.scope import Followed
from clinic.reports.rules.outcomes.times import times
from clinic.review.rules import Badge, CourseRecord, Measure, OutcomeWord, lasting
from clinic.review.rules.lasting import Answer, Lasting, responded, sustained
from clinic.review.rules.outcomes import chosen, needs_baseline

Found = Iterator[tuple[Key, Counted]]
RUNNING = (CourseStatus.PLANNED, CourseStatus.ACTIVE)
SUICIDALITY = "suicidality-"


def of_course(course: Followed, badges: Sequence[Badge], scale: str) -> Found:
    """What a course with a dose counts for. `badges`: its outcome by the scale."""
    yield Key(Code.COURSES), counted(course, standing(course), 1)
    yield Key(Code.DISCONTINUED), counted(course, standing(course), int(is_discontinued(course)))
    yield from of_outcome(course, badges, scale)
    yield from of_suicidality(course)


def counted(course: Followed, said: str, value: float | None, **more: Any) -> Counted:
    """The course as one that was counted."""
    return Counted(course.id, said, value, patient_id=course.patient_id, **more)


def standing(course: Followed) -> str:
    """`running`, `finished`, or why it was stopped."""
    why = course.stops_for
    if why is None:
        return "running"
    if why is EndReason.COMPLETED:
        return "finished"
    still_open = ", course still open" if course.end_reason is None else ""
    return f"stopped: {why.value.replace('-', ' ')}{still_open}"


def is_discontinued(course: Followed) -> bool:
    """Whether it ended, or a decision in force stops it, and not as planned."""
    return course.stops_for not in (None, EndReason.COMPLETED)


def badges_of(record: CourseRecord, scale: str) -> list[Badge]:
    """The outcome at each moment by one scale; none where the course has not pinned it."""
    if scale not in {code for code, _ in record.measures}:
        return []
    return [chosen(record, window, scale) for window in record.windows]


def of_outcome(course: Followed, badges: Sequence[Badge], scale: str) -> Found:
    """Response, remission and change at each moment, then what is told of all of them."""
    record = course.record
    for badge in badges:
        if badge.reason is not NotEnoughData.RECALL_TOO_LONG:
            yield from of_moment(course, badge)
    readable = [one for one in badges if one.reason is not NotEnoughData.RECALL_TOO_LONG]
    if any(has_response(record, badge) for badge in readable):
        yield Key(Code.SUSTAINED), answered(course, sustained(record, readable))
    yield from (
        (Key(code), one) for code, one in times(course.id, course.patient_id, record, scale)
    )


def of_moment(course: Followed, badge: Badge) -> Found:
    """What one moment says."""
    record, measure = course.record, measure_of(course.record, badge)
    if measure.rules.response is not None:
        said = responded(record, badge)
        yield Key(Code.RESPONSE, badge.code), told(course, badge, said, "response")
    if has_meaning(measure, badge):
        yield (
            Key(Code.REMISSION, badge.code),
            told(course, badge, remitted(measure, badge), "remission"),
        )
    if needs_baseline(measure):
        yield Key(Code.CHANGE, badge.code), change(course, badge)


def measure_of(record: CourseRecord, badge: Badge) -> Measure:
    """What the course has pinned for the form by which a moment is read."""
    return record.measures[badge.scale, badge.form]


def has_response(record: CourseRecord, badge: Badge) -> bool:
    """Whether the course has pinned a rule of response for it."""
    return measure_of(record, badge).rules.response is not None


def has_meaning(measure: Measure, badge: Badge) -> bool:
    """Whether remission can be said from this baseline; yes as long as there is none (D7.2)."""
    if measure.rules.remission is None:
        return False
    if badge.baseline is None:
        return needs_baseline(measure)
    limit = remission_rule(measure.instrument, measure.rules.remission)
    return remission(measure.instrument, limit, badge.baseline, badge.baseline) is not None


def remitted(measure: Measure, badge: Badge) -> bool | None:
    """Whether a moment shows remission; None: nothing is said of it."""
    if badge.total is None or not badge.is_said or measure.rules.remission is None:
        return None
    limit = remission_rule(measure.instrument, measure.rules.remission)
    return remission(measure.instrument, limit, badge.baseline, badge.total)


def told(course: Followed, badge: Badge, said: bool | None, word: str) -> Counted:
    """Yes, no, missing, or still to come."""
    if said is None:
        return unsaid(course, badge)
    words = word if said else f"no {word}"
    before = "" if badge.baseline is None else f"{badge.baseline} to "
    return counted(course, f"{words}, {badge.title} {before}{badge.total}", int(said))


def change(course: Followed, badge: Badge) -> Counted:
    """Points from the baseline to the score."""
    before, total = badge.baseline, badge.total
    if before is None or total is None or badge.reason is not None:
        return unsaid(course, badge)
    return counted(course, f"{badge.title} {before} to {total}", total - before)


def unsaid(course: Followed, badge: Badge) -> Counted:
    """Missing once the window is over; before that, waiting."""
    window = next(one for one in course.record.windows if one.moment.code == badge.code)
    closes = badge.target_at - window.moment.target + window.moment.closes
    waiting = badge.word is OutcomeWord.PLANNED or course.record.now <= closes
    return counted(
        course, "its window is not over" if waiting else badge.why, None, waiting=waiting
    )


def of_suicidality(course: Followed) -> Found:
    """Questions 2 to 5 at each moment, where one of them was yes before."""
    for one in lasting(course.record):
        if one.code.startswith(SUICIDALITY) and one.answer is not Answer.NOT_CONCERNED:
            yield Key(Code.SUICIDALITY, one.code.removeprefix(SUICIDALITY)), answered(course, one)


def answered(course: Followed, one: Lasting) -> Counted:
    """What is told of several moments."""
    value = {Answer.YES: 1, Answer.NO: 0}.get(one.answer)
    return counted(course, one.words, value, waiting=one.answer is Answer.PLANNED)
