"""This file is about the page on which a person sees to their own account."""

import uuid
from typing import Any, cast

from flask import Blueprint, abort, flash, redirect, render_template, session, url_for
from flask_security import logout_user

from clinic.accounts import actions
from clinic.accounts.actions.sittings import Person
from clinic.accounts.forms import ClinicForm, HandForm
from clinic.accounts.models import Clinic
from clinic.accounts.queries import Sitting, open_browsers
from clinic.accounts.sign_in.openid import CAME_BY
from clinic.accounts.web_session import ServerSession, absolute_limit
from clinic.core import clock
from clinic.core.errors import Conflict
from clinic.core.permissions import Permission, requires

bp = Blueprint("accounts", __name__, url_prefix="/account")


def own_sitting() -> Sitting:
    """The sitting of this request. The gate has let nobody through without one."""
    return cast(Sitting, cast(ServerSession, session).sitting)


@bp.get("")
@requires(Permission.OWN_ACCOUNT)
def show() -> str:
    """Who I am, where I am signed in, and what I may change."""
    sitting = own_sitting()
    since = clock.now() - absolute_limit(sitting)
    return render_template(
        "accounts/show.html", sitting=sitting, browsers=open_browsers(sitting.user.id, since)
    )


def own_clinics() -> tuple[Clinic, ...]:
    """Where the signed-in person works, by name; nothing for nobody. Asks no database."""
    sitting: Sitting | None = getattr(session, "sitting", None)
    return sitting.clinics if sitting else ()


def left_handed() -> bool:
    """Whether the signed-in person has keypad and save button at the left. Asks no database."""
    sitting: Sitting | None = getattr(session, "sitting", None)
    return bool(sitting and sitting.user.left_handed)


@bp.post("/hand")
@requires(Permission.OWN_ACCOUNT)
def choose_hand() -> Any:
    """Keypad and save button at the side of my hand, on every tablet."""
    form = HandForm()
    if not form.validate():
        abort(404)
    actions.choose_hand(own_sitting().user.id, left_handed=form.hand.data == "left")
    flash(f"Keypad and save button are at the {form.hand.data} now.", "success")
    return redirect(url_for("accounts.show"), 303)


@bp.post("/clinic")
@requires(Permission.OWN_ACCOUNT)
def change_clinic() -> Any:
    """Go on in another clinic of mine, under a new id."""
    form = ClinicForm()
    if not form.validate():
        abort(404)
    user_id = own_sitting().user.id
    if CAME_BY in session:
        flash(
            "You came by a clinic's sign-in service. Sign in with your password first.", "warning"
        )
        return redirect(url_for("accounts.show"), 303)
    try:
        clinic = actions.change_clinic(user_id, form.clinic.data) or abort(404)
    except Conflict as refusal:
        flash(str(refusal), "warning")
        return redirect(url_for("accounts.show"), 303)
    cast(ServerSession, session).move(Person(user_id, clinic.id))
    flash(f"You now work in {clinic.name}.", "success")
    return redirect(url_for("core.start"), 303)


@bp.post("/browsers/<uuid:browser_id>/end")
@requires(Permission.OWN_ACCOUNT)
def end_browser(browser_id: uuid.UUID) -> Any:
    """Sign out another browser of mine, or this one."""
    sitting = own_sitting()
    if not actions.end_own_sitting(sitting.user.id, browser_id):
        abort(404)
    if browser_id == sitting.row.id:
        logout_user()
        return redirect(url_for("security.login"))
    flash("That browser is signed out.", "success")
    return redirect(url_for("accounts.show"))
