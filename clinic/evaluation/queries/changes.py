"""This file is about what changed since a moment, for whoever asks if her health is unchanged."""

import uuid
from collections.abc import Iterator, Mapping
from datetime import datetime
from decimal import Decimal

from clinic.core.acting import acting
from clinic.core.formatting import at_moment, on_date
from clinic.courses.models import Course
from clinic.courses.queries import medications_of
from clinic.evaluation.library import checklist
from clinic.evaluation.queries.answers import latest_answers
from clinic.evaluation.rules import spoken
from clinic.instruments.queries import responses_of

PAUSE = "pause"
PLAN, PRESSURE = "pressure_plan", "pressure_in_pregnancy"
USUAL = {
    "blood_pressure": ("systolic", "diastolic"),
    "heart_rate": ("heart_rate",),
    "spo2": ("spo_two",),
}


def changes_since(course: Course, since: datetime) -> list[str]:
    """What the record holds now and did not hold at that moment, as short sentences."""
    return [
        *answers_changed(course.id, since),
        *medicines_changed(course.id, since),
        *safety_answers(course.id, since),
    ]


def answers_changed(course_id: uuid.UUID, since: datetime) -> Iterator[str]:
    """Answers of the evaluation that are other ones now."""
    before, now = latest_answers(course_id, since), latest_answers(course_id)
    for section in checklist().sections:
        row = now.get(section.code)
        if row is None or row.recorded_at <= since:
            continue
        earlier = before[section.code].said() if section.code in before else {}
        said = row.said()
        for question in section.asked_at_most():
            answer = said.get(question.code)
            if answer is not None and answer != earlier.get(question.code):
                was = earlier.get(question.code)
                instead = f", before: {spoken(question, was)}" if was is not None else ""
                yield f"{question.text}: {spoken(question, answer)}{instead}"


def medicines_changed(course_id: uuid.UUID, since: datetime) -> Iterator[str]:
    """Medicines begun, stopped or written down since."""
    day = since.astimezone(acting().timezone).date()
    for medicine in medications_of(course_id):
        name = f"{medicine.drug} {medicine.dose or ''}".strip()
        if medicine.stopped_on is not None and medicine.stopped_on >= day:
            yield f"{name}: stopped {on_date(medicine.stopped_on)}"
        elif medicine.started_on is not None and medicine.started_on > day:
            yield f"{name}: begun {on_date(medicine.started_on)}"
        elif medicine.recorded_at > since:
            yield f"{name}: on the list since {at_moment(medicine.recorded_at)}"


def safety_answers(course_id: uuid.UUID, since: datetime) -> Iterator[str]:
    """Safety answers given since."""
    for use in responses_of(course_id):
        if use.response.answered_at > since and use.score.findings:
            items = ", ".join(f"{f.item}" for f in use.score.findings)
            when = at_moment(use.response.answered_at)
            yield f"{use.instrument.name}, safety item {items}: {when}"


def pressure_plan(answers: Mapping[str, str]) -> str | None:
    """The blood pressure plan, if her answers say that she had high pressure since pregnancy."""
    if answers.get(PRESSURE) != "yes":
        return None
    return answers.get(PLAN) or "not written yet"


def usual_values(answers: Mapping[str, str]) -> dict[str, str]:
    """Sign -> how it was at rest when she was evaluated, `118/74`; only what was written down."""
    found = {sign: [answers.get(code) for code in codes] for sign, codes in USUAL.items()}
    return {sign: "/".join(filter(None, values)) for sign, values in found.items() if all(values)}


def agreed_pause(answers: Mapping[str, str]) -> Decimal | None:
    """The pause that she and the prescriber agreed on, in hours after the last dose, or None."""
    hours = answers.get("pause_hours") if answers.get("milk_choice") == PAUSE else None
    return Decimal(hours) if hours is not None else None
