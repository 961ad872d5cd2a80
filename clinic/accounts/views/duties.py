"""This file is about the page of duties: who holds which now, who comes next, hand-over."""

import uuid
from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for

from clinic.accounts import actions
from clinic.accounts.forms import DutyChangeForm, DutyForm, LimitForm
from clinic.accounts.models import Duty
from clinic.accounts.queries import names_of, own_clinic
from clinic.accounts.queries.duties import cover
from clinic.accounts.rules.duties import WORDS
from clinic.core import clock
from clinic.core.errors import Unprocessable
from clinic.core.permissions import Permission, requires
from clinic.core.records import get_or_404

bp = Blueprint("duties", __name__)


@bp.get("/duties")
@requires(Permission.DUTY_READ)
def show() -> str:
    """Who holds which duty now and next, and a form to name somebody."""
    return page(DutyForm(formdata=None, starts_at=clock.now()))


@bp.post("/duties")
@requires(Permission.DUTY_NAME)
def name() -> Any:
    """Name a person for a duty."""
    form = DutyForm()
    if not form.validate():
        return page(form), 422
    try:
        duty = actions.name_for_duty(**form.values())
    except Unprocessable as refusal:
        form.take_errors(refusal)
        return page(form), 422
    who = names_of([duty.user_id])[duty.user_id]
    waits = "" if duty.accepted_at else f" {who} still has to accept."
    flash(f"{WORDS[duty.kind]}: {who} is named.{waits}", "success")
    return redirect(url_for("duties.show"), 303)


@bp.post("/duties/<uuid:duty_id>/accept")
@requires(Permission.DUTY_NAME)
def accept(duty_id: uuid.UUID) -> Any:
    """Answer for a duty I was named for."""
    return changed(duty_id, actions.accept, "You have accepted.")


@bp.post("/duties/<uuid:duty_id>/withdraw")
@requires(Permission.DUTY_NAME)
def withdraw(duty_id: uuid.UUID) -> Any:
    """Decline, or take somebody off before it begins."""
    return changed(duty_id, actions.withdraw, "This is taken back.")


@bp.post("/duties/<uuid:duty_id>/end")
@requires(Permission.DUTY_NAME)
def end(duty_id: uuid.UUID) -> Any:
    """End a duty now, although nobody takes it over."""
    return changed(duty_id, actions.end_duty, "This duty has ended.")


@bp.route("/duties/limit", methods=["GET", "POST"])
@requires(Permission.CLINIC_CONFIGURE)
def limit() -> Any:
    """How many running sessions one nurse may answer for."""
    clinic = own_clinic()
    form = LimitForm(most=clinic.most_sessions_per_nurse, version=clinic.version)
    if form.validate_on_submit():
        actions.limit_sessions(clinic, form.most.data, form.version.data)
        flash(f"{form.most.label.text}: {form.most.data or 'not set by this clinic'}.", "success")
        return redirect(url_for("duties.show"), 303)
    page = render_template("accounts/limit.html", form=form)
    return page, 422 if request.method == "POST" else 200


def changed(duty_id: uuid.UUID, change: Callable[[Duty, int | None], None], words: str) -> Any:
    """Do it to the version that the person saw, and show the duties again."""
    form = DutyChangeForm()
    form.validate()
    change(get_or_404(Duty, duty_id), form.version.data)
    flash(words, "success")
    return redirect(url_for("duties.show"), 303)


def page(form: DutyForm) -> str:
    """The page with a form, empty or refused."""
    duties = cover(clock.now())
    people = {duty.user_id for one in duties for duty in (*one.held, *one.coming)}
    return render_template(
        "accounts/duties.html",
        form=form,
        cover=duties,
        names=names_of(people),
        most=own_clinic().most_sessions_per_nurse,
    )
