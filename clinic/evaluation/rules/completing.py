"""This file is about what is still missing, and how far each section has come."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from clinic.evaluation.rules.checklist import Question, Section
from clinic.evaluation.rules.judging import Answers, Facts, Values, holds, known_values


@dataclass(frozen=True)
class Missing:
    """A required question without an answer."""

    section: str
    code: str
    text: str


class State(StrEnum):
    """How far a section has come."""

    NOT_STARTED = "not-started"
    TO_ANSWER = "to-answer"
    TO_FOLLOW_UP = "to-follow-up"
    COMPLETE = "complete"


def asked(section: Section, values: Values) -> Iterator[Question]:
    """The questions that are asked now; a row once something stands in it, the first always."""
    for question in section.questions:
        if question.only_if is None or holds(question.only_if, values):
            yield question
    if section.rows is None or not holds(section.rows.only_if, values):
        return
    for number in range(1, section.rows.most + 1):
        row = list(section.row(number))
        if number == 1 or any(values.get(question.code) is not None for question in row):
            yield from (q for q in row if q.only_if is None or holds(q.only_if, values))


def missing(sections: Sequence[Section], answers: Answers, facts: Facts) -> list[Missing]:
    """Every required question that is asked and not answered, in their order."""
    values = known_values(answers, facts)
    return [
        Missing(section.code, question.code, question.text)
        for section in sections
        for question in asked(section, values)
        if question.required and values.get(question.code) is None
    ]


def state_of(begun: bool, open_items: int) -> State:
    """How far a section is: begun or not, and how many things are open in it."""
    if not begun:
        return State.NOT_STARTED
    return State.TO_ANSWER if open_items else State.COMPLETE
