"""This file is about whether an answer is one that its question can have."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation

from clinic.evaluation.rules.checklist import Kind, Question, Section
from clinic.evaluation.rules.judging import YES_NO

LONGEST_ANSWER = 2000


def misfits(section: Section, answers: Mapping[str, str]) -> dict[str, str]:
    """Code -> what is wrong, for the answers that cannot be stored."""
    questions = {question.code: question for question in section.asked_at_most()}
    found = {}
    for code, answer in answers.items():
        if code not in questions:
            found[code] = "This is not asked here."
        elif not fits(questions[code], answer):
            found[code] = f"{questions[code].text}: this answer cannot be used."
    return found


def fits(question: Question, answer: str) -> bool:
    """Whether a question can have this answer, as it is stored."""
    if question.kind is Kind.YES_NO:
        return answer in YES_NO
    if question.kind is Kind.CHOICE:
        return answer in {option.code for option in question.options}
    if question.kind is Kind.TEXT:
        return 0 < len(answer) <= LONGEST_ANSWER
    if question.kind is Kind.DATE:
        return is_day(answer)
    return is_within(question, answer)


def is_day(answer: str) -> bool:
    """Whether a text is a day of the calendar, year first."""
    try:
        return date.fromisoformat(answer).isoformat() == answer
    except ValueError:
        return False


def is_within(question: Question, answer: str) -> bool:
    """Whether a text is a number inside the question's limits."""
    try:
        value = Decimal(answer)
    except InvalidOperation:
        return False
    limits = question.number
    return limits is not None and value.is_finite() and limits.lowest <= value <= limits.highest
