"""This file is about whether a checklist makes sense: names, operators, options, closings."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from clinic.evaluation.rules.facts import LABELS
from clinic.notation.rules.parsing import Fault

CODE = re.compile(r"[a-z]+(_[a-z]+)*")
MOST_ROWS = 12


def check_checklist(parts: Mapping[str, Any]) -> Iterator[Fault]:
    """All faults of a checklist, in no order that matters."""
    sections = parts.get("sections", ())
    known = names(sections)
    yield from twice("sections", [section.code for section in sections])
    yield from twice("sections", [q.code for s in sections for q in every_question(s)])
    yield from twice("sections", [rule.code for s in sections for rule in s.rules])
    for number, section in enumerate(sections, 1):
        path = f"sections.{number}"
        for fact in section.facts:
            if fact not in LABELS:
                yield f"{path}.facts", f"{fact} is not a fact. Use {', '.join(LABELS)}."
        yield from questions(f"{path}.questions", section.questions, known)
        yield from rows(f"{path}.rows", section.rows, known)
        yield from rules(f"{path}.rules", section.rules, known)
        yield from named(
            f"{path}.summary", known, [c for line in section.summary or () for c in line.of]
        )


def every_question(section: Any) -> list[Any]:
    """The questions of a section, those of its rows once."""
    return [*section.questions, *(section.rows.questions if section.rows else ())]


def names(sections: Iterable[Any]) -> set[str]:
    """What a condition may be about."""
    known = {f"fact.{code}" for code in LABELS}
    for section in sections:
        known |= {question.code for question in section.questions}
    return known


def twice(path: str, codes: list[str]) -> Iterator[Fault]:
    """Codes that name two things, or that are spelled as none should be."""
    for code, times in Counter(codes).items():
        if times > 1:
            yield path, f"{code} is used {times} times. Write another code."
        if not CODE.fullmatch(code):
            yield path, f"{code} is not a code. Write small letters joined by _."


def questions(path: str, asked: Iterable[Any], known: set[str]) -> Iterator[Fault]:
    """Kind and its particulars belong together."""
    for number, question in enumerate(asked, 1):
        where = f"{path}.{number}"
        if (question.kind == "number") != (question.number is not None):
            yield f"{where}.number", "belongs to kind number, and only there. Else write null."
        elif question.number and question.number.lowest >= question.number.highest:
            yield f"{where}.number.lowest", f"must be below {question.number.highest}."
        if (question.kind == "choice") != (len(question.options) > 1):
            yield f"{where}.options", "belong to kind choice, two or more. Else write []."
        if question.only_if:
            yield from condition(f"{where}.only_if", question.only_if, known)
        yield from named(f"{where}.record", known, question.record or ())
        for prefill in question.prefill or ():
            for each in prefill.when:
                yield from condition(f"{where}.prefill", each, known)


def named(path: str, known: set[str], codes: Iterable[str]) -> Iterator[Fault]:
    """Codes that name nothing."""
    for code in codes:
        if code not in known:
            yield path, f"{code} is not asked or known. Write the code of a question."


def rows(path: str, found: Any, known: set[str]) -> Iterator[Fault]:
    """Rows: how many, and asked when; inside a row only its own questions are known."""
    if found is None:
        return
    if not 1 <= found.most <= MOST_ROWS:
        yield f"{path}.most", f"must be from 1 to {MOST_ROWS}."
    yield from condition(f"{path}.only_if", found.only_if, known)
    inside = {question.code for question in found.questions}
    yield from questions(f"{path}.questions", found.questions, inside)


def rules(path: str, found: Iterable[Any], known: set[str]) -> Iterator[Fault]:
    """Rules: something must hold, and what is contraindicated closes."""
    for number, rule in enumerate(found, 1):
        where = f"{path}.{number}"
        if not rule.when:
            yield f"{where}.when", "is empty. Write at least one condition."
        if rule.level == "contraindicated" and not rule.closes_eligible:
            yield f"{where}.closes_eligible", "must be true where the level is contraindicated."
        for each in rule.when:
            yield from condition(f"{where}.when", each, known)


def condition(path: str, found: Any, known: set[str]) -> Iterator[Fault]:
    """What a condition is about must exist, and its values must fit its operator."""
    if found.about not in known:
        yield path, f"{found.about} is not asked or known. Write the code of a question."
    wanted = {"unknown": 0, "at-least": 1, "below": 1, "differs-from": 1}.get(found.operator)
    if wanted is not None and len(found.values) != wanted:
        yield path, f"{found.operator} takes {wanted} value(s)."
    if found.operator == "is" and not found.values:
        yield path, "is takes at least one value."
    if found.operator == "differs-from":
        yield from named(path, known, found.values)
    if found.operator in ("at-least", "below") and not all(map(is_number, found.values)):
        yield path, f"{found.operator} compares with a number."


def is_number(text: str) -> bool:
    """Whether a text is a plain number."""
    return bool(re.fullmatch(r"[0-9]+(\.[0-9]+)?", text, re.ASCII))
