"""This file is about what follows from the answers: flags, each with its rule and what it used.

Nothing here says "eligible". What is not answered raises no flag; it is missing instead.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from clinic.evaluation.rules.checklist import (
    Condition,
    Kind,
    Level,
    Operator,
    Question,
    Rule,
    Section,
)
from clinic.evaluation.rules.facts import LABELS, Fact

Answers = Mapping[str, str]
Facts = Mapping[str, Fact]
Values = Mapping[str, str | None]
YES_NO = {"yes": "Yes", "no": "No"}


@dataclass(frozen=True)
class Used:
    """One answer that a flag rests on, in words."""

    about: str
    text: str
    answer: str


@dataclass(frozen=True)
class Flag:
    """Raised by `rule`; a named person decides what it means."""

    rule: str
    level: Level
    closes_eligible: bool
    words: str
    source: str
    used: tuple[Used, ...]
    section: str = ""
    holds_signing: bool = False


def flags(sections: Sequence[Section], answers: Answers, facts: Facts) -> list[Flag]:
    """Every flag that the answers and the record raise, the strongest first."""
    values = known_values(answers, facts)
    raised = [
        flag_of(rule, section, sections, values, facts)
        for section in sections
        for rule in section.rules
        if all(holds(condition, values) for condition in rule.when)
    ]
    order = list(Level)
    return sorted(raised, key=lambda f: (not f.closes_eligible, order.index(f.level)))


def flag_of(
    rule: Rule, section: Section, sections: Sequence[Section], values: Values, facts: Facts
) -> Flag:
    """A flag with the answers its rule compared."""
    return Flag(
        rule.code,
        rule.level,
        rule.closes_eligible,
        rule.words,
        rule.source,
        tuple(used_by(condition, sections, values, facts) for condition in rule.when),
        section.code,
        bool(rule.holds_signing),
    )


def used_by(
    condition: Condition, sections: Sequence[Section], values: Values, facts: Facts
) -> Used:
    """What a condition looked at, as a person reads it."""
    about = condition.about
    kind, _, code = about.rpartition(".")
    if kind == "fact":
        return Used(about, LABELS[code], facts[code].text if code in facts else "not on record")
    value = values.get(about)
    question = next(q for section in sections for q in section.questions if q.code == about)
    return Used(about, question.text, spoken(question, value))


def known_values(answers: Answers, facts: Facts) -> Values:
    """Everything a condition may be about; None for what nobody has said."""
    values: dict[str, str | None] = dict(answers)
    return values | {f"fact.{code}": fact.value for code, fact in facts.items()}


def holds(condition: Condition, values: Values) -> bool:
    """Whether a condition is true. What is not known is neither equal, nor more, nor less."""
    value = values.get(condition.about)
    if condition.operator is Operator.UNKNOWN:
        return value is None
    if value is None:
        return False
    if condition.operator is Operator.IS:
        return value in condition.values
    if condition.operator is Operator.DIFFERS:
        other = values.get(condition.values[0])
        return other is not None and Decimal(value) != Decimal(other)
    limit = Decimal(condition.values[0])
    if condition.operator is Operator.AT_LEAST:
        return Decimal(value) >= limit
    return Decimal(value) < limit


def spoken(question: Question, value: str | None) -> str:
    """An answer in words; "not answered" for none."""
    if value is None:
        return "not answered"
    if question.kind is Kind.CHOICE:
        return next((o.text for o in question.options if o.code == value), value)
    if question.kind is Kind.DATE:
        return date.fromisoformat(value).strftime("%d %b %Y")
    if question.kind is Kind.NUMBER and question.number:
        return f"{value}\u202f{question.number.unit}"
    return YES_NO.get(value, value) if question.kind is Kind.YES_NO else value


def filled_in(section: Section, values: Values) -> dict[str, str]:
    """Question -> the answer that the record gives, for the questions that it answers."""
    found: dict[str, str] = {}
    for question in section.questions:
        for prefill in question.prefill or ():
            if all(holds(condition, values) for condition in prefill.when):
                found.setdefault(question.code, prefill.answer)
    return found


def filled_anew(
    typed: Answers, filled: Answers, now: Answers
) -> tuple[dict[str, str], dict[str, str]]:
    """What was typed, with what the record says now where nobody changed what it had filled in.

    `filled`: what the record had filled in when the answers were typed; `now`: what it fills in
    today. Returns the answers, and which of them are the record's.
    """
    hers = {code: words for code, words in typed.items() if filled.get(code) != words}
    records = {code: answer for code, answer in now.items() if code not in hers}
    return hers | records, records


def closing(raised: Iterable[Flag]) -> list[Flag]:
    """The flags under which nobody may decide "eligible"."""
    return [flag for flag in raised if flag.closes_eligible]
