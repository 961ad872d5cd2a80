"""This file is about the page on which a contact is written down, saved as it is typed."""

import uuid
from typing import Any

from flask import abort, flash, g, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict

from clinic.accounts.queries import names_of
from clinic.core import clock, drafts
from clinic.core.errors import Unprocessable
from clinic.core.gate import standing
from clinic.core.permissions import Permission, requires
from clinic.core.records import get_or_404
from clinic.core.signatures import Proof, prove
from clinic.courses.models import Course
from clinic.courses.queries import head_of, infants_of_course
from clinic.followups import actions, queries
from clinic.followups.forms import (
    ContactForm,
    CorrectionForm,
    ScreenForm,
    as_fields,
    contact_form,
    screen_form,
)
from clinic.followups.models import Contact
from clinic.followups.queries import Asked, draft_kind
from clinic.followups.rules import EMERGENCIES, ContactFacts, Due, Reached
from clinic.followups.views.blueprint import bp
from clinic.followups.views.course import on_one_line
from clinic.followups.views.work_list import listed
from clinic.links.rules import CHECK_IN, SCALE, LinkWay, subject_key
from clinic.patients.rules import gives_milk

HERE = "/courses/<uuid:course_id>/follow-ups/<code>/<int:number>"
NOT_TYPED = {"csrf_token", "password"}


@bp.route(f"{HERE}/contact", methods=["GET", "POST"])
@requires(Permission.FOLLOWUP_WRITE)
def contact(course_id: uuid.UUID, code: str, number: int) -> Any:
    """Write down a contact for the follow-up that counts from the dose of session `number`."""
    course, due = get_or_404(Course, course_id), due_or_404(course_id, code, number)
    form, kind = form_for(course_id, due), draft_kind(due)
    screen = screen_for(course_id, due)
    if form.validate_on_submit() and recorded(course_id, due, form, screen):
        drafts.discard(kind, course_id)
        flash(f"{due.text}: saved.")
        return redirect(url_for(".of_course", course_id=course_id), 303)
    return page(course, due, form, screen), 422 if request.method == "POST" else 200


@bp.post(f"{HERE}/contact/draft")
@requires(Permission.FOLLOWUP_WRITE)
def save_draft(course_id: uuid.UUID, code: str, number: int) -> Any:
    """Keep what was typed so far for its author. A script gets the words beside the button."""
    get_or_404(Course, course_id)
    due = due_or_404(course_id, code, number)
    typed = {name: value for name, value in request.form.items() if name not in NOT_TYPED}
    draft = drafts.save(draft_kind(due), course_id, typed)
    if request.headers.get("HX-Request"):
        return render_template("followups/_saved.html", draft=draft)
    return redirect(url_for(".contact", course_id=course_id, code=code, number=number), 303)


@bp.route("/contacts/<uuid:contact_id>/correct", methods=["GET", "POST"])
@requires(Permission.FOLLOWUP_WRITE)
def correct(contact_id: uuid.UUID) -> Any:
    """Write a corrected version beside a contact."""
    row = get_or_404(Contact, contact_id)
    due = queries.due_of(row, clock.now())
    effects = queries.effects_to_ask(row.course_id, due, clock.now())
    questions = queries.questions_of(row.course_id)
    form = contact_form(effects, questions, base=CorrectionForm)(**as_fields(facts_of(row)))
    if form.validate_on_submit() and corrected(row, form):
        flash(f"{due.text}: corrected.")
        return redirect(url_for(".of_course", course_id=row.course_id), 303)
    course = get_or_404(Course, row.course_id)
    return page(course, due, form, None, corrects=row), 422 if request.method == "POST" else 200


def due_or_404(course_id: uuid.UUID, code: str, number: int) -> Due:
    """A follow-up of the plan."""
    due = queries.due_or_none(course_id, code, number, clock.now())
    if due is None:
        abort(404)
    return due


def form_for(course_id: uuid.UUID, due: Due) -> ContactForm:
    """What was sent, or one's draft, or an empty form."""
    effects = queries.effects_to_ask(course_id, due, clock.now())
    made = contact_form(effects, queries.questions_of(course_id))
    if request.method == "POST":
        return made()
    draft = drafts.load(draft_kind(due), course_id)
    if draft is not None:
        return made(formdata=MultiDict(draft.content()))
    how = "visit" if due.by == "visit" else "call"
    return made(formdata=None, contacted_at=clock.now(), how=how)


def screen_for(course_id: uuid.UUID, due: Due) -> ScreenForm | None:
    """The suicide screener as it was sent, or kept in one's draft; None: it is not asked here."""
    asked = queries.open_screen(course_id, due, clock.now())
    if asked is None:
        return None
    if request.method == "POST":
        return screen_form(asked.instrument, request.form)
    draft = drafts.load(draft_kind(due), course_id)
    return screen_form(asked.instrument, MultiDict(draft.content()) if draft else None)


def recorded(course_id: uuid.UUID, due: Due, form: ContactForm, screen: ScreenForm | None) -> bool:
    """Whether the contact was written down; if not, the forms say why."""
    if screen is not None and screen.answers() and not screen.validate():
        form.form_errors.append("C-SSRS: choose what is missing, or take its answers back.")
        return False
    try:
        actions.record_contact(
            course_id,
            due,
            form.facts(),
            born_on=form.born_on.data,
            proof=proof_of(form),
            screen=screen.answers() if screen else None,
        )
    except Unprocessable as refusal:
        form.take_errors(refusal)
        return False
    return True


def corrected(row: Contact, form: ContactForm) -> bool:
    """Whether the correction was written down; if not, the form says why."""
    try:
        said, reason = form.facts(), str(form["reason"].data)
        actions.correct_contact(row.id, said, reason=reason, proof=proof_of(form))
    except Unprocessable as refusal:
        form.take_errors(refusal)
        return False
    return True


def for_her(due: Due, asked: list[Asked]) -> dict[str, Any]:
    """What a private link of this follow-up would ask, as the page of links wants it."""
    scales = [
        f"{SCALE}:{one.scale.code}:{one.scale.form.code}:{due.code}"
        for one in asked
        if one.scale.by == "link" and not one.answered
    ]
    return {
        "subject": subject_key(queries.subject_of_due(due)),
        "parts": [*scales, CHECK_IN],
        "way": LinkWay.PHONE,
    }


def proof_of(form: ContactForm) -> Proof | None:
    """Who signs what she said; None where she was not reached. Raises Unprocessable."""
    if form.reached.data != Reached.YES:
        return None
    return prove(form.password.data, standing().name)


def facts_of(row: Contact) -> ContactFacts:
    """A stored contact as it was entered."""
    return ContactFacts(
        contacted_at=row.contacted_at,
        how=row.how,
        reached=row.reached,
        answers=row.said(),
        next_step=row.next_step,
        next_try_at=row.next_try_at,
        note=row.note,
    )


def page(
    course: Course,
    due: Due,
    form: ContactForm,
    screen: ScreenForm | None,
    *,
    corrects: Contact | None = None,
) -> str:
    """The page of a contact, beside the work list."""
    others = [w for w in drafts.written_by_others(course.id) if w.kind == draft_kind(due)]
    about = listed()
    about["people"] |= names_of({written.author_id for written in others})
    about |= of_her(course, due) | to_ask(course, due)
    about |= {
        "form": form,
        "screen": screen,
        "corrects": corrects,
        "draft": None if corrects else drafts.load(draft_kind(due), course.id),
        "others": others,
        "patient_id": g.patient_id,
    }
    return render_template("followups/contact.html", **about)


def of_her(course: Course, due: Due) -> dict[str, Any]:
    """Whose contact it is, and where it stands in her plan."""
    dues, infants = queries.of_course(course.id, clock.now()), infants_of_course(course)
    return {
        "course": course,
        "head": head_of(course),
        "due": due,
        "dues": dues,
        "line": on_one_line(dues),
        "chosen": (course.id, *due.key),
        "infants": infants,
        "milk": gives_milk(infant.feeding for infant in infants),
    }


def to_ask(course: Course, due: Due) -> dict[str, Any]:
    """What is asked in it beside the form, and what each next step means now."""
    now = clock.now()
    asked, not_offered = queries.scales_of(course.id, due, now)
    return {
        "asked": asked,
        "not_offered": not_offered,
        "not_set": queries.exposure_not_set(course.id),
        "step_words": queries.step_words(course.id, due, now),
        "for_her": for_her(due, asked),
        "bp_alert": queries.pressure_alert(due, now),
        "emergencies": EMERGENCIES,
    }
