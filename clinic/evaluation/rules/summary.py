"""This file is about a section in few lines, once it is folded."""

from collections.abc import Mapping

from clinic.evaluation.rules.checklist import Kind, Line, Question, Section
from clinic.evaluation.rules.completing import asked
from clinic.evaluation.rules.facts import LABELS
from clinic.evaluation.rules.judging import YES_NO, Facts, Values, spoken


def told(section: Section, values: Values, facts: Facts) -> list[tuple[str, str]]:
    """(label, words) of each line of the summary; what is not asked is left out."""
    questions = {question.code: question for question in asked(section, values)}
    found = []
    for line in section.summary or ():
        parts = []
        for code in line.of:
            kind, _, fact = code.rpartition(".")
            if kind == "fact":
                parts.append(from_record(fact, facts))
            elif code in questions:
                parts.append(in_short(questions[code], values.get(code)))
        all_no = no_to_all(line, questions, values)
        found.append((line.label, all_no or " · ".join(part for part in parts if part)))
    return [(label, words) for label, words in found if words]


def no_to_all(line: Line, questions: Mapping[str, Question], values: Values) -> str:
    """`No to all 5`, where a line is only asked things that she has none of; else nothing."""
    asked_for = [questions.get(code) for code in line.of]
    said = {values.get(q.code) if q and q.kind is Kind.YES_NO else None for q in asked_for}
    return f"No to all {len(asked_for)}" if said == {"no"} and asked_for[1:] else ""


def from_record(code: str, facts: Facts) -> str:
    """A fact in words; what is only a yes or no, or not said by the record, has its label."""
    fact = facts.get(code)
    if fact is None:
        return f"{LABELS[code]}: not on record"
    bare = fact.value is None or fact.value in YES_NO
    return f"{LABELS[code]}: {fact.text}" if bare else fact.text


def in_short(question: Question, value: str | None) -> str:
    """An answer with as much of its question as it needs; nothing for what need not be answered."""
    if value is None:
        return f"{question.text}: not answered" if question.required else ""
    if question.kind is Kind.TEXT and question.required:
        return value
    if value in YES_NO and question.kind is Kind.YES_NO:
        return f"{question.text.rstrip('?')}: {YES_NO[value]}"
    return f"{question.text}: {spoken(question, value)}"
