"""This file is about a course as plain text, oldest to newest: for a letter or another program."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby

from clinic.review.rules.decisions import Decided
from clinic.review.rules.events import Event, events
from clinic.review.rules.evidence import percent_text
from clinic.review.rules.outcomes import badges
from clinic.review.rules.record import CourseRecord
from clinic.review.rules.scales import scale_rows

WEEK = 7
DECISIONS = {"continue": "continue", "change": "change the dose or the schedule", "stop": "stop"}


def summary(record: CourseRecord, decisions: Sequence[Decided]) -> str:
    """All of a course day by day, then the outcome at each moment with its definition.

    `decisions`: in any order; each stands on the day on which it was signed.
    """
    told = sorted([*events(record), *of_decisions(record, decisions)], key=lambda one: one.on)
    lines = ["COURSE, OLDEST TO NEWEST"]
    for on, of_day in groupby(told, key=lambda one: one.on):
        lines += ["", heading(record, on), *(f"  {one.subject}: {one.words}" for one in of_day)]
    if not told:
        lines += ["", "Nothing on record yet."]
    return "\n".join([*lines, "", "OUTCOME", "", *outcome(record), *still_taken(record)]) + "\n"


def heading(record: CourseRecord, on: date) -> str:
    """`Tue 24 Feb 2026, day 0, 4 w 5 d postpartum`."""
    parts = [f"{on:%a %d %b %Y}"]
    if record.first_dose_at is not None:
        days = (on - record.local(record.origin).date()).days
        parts.append(f"day {days}".replace("-", "−"))
    if record.birth_on is not None and on >= record.birth_on:
        after = (on - record.birth_on).days
        parts.append(f"{after // WEEK} w {after % WEEK} d postpartum")
    return ", ".join(parts)


def of_decisions(record: CourseRecord, decisions: Sequence[Decided]) -> Iterator[Event]:
    """What was decided, why, and who signed."""
    for one in sorted(decisions, key=lambda decision: decision.n):
        parts = [DECISIONS[one.decision], *details(one)]
        reason = f" Reason: {sentence(one.reason)}" if one.reason else ""
        words = f"{', '.join(parts)}.{reason} Signed by {one.signed_by}."
        at = record.local(one.signed_at)
        yield Event(at.date(), one.signed_at, f"Decision after session {one.after_session}", words)


def sentence(words: str) -> str:
    """What somebody typed, with its end, so that it does not run into what comes next."""
    typed = words.strip()
    return typed if typed.endswith((".", "!", "?", "…")) else f"{typed}."


def details(one: Decided) -> Iterator[str]:
    """What stands beside the word of a decision."""
    if one.new_dose:
        yield f"new dose {one.new_dose}"
    if one.new_schedule:
        yield f"new schedule: {one.new_schedule}"
    if one.stopped_because:
        yield f"because: {str(one.stopped_because).replace('-', ' ')}"
    if one.re_evaluate_on:
        yield f"to be looked at again by {one.re_evaluate_on:%d %b %Y}"


def outcome(record: CourseRecord) -> Iterator[str]:
    """The outcome at each moment, by the definition that the course has pinned."""
    found = badges(record)
    for one in found:
        before = f" {one.baseline} to {one.total}" if one.baseline is not None else ""
        numbers = f"{one.title}{before}, {percent_text(one.percent)}" if one.is_said else one.title
        why = f" {one.why}" if one.why and not one.is_said else ""
        word = one.word.replace("-", " ")
        yield f"  {one.text}, {record.on_day(one.target_at)}: {word}, {numbers}.{why}"
        yield f"    Definition: {one.definition}"
    if not found:
        yield "  Nothing was given yet: the outcome is counted from the first dose."
    for row in scale_rows(record):
        if row.latest is None:
            yield f"  No {row.title} yet"


def still_taken(record: CourseRecord) -> Iterator[str]:
    """Medicines that go on."""
    taken = [f"{m.drug} {m.dose}".strip() for m in record.medicines if m.stopped_on is None]
    if taken:
        yield ""
        yield f"STILL TAKEN: {', '.join(taken)}"
