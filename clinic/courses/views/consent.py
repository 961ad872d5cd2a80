"""This file is about the page of her consent: what she read, her signature, taking it back."""

import uuid
from typing import Any

from flask import redirect, render_template, request, url_for

from clinic.accounts.queries import staff
from clinic.core import clock
from clinic.core.errors import Unprocessable
from clinic.core.gate import standing
from clinic.core.permissions import Permission, Role, requires
from clinic.core.records import get_or_404
from clinic.core.signatures import prove
from clinic.courses import actions, queries
from clinic.courses.forms import ConsentForm, TalkForm, WithdrawalForm
from clinic.courses.models import Course
from clinic.courses.rules import TALKS, Talk
from clinic.courses.rules.signature import HEIGHT, WIDTH
from clinic.courses.views.blueprint import bp
from clinic.courses.views.page import on_top


@bp.get("/courses/<uuid:course_id>/consent")
@requires(Permission.CHART_READ)
def show_consent(course_id: uuid.UUID) -> str:
    """What she agreed to, word for word, and whether it holds."""
    course = get_or_404(Course, course_id)
    return render_template(
        "courses/consent.html",
        consent=queries.consent_of(course_id),
        signed=queries.consents_signed(course_id),
        talks=queries.talks_of(course_id),
        words=TALKS,
        **on_top(course),
    )


@bp.route("/courses/<uuid:course_id>/consent/talk", methods=["GET", "POST"])
@requires(Permission.CONSENT_SIGN)
def record_talk(course_id: uuid.UUID) -> Any:
    """A talk before her signature: about what, when, with whom."""
    course = get_or_404(Course, course_id)
    about = request.args.get("talk") if request.args.get("talk") in list(Talk) else None
    form = TalkForm(people=who_talks(), talk=about, held_on=clock.today())
    if form.validate_on_submit():
        try:
            actions.record_talk(course_id, form.held())
            return redirect(url_for(".show_consent", course_id=course_id), 303)
        except Unprocessable as refusal:
            form.take_errors(refusal)
    page = render_template("courses/consent_talk.html", form=form, **on_top(course))
    return page, 422 if request.method == "POST" else 200


@bp.route("/courses/<uuid:course_id>/consent/sign", methods=["GET", "POST"])
@requires(Permission.CONSENT_SIGN)
def sign_consent(course_id: uuid.UUID) -> Any:
    """She reads, types her name; the witness signs."""
    course = get_or_404(Course, course_id)
    to_read = queries.consent_to_read(course_id)
    told = written_down(course_id)
    form = ConsentForm(people=who_talks(), read_digest=to_read.digest if to_read else None, **told)
    status = 422 if request.method == "POST" else 200
    if form.validate_on_submit():
        try:
            give(course_id, form)
            return redirect(url_for(".show_consent", course_id=course_id), 303)
        except Unprocessable as refusal:
            form.take_errors(refusal)
        except actions.WordingChanged as clash:
            form.form_errors.append(str(clash))
            status = 409
    shown: dict[str, Any] = {
        "to_read": to_read,
        "consent": queries.consent_of(course_id),
        "words": TALKS,
    }
    shown |= {"fault": queries.why_not_to_sign(course_id), "field_of_signature": (WIDTH, HEIGHT)}
    return render_template(
        "courses/consent_sign.html", form=form, **shown, **on_top(course)
    ), status


def written_down(course_id: uuid.UUID) -> dict[str, Any]:
    """The talks that were written down already, as the fields of the form."""
    told: dict[str, Any] = {}
    for talk, held in queries.talks_of(course_id).items():
        name = talk.replace("-", "_")
        told |= {f"{name}_on": held.held_on, f"{name}_with": str(held.with_id)}
    return told


def who_talks() -> list[tuple[str, str]]:
    """Those who may have talked with her."""
    people = staff(Role.PSYCHIATRIST) + staff(Role.NURSE)
    return [(str(id_), name) for id_, name in people]


def give(course_id: uuid.UUID, form: ConsentForm) -> None:
    """Sign what the form says."""
    actions.give_consent(
        course_id,
        read_digest=form.read_digest.data,
        mother_name=form.mother_name.data or "",
        drawing=form.drawing.data or "",
        talks=form.held(),
        proof=prove(form.password.data, standing().name),
    )


@bp.route("/courses/<uuid:course_id>/consent/withdrawal", methods=["GET", "POST"])
@requires(Permission.CONSENT_SIGN)
def withdraw_consent(course_id: uuid.UUID) -> Any:
    """She takes her consent back."""
    course = get_or_404(Course, course_id)
    form = WithdrawalForm(withdrawn_on=clock.today())
    if form.validate_on_submit():
        try:
            actions.withdraw_consent(
                course_id,
                withdrawn_on=form.withdrawn_on.data,
                reason=form.reason.data,
                proof=prove(form.password.data, standing().name),
            )
            return redirect(url_for(".show_consent", course_id=course_id), 303)
        except Unprocessable as refusal:
            form.take_errors(refusal)
    page = render_template("courses/consent_withdraw.html", form=form, **on_top(course))
    return page, 422 if request.method == "POST" else 200
