"""This file is about letters that were signed: their text, on paper, and what became of them."""

import uuid
from typing import Any

from flask import Response, make_response, redirect, render_template, request, url_for

from clinic.accounts.queries import names_of
from clinic.core import clock, paper
from clinic.core.errors import Unprocessable
from clinic.core.permissions import Permission, requires
from clinic.core.records import get_or_404
from clinic.courses.models import Course
from clinic.courses.queries import head_of
from clinic.integration import actions, queries
from clinic.integration.forms import DeliveryForm
from clinic.integration.models import Letter
from clinic.integration.rules import DELIVERY_WORDS, RECIPIENT_WORDS, WAY_WORDS
from clinic.integration.views.blueprint import bp
from clinic.patients.models import Patient


@bp.get("/letters/<uuid:letter_id>")
@requires(Permission.CHART_READ)
def show_letter(letter_id: uuid.UUID) -> str:
    """What was signed, and each step on its way."""
    return page(letter_id, DeliveryForm(formdata=None, happened_at=clock.now()))


@bp.post("/letters/<uuid:letter_id>/delivery")
@requires(Permission.LETTER_SIGN)
def note_delivery(letter_id: uuid.UUID) -> Any:
    """How it was sent, that it was received, that it came back."""
    form = DeliveryForm()
    if form.validate():
        letter, (way, state) = get_or_404(Letter, letter_id), form.codes()
        try:
            actions.note_delivery(letter, way, state, form.happened_at.data, form.note.data)
            return redirect(url_for(".show_letter", letter_id=letter_id), 303)
        except Unprocessable as refusal:
            form.take_errors(refusal)
    return page(letter_id, form), 422


@bp.get("/letters/<uuid:letter_id>/letter.pdf")
@requires(Permission.CHART_READ)
def print_letter(letter_id: uuid.UUID) -> Response:
    """The letter on paper, A4 or Letter: what was signed, word for word."""
    letter = get_or_404(Letter, letter_id)
    html = render_template(
        "integration/letter_paper.html",
        sent=queries.letter_sent(letter),
        patient=get_or_404(Patient, letter.patient_id),
        recipients=RECIPIENT_WORDS,
        css=url_for("static", filename="css/paper.css"),
    )
    size = "letter" if request.args.get("size") == "letter" else "a4"
    response = make_response(paper.as_pdf(html, size=size))
    response.headers["Content-Type"] = "application/pdf"
    response.headers["Content-Disposition"] = 'inline; filename="letter.pdf"'
    return response


def page(letter_id: uuid.UUID, form: DeliveryForm) -> str:
    """The page of a signed letter."""
    letter = get_or_404(Letter, letter_id)
    course, sent = get_or_404(Course, letter.course_id), queries.letter_sent(letter)
    return render_template(
        "integration/letter_sent.html",
        head=head_of(course),
        course=course,
        sent=sent,
        recipients=RECIPIENT_WORDS,
        ways=WAY_WORDS,
        states=DELIVERY_WORDS,
        people=names_of({step.author_id for step in sent.steps}),
        form=form,
    )
