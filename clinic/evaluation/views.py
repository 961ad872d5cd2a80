"""This file is about the page of an evaluation: sections, drafts, handing in, the decision."""

import uuid
from typing import Any

from flask import Blueprint, abort, flash, g, redirect, render_template, request, url_for

from clinic.accounts.queries import names_of
from clinic.core import drafts
from clinic.core.errors import Unprocessable
from clinic.core.gate import may, standing
from clinic.core.permissions import Permission, requires
from clinic.core.records import get_or_404
from clinic.core.signatures import prove
from clinic.courses.models import Course
from clinic.courses.rules import CourseStatus, Progress, StageReport
from clinic.evaluation import actions, queries
from clinic.evaluation.actions import HandedInMeanwhile
from clinic.evaluation.forms import DecisionForm, SectionForm, section_form, typed_in
from clinic.evaluation.library import checklist
from clinic.evaluation.queries import DECISION, draft_kind
from clinic.evaluation.rules import Decision, Section
from clinic.patients.models import Patient
from clinic.patients.queries import infants_of

bp = Blueprint("evaluation", __name__)
WORDS = {
    Decision.ELIGIBLE: "Eligible",
    Decision.NOT_ELIGIBLE: "Not eligible",
    Decision.LATER: "Decide later",
}


@bp.get("/courses/<uuid:course_id>/evaluation")
@requires(Permission.CHART_READ)
def show(course_id: uuid.UUID) -> str:
    """The eight sections; `?section=` says which one is open."""
    course = get_or_404(Course, course_id)
    return page(course, opened=request.args.get("section"))


@bp.post("/courses/<uuid:course_id>/evaluation/<section_code>")
@requires(Permission.EVALUATION_WRITE)
def hand_in(course_id: uuid.UUID, section_code: str) -> Any:
    """Make the answers of a section part of the record."""
    course, section = get_or_404(Course, course_id), section_or_404(section_code)
    form = section_form(section, typed_in(section, request.form), based_on())
    if not form.validate():
        return page(course, opened=section_code, form=form), 422
    try:
        actions.hand_in(course_id, section, form.answers(), based_on=based_on())
    except HandedInMeanwhile:
        return after_somebody_else(course, section), 409
    flash(f"{section.title}: handed in.")
    return redirect(url_for("evaluation.show", course_id=course_id), 303)


@bp.post("/courses/<uuid:course_id>/evaluation/<section_code>/draft")
@requires(Permission.EVALUATION_WRITE)
def save_draft(course_id: uuid.UUID, section_code: str) -> Any:
    """Keep what was typed so far for its author. A script gets the words beside the button."""
    get_or_404(Course, course_id)
    section = section_or_404(section_code)
    actions.save_draft(course_id, section, typed_in(section, request.form), based_on())
    if request.headers.get("HX-Request"):
        draft = drafts.load(draft_kind(section_code), course_id)
        return render_template("evaluation/_saved.html", draft=draft)
    return redirect(url_for("evaluation.show", course_id=course_id, section=section_code), 303)


@bp.post("/courses/<uuid:course_id>/evaluation/<section_code>/discard")
@requires(Permission.EVALUATION_WRITE)
def discard_draft(course_id: uuid.UUID, section_code: str) -> Any:
    """Throw one's own draft away."""
    get_or_404(Course, course_id)
    actions.discard_draft(course_id, section_or_404(section_code))
    return redirect(url_for("evaluation.show", course_id=course_id, section=section_code), 303)


@bp.post("/courses/<uuid:course_id>/evaluation/decision")
@requires(Permission.EVALUATION_DECIDE)
def decide(course_id: uuid.UUID) -> Any:
    """Sign the decision."""
    course, form = get_or_404(Course, course_id), DecisionForm()
    if not form.validate() or not decided(course_id, form):
        return page(course, opened=DECISION, decision_form=form), 422
    flash("The decision is signed.")
    return redirect(url_for("evaluation.show", course_id=course_id, section=DECISION), 303)


def decided(course_id: uuid.UUID, form: DecisionForm) -> bool:
    """Whether the decision was signed; if not, the form says why."""
    try:
        actions.sign_decision(
            course_id,
            Decision(form.decision.data),
            form.reason.data,
            proof=prove(form.password.data, standing().name),
        )
    except Unprocessable as refusal:
        form.take_errors(refusal)
        return False
    return True


def section_or_404(code: str) -> Section:
    """A section that has questions."""
    section = checklist().section(code)
    if section is None or not section.questions:
        abort(404)
    return section


def based_on() -> int:
    """The number of the answers that the sent form began from."""
    sent = request.form.get("based_on", "")
    return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 7 else 0


def after_somebody_else(course: Course, section: Section) -> str:
    """The page with what was typed beside what somebody else handed in meanwhile."""
    row = queries.latest_answers(course.id)[section.code]
    form = section_form(section, typed_in(section, request.form), row.n)
    who = names_of([row.author_id]).get(row.author_id, "Somebody else")
    form.form_errors.append(
        f"{who} handed this section in meanwhile; those answers are below."
        " Compare, then hand in yours."
    )
    return page(course, opened=section.code, form=form, meanwhile=True)


def page(
    course: Course,
    *,
    opened: str | None,
    form: SectionForm | None = None,
    decision_form: DecisionForm | None = None,
    meanwhile: bool = False,
) -> str:
    """The whole page. A form that was refused is shown as it was sent."""
    overview = queries.overview_of(course)
    codes = {view.section.code for view in overview.sections}
    opened = opened if opened in codes else overview.first_open
    draft = drafts.load(draft_kind(opened), course.id)
    patient = get_or_404(Patient, g.patient_id)
    others = queries.others_writing(course)
    return render_template(
        "evaluation/show.html",
        course=course,
        patient=patient,
        infants=infants_of(patient.id),
        overview=overview,
        opened=opened,
        form=form or editing(course, overview, opened, draft),
        draft=draft,
        decision_form=decision_form or DecisionForm(formdata=None),
        meanwhile=meanwhile,
        others=others,
        people=people_on(overview, others),
        words=WORDS,
    )


def people_on(
    overview: queries.Overview, others: dict[str, list[drafts.BeingWritten]]
) -> dict[uuid.UUID, str]:
    """The names of those who handed in, or are writing."""
    handed_in = {view.row.author_id for view in overview.sections if view.row}
    return names_of(handed_in | {w.author_id for found in others.values() for w in found})


def editing(
    course: Course, overview: queries.Overview, opened: str, draft: drafts.Draft | None
) -> SectionForm | None:
    """The form of the open section: one's draft, or the answers that count. None: only to read."""
    section = checklist().section(opened)
    active = course.status is CourseStatus.ACTIVE
    if section is None or not section.questions or not active or not may("evaluation:write"):
        return None
    row = overview.evidence.latest.get(opened)
    if draft is None:
        return section_form(section, row.said() if row else {}, row.n if row else 0)
    kept = draft.content()
    form = section_form(section, kept["typed"], kept["based_on"])
    form.validate()
    return form


def stage(course: Course) -> StageReport:
    """How far the evaluation is, for the front page of the course."""
    eligibility = queries.eligibility_of(course.id)
    if eligibility is not None:
        progress = Progress.DONE if eligibility.is_eligible else Progress.RUNNING
        return StageReport(progress, WORDS[eligibility.decision])
    begun = bool(queries.latest_answers(course.id))
    return StageReport(Progress.RUNNING if begun else Progress.NOT_STARTED)
