"""This file is about the page of an evaluation: its eight sections, each with how far it is."""

from dataclasses import dataclass

from clinic.core import drafts
from clinic.courses.models import Course
from clinic.evaluation.library import checklist
from clinic.evaluation.models import EvaluationAnswers
from clinic.evaluation.queries.answers import flat
from clinic.evaluation.queries.decision import Evidence, eligibility_of, evidence_of
from clinic.evaluation.rules import (
    LABELS,
    Eligibility,
    Fact,
    Section,
    State,
    asked,
    known_values,
    spoken,
    state_of,
)

SEVERITY, CONSENT, DECISION = "severity", "consent", "decision"


@dataclass(frozen=True)
class SectionView:
    """One section: `lines` are (question, answer) of what was handed in, `facts` (label, fact)."""

    section: Section
    number: int
    row: EvaluationAnswers | None
    state: State
    open_items: int
    lines: list[tuple[str, str]]
    facts: list[tuple[str, Fact]]


@dataclass(frozen=True)
class Overview:
    """The whole page. `changed_since`: sections handed in after the decision in force."""

    sections: list[SectionView]
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


def overview_of(course: Course) -> Overview:
    """Everything the page shows but drafts, which are their authors' own."""
    evidence, eligibility = evidence_of(course), eligibility_of(course.id)
    views = [
        view_of(section, number, evidence, eligibility)
        for number, section in enumerate(checklist().sections, 1)
    ]
    since = eligibility.signed_at if eligibility else None
    changed = [v.section.title for v in views if since and v.row and v.row.recorded_at > since]
    return Overview(views, evidence, eligibility, changed)


def view_of(
    section: Section, number: int, evidence: Evidence, eligibility: Eligibility | None
) -> SectionView:
    """One section as it stands."""
    row = evidence.latest.get(section.code)
    answers = flat(evidence.latest)
    values = known_values(checklist().sections, answers, evidence.facts)
    questions = asked(section, values) if row else ()
    open_items = sum(m.section == section.code for m in evidence.standing.missing)
    begun, more = extra_of(section.code, evidence, eligibility)
    return SectionView(
        section,
        number,
        row,
        state_of(row is not None or begun, open_items + more),
        open_items + more,
        [(q.text, spoken(q, answers.get(q.code))) for q in questions],
        [(LABELS[code], evidence.facts[code]) for code in section.facts],
    )


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


def draft_kind(section_code: str) -> str:
    """Under which name the drafts of a section are kept."""
    return f"evaluation.{section_code}"


def others_writing(course: Course) -> dict[str, list[drafts.BeingWritten]]:
    """Section -> who else has a draft of it; never what stands in it."""
    found: dict[str, list[drafts.BeingWritten]] = {}
    for written in drafts.written_by_others(course.id):
        room, _, section = written.kind.partition(".")
        if room == "evaluation":
            found.setdefault(section, []).append(written)
    return found
