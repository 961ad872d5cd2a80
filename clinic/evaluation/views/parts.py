"""This file is about parts of the page that are put together from answers, facts and flags."""

from collections.abc import Iterator

from clinic.evaluation.queries import Evidence, Overview, SectionView, answered_of, flat
from clinic.evaluation.rules import (
    Flag,
    Level,
    Question,
    Rule,
    Section,
    holds,
    known_values,
    spoken,
)

CONTRAINDICATIONS = "contraindications"
Row = tuple[Question, str, str, Flag | None]
Computed = tuple[str, str, str]


def asked_here(section: Section, evidence: Evidence) -> list[Question]:
    """The questions on the form: those that only the record rules out are left away.

    What another answer rules out stays; the page hides it while it is not asked.
    """
    values = known_values(flat(evidence.latest), evidence.facts)
    return [
        question
        for question in section.questions
        if question.only_if is None
        or not question.only_if.about.startswith("fact.")
        or holds(question.only_if, values)
    ]


def beside(section: Section, overview: Overview) -> dict[str, str]:
    """Question -> what the record says about it, in words; those with nothing are left out."""
    found = {q.code: from_record(q, overview) for q in section.questions if q.record}
    return {code: words for code, words in found.items() if words}


def basis(section: Section) -> dict[str, Rule]:
    """Question -> the strongest rule that begins with it: what a Yes means, and by which source."""
    order = list(Level)
    rules = sorted(section.rules, key=lambda rule: order.index(rule.level), reverse=True)
    return {rule.when[0].about: rule for rule in rules}


def from_record(question: Question, overview: Overview) -> str:
    """What facts and other answers say about a question."""
    evidence, questions = overview.evidence, overview.questions
    answers, said = flat(evidence.latest), []
    for code in question.record or ():
        kind, _, name = code.rpartition(".")
        if kind == "fact":
            fact = evidence.facts[name]
            said += [f"{fact.source}: {fact.text}"] if fact.value is not None else []
        elif code in answers:
            label = questions[code].text.rstrip("?")
            said.append(f"{label}: {spoken(questions[code], answers[code])}")
    return " · ".join(said)


def contraindications(overview: Overview) -> list[Row]:
    """(question, answer, from the record, flag) of the list as it was handed in."""
    view = next(v for v in overview.sections if v.section.code == CONTRAINDICATIONS)
    said = view.row.said() if view.row else {}
    return [
        (q, spoken(q, said.get(q.code)), from_record(q, overview), flag_about(q, view))
        for q in view.section.questions
        if q.code in said or q.only_if is None
    ]


def flag_about(question: Question, view: SectionView) -> Flag | None:
    """The strongest flag that an answer has raised."""
    about = (f for f in view.flags if f.used and f.used[0].about == question.code)
    return next(about, None)


def computed(overview: Overview) -> Iterator[Computed]:
    """(tone, what, more) of what was computed and is no flag."""
    standing, facts = overview.evidence.standing, overview.evidence.facts
    resistant = facts["treatment_resistant"]
    if resistant.value == "yes":
        yield "ok", "Adequate trials:", f"{resistant.text}."
    view = next(v for v in overview.sections if v.section.code == CONTRAINDICATIONS)
    if view.row:
        done, asked = answered_of(view)
        against = [flag for flag in view.flags if flag.level is Level.CONTRAINDICATED]
        if not against:
            yield "ok", "No absolute contraindication.", f"{done} of {asked} answered."
    if standing.to_follow_up:
        yield "alert", "To follow up in this visit:", " ".join(standing.to_follow_up)
    yield from waiting(overview)


def waiting(overview: Overview) -> Iterator[Computed]:
    """What somebody else has to do first."""
    standing, consent = overview.evidence.standing, overview.evidence.facts["consent"]
    items = len(standing.missing) + len(standing.scales_due)
    unsigned = consent.value != "valid"
    if items or unsigned:
        words = [f"{items} to answer" if items else "", "her signature" if unsigned else ""]
        yield "info", "Open:", f"{', '.join(part for part in words if part)}."
