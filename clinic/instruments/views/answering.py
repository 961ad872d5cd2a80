"""This file is about the pages on which a scale is answered, corrected, or taken back."""

import uuid
from collections.abc import Callable
from typing import Any

from flask import abort, g, redirect, render_template, request, url_for

from clinic.core import clock
from clinic.core.db import end_reading
from clinic.core.errors import Unprocessable
from clinic.core.forms import BaseForm
from clinic.core.permissions import Permission, requires
from clinic.core.records import get_or_404
from clinic.instruments import actions, queries
from clinic.instruments.forms import (
    ResponseForm,
    WithdrawForm,
    as_fields,
    correction_form,
    response_form,
)
from clinic.instruments.models import QuestionnaireResponse, Way
from clinic.instruments.rules import Instrument, MomentCode, why_not_at
from clinic.instruments.rules.licences import language_name
from clinic.instruments.rules.parts import Form
from clinic.instruments.views.blueprints import course
from clinic.instruments.views.history import is_answered

Save = Callable[[], QuestionnaireResponse]


@course.route("/courses/<uuid:course_id>/scales/<code>/new", methods=["GET", "POST"])
@requires(Permission.SCALE_RECORD)
def answer(course_id: uuid.UUID, code: str) -> Any:
    """Answer a scale; `?form=`, `?moment=`, `?session_id=`, `?language=` say which and when."""
    scale, paper = asked_for(code)
    moment, language = request.args.get("moment"), request.args.get("language")
    words = queries.shown(code, language=language)
    scale = words.scale if words else scale
    form = response_form(scale, paper.code, moment=moment, answered_at=clock.now())

    def save() -> QuestionnaireResponse:
        session_id = request.args.get("session_id", type=uuid.UUID)
        given = when(form) | {"form_code": paper.code, "session_id": session_id}
        given["language"] = language
        return actions.record_response(course_id, code, form.answers(), **given)

    not_yet = queries.why_not_yet(g.patient_id, scale, paper, clock.now())
    if moment in set(MomentCode):
        not_yet = not_yet or why_not_at(scale, paper, MomentCode(moment))
    about = {"course_id": course_id, "scale": scale, "paper": paper, "not_yet": not_yet}
    about |= {"other_languages": others_of(code, language)}
    return saved_or_shown(form, save, "instruments/answer.html", **about)


@course.route("/scales/<uuid:response_id>/correct", methods=["GET", "POST"])
@requires(Permission.SCALE_RECORD)
def correct(response_id: uuid.UUID) -> Any:
    """Correct answers; the former ones stay."""
    row = get_or_404(QuestionnaireResponse, response_id)
    scale = queries.use_of(row).shown
    stored = {"moment": row.moment, "answered_at": row.answered_at, "way": row.way}
    form = correction_form(scale, row.form_code, **stored, **as_fields(row.said()))

    def save() -> QuestionnaireResponse:
        reason = str(form.reason.data)
        return actions.correct_response(response_id, form.answers(), reason=reason, **when(form))

    about = {"course_id": row.course_id, "scale": scale, "paper": scale.form(row.form_code)}
    return saved_or_shown(form, save, "instruments/answer.html", corrects=response_id, **about)


@course.route("/scales/<uuid:response_id>/error", methods=["GET", "POST"])
@requires(Permission.SCALE_RECORD)
def withdraw(response_id: uuid.UUID) -> Any:
    """Say that a use was entered in error."""
    use = queries.use_of(get_or_404(QuestionnaireResponse, response_id))
    form = WithdrawForm()

    def save() -> QuestionnaireResponse:
        return actions.withdraw_response(response_id, str(form.reason.data))

    about = {"course_id": use.response.course_id, "use": use}
    return saved_or_shown(form, save, "instruments/withdraw.html", **about)


def saved_or_shown(form: BaseForm, save: Save, template: str, **about: Any) -> Any:
    """Save and show what it came to, or the form with what was typed and what is wrong."""
    status = 422 if request.method == "POST" else 200
    if form.validate_on_submit():
        try:
            return redirect(url_for("instruments.show", response_id=save().id), 303)
        except Unprocessable as refusal:
            form.take_errors(refusal)
        except actions.CorrectedMeanwhile as clash:
            end_reading()
            form.form_errors.append(str(clash))
            status = 409
    return render_template(template, form=form, **about), status


def asked_for(code: str) -> tuple[Instrument, Form]:
    """The scale and its form that an address names. Aborts 404 for one that is not there."""
    scale = queries.current(code)
    if scale is None or not is_answered(scale):
        abort(404)
    wanted = request.args.get("form", scale.forms[0].code)
    if wanted not in {form.code for form in scale.forms}:
        abort(404)
    return scale, scale.form(wanted)


def others_of(code: str, language: str | None) -> list[tuple[str, str]]:
    """(address, name) of the page in each other language whose words may stand on the screen."""
    given = {**(request.view_args or {}), **request.args.to_dict()}
    return [
        (url_for(".answer", **{**given, "language": other}), language_name(other))
        for other in queries.languages_of(code)
        if other != language
    ]


def when(form: ResponseForm) -> dict[str, Any]:
    """When and how, as the actions take it."""
    return {
        "moment": MomentCode(form.moment.data),
        "answered_at": form.answered_at.data,
        "way": Way(form.way.data),
    }
