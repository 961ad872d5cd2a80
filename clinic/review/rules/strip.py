"""This file is about the infant and the pauses of a course in a few words, for its head."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from clinic.review.rules.record import CourseRecord
from clinic.review.rules.sessions import session_rows
from clinic.sessions.rules.log.codes import Answer

COVER = "infant-cover"
Cell = tuple[str, str]
Asked = tuple[datetime, bool]


def strip(record: CourseRecord, checks: Sequence[Asked]) -> list[Cell]:
    """Weights, pauses agreed so far, what was told of the infant, who has the baby tonight.

    `checks`: each time the infant was asked about, and whether something was told.
    """
    return [*weights(record), *pauses(record), *concerns(record, checks), *cover(record)]


def weights(record: CourseRecord) -> Iterator[Cell]:
    """The latest weight of each infant."""
    latest = {one.name: one for one in sorted(record.weights, key=lambda weight: weight.at)}
    for one in latest.values():
        yield f"{one.name}, {one.grams} g", f"weighed {record.on_day(one.at)}"


def pauses(record: CourseRecord) -> Iterator[Cell]:
    """How many were agreed, each after the last drug of a session (definitions D5.3)."""
    rows = session_rows(record)
    agreed = [row for row in rows if row.pause_ends_at is not None]
    if agreed:
        words = f"{len(agreed)} pause{'s' if len(agreed) != 1 else ''} agreed"
        yield words, f"of {len(rows)} session{'s' if len(rows) != 1 else ''} so far"


def concerns(record: CourseRecord, checks: Sequence[Asked]) -> Iterator[Cell]:
    """What was told at follow-ups."""
    if not checks:
        return
    told = [at for at, concerned in checks if concerned]
    times = f"asked {len(checks)} time{'s' if len(checks) != 1 else ''}"
    if told:
        yield "Infant concern told", f"{record.on_day(max(told))}, {times}"
    else:
        last = max(at for at, _ in checks)
        yield "No infant concern told", f"{times}, last {record.on_day(last)}"


def cover(record: CourseRecord) -> Iterator[Cell]:
    """Who has the baby after the last session, as it was answered before the dose."""
    if not record.treated:
        return
    last = record.treated[-1][0]
    for item in last.state.pre_dose_items:
        if item.code == COVER and item.answer is not None:
            found = item.answer is Answer.YES
            known = "Baby cared for" if found else "Nobody for the baby on record"
            words = f"{item.answer_text}, " if item.answer_text else ""
            yield known, f"{words}asked before session {last.number}"
