"""This file is about writing the sections of an evaluation: drafts, and handing in."""

import uuid
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for

from clinic.accounts.queries import names_of
from clinic.core import drafts
from clinic.core.permissions import Permission, requires
from clinic.core.records import get_or_404
from clinic.courses.models import Course
from clinic.evaluation import actions, queries
from clinic.evaluation.actions import HandedInMeanwhile
from clinic.evaluation.forms import section_form, typed_in
from clinic.evaluation.library import section_of
from clinic.evaluation.queries import draft_kind
from clinic.evaluation.rules import Section, filled_anew
from clinic.evaluation.views.blueprint import bp
from clinic.evaluation.views.page import filled_from_record, page

MOST_FILLED = 50  # answers that a page says it was given by the record
LONGEST_CODE = 100


@bp.get("/courses/<uuid:course_id>/evaluation")
@requires(Permission.CHART_READ)
def show(course_id: uuid.UUID) -> str:
    """The eight sections; `?section=` says which one is open, `&take=1` although somebody edits."""
    course = get_or_404(Course, course_id)
    return page(course, opened=request.args.get("section"), take="take" in request.args)


@bp.post("/courses/<uuid:course_id>/evaluation/<section_code>")
@requires(Permission.EVALUATION_WRITE)
def hand_in(course_id: uuid.UUID, section_code: str) -> Any:
    """Make the answers of a section part of the record, and open the next one."""
    course, section = get_or_404(Course, course_id), section_or_404(section_code)
    typed = typed_in(section, request.form)
    if filled_before() and stale(course, section, typed):
        return after_the_record_changed(course, section, typed), 409
    form = section_form(section, typed, based_on())
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
    typed = typed_in(section, request.form)
    actions.save_draft(course_id, section, typed, based_on(), filled_before())
    if request.headers.get("HX-Request"):
        draft = drafts.load(draft_kind(section_code), course_id)
        return render_template("evaluation/_saved.html", draft=draft)
    return redirect(url_for("evaluation.show", course_id=course_id, section=section_code), 303)


@bp.post("/courses/<uuid:course_id>/evaluation/<section_code>/open")
@requires(Permission.EVALUATION_WRITE, polled=True)
def mark_open(course_id: uuid.UUID, section_code: str) -> Any:
    """A page that has a section open says so, for others who would write in it too."""
    get_or_404(Course, course_id)
    actions.mark_open(course_id, section_or_404(section_code))
    return "", 204


@bp.post("/courses/<uuid:course_id>/evaluation/<section_code>/discard")
@requires(Permission.EVALUATION_WRITE)
def discard_draft(course_id: uuid.UUID, section_code: str) -> Any:
    """Throw one's own draft away."""
    get_or_404(Course, course_id)
    actions.discard_draft(course_id, section_or_404(section_code))
    return redirect(url_for("evaluation.show", course_id=course_id, section=section_code), 303)


def section_or_404(code: str) -> Section:
    """A section that has questions."""
    section = section_of(code)
    if section is None or not section.questions:
        abort(404)
    return section


def based_on() -> int:
    """The number of the answers that the sent form began from."""
    sent = request.form.get("based_on", "")
    return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 7 else 0


def filled_before() -> dict[str, str]:
    """What the record had filled in on the page that was sent: question -> answer."""
    parts = (sent.partition(":") for sent in request.form.getlist("filled")[:MOST_FILLED])
    return {code[:LONGEST_CODE]: answer[:LONGEST_CODE] for code, _, answer in parts}


def stale(course: Course, section: Section, typed: dict[str, str]) -> bool:
    """Whether the record says something else now than what it filled in and nobody changed."""
    now = filled_from_record(queries.overview_of(course), section.code)
    left = {code: words for code, words in filled_before().items() if typed.get(code) == words}
    return any(now.get(code) != words for code, words in left.items())


def after_the_record_changed(course: Course, section: Section, typed: dict[str, str]) -> str:
    """The page with what was typed, and what the record says now in place of what it said."""
    now = filled_from_record(queries.overview_of(course), section.code)
    form = section_form(section, filled_anew(typed, filled_before(), now)[0], based_on())
    form.form_errors.append(
        "The record changed after this page was opened: what it fills in was filled in anew."
        " Read it, then hand in."
    )
    return page(course, opened=section.code, form=form)


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
