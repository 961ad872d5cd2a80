"""This file is about the page of a one-time link: a password of one's own, and nothing else."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, url_for

from clinic.accounts.actions.links import use_link
from clinic.accounts.actions.sittings import hash_of
from clinic.accounts.forms import CodeOnceForm, ForgottenForm, OwnPasswordForm
from clinic.accounts.queries import full_name
from clinic.accounts.queries.colleagues import open_link
from clinic.accounts.rules.links import typed_token
from clinic.accounts.sign_in.forgotten import ask, can_write
from clinic.core.db import db
from clinic.core.errors import Unprocessable
from clinic.core.permissions import by_link

bp = Blueprint("one_time", __name__, url_prefix="/one-time")
OVER = "This code or link is not right, was used, or is over. Ask for another one."

WRITTEN = (
    "If somebody has this name here, a link is on its way to their mailbox. It works for two hours."
)


@bp.get("")
@by_link
def enter() -> str:
    """Type a code that somebody was given."""
    return render_template("accounts/one_time/enter.html", form=CodeOnceForm(formdata=None))


@bp.post("")
@by_link
def take() -> Any:
    """Go on to the page of the code. Nothing is used up by looking."""
    form = CodeOnceForm()
    token = typed_token(form.code.data or "")
    if form.validate() and open_link(db.session(), hash_of(token)) is None:
        form.code.errors = [OVER]
    if form.errors:
        return render_template("accounts/one_time/enter.html", form=form), 422
    return redirect(url_for("one_time.show", token=token), 303)


@bp.get("/forgotten")
@by_link
def forgotten() -> str:
    """Ask for a link to one's own mailbox."""
    return asking(ForgottenForm(formdata=None))


@bp.post("/forgotten")
@by_link
def write() -> Any:
    """Write to whoever has the name; the answer is the same when nobody has it."""
    form = ForgottenForm()
    if not can_write() or not form.validate():
        return asking(form), 422
    ask(form.email.data)
    flash(WRITTEN, "success")
    return redirect(url_for("security.login"), 303)


def asking(form: ForgottenForm) -> str:
    """The page, where this server can write to people. Aborts 404 where it cannot."""
    if not can_write():
        abort(404)
    return render_template("accounts/one_time/forgotten.html", form=form)


@bp.get("/<token>")
@by_link
def show(token: str) -> Any:
    """Choose a password. Looking changes nothing: programs that read mail open every address."""
    return page(token, OwnPasswordForm(formdata=None))


@bp.post("/<token>")
@by_link
def choose(token: str) -> Any:
    """Keep it; the link is used up."""
    form = OwnPasswordForm()
    if not form.validate():
        return page(token, form, 422)
    try:
        person = use_link(typed_token(token), str(form.password.data))
    except Unprocessable as refusal:
        form.take_errors(refusal)
        return page(token, form, 422)
    if person is None:
        return over()
    flash("Your password is set. Sign in with it now.", "success")
    return redirect(url_for("security.login"), 303)


def page(token: str, form: OwnPasswordForm, status: int = 200) -> Any:
    """The page of a link that still opens; what is no link and what is over look the same."""
    found = open_link(db.session(), hash_of(typed_token(token)))
    if found is None:
        return over()
    link, person = found
    shown = render_template(
        "accounts/one_time/choose.html",
        form=form,
        token=token,
        name=full_name(person),
        email=person.email,
        kind=link.kind,
    )
    return shown, status


def over() -> Any:
    """Not there, or not any more."""
    abort(404)
