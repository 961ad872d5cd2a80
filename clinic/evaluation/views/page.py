"""This file is about the page of an evaluation as a whole."""

import uuid
from dataclasses import dataclass
from typing import Any

from flask import g, render_template

from clinic.accounts.queries import names_of
from clinic.core import drafts
from clinic.core.gate import may
from clinic.core.records import get_or_404
from clinic.courses.models import Course
from clinic.courses.queries import talks_held
from clinic.courses.rules import TALKS, CourseStatus
from clinic.evaluation import queries
from clinic.evaluation.forms import DecisionForm, SectionForm, section_form
from clinic.evaluation.library import referral, section_of
from clinic.evaluation.queries import Overview, Writing, draft_kind
from clinic.evaluation.rules import filled_anew, filled_in, known_values
from clinic.evaluation.views import parts
from clinic.evaluation.views.words import DECISIONS
from clinic.patients.models import Patient
from clinic.patients.queries import infants_of

Others = dict[str, list[Writing]]


@dataclass(frozen=True)
class Kept:
    """A draft as it is read now. `filled`: which of its answers are the record's."""

    typed: dict[str, str]
    filled: dict[str, str]
    based_on: int


def page(
    course: Course,
    *,
    opened: str | None,
    form: SectionForm | None = None,
    decision_form: DecisionForm | None = None,
    meanwhile: bool = False,
    take: bool = False,
) -> str:
    """The whole page. A form that was refused is shown as it was sent."""
    overview = queries.overview_of(course)
    opened = opened if opened in codes_of(overview) else overview.first_open
    draft = drafts.load(draft_kind(opened), course.id)
    others = queries.others_writing(course)
    editor = None if take or draft or form else editor_of(others, opened)
    record = filled_from_record(overview, opened)
    kept = kept_in(draft, record)
    return render_template(
        "evaluation/show.html",
        overview=overview,
        opened=opened,
        form=form or (None if editor else editing(course, overview, opened, kept, record)),
        draft=draft,
        decision_form=decision_form or DecisionForm(formdata=None),
        meanwhile=meanwhile,
        others=others,
        editor=editor,
        filled=kept.filled if kept else record,
        **whose(course),
        **beside_the_form(overview, opened, others),
    )


def whose(course: Course) -> dict[str, Any]:
    """Who she is, her infants, and the talks that were held with her."""
    patient = get_or_404(Patient, g.patient_id)
    talks = {"talks": talks_held(course.id), "about_talks": TALKS, "words": DECISIONS}
    asked = {"asked_of_her": asked_of_her(course)}
    return {"course": course, "patient": patient, "infants": infants_of(patient.id)} | talks | asked


def asked_of_her(course: Course) -> dict[str, queries.AskedOfHer]:
    """What she may answer or sign by herself, while the course is active and somebody may ask."""
    if course.status is not CourseStatus.ACTIVE or not may("scale:record"):
        return {}
    scales = queries.scales_asked(course, queries.scales_of(course))
    return scales | {"consent": queries.consent_asked(course)}


def beside_the_form(overview: Overview, opened: str, others: Others) -> dict[str, Any]:
    """What the record says beside the questions, what is computed from the answers, and names."""
    section = section_of(opened)
    return {
        "asked_here": parts.asked_here(section, overview.evidence) if section else [],
        "beside": parts.beside(section, overview) if section else {},
        "basis": parts.basis(section) if section else {},
        "contraindications": parts.contraindications(overview),
        "people": people_on(overview, others),
        "computed": list(parts.computed(overview)),
    }


def codes_of(overview: Overview) -> set[str]:
    """What can be opened."""
    return {view.section.code for view in overview.sections} | {referral().code}


def editor_of(others: Others, opened: str) -> Writing | None:
    """Who else has the section open, so that it is only read here."""
    return next((w for w in others.get(opened, ()) if w.editing), None)


def filled_from_record(overview: Overview, opened: str) -> dict[str, str]:
    """Answers that the record gives to a section that nobody has handed in yet."""
    section = section_of(opened)
    if section is None or opened in overview.evidence.latest:
        return {}
    answers = queries.flat(overview.evidence.latest)
    return filled_in(section, known_values(answers, overview.evidence.facts))


def kept_in(draft: drafts.Draft | None, record: dict[str, str]) -> Kept | None:
    """A draft; what the record had filled in and nobody changed says what the record says now."""
    if draft is None:
        return None
    kept = draft.content()
    typed, filled = filled_anew(kept["typed"], kept.get("filled", {}), record)
    return Kept(typed, filled, kept["based_on"])


def people_on(overview: Overview, others: Others) -> dict[uuid.UUID, str]:
    """The names of those who handed in, answered for her, or are writing."""
    views = [*overview.sections, overview.referral]
    handed_in = {view.row.author_id for view in views if view.row}
    asked = {line.author_id for line in overview.evidence.scales if line.author_id}
    return names_of(handed_in | asked | {w.author_id for found in others.values() for w in found})


def editing(
    course: Course,
    overview: Overview,
    opened: str,
    kept: Kept | None,
    record: dict[str, str],
) -> SectionForm | None:
    """The form of the open section: one's draft, or the answers that count. None: only to read."""
    section = section_of(opened)
    active = course.status is CourseStatus.ACTIVE
    if section is None or not section.questions or not active or not may("evaluation:write"):
        return None
    row = overview.evidence.latest.get(opened)
    if kept is None:
        return section_form(section, row.said() if row else record, row.n if row else 0)
    form = section_form(section, kept.typed, kept.based_on)
    form.validate()
    return form
