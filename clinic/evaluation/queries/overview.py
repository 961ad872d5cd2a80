"""This file is about the page of an evaluation: its eight sections, each with how far it is."""

from collections.abc import Sequence
from dataclasses import dataclass

from clinic.courses.models import Course
from clinic.evaluation.library import checklist, referral
from clinic.evaluation.models import EvaluationAnswers
from clinic.evaluation.queries.answers import flat
from clinic.evaluation.queries.decision import Evidence, eligibility_of, evidence_of
from clinic.evaluation.rules import (
    LABELS,
    Eligibility,
    Fact,
    Flag,
    Question,
    Section,
    State,
    Values,
    asked,
    flags,
    known_values,
    missing,
    spoken,
    state_of,
    told,
)

SEVERITY, CONSENT, DECISION = "severity", "consent", "decision"


@dataclass(frozen=True)
class SectionView:
    """One section: `lines` are (question, answer) of what was handed in, `facts` (label, fact).

    `summary` is what it reads like once it is folded, `flags` what its answers raised.
    """

    section: Section
    number: int
    row: EvaluationAnswers | None
    state: State
    open_items: int
    lines: list[tuple[str, str]]
    facts: list[tuple[str, Fact]]
    summary: list[tuple[str, str]]
    flags: list[Flag]


@dataclass(frozen=True)
class Overview:
    """The whole page. `changed_since`: sections handed in after the decision in force."""

    sections: list[SectionView]
    referral: SectionView
    evidence: Evidence
    eligibility: Eligibility | None
    changed_since: list[str]

    @property
    def complete(self) -> int:
        """How many sections are complete."""
        return sum(view.state is State.COMPLETE for view in self.sections)

    @property
    def first_open(self) -> str:
        """The first section that is not complete, or the last one."""
        unfinished = (v.section.code for v in self.sections if v.state is not State.COMPLETE)
        return next(unfinished, DECISION)

    @property
    def questions(self) -> dict[str, Question]:
        """Every question by its code, those of rows left out."""
        return {q.code: q for view in self.sections for q in view.section.questions}

    @property
    def opens_after(self) -> list[int]:
        """The numbers of the sections for which the decision waits."""
        return [
            view.number
            for view in self.sections
            if view.section.code != DECISION and view.state is not State.COMPLETE
        ]


def overview_of(course: Course) -> Overview:
    """Everything the page shows but drafts, which are their authors' own."""
    evidence, eligibility = evidence_of(course), eligibility_of(course.id)
    views = [
        view_of(section, number, evidence, eligibility)
        for number, section in enumerate(checklist().sections, 1)
    ]
    since = eligibility.signed_at if eligibility else None
    changed = [v.section.title for v in views if since and v.row and v.row.recorded_at > since]
    return Overview(views, referral_of(evidence), evidence, eligibility, changed)


def view_of(
    section: Section, number: int, evidence: Evidence, eligibility: Eligibility | None
) -> SectionView:
    """One section as it stands."""
    row = evidence.latest.get(section.code)
    answers = flat(evidence.latest)
    values = known_values(answers, evidence.facts)
    raised = [flag for flag in evidence.standing.flags if flag.section == section.code]
    open_items = sum(m.section == section.code for m in evidence.standing.missing)
    begun, more = extra_of(section.code, evidence, eligibility)
    waits = section.code == SEVERITY and bool(evidence.standing.to_follow_up)
    state = State.TO_FOLLOW_UP if waits else state_of(row is not None or begun, open_items + more)
    return SectionView(
        section,
        number,
        row,
        state,
        open_items + more,
        lines_of(section, values) if row else [],
        [(LABELS[code], evidence.facts[code]) for code in section.facts],
        told(section, values, evidence.facts) if row else [],
        raised,
    )


def lines_of(section: Section, values: Values) -> list[tuple[str, str]]:
    """Question and answer, of those that are asked."""
    return [(q.text, spoken(q, values.get(q.code))) for q in asked(section, values)]


def referral_of(evidence: Evidence) -> SectionView:
    """The papers of the referral: a list beside the sections, which no decision waits for."""
    section, row = referral(), evidence.latest.get(referral().code)
    answers = row.said() if row else {}
    raised = flags([section], answers, {})
    open_items = len(missing([section], answers, {})) if row else 0
    state = state_of(row is not None, open_items + len(raised))
    lines = lines_of(section, answers) if row else []
    return SectionView(section, 0, row, state, open_items, lines, [], [], raised)


def extra_of(code: str, evidence: Evidence, decided: Eligibility | None) -> tuple[bool, int]:
    """For the sections that are more than questions: whether begun, and how much is open."""
    if code == SEVERITY:
        answered = any(line.score is not None for line in evidence.scales)
        standing = evidence.standing
        return answered, len(standing.scales_due) + len(standing.open_safety)
    if code == CONSENT:
        consent = evidence.facts["consent"].value
        return consent != "none", int(consent != "valid")
    return (decided is not None, 0) if code == DECISION else (False, 0)


def answered_of(view: SectionView) -> tuple[int, int]:
    """How many of the questions that are asked are answered, and how many are asked."""
    said: Sequence[str] = [answer for _, answer in view.lines]
    return sum(answer != "not answered" for answer in said), len(said)
