"""This file is about how long until response and until it was lost, score by score (D7.2)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from clinic.reports.rules.outcomes.counted import Counted
from clinic.reports.rules.outcomes.definitions import Code
from clinic.review.rules import CourseRecord, Measure
from clinic.review.rules.durability.counted import counted_after

DAY = timedelta(days=1)
Judged = tuple[datetime, bool]


@dataclass(frozen=True)
class Owner:
    """Whose times they are. `still_asked`: a moment at which the outcome is read is not over."""

    id: UUID
    patient_id: UUID
    still_asked: bool


def times(
    course_id: UUID, patient_id: UUID, record: CourseRecord, scale: str
) -> Iterator[tuple[Code, Counted]]:
    """Time to response, and from there to relapse; nothing where no rule of response is pinned."""
    first = record.first_dose_at
    pinned = [one for (code, _), one in record.measures.items() if code == scale]
    if first is None or not any(measure.rules.response for measure in pinned):
        return
    scores = judged(record, pinned, first)
    closes = max((first + window.moment.closes for window in record.windows), default=first)
    of = Owner(course_id, patient_id, still_asked=record.now <= closes)
    begins = next((at for at, said in scores if said), None)
    yield Code.TIME_TO_RESPONSE, timed(of, first, begins, [at for at, _ in scores])
    if begins is not None:
        later = [(at, said) for at, said in scores if at > begins]
        ends = next((at for at, said in later if not said), None)
        yield Code.TIME_TO_RELAPSE, timed(of, begins, ends, [at for at, _ in later])


def judged(record: CourseRecord, pinned: Sequence[Measure], first: datetime) -> list[Judged]:
    """Each total of a scale that counts after the first dose, by time: whether it is a response,
    each form against its own baseline."""
    totals = (one for measure in pinned for one in counted_after(record, measure, first).totals)
    return sorted((one.use.taken_at, one.responds) for one in totals if one.responds is not None)


def timed(of: Owner, begins: datetime, ends: datetime | None, seen: list[datetime]) -> Counted:
    """Until what is timed, or until the last score without it; missing without a score."""
    if not seen:
        words = "no score that counts"
        return Counted(of.id, words, None, patient_id=of.patient_id, waiting=of.still_asked)
    days = ((ends or seen[-1]) - begins) / DAY
    words = f"after {days:.1f} days" if ends else f"not by {days:.1f} days"
    return Counted(of.id, words, days, patient_id=of.patient_id, event=ends is not None)
