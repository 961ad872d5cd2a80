"""This file is about the pages of passkeys: make one, sign in with it, prove again who one is."""

import uuid
from typing import Any

from flask import (
    Blueprint,
    abort,
    current_app,
    flash,
    g,
    redirect,
    render_template,
    request,
    session,
    url_for,
)

from clinic.accounts.actions import passkeys as actions
from clinic.accounts.forms import NewPasskeyForm, PasskeyForm
from clinic.accounts.models import User
from clinic.accounts.queries import user_by_id
from clinic.accounts.queries.passkeys import passkeys_of
from clinic.accounts.rules import is_own_address
from clinic.accounts.sign_in import passkeys
from clinic.accounts.sign_in.again import is_fresh, note_proof
from clinic.accounts.sign_in.passkeys import Purpose
from clinic.accounts.sign_in.second_step import complete, half_signed_in
from clinic.core.acting import acting
from clinic.core.errors import Conflict, Unprocessable
from clinic.core.permissions import Permission, public, requires

bp = Blueprint("passkeys", __name__)
NOT_RIGHT = "This passkey did not prove who you are. Try once more, or take another way."
FIRST = ("setup_from_login", "validating_profile")


@bp.get("/account/passkeys")
@requires(Permission.OWN_ACCOUNT)
def show() -> Any:
    """My passkeys, and a form to make one. Asks for a fresh proof first."""
    return page(NewPasskeyForm(formdata=None)) if is_fresh() else prove_first()


@bp.post("/account/passkeys")
@requires(Permission.OWN_ACCOUNT)
def make() -> Any:
    """Keep what the device made."""
    if not is_fresh():
        return prove_first()
    form = NewPasskeyForm()
    if not kept(user_by_id(acting().actor_id), form):
        return page(form), 422
    flash(f"{form.name.data} proves from now on who you are, beside your password.", "success")
    return redirect(url_for("passkeys.show"), 303)


@bp.post("/account/passkeys/<uuid:passkey_id>/remove")
@requires(Permission.OWN_ACCOUNT)
def remove(passkey_id: uuid.UUID) -> Any:
    """Take a passkey off that is lost or given away."""
    try:
        actions.take_off(acting().actor_id, passkey_id) or abort(404)
    except Conflict as refusal:
        flash(str(refusal), "warning")
    else:
        flash("This passkey proves nothing any more.", "success")
    return redirect(url_for("passkeys.show"), 303)


@bp.get("/sign-in/first-passkey")
@public
def first() -> Any:
    """For somebody who needs a second step before anything opens, and has none yet."""
    person = half_signed_in(*FIRST)
    return first_page(person, NewPasskeyForm(formdata=None)) if person else sign_in_again()


@bp.post("/sign-in/first-passkey")
@public
def make_first() -> Any:
    """Keep it; both steps are right then."""
    person, form = half_signed_in(*FIRST), NewPasskeyForm()
    if person is None:
        return sign_in_again()
    if not kept(person, form):
        return first_page(person, form), 422
    complete(current_app, person)
    flash("Your passkey is set up. Make recovery codes for the day it is lost.", "success")
    return redirect(url_for("accounts.show"), 303)


@bp.get("/sign-in/passkey")
@public
def prove() -> Any:
    """The second step."""
    person = half_signed_in("ready")
    return second_page(person, PasskeyForm(formdata=None)) if person else sign_in_again()


@bp.post("/sign-in/passkey")
@public
def signed_in() -> Any:
    """Both steps are right, or the try counts."""
    person, form = half_signed_in("ready"), PasskeyForm()
    if person is None:
        return sign_in_again()
    if not judged(person, form, Purpose.SIGN_IN):
        return second_page(person, form), 422
    complete(current_app, person)
    return redirect(way_back(), 303)


@bp.get("/account/passkey-again")
@requires(Permission.OWN_ACCOUNT)
def again() -> Any:
    """A passkey in place of the password, before something delicate."""
    return again_page(PasskeyForm(formdata=None))


@bp.post("/account/passkey-again")
@requires(Permission.OWN_ACCOUNT)
def proved_again() -> Any:
    """Go on, under a new id."""
    form = PasskeyForm()
    if not judged(user_by_id(acting().actor_id), form, Purpose.AGAIN):
        return again_page(form), 422
    note_proof()
    return redirect(way_back(), 303)


def kept(person: User, form: NewPasskeyForm) -> bool:
    """Whether what a device made was kept; what was wrong stands in the form."""
    if not form.validate():
        return False
    try:
        actions.keep_passkey(person.id, form.name.data, passkeys.made(form.credential.data))
    except Unprocessable as refusal:
        form.take_errors(refusal)
        return False
    return True


def judged(person: User, form: PasskeyForm, purpose: Purpose) -> bool:
    """Whether an answer proves who somebody is. The try was counted before."""
    attempt = g.get("attempt")
    if attempt is not None and attempt.verdict is not None and attempt.verdict.paused:
        form.form_errors.append(NOT_RIGHT)
        return False
    right = form.validate() and passkeys.is_proved(person, form.credential.data, purpose)
    if attempt is not None:
        attempt.was_right, attempt.person_id = right, person.id
    if not right and not form.errors:
        form.form_errors.append(NOT_RIGHT)
    return right


def way_back() -> str:
    """The page that was asked for, when it is one of ours."""
    target = request.args.get("next")
    return target if target and is_own_address(target) else url_for("core.start")


def sign_in_again() -> Any:
    """Nobody gave a password here a moment ago."""
    return redirect(url_for("security.login"), 303)


def prove_first() -> Any:
    """The password, or a passkey, once more."""
    return redirect(url_for("security.verify", next=url_for("passkeys.show")), 303)


def page(form: NewPasskeyForm) -> str:
    """My passkeys with a form, empty or refused."""
    person = user_by_id(acting().actor_id)
    return render_template(
        "accounts/passkeys/own.html",
        form=form,
        passkeys=passkeys_of(person.id),
        options=passkeys.to_make(person),
    )


def first_page(person: User, form: NewPasskeyForm) -> str:
    """The page of a first second step."""
    options = passkeys.to_make(person)
    return render_template("accounts/passkeys/first.html", form=form, options=options)


def second_page(person: User, form: PasskeyForm) -> str:
    """The page of the second step."""
    return render_template(
        "accounts/passkeys/prove.html",
        form=form,
        options=passkeys.to_prove(person, Purpose.SIGN_IN),
        has_app=person.tf_primary_method is not None and "tf_select" in session,
    )


def again_page(form: PasskeyForm) -> str:
    """The page of a proof before something delicate."""
    options = passkeys.to_prove(user_by_id(acting().actor_id), Purpose.AGAIN)
    return render_template("accounts/passkeys/again.html", form=form, options=options)
