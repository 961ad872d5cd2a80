"""This file is about the page of a letter: preview, consent, signature."""

import uuid
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for

from clinic.core import clock, drafts
from clinic.core.db import end_reading
from clinic.core.errors import Conflict, Unprocessable
from clinic.core.gate import standing
from clinic.core.permissions import Permission, requires
from clinic.core.records import get_or_404
from clinic.core.signatures import prove
from clinic.courses.models import Course
from clinic.courses.queries import head_of
from clinic.integration import actions, queries
from clinic.integration.forms import AGREED, LetterConsentForm, LetterForm
from clinic.integration.rules import RECIPIENT_WORDS, Recipient, filled, seen_of
from clinic.integration.views.blueprint import bp
from clinic.patients.models import Patient

ONE = "/courses/<uuid:course_id>/letters/<recipient>"


@bp.get(ONE)
@requires(Permission.CHART_READ)
def letter(course_id: uuid.UUID, recipient: str) -> Any:
    """The letter as it would be sent now, and those that were."""
    return page(course_id, of(recipient))


@bp.post(ONE)
@requires(Permission.LETTER_SIGN)
def write_letter(course_id: uuid.UUID, recipient: str) -> Any:
    """Keep what is added by hand and preview it, or sign."""
    form, to = LetterForm(), of(recipient)
    if not form.validate():
        return page(course_id, to, form), 422
    if request.form.get("do") != "sign":
        keep(course_id, to, form)
        return redirect(
            url_for(".letter", course_id=course_id, recipient=to, **corrects(form)), 303
        )
    try:
        signed = sign(course_id, to, form)
    except Unprocessable as refusal:
        form.take_errors(refusal)
        return page(course_id, to, form), 422
    except Conflict as clash:
        end_reading()
        changed = isinstance(clash, actions.ValueChanged)
        form.form_errors += [] if changed else [str(clash)]
        return page(course_id, to, form, changed=changed), 409
    flash("The letter is signed. Write down how it was sent.")
    return redirect(url_for(".show_letter", letter_id=signed), 303)


@bp.post(f"{ONE}/consent")
@requires(Permission.INTEGRATION_WRITE)
def note_letter_consent(course_id: uuid.UUID, recipient: str) -> Any:
    """What she said of letters to this recipient."""
    form, to = LetterConsentForm(), of(recipient)
    if form.validate():
        course = get_or_404(Course, course_id)
        try:
            agreed = form.answer.data == AGREED
            actions.note_consent(course.patient_id, to, agreed=agreed, said_on=form.said_on.data)
            return redirect(url_for(".letter", course_id=course_id, recipient=to), 303)
        except Unprocessable as refusal:
            form.take_errors(refusal)
    return page(course_id, to, consent_form=form), 422


def of(recipient: str) -> Recipient:
    """The recipient that an address names; 404 for any other word."""
    if recipient not in set(Recipient):
        abort(404)
    return Recipient(recipient)


def kind_of(to: Recipient) -> str:
    """Under which name a draft is kept."""
    return f"letter-{to}"


def keep(course_id: uuid.UUID, to: Recipient, form: LetterForm) -> None:
    """What was added by hand so far, for its author alone."""
    if form.added.data:
        drafts.save(kind_of(to), course_id, {"added": form.added.data})
    else:
        drafts.discard(kind_of(to), course_id)


def corrects(form: LetterForm) -> dict[str, Any]:
    """The part of an address that names the letter to be corrected."""
    named = form.corrects()
    return {"corrects": named} if named else {}


def sign(course_id: uuid.UUID, to: Recipient, form: LetterForm) -> uuid.UUID:
    """Sign what was previewed. Raises Unprocessable and Conflict like the action."""
    course = get_or_404(Course, course_id)
    patient = get_or_404(Patient, course.patient_id)
    draft = actions.Draft(
        recipient=to,
        values=values(course, patient, to),
        added=form.added.data,
        seen=form.seen.data or "",
        corrects_id=form.corrects(),
    )
    proof = prove(form.password.data or "", standing().name)
    signed = actions.sign_letter(course, patient, draft, proof=proof)
    drafts.discard(kind_of(to), course_id)
    return signed.id


def values(course: Course, patient: Patient, to: Recipient) -> dict[str, str]:
    """What the record says now, for a letter signed by whoever looks at it."""
    helper = queries.helper_for(patient.id, to)
    return queries.values_of(course, patient, helper, standing().name, clock.now())


def page(
    course_id: uuid.UUID,
    to: Recipient,
    form: LetterForm | None = None,
    *,
    consent_form: LetterConsentForm | None = None,
    changed: bool = False,
) -> str:
    """The whole page. A form that was refused keeps what was typed."""
    course = get_or_404(Course, course_id)
    patient = get_or_404(Patient, course.patient_id)
    form = form or empty(course_id, to)
    template = queries.template_for(to)
    known = values(course, patient, to)
    return render_template(
        "integration/letter.html",
        head=head_of(course),
        course=course,
        to=to,
        recipients=RECIPIENT_WORDS,
        consents=queries.consents_of(patient.id),
        helper=queries.helper_for(patient.id, to),
        template=template,
        parts=filled(template.body, known, form.added.data) if template else (),
        seen=seen_of(template.body, known) if template else "",
        form=form,
        consent_form=consent_form or LetterConsentForm(formdata=None, said_on=clock.today()),
        changed=changed,
        letters=[one for one in queries.letters_of(course_id) if one.letter.recipient is to],
    )


def empty(course_id: uuid.UUID, to: Recipient) -> LetterForm:
    """The form with the author's own draft, and the letter to be corrected."""
    draft = drafts.load(kind_of(to), course_id)
    return LetterForm(
        formdata=None,
        added=draft.content().get("added") if draft else None,
        corrects_id=request.args.get("corrects"),
    )
